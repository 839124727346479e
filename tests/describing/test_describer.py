"""Documents are made in workers, from figures that are counted once."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from clipgraph.describing.counting import CountingQueries
from clipgraph.describing.describer import Describer, Wanted
from clipgraph.describing.documents import CATALOGUE, VOID
from clipgraph.describing.files import figures_path
from clipgraph.describing.serving import Serving
from clipgraph.errors import EngineFailed, Overloaded, Unavailable
from clipgraph.rdf.formats import N_TRIPLES
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
