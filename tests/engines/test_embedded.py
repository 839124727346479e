"""The embedded engine on real releases: formats, errors, datasets, and the newest release at once."""

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
from clipgraph.errors import (
    AnswerTooLarge,
    ClipgraphError,
    DeadlineExceeded,
    EngineFailed,
    NotAcceptable,
    QuerySyntaxError,
    Refused,
    TooComplex,
    Unavailable,
)
from clipgraph.rdf.formats import CSV, GRAPHS, JSON, N_TRIPLES, RESULTS, TURTLE, Format
from clipgraph.releases.change import Change
from clipgraph.releases.commit import Origin, commit
from clipgraph.releases.edits import known
from clipgraph.releases.shelf import Shelf
from clipgraph.sparql.protocol import Query
from clipgraph.workers.pool import Limits, Pool
from conftest import workers_of
from testing_releases import HIDDEN, POLICY, passes, quad

MEMORY = 300 << 20
COUNT = "SELECT (COUNT(*) AS ?n) {}{{ ?s ?p ?o }}"
CROSS = "{ " + " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(30)) + " }"


def write(shelf: Shelf, *numbers: int, graph: str = "urn:g") -> None:
    shelf.prepare()
    with shelf.lock():
        change = Change(tuple(quad(number, graph) for number in numbers))
        commit(shelf, known(change), POLICY, passes, Origin("me", "why"))


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    made = Shelf(tmp_path_factory.mktemp("engine"))
    write(made, 1, 2, graph="urn:a")
    write(made, 2, 3, graph="urn:b")
    write(made, 4, graph=HIDDEN)
    return made


def with_engine(shelf: Shelf, body: Callable[[EmbeddedEngine], Awaitable[None]]) -> None:
    async def main() -> None:
        pool = Pool(Limits(2, MEMORY, 10))
        await pool.open()
        try:
            await asyncio.wait_for(body(EmbeddedEngine(shelf, pool, MEMORY, 1 << 20)), 60)
        finally:
            await pool.close()

    asyncio.run(main())


async def ask(engine: EmbeddedEngine, query: Query) -> str:
    return (await read_body(await engine.answer(query, "me"), 1 << 24)).decode()


@pytest.mark.parametrize("form", RESULTS, ids=lambda form: form.name)
def test_results_in_every_format(shelf: Shelf, form: Format) -> None:
    async def body(engine: EmbeddedEngine) -> None:
        answer = await engine.answer(Query("SELECT ?s { ?s ?p <urn:1> }", form, None, 30), "me")
        assert (answer.format, answer.release) == (form, 3)
        assert b"urn:1" in await read_body(answer, 1000)

    with_engine(shelf, body)


@pytest.mark.parametrize("form", GRAPHS, ids=lambda form: form.name)
def test_graphs_in_every_format(shelf: Shelf, form: Format) -> None:
    async def body(engine: EmbeddedEngine) -> None:
        answer = await engine.answer(Query("DESCRIBE <urn:1>", None, form, 30), "me")
        assert answer.format == form
        assert b"urn:1" in await read_body(answer, 10_000)

    with_engine(shelf, body)


def test_an_empty_graph_is_an_empty_answer(shelf: Shelf) -> None:
    async def body(engine: EmbeddedEngine) -> None:
        assert await ask(engine, Query("CONSTRUCT {} {}", None, N_TRIPLES, 30)) == ""

    with_engine(shelf, body)


