"""Releases as people read them: the line of them, one with what it changed, and what differs between two."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from clipgraph.engines.rows import Value
from clipgraph.pages.paging import Part
from clipgraph.releases.differences import PAGE, DifferenceIndex, Statement
from clipgraph.releases.release import Release

STEP = 50


@dataclass(frozen=True)
class GraphStep:
    """A named graph that differs between two releases: how many statements it had and has."""

    graph: str
    before: int
    after: int


@dataclass(frozen=True)
class ReleaseLine:
    """A release in the list: what it changed, as its record and that of the kept one before say."""

    release: Release
    before: Release | None
    steps: list[GraphStep]

    @property
    def net(self) -> int | None:
        """By how many statements the default graph grew, None where the release before is not kept."""
        known = self.before or self.release.parent is None
        return self.release.triples - (self.before.triples if self.before else 0) if known else None


@dataclass(frozen=True)
class Shown:
    """A statement of a difference, with terms as values."""

    added: bool
    subject: Value
    property: str
    value: Value
    graph: str


def steps(before: Release | None, after: Release) -> list[GraphStep]:
    """Return the graphs whose digests differ, in the order of their IRIs."""
    old = before.graphs if before else {}
    found = []
    for iri in sorted(old.keys() | after.graphs.keys()):
        was, now = old.get(iri), after.graphs.get(iri)
        if (was and was.triples and was.digest) != (now and now.triples and now.digest):
            found.append(GraphStep(iri, was.triples if was else 0, now.triples if now else 0))
    return found


def line_of(releases: Sequence[Release], number: int) -> ReleaseLine | None:
    """Return a kept release and what it changed, None where it is not kept."""
    by_number = {release.number: release for release in releases}
    release = by_number.get(number)
    if release is None:
        return None
    before = by_number.get(release.parent) if release.parent else None
    return ReleaseLine(release, before, steps(before, release) if before or not release.parent else [])


def lines(releases: Sequence[Release], start: int) -> Part[ReleaseLine]:
    """Return a page of the releases, newest first."""
    newest = [release.number for release in reversed(releases)][start : start + STEP]
    found = [line for number in newest if (line := line_of(releases, number))]
    return Part(found, start, len(releases) > start + STEP, STEP, len(releases))


def shown(statements: Sequence[Statement]) -> list[Shown]:
    """Return the statements with their terms as pages show them."""
    return [
        Shown(each.added, _value(each.subject), each.property, _value(each.value), each.graph)
        for each in statements
    ]


def _value(term: dict[str, str]) -> Value:
    return Value(term["type"], term["value"], term.get("xml:lang", ""), term.get("datatype", ""))


def page_of(index: DifferenceIndex, statements: Sequence[Statement], start: int) -> Part[Shown]:
    """Return the page of a difference that begins at a number."""
    total = index.added + index.removed
    return Part(shown(statements), start, start + PAGE < total, PAGE, total)


def as_data(line: ReleaseLine) -> dict[str, Any]:
    """Return a release as JSON has it."""
    release = line.release
    return {
        "number": release.number,
        "parent": release.parent,
        "created": release.created,
        "author": release.author,
        "message": release.message,
        "statements": release.triples,
        "digest": release.digest,
        "changed_graphs": [asdict(step) for step in line.steps],
    }


def difference_as_data(index: DifferenceIndex, statements: Sequence[Statement], start: int) -> dict[str, Any]:
    """Return a difference, with one page of its statements, as JSON has it."""
    return {
        "before": index.before,
        "after": index.after,
        "added": index.added,
        "removed": index.removed,
        "graphs": [asdict(graph) for graph in index.graphs],
        "from": start,
        "statements": [asdict(statement) for statement in statements],
    }
