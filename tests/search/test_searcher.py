"""The search as a service has it: indexes made by workers, kept, shared, mended and taken away."""

import asyncio
import fcntl
import multiprocessing
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from clipgraph.errors import ClipgraphError, DeadlineExceeded, NotFound, OutOfMemory, Unavailable
from clipgraph.rdf.terms import Literal, NamedNode, Quad
from clipgraph.releases.change import Change
from clipgraph.releases.commit import Origin, commit
from clipgraph.releases.edits import known
from clipgraph.releases.retention import prune
from clipgraph.releases.shelf import Shelf
from clipgraph.search.files import make
from clipgraph.search.questions import Question
from clipgraph.search.searcher import Effort, Material, Searcher, of_stores
from clipgraph.sources.project import Project
from conftest import workers_of
from testing_releases import POLICY, passes
from testing_search import index_of, queries_of

LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
MIB = 2**20


def publish(shelf: Shelf, *names: str) -> int:
    """Commit a release with things of these names, and return its number."""
    added = tuple(Quad(NamedNode(f"urn:{name}"), LABEL, Literal(name), NamedNode("urn:g")) for name in names)
    with shelf.lock():
        return commit(shelf, known(Change(added)), POLICY, passes, Origin("me", "why")).number


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    made = Shelf(tmp_path / "data")
    made.prepare()
    return made


def with_searcher(
    shelf: Shelf,
    project: Project,
    body: Callable[[Searcher], Awaitable[None]],
    material: Material | None = None,
    making: float = 900,
) -> None:
    async def main() -> None:
        queries = queries_of(project)
        effort = Effort(400 * MIB, 10, making=making)
        searcher = Searcher(shelf, shelf.root, queries, material or of_stores(shelf.store_path), effort)
        try:
            await body(searcher)
        finally:
            await searcher.close()

    asyncio.run(main())


def test_an_index_is_made_when_it_is_asked_for_and_once(shelf: Shelf, project: Project) -> None:
    number = publish(shelf, "Malmö", "Paris")
    path = index_of(shelf, number, project)

    async def body(searcher: Searcher) -> None:
        assert not path.exists()
        all_results = await asyncio.gather(
            *(searcher.answer(Question("malmo"), number, f"client {n}") for n in range(6))
        )
        assert [[found.label.value for found in results.found] for results in all_results] == [["Malmö"]] * 6
        made = path.stat().st_ino
        await searcher.answer(Question("paris"), number, "me")
        assert path.stat().st_ino == made
        assert [each.label.value for each in await searcher.suggest("par", ("en",), number, "me")] == [
            "Paris"
        ]

    with_searcher(shelf, project, body)
    assert sorted(each.name for each in path.parent.iterdir()) == [path.name, "lock"]


def test_each_release_has_its_own(shelf: Shelf, project: Project) -> None:
    first, second = publish(shelf, "Malmö"), publish(shelf, "Lund")

    async def body(searcher: Searcher) -> None:
        assert (await searcher.answer(Question("lund"), first, "me")).total == 0
        assert (await searcher.answer(Question("lund"), second, "me")).total == 1

    with_searcher(shelf, project, body)


def test_a_damaged_index_is_made_anew(shelf: Shelf, project: Project) -> None:
    number = publish(shelf, "Malmö")
    path = index_of(shelf, number, project)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"this is no database" * 1000)

    async def body(searcher: Searcher) -> None:
        assert (await searcher.answer(Question("malmo"), number, "me")).total == 1

    with_searcher(shelf, project, body)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (DeadlineExceeded(900), "too large to be searched: its index was not made in 15 minutes"),
        (OutOfMemory(400 * MIB), "too large to be searched: its index needs more than 400 MiB of memory"),
    ],
)
def test_a_release_that_is_too_large_is_said_to_be_so_and_not_tried_again(
    shelf: Shelf, project: Project, error: ClipgraphError, told: str
) -> None:
    number, tries = publish(shelf, "Malmö"), []

    @asynccontextmanager
    async def material(release: int) -> AsyncIterator[dict[str, Any]]:
        tries.append(release)
        raise error
        yield {}

    async def body(searcher: Searcher) -> None:
        for _ in range(2):
            with pytest.raises(Unavailable, match=told):
                await searcher.answer(Question("malmo"), number, "me")
            with pytest.raises(Unavailable, match=told):
                await searcher.suggest("m", (), number, "me")

    with_searcher(shelf, project, body, material)
    assert tries == [number]


