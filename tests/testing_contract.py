"""What every engine has to do alike, whichever it is: tests to be taken over by those of each engine."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from clipgraph.engines.embedded import EmbeddedEngine
from clipgraph.engines.engine import Engine
from clipgraph.engines.remote import RemoteEngine
from clipgraph.engines.rows import read_body
from clipgraph.errors import (
    AnswerTooLarge,
    ClipgraphError,
    DeadlineExceeded,
    NotAcceptable,
    QuerySyntaxError,
    Refused,
    TooComplex,
)
from clipgraph.publishing.pushing import Push, Pushed
from clipgraph.rdf.formats import CSV, GRAPHS, JSON, N_TRIPLES, RESULTS, TSV, TURTLE
from clipgraph.releases.change import Change
from clipgraph.releases.commit import Origin, commit
from clipgraph.releases.edits import known
from clipgraph.releases.shelf import Shelf
from clipgraph.remote.addresses import Address
from clipgraph.remote.connection import Connection
from clipgraph.remote.marker import Place
from clipgraph.remote.watch import Watch
from clipgraph.sparql.protocol import Query
from clipgraph.workers.fed import CONVERSIONS, FedProcess
from clipgraph.workers.pool import Limits, Pool
from testing_releases import HIDDEN, POLICY, passes, quad

MEMORY = 300 << 20
COUNT = "SELECT (COUNT(*) AS ?n) {}{{ ?s ?p ?o }}"
NAMED = "SELECT (COUNT(*) AS ?n) {}{{ GRAPH ?g {{ ?s ?p ?o }} }}"
CROSS = "{ " + " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(30)) + " }"
NUMBERS = " ".join(f'"{number:060}"' for number in range(200))
MANY = f"SELECT * {{ VALUES ?a {{ {NUMBERS} }} VALUES ?b {{ {NUMBERS} }} }}"

Opening = Callable[[], AbstractAsyncContextManager[Engine]]


def write(shelf: Shelf, *numbers: int, graph: str = "urn:g") -> None:
    """Make a release with so numbered statements in a graph."""
    shelf.prepare()
    with shelf.lock():
        change = Change(tuple(quad(number, graph) for number in numbers))
        commit(shelf, known(change), POLICY, passes, Origin("me", "why"))


def small_shelf(root: Path) -> Shelf:
    """Return a shelf whose third release is what the contract asks for."""
    made = Shelf(root)
    write(made, 1, 2, graph="urn:a")
    write(made, 2, 3, graph="urn:b")
    write(made, 4, graph=HIDDEN)
    return made


def embedded(shelf: Shelf, most: int = 0) -> Opening:
    """Return what opens the embedded engine."""

    @asynccontextmanager
    async def opened() -> AsyncIterator[Engine]:
        pool = Pool(Limits(2, MEMORY, 10))
        await pool.open()
        try:
            yield EmbeddedEngine(shelf, pool, MEMORY, 1 << 30, most=most)
        finally:
            await pool.close()

    return opened


def remote(address: Address, most: int = 0) -> Opening:
    """Return what opens the remote engine."""

    @asynccontextmanager
    async def opened() -> AsyncIterator[Engine]:
        pool = Pool(Limits(2, MEMORY, 10, CONVERSIONS), FedProcess)
        await pool.open()
        try:
            async with Connection(address) as connection:
                watch = Watch(connection)
                await watch.look()
                yield RemoteEngine(connection, watch, pool, MEMORY, 1 << 30, most)
        finally:
            await pool.close()

    return opened


def push(shelf: Shelf, address: Address, merge: Place) -> Pushed:
    """Push the current release of a shelf."""
    release = shelf.current()
    assert release is not None

    async def pushed() -> Pushed:
        async with Connection(address) as connection:
            return await Push(shelf, release, connection, merge, lambda _: None, 0).run()

    return asyncio.run(pushed())


@dataclass(frozen=True)
class Subject:
    """An engine to be tried: how it is opened, also with the most bytes of one answer.

    ``beside`` is how many statements there are in named graphs that are not of the release.
    """

    opening: Opening
    bounded: Callable[[int], Opening]
    beside: int = 0

    def run(self, body: Callable[[Engine], Awaitable[None]], opening: Opening | None = None) -> None:
        """Run what asks the engine."""

        async def main() -> None:
            async with (opening or self.opening)() as engine:
                await body(engine)

        asyncio.run(asyncio.wait_for(main(), 60))


async def ask(engine: Engine, query: Query) -> str:
    """Return the whole answer to a query."""
    return (await read_body(await engine.answer(query, "me"), 1 << 24)).decode()


async def number(
    engine: Engine,
    text: str,
    default: tuple[str, ...] | None = None,
    named: tuple[str, ...] | None = None,
) -> int:
    """Return the number that a query counts, on a dataset where one is given."""
    return int((await ask(engine, Query(text, CSV, None, 30, default, named))).split()[1])


class EngineContract:
    """The tests; a class that takes them over has a fixture ``subject``."""

    def test_every_format(self, subject: Subject) -> None:
        """Results and graphs come in every format that is asked for."""

        async def body(engine: Engine) -> None:
            for form in RESULTS:
                answer = await engine.answer(Query("SELECT ?s { ?s ?p <urn:1> }", form, None, 30), "me")
                assert (answer.format, answer.release) == (form, 3)
                assert b"urn:1" in await read_body(answer, 1000)
            for form in GRAPHS:
                answer = await engine.answer(Query("DESCRIBE <urn:1>", None, form, 30), "me")
                assert answer.format == form
                assert b"urn:1" in await read_body(answer, 10_000)

        subject.run(body)

    def test_results_are_as_their_specifications_have_them(self, subject: Subject) -> None:
        """Quotes, separators, ends of lines and what is unbound, whatever the engine itself writes."""
        text = "SELECT ?s ?o { VALUES (?s ?o) { (<urn:1> 'a,\"b') (UNDEF 2) } }"

        async def body(engine: Engine) -> None:
            assert await ask(engine, Query(text, CSV, None, 30)) == 's,o\r\nurn:1,"a,""b"\r\n,2\r\n'
            assert await ask(engine, Query(text, TSV, None, 30)) == '?s\t?o\n<urn:1>\t"a,\\"b"\n\t2\n'

        subject.run(body)

    def test_nothing_yes_and_no(self, subject: Subject) -> None:
        """An empty graph is an empty answer, and ASK has a boolean one."""
        nothing = Query("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o FILTER(?o = <urn:9>) }", None, N_TRIPLES, 30)

        async def body(engine: Engine) -> None:
            assert await ask(engine, nothing) == ""
            for number, holds in ((1, True), (9, False)):
                answer = await ask(engine, Query(f"ASK {{ <urn:{number}> ?p ?o }}", JSON, None, 30))
                assert json.loads(answer)["boolean"] is holds

        subject.run(body)

    @pytest.mark.parametrize(
        ("query", "error"),
        [
            (Query("SELECT", CSV, TURTLE, 30), QuerySyntaxError),
            (Query("SELECT (<urn:f>(1) AS ?x) {}", CSV, None, 30), QuerySyntaxError),
            (Query("ASK {}", None, TURTLE, 30), NotAcceptable),
            (Query("CONSTRUCT {} {}", CSV, None, 30), NotAcceptable),
            (Query("ASK { SERVICE <http://127.0.0.1:9999/> {} }", CSV, None, 30), Refused),
            (Query("SELECT (COUNT(*) AS ?n) " + CROSS, CSV, None, 0.5), DeadlineExceeded),
            (Query("ASK " + "{" * 100_000 + "}" * 100_000, CSV, None, 30), TooComplex),
        ],
        ids=lambda value: value.__name__ if isinstance(value, type) else "",
    )
    def test_what_goes_wrong_has_its_own_error(
        self, subject: Subject, query: Query, error: type[ClipgraphError]
    ) -> None:
        """And the next question is answered."""

        async def body(engine: Engine) -> None:
            with pytest.raises(error):
                await engine.answer(query, "me")
            assert await ask(engine, Query("ASK {}", CSV, None, 30)) == "true"

        subject.run(body)

    def test_the_dataset_that_a_query_names(self, subject: Subject) -> None:
        """The default graph is the merge as a set; FROM and FROM NAMED name what is published, or nothing."""
        cases = [
            ("", 3, 5 + subject.beside),
            ("FROM <urn:a> ", 2, 0),
            ("FROM NAMED <urn:a> ", 0, 2),
            (f"FROM <urn:a> FROM NAMED <{HIDDEN}> ", 2, 1),
            ("FROM <urn:absent> ", 0, 0),
            (f"FROM <{HIDDEN}> ", 1, 0),
        ]

        async def body(engine: Engine) -> None:
            for clause, *counts in cases:
                found = [await number(engine, text.format(clause)) for text in (COUNT, NAMED)]
                assert found == counts, clause

        subject.run(body)

    def test_the_dataset_of_the_protocol_wins(self, subject: Subject) -> None:
        """Whether the query names one or not."""
        cases: list[tuple[tuple[str, ...], tuple[str, ...], int, int]] = [
            (("urn:a",), (), 2, 0),
            ((), ("urn:a", "urn:b"), 0, 4),
            (("urn:a",), (HIDDEN,), 2, 1),
        ]

        async def body(engine: Engine) -> None:
            for clause in ("", "FROM <urn:b> FROM NAMED <urn:b> "):
                for default, named, *counts in cases:
                    texts = [text.format(clause) for text in (COUNT, NAMED)]
                    found = [await number(engine, text, default, named) for text in texts]
                    assert found == counts, (clause, default, named)

        subject.run(body)

    def test_relative_iris_have_a_base(self, subject: Subject) -> None:
        """They are resolved against what the question says."""

        async def body(engine: Engine) -> None:
            query = Query("SELECT ?x { VALUES ?x { <x> } }", CSV, None, 30, base="http://e.org/a/b")
            assert await ask(engine, query) == "x\r\nhttp://e.org/a/x\r\n"

        subject.run(body)

    def test_a_reader_who_leaves_frees_the_worker(self, subject: Subject) -> None:
        """Or the third could not be asked."""

        async def body(engine: Engine) -> None:
            for _ in range(3):  # one client holds one of two workers
                answer = await engine.answer(Query(f"{MANY} LIMIT 20000", CSV, None, 30), "me")
                await answer.body.aclose()
                await answer.body.aclose()

        subject.run(body)

    def test_an_answer_larger_than_the_operator_allows_fails(self, subject: Subject) -> None:
        """And a smaller one does not."""

        async def body(engine: Engine) -> None:
            answer = await engine.answer(Query(f"{MANY} LIMIT 20000", CSV, None, 30), "test")
            with pytest.raises(AnswerTooLarge, match="more than 1 MiB"):
                await read_body(answer, 1 << 30)
            small = await engine.answer(Query(f"{MANY} LIMIT 2", CSV, None, 30), "test")
            assert len((await read_body(small, 1 << 20)).split()) == 3

        subject.run(body, subject.bounded(1 << 20))
