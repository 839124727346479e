"""Documents are made in workers, from figures that are counted once."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from clipgraph.describing.counting import CountingQueries
from clipgraph.describing.describer import Describer, Wanted
from clipgraph.describing.documents import CATALOGUE, VOID
from clipgraph.describing.figures import Figures
from clipgraph.describing.files import figures_path, read_figures
from clipgraph.describing.identifiers import DATASET
from clipgraph.describing.publication import PublishedDescriptions
from clipgraph.describing.serving import Serving
from clipgraph.errors import EngineFailed, Overloaded, Unavailable
from clipgraph.rdf.formats import N_TRIPLES
from clipgraph.rdf.prefixes import expand
from clipgraph.rdf.terms import Literal, NamedNode, Quad, Store
from clipgraph.releases.change import Change
from clipgraph.releases.commit import Origin, commit
from clipgraph.releases.dumps import offers
from clipgraph.releases.edits import known
from clipgraph.releases.release import Release
from clipgraph.releases.shelf import Shelf
from testing_releases import POLICY, passes, quad

MEMORY = 512 * 2**20
SERVING = Serving("https://graph.example.org")


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    made = Shelf(tmp_path / "data")
    made.prepare()
    return made


@pytest.fixture
def release(shelf: Shelf) -> Release:
    with shelf.lock():
        return commit(shelf, known(Change((quad(1), quad(2)))), POLICY, passes, Origin("me", "why"))


def run(shelf: Shelf, queries: CountingQueries, work: Callable[[Describer], Awaitable[None]]) -> None:
    async def all_of_it() -> None:
        describer = Describer(shelf, queries, MEMORY, 4)
        try:
            await work(describer)
        finally:
            await describer.close()

    asyncio.run(all_of_it())


def test_a_release_is_counted_once_and_damaged_figures_again(
    shelf: Shelf, release: Release, queries: CountingQueries
) -> None:
    wanted = Wanted(VOID, release, N_TRIPLES, SERVING, offers(release))

    async def work(describer: Describer) -> None:
        path = await describer.counted(release, 60)
        made = path.stat().st_mtime_ns
        text = await describer.written(wanted, path, 60, "me")
        assert await describer.counted(release, 60) == path == figures_path(shelf, release, queries)
        assert path.stat().st_mtime_ns == made
        assert b'<http://rdfs.org/ns/void#triples> "2"' in text
        assert b"<https://graph.example.org/dumps/clipgraph.nq.gz>" in text

        await describer.close()
        other = Describer(shelf, queries, MEMORY, 4)
        path.write_text("{")
        with pytest.raises(Unavailable, match="could not be read; try again"):
            await other.written(wanted, path, 60, "me")
        assert await other.written(wanted, await other.counted(release, 60), 60, "me") == text
        await other.close()

    run(shelf, queries, work)


def test_the_catalogue_needs_no_figures(shelf: Shelf, release: Release, queries: CountingQueries) -> None:
    async def work(describer: Describer) -> None:
        text = await describer.written(Wanted(CATALOGUE, release, N_TRIPLES, SERVING), None, 60, "me")
        assert b"<https://graph.example.org/sparql>" in text

    run(shelf, queries, work)
    assert not figures_path(shelf, release, queries).exists()


def test_who_does_not_wait_is_told_to_come_back(
    shelf: Shelf, release: Release, queries: CountingQueries
) -> None:
    async def work(describer: Describer) -> None:
        with pytest.raises(Overloaded, match="being counted"):
            await describer.counted(release, 0)
        assert (await describer.counted(release, 60)).exists()

    run(shelf, queries, work)


def test_what_cannot_be_counted_says_why(shelf: Shelf, release: Release, queries: CountingQueries) -> None:
    broken = CountingQueries(*["SELECT * {"] * 5)

    async def work(describer: Describer) -> None:
        with pytest.raises(EngineFailed, match="the description: SyntaxError"):
            await describer.counted(release, 60)

    run(shelf, broken, work)


class Marked:
    """Describes as a publish does, but for the triples of the dataset: so many are counted nowhere."""

    def __init__(self, queries: CountingQueries) -> None:
        self._published = PublishedDescriptions(queries)
        self.edition = self._published.edition

    def __call__(self, store: Store, release: Release) -> Sequence[Quad]:
        """Return the quads of the descriptions, with one number of ours."""
        of = (NamedNode(DATASET), NamedNode(expand("void:triples")))
        return [
            Quad(*of, Literal(1234), each.graph_name) if (each.subject, each.predicate) == of else each
            for each in self._published(store, release)
        ]


def counted(shelf: Shelf, queries: CountingQueries, release: Release) -> Figures:
    found: list[Figures | None] = []

    async def work(describer: Describer) -> None:
        found.append(read_figures(await describer.counted(release, 60)))

    run(shelf, queries, work)
    assert found[0] is not None
    return found[0]


def test_what_a_publish_counted_is_read_until_a_commit_changes_the_content(
    shelf: Shelf, queries: CountingQueries
) -> None:
    def put(number: int, describing: Marked | None = None) -> Release:
        change = known(Change((quad(number),)))
        with shelf.lock():
            return commit(shelf, change, POLICY, passes, Origin("me", "why"), describing=describing)

    published = counted(shelf, queries, put(1, Marked(queries)))
    changed = put(2)
    after = counted(shelf, queries, changed)
    again = counted(shelf, queries, put(3, Marked(queries)))

    assert [each.default.triples for each in (published, after, again)] == [1234, 2, 1234]
    assert [each.graphs["urn:g"].triples for each in (published, after, again)] == [1, 2, 3]
    assert changed.described, "it still has the description of the release before"


def test_descriptions_of_another_edition_are_not_read(shelf: Shelf, queries: CountingQueries) -> None:
    with shelf.lock():
        terms = (POLICY, passes, Origin("me", "why"))
        release = commit(shelf, known(Change((quad(1),))), *terms, describing=Marked(queries))
    other = replace(queries, graphs=queries.graphs + "\n")

    assert counted(shelf, other, release).default.triples == 1
