"""The page of /timeline: what has a date, in order of time, by kind; a picture of the years above it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from clipgraph.engines.rows import Row
from clipgraph.errors import NotFound
from clipgraph.pages.addresses import no_such_page, page_number
from clipgraph.pages.asking import Asking
from clipgraph.pages.choices import Address, Choice, asked_of, counted, iri_named, must_be_of
from clipgraph.pages.messages import N_
from clipgraph.pages.names import load_names
from clipgraph.pages.tables import table
from clipgraph.pages.timelines import Entry, Moment
from clipgraph.pages.years import Years, years_of
from clipgraph.rdf.prefixes import PREFIXES
from clipgraph.rdf.terms import Literal, NamedNode
from clipgraph.sparql.binding import is_iri

MOST = 5000  # rows, one for each class of a thing; queries/pages/timeline.rq asks for one more
PAGE = 60  # entries of a page
_ASKED = ("kind", "state", "about", "page")
_CLIP = PREFIXES["clip"]
# The name in addresses, the class, what one and what all of them are called; the first that fits counts.
_KINDS = (
    ("event", PREFIXES["cv"] + "PublicEvent", N_("event"), N_("Events")),
    ("founding", _CLIP + "Founding", N_("founding"), N_("Foundings")),
    ("decision", _CLIP + "Decision", N_("decision"), N_("Decisions")),
    ("signature", _CLIP + "Signature", N_("signature"), N_("Signatures")),
    ("award", _CLIP + "AwardConferral", N_("award"), N_("Awards")),
    ("practice", _CLIP + "Practice", N_("practice"), N_("Practices")),
    ("module", _CLIP + "ResearchModule", N_("research module"), N_("Research modules")),
    ("funding", _CLIP + "Funding", N_("funding"), N_("Funding")),
    ("instrument", _CLIP + "PolicyInstrument", N_("policy instrument"), N_("Policy instruments")),
    ("document", _CLIP + "Document", N_("document"), N_("Documents")),
)
_OTHER = ("other", "", N_("other"), N_("Other"))
_BY_NAME = {kind[0]: kind for kind in (*_KINDS, _OTHER)}
KINDS = tuple(_BY_NAME)


@dataclass(frozen=True)
class Dated:
    """A row of the timeline before it has a name: what, when, and the name of its kind."""

    iri: str
    when: Moment
    until: Moment | None
    lasts: bool
    kind: str
    status: str

    @property
    def state(self) -> str:
        """Whether it is ``real`` or only ``proposed``, as addresses say it."""
        return (
            "proposed"
            if Entry(self.iri, self.when.value, self.when, status=self.status).is_proposed
            else "real"
        )

    def fits(self, asked: Mapping[str, str], beside: str = "") -> bool:
        """Tell whether it fits what is asked, leaving out one of the filters."""
        return all(
            name == beside or name not in asked or asked[name] == getattr(self, name)
            for name in ("kind", "state")
        )


async def timeline_page(asking: Asking) -> str:
    """Return the page; two queries, three or four where it is about one thing. Raises NotFound."""
    asked = asked_of(asking.parameters, _ASKED)
    address = Address(asking.reader.link(asking.path), asked)
    dated, more = await _dated(asking, asked)
    about = iri_named(asked.get("about", ""))
    fitting = [each for each in dated if each.fits(asked)]
    number, last = _page(asked, len(fitting))
    shown = await _named(asking, fitting[(number - 1) * PAGE : number * PAGE])
    return asking.render(
        "timeline.html",
        years=_by_year(shown),
        picture=_picture(fitting),
        count=len(fitting),
        number=number,
        last=last,
        choices=_choices(asking, dated, address),
        here=address,
        about=about,
        about_name=(await load_names(asking, [about])).short(about) if about else None,
        more=more,
        data=address.with_(format="json"),
        table=address.with_(format="csv"),
    )


async def timeline_data(asking: Asking) -> dict[str, Any]:
    """Return the same page of entries as data, with the number of all that fit. Raises NotFound."""
    asked = asked_of(asking.parameters, _ASKED)
    dated, more = await _dated(asking, asked)
    fitting = [each for each in dated if each.fits(asked)]
    number, last = _page(asked, len(fitting))
    entries = await _as_data(asking, fitting[(number - 1) * PAGE : number * PAGE])
    results = [
        {name: value for name, value in each.items() if name != "language"}
        | {"label": {"value": each["label"], "language": each["language"]}}
        for each in entries
    ]
    return {
        "release": asking.release,
        "total": len(fitting),
        "page": number,
        "pages": last,
        "more": more,
        "results": results,
    }


async def timeline_table(asking: Asking) -> str:
    """Return all entries as CSV, an entry a line. Raises NotFound."""
    asked = asked_of(asking.parameters, _ASKED)
    dated, _ = await _dated(asking, asked)
    entries = await _as_data(asking, [each for each in dated if each.fits(asked)])
    names = ("iri", "label", "language", "kind", "when", "until", "lasts", "proposed")
    return table({name: name for name in names}, entries)


async def _as_data(asking: Asking, shown: list[Dated]) -> list[dict[str, Any]]:
    return [
        {
            "iri": each.iri,
            "label": entry.label.text,
            "language": entry.label.language or None,
            "kind": each.kind,
            "when": each.when.value.text,
            "until": each.until.value.text if each.until else None,
            "lasts": each.lasts,
            "proposed": entry.is_proposed,
        }
        for each, entry in zip(shown, await _named(asking, shown), strict=True)
    ]


async def _dated(asking: Asking, asked: Mapping[str, str]) -> tuple[list[Dated], bool]:
    must_be_of(asked, "kind", KINDS)
    must_be_of(asked, "state", ("real", "proposed"))
    about = iri_named(asked.get("about", ""))
    rows = await asking.rows("timeline", about=NamedNode(about) if is_iri(about) else Literal(about))
    if about and not rows and not (await load_names(asking, [about])).labels:
        raise NotFound.worded("the graph does not know <%(iri)s>", iri=about[:300])
    found: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows[:MOST]:
        key = (row["thing"].text, row["when"].text, row["until"].text if "until" in row else "")
        found.setdefault(key, []).append(row)
    dated = [_of(group) for group in found.values()]
    dated.sort(key=lambda each: (each.when.order, each.iri))
    return dated, len(rows) > MOST


def _of(rows: list[Row]) -> Dated:
    """Return what several rows say of one thing at one time: they differ in its classes and statuses."""
    first = rows[0]
    classes = {row["kind"].text for row in rows if "kind" in row}
    kind = next((name for name, iri, *_ in _KINDS if iri in classes), _OTHER[0])
    status = min((row["status"].text for row in rows if "status" in row), default="")
    until = Moment(first["until"]) if "until" in first else None
    return Dated(first["thing"].text, Moment(first["when"]), until, "lasts" in first, kind, status)


def _page(asked: Mapping[str, str], count: int) -> tuple[int, int]:
    """Return the page that is asked for and the number of the last; raises BadRequest, NotFound."""
    last = max(1, -(-count // PAGE))
    number = page_number(asked.get("page", "1"))
    if number > last:
        raise no_such_page(number, last)
    return number, last


async def _named(asking: Asking, dated: Iterable[Dated]) -> list[Entry]:
    kept = list(dated)
    names = await load_names(asking, [each.iri for each in kept])
    return [
        Entry(
            each.iri,
            names.of(each.iri),
            each.when,
            each.until,
            each.lasts,
            _BY_NAME[each.kind][2],
            each.status,
        )
        for each in kept
    ]


def _by_year(entries: Iterable[Entry]) -> list[tuple[int | None, list[Entry]]]:
    """Return the entries by year, those without a readable one at the end."""
    years: dict[int | None, list[Entry]] = {}
    for entry in entries:
        years.setdefault(entry.when.year, []).append(entry)
    return list(years.items())


def _picture(dated: Iterable[Dated]) -> Years | None:
    return years_of(
        (each.when.year, each.until.year if each.until else None, each.lasts, each.state == "proposed")
        for each in dated
        if each.when.year is not None
    )


def _choices(asking: Asking, dated: list[Dated], address: Address) -> list[Choice]:
    """Return the filters; each counts the entries that fit the other."""
    kinds = counted([each for each in dated if each.fits(address.asked, "kind")], lambda each: (each.kind,))
    options = [
        (name, asking.message(many), "", kinds[name])
        for name, _, _, many in (*_KINDS, _OTHER)
        if name in kinds
    ]
    choices = [address.choice("kind", N_("Kind"), options)]
    states = counted(
        [each for each in dated if each.fits(address.asked, "state")], lambda each: (each.state,)
    )
    told = (("real", N_("happened")), ("proposed", N_("not done yet")))
    if len(states) > 1 or "state" in address.asked:
        given = [(name, asking.message(words), "", states.get(name, 0)) for name, words in told]
        choices.append(address.choice("state", N_("State"), given))
    return choices