@pytest.mark.parametrize(
    ("query", "error"),
    [
        (Query("SELECT", CSV, TURTLE, 30), QuerySyntaxError),
        (Query("ASK {}", None, TURTLE, 30), NotAcceptable),
        (Query("CONSTRUCT {} {}", CSV, None, 30), NotAcceptable),
        (Query("ASK { SERVICE <http://127.0.0.1:9999/> {} }", CSV, None, 30), Refused),
        (Query("SELECT (COUNT(*) AS ?n) " + CROSS, CSV, None, 0.4), DeadlineExceeded),
        (Query("ASK " + "{" * 100_000 + "}" * 100_000, CSV, None, 30), TooComplex),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)
def test_what_goes_wrong_has_its_own_error(shelf: Shelf, query: Query, error: type[ClipgraphError]) -> None:
    async def body(engine: EmbeddedEngine) -> None:
        with pytest.raises(error):
            await engine.answer(query, "me")
        assert await ask(engine, Query("ASK {}", CSV, None, 30)) == "true"

    with_engine(shelf, body)


@pytest.mark.parametrize(
    ("clause", "triples", "named"),
    [
        ("", 3, 5),
        ("FROM <urn:a> ", 2, 0),
        ("FROM NAMED <urn:a> ", 0, 2),
        (f"FROM <urn:a> FROM NAMED <{HIDDEN}> ", 2, 1),
        ("FROM <urn:absent> ", 0, 0),
        (f"FROM <{HIDDEN}> ", 1, 0),
    ],
)
def test_the_dataset_that_a_query_names(shelf: Shelf, clause: str, triples: int, named: int) -> None:
    async def body(engine: EmbeddedEngine) -> None:
        text = f"SELECT (COUNT(*) AS ?n) {clause}{{ GRAPH ?g {{ ?s ?p ?o }} }}"
        assert await ask(engine, Query(COUNT.format(clause), CSV, None, 30)) == f"n\r\n{triples}\r\n"
        assert await ask(engine, Query(text, CSV, None, 30)) == f"n\r\n{named}\r\n"

    with_engine(shelf, body)


@pytest.mark.parametrize("clause", ["", "FROM <urn:b> FROM NAMED <urn:b> "])
@pytest.mark.parametrize(
    ("default_graphs", "named_graphs", "triples", "named"),
    [
        (("urn:a",), (), 2, 0),
        ((), ("urn:a", "urn:b"), 0, 4),
        (("urn:a",), (HIDDEN,), 2, 1),
    ],
)
def test_the_dataset_of_the_protocol_wins(
    shelf: Shelf,
    clause: str,
    default_graphs: tuple[str, ...],
    named_graphs: tuple[str, ...],
    triples: int,
    named: int,
) -> None:
    async def body(engine: EmbeddedEngine) -> None:
        text = f"SELECT (COUNT(*) AS ?n) {clause}{{ GRAPH ?g {{ ?s ?p ?o }} }}"
        for query, count in ((COUNT.format(clause), triples), (text, named)):
            asked = Query(query, CSV, None, 30, default_graphs, named_graphs)
            assert await ask(engine, asked) == f"n\r\n{count}\r\n"

    with_engine(shelf, body)


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


def test_a_reader_who_leaves_frees_the_worker(shelf: Shelf) -> None:
    async def body(engine: EmbeddedEngine) -> None:
        for _ in range(3):  # one client holds one of two workers
            answer = await engine.answer(Query("SELECT * " + CROSS, CSV, None, 30), "me")
            await answer.body.aclose()
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


def test_an_answer_larger_than_the_operator_allows_fails(shelf: Shelf) -> None:
    numbers = " ".join(map(str, range(1000)))
    text = f"SELECT * {{ VALUES ?a {{ {numbers} }} VALUES ?b {{ {numbers} }} }}"

    async def main() -> None:
        pool = Pool(Limits(1, MEMORY, 10))
        await pool.open()
        try:
            engine = EmbeddedEngine(shelf, pool, MEMORY, 1 << 30, None, 1 << 20)
            answer = await engine.answer(Query(text, CSV, None, 30), "test")
            with pytest.raises(AnswerTooLarge, match="more than 1 MiB"):
                await read_body(answer, 1 << 30)
            small = await engine.answer(Query(f"{text} LIMIT 2", CSV, None, 30), "test")
            assert len((await read_body(small, 1 << 20)).split()) == 3
        finally:
            await pool.close()

    asyncio.run(asyncio.wait_for(main(), 60))