def test_an_engine_that_did_not_answer_is_asked_again(shelf: Shelf, project: Project) -> None:
    number, tries = publish(shelf, "Malmö"), []

    @asynccontextmanager
    async def material(release: int) -> AsyncIterator[dict[str, Any]]:
        tries.append(release)
        raise DeadlineExceeded(30, "http://engine.example.org")
        yield {}

    async def body(searcher: Searcher) -> None:
        for _ in range(2):
            with pytest.raises(DeadlineExceeded):
                await searcher.answer(Question("malmo"), number, "me")

    with_searcher(shelf, project, body, material)
    assert tries == [number] * 2


def test_an_index_that_is_not_made_in_its_time_is_given_up(shelf: Shelf, project: Project) -> None:
    number = publish(shelf, "Malmö")
    path = index_of(shelf, number, project)
    path.parent.mkdir(parents=True)

    async def body(searcher: Searcher) -> None:
        with (path.parent / "lock").open("w") as lock:  # nothing is made while somebody else makes something
            fcntl.flock(lock, fcntl.LOCK_EX)
            with pytest.raises(Unavailable, match=r"its index was not made in 0\.05 minutes"):
                await searcher.answer(Question("malmo"), number, "me")

    with_searcher(shelf, project, body, making=3)
    assert not path.exists()


def test_a_release_that_is_not_there_is_not_found(shelf: Shelf, project: Project) -> None:
    publish(shelf, "Malmö")

    async def body(searcher: Searcher) -> None:
        with pytest.raises(NotFound):
            await searcher.answer(Question("malmo"), 7, "me")

    with_searcher(shelf, project, body)


def _wait_for(path: Path) -> None:
    until = time.monotonic() + 60
    while not path.exists():
        assert time.monotonic() < until, "it was not made"
        time.sleep(0.05)


def test_a_new_release_is_made_ready_before_anybody_asks(
    shelf: Shelf, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clipgraph.search.searcher._SECONDS_BETWEEN_LOOKS", 0.05)
    first = publish(shelf, "Malmö")

    async def body(searcher: Searcher) -> None:
        task = asyncio.ensure_future(searcher.keep_ready())
        await asyncio.to_thread(_wait_for, index_of(shelf, first, project))
        second = await asyncio.to_thread(publish, shelf, "Lund")
        await asyncio.to_thread(_wait_for, index_of(shelf, second, project))
        task.cancel()

    with_searcher(shelf, project, body)


def test_no_worker_is_left(shelf: Shelf, project: Project) -> None:
    number = publish(shelf, "Malmö")

    async def body(searcher: Searcher) -> None:
        await searcher.answer(Question("malmo"), number, "me")

    with_searcher(shelf, project, body)
    assert workers_of(multiprocessing.current_process().pid or 0, "clipgraph.search.worker") == []


def test_pruning_takes_the_index_with_its_release(shelf: Shelf, project: Project) -> None:
    first, second = publish(shelf, "Malmö"), publish(shelf, "Lund")
    paths = [index_of(shelf, number, project) for number in (first, second)]
    paths[0].parent.mkdir(parents=True)
    for path in paths:
        path.touch()
    differences = shelf.root / "derived" / "differences"
    (differences / "0-1").mkdir(parents=True)
    (differences / "0-2").mkdir()
    (paths[0].parent / "lock").touch()

    with shelf.lock():
        assert prune(shelf, keep=1) == [first]

    assert [path.exists() for path in paths] == [False, True]
    assert [path.name for path in differences.iterdir()] == ["0-2"]
    assert (paths[0].parent / "lock").exists()


def _slowly(path: Path) -> None:
    time.sleep(0.3)
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE made (by TEXT)")
    with (path.parent / "count").open("a") as count:
        count.write("x")


def test_two_processes_make_one_index_between_them(tmp_path: Path) -> None:
    path = tmp_path / "search" / "1.ab.sqlite"
    context = multiprocessing.get_context("fork")
    makers = [context.Process(target=make, args=(path, _slowly)) for _ in range(3)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join(30)

    assert [maker.exitcode for maker in makers] == [0, 0, 0]
    assert (path.parent / "count").read_text() == "x"


def test_what_a_crash_left_is_written_over_and_only_the_last_are_kept(tmp_path: Path) -> None:
    folder = tmp_path / "search"
    folder.mkdir()
    (folder / "unfinished").write_text("half")

    for number in range(1, 8):
        make(folder / f"{number}.ab.sqlite", Path.touch)
        time.sleep(0.01)

    assert sorted(path.name for path in folder.glob("*.sqlite")) == [f"{n}.ab.sqlite" for n in range(3, 8)]
    assert not (folder / "unfinished").exists()
