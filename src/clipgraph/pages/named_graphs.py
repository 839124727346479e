"""Named graphs: the list by theme, and one graph with what it describes, whence, and since when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from clipgraph.engines.rows import Row, Value
from clipgraph.pages.asking import Asking
from clipgraph.pages.paging import Part, part
from clipgraph.pages.reader import Reader
from clipgraph.pages.statements import full
from clipgraph.pages.things import Thing, named, things
from clipgraph.rdf.terms import NamedNode
from clipgraph.releases.release import GraphRecord, Release
from clipgraph.sources.graphs import GRAPHS

# Graphs of more statements are not counted through, or not put in order: a page costs what it shows.
MOST_COUNTED, MOST_ORDERED = 20_000, 5_000


@dataclass(frozen=True)
class GraphLine:
    """A named graph in a list; ``theme`` and ``name`` are the two last parts of its IRI."""

    iri: str
    theme: str
    name: str
    record: GraphRecord


@dataclass(frozen=True)
class GraphChange:
    """A release in which a graph became another: its statements before and after."""

    release: Release
    before: int
    after: int


@dataclass(frozen=True)
class Counted:
    """A class or source with how many things or passages of it a graph has."""

    thing: Thing
    number: int


@dataclass(frozen=True)
class NamedGraph:
    """A named graph as its page shows it; ``classes`` and ``sources`` are None for one too large to count."""

    line: GraphLine
    file: str
    things: Part[Thing]
    classes: list[Counted] | None
    sources: list[Counted] | None
    changes: list[GraphChange]
    titles: list[Value]
    descriptions: list[Value]

    def class_name(self, iri: str, reader: Reader) -> Value:
        """Return what the page calls the class of a thing."""
        known = {each.thing.iri: each.thing.label for each in self.classes or ()}
        return known.get(iri) or named([], iri, reader)


def lines(release: Release) -> dict[str, list[GraphLine]]:
    """Return the graphs of a release that hold something, by theme."""
    found: dict[str, list[GraphLine]] = {}
    for iri, record in sorted(release.graphs.items()):
        if record.triples:
            line = _line(iri, record)
            found.setdefault(line.theme, []).append(line)
    return dict(sorted(found.items()))


def _line(iri: str, record: GraphRecord) -> GraphLine:
    """Return the line of a graph; one that is not named as ours are has no theme."""
    parts = iri.removeprefix(GRAPHS).split("/") if iri.startswith(GRAPHS) else []
    theme = "/".join(parts[:-1])
    return GraphLine(iri, theme, parts[-1] if parts else iri, record)


def changes(releases: Sequence[Release], iri: str) -> list[GraphChange]:
    """Return the kept releases in which a graph became another, newest first."""
    found, digest, triples = [], "", 0
    for release in releases:
        record = release.graphs.get(iri)
        new = record.digest if record and record.triples else ""
        if new != digest:
            after = record.triples if record else 0
            found.append(GraphChange(release, triples, after))
            digest, triples = new, after
    return found[::-1]


async def load_graph(
    asking: Asking, iri: str, releases: Sequence[Release], release: Release, file: str, start: int
) -> NamedGraph:
    """Return a named graph of a release, with a page of its things; two queries, one for a large graph."""
    record = release.graphs[iri]
    small = record.triples <= MOST_COUNTED
    node = NamedNode(iri)
    name = "graph-things" if record.triples <= MOST_ORDERED else "graph-things-unordered"
    rows = await asking.rows(name, start=start, resource=node)
    summary = await asking.rows("graph-summary", resource=node) if small else None
    shown = part(things(rows, asking.reader), start, total=_total(summary))
    return NamedGraph(
        _line(iri, record),
        file,
        shown,
        _counted(summary, "class", asking.reader),
        _counted(summary, "source", asking.reader),
        changes(releases, iri),
        _said(summary, "dct:title"),
        _said(summary, "dct:description"),
    )


def _total(summary: Iterable[Row] | None) -> int | None:
    counts = [int(row["number"].text) for row in summary or () if row["kind"].text == "things"]
    return counts[0] if counts else None


def _said(summary: Iterable[Row] | None, name: str) -> list[Value]:
    return [row["label"] for row in summary or () if row["kind"].text == full(name)]


def _counted(summary: Iterable[Row] | None, kind: str, reader: Reader) -> list[Counted] | None:
    if summary is None:
        return None
    mine = [row for row in summary if row["kind"].text == kind]
    numbers = {row["term"].text: int(row["number"].text) for row in mine}
    found = [Counted(thing, numbers[thing.iri]) for thing in things(mine, reader, "term")]
    return sorted(found, key=lambda each: (-each.number, each.thing.label.text.casefold()))


def as_data(release: Release) -> dict[str, Any]:
    """Return the list of graphs as JSON has it."""
    return {
        "release": release.number,
        "graphs": [
            {
                "iri": line.iri,
                "theme": line.theme,
                "role": line.record.role,
                "owner": line.record.owner,
                "statements": line.record.triples,
                "digest": line.record.digest,
            }
            for group in lines(release).values()
            for line in group
        ],
    }
