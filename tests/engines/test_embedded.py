"""The embedded engine, beyond what every engine does: the newest release at once, workers that end."""

import asyncio
import json
import os
import signal
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from clipgraph.engines.embedded import EmbeddedEngine
from clipgraph.engines.rows import read_body
from clipgraph.errors import EngineFailed, Unavailable
from clipgraph.rdf.formats import CSV, JSON
from clipgraph.releases.shelf import Shelf
from clipgraph.sparql.protocol import Query
from clipgraph.workers.pool import Limits, Pool
from conftest import workers_of
from testing_contract import COUNT, MEMORY, ask, small_shelf, write

CROSS = "{ " + " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(30)) + " }"


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    return small_shelf(tmp_path_factory.mktemp("engine"))


def with_engine(shelf: Shelf, body: Callable[[EmbeddedEngine], Awaitable[None]]) -> None:
    async def main() -> None:
        pool = Pool(Limits(2, MEMORY, 10))
        await pool.open()
        try:
            await asyncio.wait_for(body(EmbeddedEngine(shelf, pool, MEMORY, 1 << 20)), 60)
        finally:
            await pool.close()

    asyncio.run(main())


def test_a_new_release_is_seen_at_once(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)

    async def body(engine: EmbeddedEngine) -> None:
        with pytest.raises(Unavailable, match="nothing is published"):
            await ask(engine, Query("ASK {}", CSV, None, 30))
        for number in range(1, 5):
            write(shelf, number)
            answer = await engine.answer(Query(COUNT.format(""), JSON, None, 30), "me")
            rows = json.loads(await read_body(answer, 1000))["results"]["bindings"]
            assert (answer.release, rows[0]["n"]["value"]) == (number, str(number))

    with_engine(shelf, body)


def test_a_failure_after_the_first_byte_comes_to_the_reader(shelf: Shelf) -> None:
    async def body(engine: EmbeddedEngine) -> None:
        answer = await engine.answer(Query("SELECT * " + CROSS, CSV, None, 60), "me")
        for pid in workers_of(os.getpid()):
            os.kill(pid, signal.SIGKILL)
        with pytest.raises(EngineFailed, match="-9"):
            [_ async for _ in answer.body]
        await answer.body.aclose()

    with_engine(shelf, body)


def test_no_disk_for_a_slow_reader_is_an_error_and_no_hanging(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    async def body(engine: EmbeddedEngine) -> None:
        monkeypatch.setattr(tempfile, "TemporaryFile", full)
        answer = await engine.answer(Query("SELECT * " + CROSS, CSV, None, 30), "me")
        await asyncio.wait([answer.body._task])  # type: ignore[attr-defined]  # noqa: SLF001
        with pytest.raises(Unavailable, match="No space left"):
            [_ async for _ in answer.body]

    with_engine(shelf, body)
    monkeypatch.undo()
