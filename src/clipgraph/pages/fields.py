"""The page of the fields of action: each pact's fields, and what stands at each."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from clipgraph.engines.rows import Row, Value
from clipgraph.pages.asking import Asking
from clipgraph.pages.facts import Item
from clipgraph.pages.iris import readable
from clipgraph.pages.labels import best
from clipgraph.pages.listing import target
from clipgraph.pages.messages import N_
from clipgraph.pages.reader import Reader
from clipgraph.pages.tables import table
from clipgraph.rdf.prefixes import PREFIXES
from clipgraph.search.keys import key_of

# The kinds of things that can stand at a field, in the order of the page.
KINDS = (
    ("Practice", N_("Practices")),
    ("ResearchModule", N_("Research modules")),
    ("RecommendedAction", N_("Recommended actions")),
    ("Commitment", N_("Commitments of charters")),
    ("WorkingGroup", N_("Working groups")),
)
_LOCAL = tuple(kind for kind, _ in KINDS)


@dataclass
class Covered:
    """A field: its number, name and goal; by kind how much covers it, with names; statuses by thing."""

    iri: str
    number: str
    name: Value
    goal: Value | None
    counts: dict[str, int]
    covering: dict[str, list[tuple[str, Value]]]
    statuses: dict[str, list[Item]]

    def address(self, kind: str) -> str:
        """Return the address of the list of what covers the field, of a kind."""
        chosen = {"type": kind, "field": key_of("field", self.iri)}
        path = "/search"
        if kind == "Practice":
            path = "/practices"
            del chosen["type"]
        return f"{path}?{urlencode(chosen)}"


@dataclass
class Pact:
    """A pact with its fields in the order of their numbers."""

    iri: str
    name: Value
    statuses: list[Item] = field(default_factory=list)
    fields: list[Covered] = field(default_factory=list)

    def without(self, kind: str) -> list[Covered]:
        """Return the fields at which nothing of a kind stands."""
        return [each for each in self.fields if not each.counts[kind]]

    @property
    def covered(self) -> bool:
        """Whether anything stands at any of its fields."""
        return any(any(each.counts.values()) for each in self.fields)


async def load_fields(asking: Asking) -> list[Pact]:
    """Return the pacts, the one with most at its fields first; two queries."""
    told: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in await asking.rows("fields"):
        told[row["field"].text][row["kind"].text].append(row)
    counts: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(_LOCAL, 0))
    for row in await asking.rows("field-counts"):
        counts[row["field"].text][_local(row["type"].text)] = int(row["number"].text)
    pacts: dict[str, Pact] = {}
    for iri, rows in told.items():
        covered = _covered(iri, rows, counts[iri], asking.reader)
        for pact in {row["value"].text for row in rows["pact"]} or {""}:
            names = [row["label"] for row in rows["pact"] if row["value"].text == pact]
            name, statuses = _name(names, pact, asking.reader), covered.statuses.get(pact, [])
            pacts.setdefault(pact, Pact(pact, name, statuses)).fields.append(covered)
    for each in pacts.values():
        each.fields.sort(key=lambda one: (_ordinal(one.number), one.name.text.casefold()))
    return sorted(pacts.values(), key=lambda pact: (not pact.covered, pact.name.text.casefold()))


def _covered(iri: str, rows: dict[str, list[Row]], counts: dict[str, int], reader: Reader) -> Covered:
    names: dict[str, dict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
    for row in rows["covering"]:
        names[_local(row["type"].text)][row["value"].text].append(row["label"])
    covering = {
        kind: sorted(
            ((thing, _name(labels, thing, reader)) for thing, labels in names[kind].items()),
            key=lambda pair: pair[1].text.casefold(),
        )
        for kind in _LOCAL
    }
    number = min((row["label"].text for row in rows["number"]), default="")
    goal = best([row["label"] for row in rows["goal"]], reader)
    name = _name([row["label"] for row in rows["name"]], iri, reader)
    return Covered(iri, number, name, goal, counts, covering, _statuses(rows["status"], reader))


def _statuses(rows: Iterable[Row], reader: Reader) -> dict[str, list[Item]]:
    """Return the statuses of the things that have one, by IRI."""
    labels: dict[tuple[str, Value], list[Value]] = defaultdict(list)
    for row in rows:
        labels[row["value"].text, row["type"]].append(row["label"])
    statuses: dict[str, list[Item]] = defaultdict(list)
    for (thing, status), names in labels.items():
        statuses[thing].append(Item(status, _name(names, status.text, reader)))
    return statuses


def _name(labels: Iterable[Value], iri: str, reader: Reader) -> Value:
    return best(labels, reader) or Value("literal", readable(iri))


def _local(iri: str) -> str:
    return iri.removeprefix(PREFIXES["clip"])


def _ordinal(number: str) -> int:
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else 10**9  # noqa: PLR2004


async def fields_page(asking: Asking) -> str:
    """Return the page of the fields; two queries."""
    return asking.render("fields.html", pacts=await load_fields(asking), kinds=KINDS)


async def fields_data(asking: Asking) -> dict[str, Any]:
    """Return the fields as JSON values; two queries."""
    reader = asking.reader
    return {
        "release": asking.release,
        "pacts": [
            {
                **_data(pact.iri, pact.name, reader),
                "status": [_data(status.iri, status.label, reader) for status in pact.statuses],
                "fields": [
                    {
                        **_data(each.iri, each.name, reader),
                        "number": each.number or None,
                        "goal": each.goal
                        and {"value": each.goal.text, "language": each.goal.language or None},
                        "counts": each.counts,
                        "covered_by": {
                            kind: [_data(iri, name, reader) for iri, name in things]
                            for kind, things in each.covering.items()
                            if things
                        },
                    }
                    for each in pact.fields
                ],
            }
            for pact in await load_fields(asking)
        ],
    }


async def fields_table(asking: Asking) -> str:
    """Return the fields as CSV, a field a line with how many things of each kind cover it."""
    told = await fields_data(asking)
    fields = [each | {"pact": pact} for pact in told["pacts"] for each in pact["fields"]]
    columns = {"iri": "iri", "number": "number", "label": "label.value", "language": "label.language"}
    columns |= {"goal": "goal.value", "pact": "pact.label.value", "pact_iri": "pact.iri"}
    return table(columns | {kind: f"counts.{kind}" for kind, _ in KINDS}, fields)


def _data(iri: str, name: Value, reader: Reader) -> dict[str, Any]:
    return {
        "iri": iri,
        "href": target(iri, reader),
        "label": {"value": name.text, "language": name.language or None},
    }
