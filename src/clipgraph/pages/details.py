"""What a list tells of each thing that it shows: rows of a thing, a kind, a value and its names."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from clipgraph.engines.rows import Row, Value
from clipgraph.pages.asking import Asking
from clipgraph.pages.iris import readable
from clipgraph.pages.labels import best
from clipgraph.pages.listing import target
from clipgraph.pages.points import Point, read_position
from clipgraph.pages.reader import Reader
from clipgraph.rdf.terms import NamedNode
from clipgraph.sparql.binding import is_iri

_LONGEST_NOTE = 300


@dataclass(frozen=True)
class Detail:
    """One thing told: its value, its name for the reader, and what goes with it (a role, a currency)."""

    value: Value
    label: Value
    note: Value | None = None

    @property
    def iri(self) -> str:
        """The IRI where the value is one, else nothing."""
        return self.value.text if self.value.kind == "uri" else ""


# By thing and kind; what is not told is an empty list.
Details = defaultdict[str, defaultdict[str, list[Detail]]]


async def details_of(asking: Asking, query: str, things: Sequence[str]) -> Details:
    """Return by thing and kind what ``queries/pages/<query>.rq`` tells of the things; one query, or none."""
    terms = [NamedNode(iri) for iri in things if is_iri(iri)]
    return _grouped(await asking.rows(query, thing=terms), asking.reader) if terms else _nothing()


def _nothing() -> Details:
    return defaultdict(lambda: defaultdict(list))


def _grouped(rows: Iterable[Row], reader: Reader) -> Details:
    """Put together the rows of one value: each has one of its names, in one language."""
    found: dict[str, dict[str, dict[tuple[str, str], list[Row]]]] = defaultdict(lambda: defaultdict(dict))
    texts: dict[tuple[str, str], list[Value]] = defaultdict(list)
    for row in rows:
        thing, kind, value = row["thing"].text, row["kind"].text, row["value"]
        if value.kind == "literal" and value.language:  # a text: one language of it is enough
            texts[thing, kind].append(value)
        else:
            found[thing][kind].setdefault((value.kind, value.text), []).append(row)
    told = _nothing()
    for thing, kinds in found.items():
        for kind, rows_by_value in kinds.items():
            told[thing][kind] = [_detail(same, reader) for same in rows_by_value.values()]
    for (thing, kind), values in texts.items():
        chosen = best(values, reader)
        if chosen is not None:
            told[thing][kind].append(Detail(chosen, chosen))
    for by_kind in told.values():
        for several in by_kind.values():
            several.sort(key=lambda detail: detail.label.text.casefold())
    return told


def _detail(rows: Sequence[Row], reader: Reader) -> Detail:
    value = rows[0]["value"]
    label = best([row["label"] for row in rows if "label" in row], reader)
    if label is None:
        label = Value("literal", readable(value.text)) if value.kind == "uri" else value
    return Detail(value, label, best([row["note"] for row in rows if "note" in row], reader))


def points_of(details: Details, names: dict[str, Value]) -> list[Point]:
    """Return where the things lie that a list shows; ``names`` are theirs, by IRI."""
    points = []
    for thing, kinds in details.items():
        for detail in kinds.get("point", ()):
            position = read_position(detail.value.text)
            if position and thing in names:
                points.append(Point(thing, names[thing].text, *position, names[thing].language))
    return points


def details_data(
    details: Details, reader: Reader, leave: Sequence[str] = ("point",)
) -> dict[str, dict[str, Any]]:
    """Return the details of each thing as JSON values."""
    return {
        thing: {
            kind: [_data(detail, reader) for detail in values]
            for kind, values in sorted(kinds.items())  # rows come in no order
            if kind not in leave
        }
        for thing, kinds in details.items()
    }


def _data(detail: Detail, reader: Reader) -> dict[str, Any]:
    data: dict[str, Any] = {"value": detail.value.text[: _LONGEST_NOTE * 10]}
    if detail.iri:
        data = {"iri": detail.iri, "href": target(detail.iri, reader)}
    if detail.label != detail.value:
        data["label"] = {"value": detail.label.text, "language": detail.label.language or None}
    if detail.note is not None:
        data["note"] = detail.note.text[:_LONGEST_NOTE]
    return data
