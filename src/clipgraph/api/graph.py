"""A graph that is open: what it is asked, and what it answers."""

from dataclasses import replace
from threading import Thread
from types import TracebackType
from typing import Self
from weakref import finalize

from clipgraph.api.answers import Rows, Triples, read_rows, read_truth
from clipgraph.api.loops import LoopThread
from clipgraph.api.prefixing import declarations, without
from clipgraph.engines.embedded import EmbeddedEngine
from clipgraph.engines.engine import Engine
from clipgraph.engines.rows import read_body
from clipgraph.errors import BadRequest, NotAcceptable, QuerySyntaxError
from clipgraph.rdf.formats import JSON, TURTLE
from clipgraph.releases.release import Release
from clipgraph.releases.shelf import Shelf
from clipgraph.settings import MIB, Settings
from clipgraph.sparql import policy
from clipgraph.sparql.protocol import Query
from clipgraph.workers.federated import open_federated_pool
from clipgraph.workers.pool import Limits, Pool

_MOST = 2**40  # bytes of an answer: the caller's memory is the caller's


class Graph:
    """A release of the graph, asked in a process of its own that has no network; see ``open``.

    It stays on the release that was current when it was opened. It is closed by ``close``, at the end of
    ``with clipgraph.open() as graph``, and when nobody has it any more.
    """

    def __init__(self, shelf: Shelf, release: Release, settings: Settings) -> None:
        self.release = release
        self._settings = settings
        self._loop = LoopThread()
        memory = settings.memory * MIB
        pool = Pool(Limits(1, memory, settings.waiting))
        federated = open_federated_pool(memory, wanted=bool(settings.federate))
        self._engine: Engine = EmbeddedEngine(shelf, pool, memory, settings.spool * MIB, federated)
        self._end = finalize(self, _end, self._loop, pool, federated)

    def query(self, text: str, timeout: float | None = None) -> Rows:
        """Return the rows of a SELECT.

        The prefixes that clipgraph itself uses (``clip:``, ``org:``, ``skos:`` …) need no declaration.

        Args:
            text: SPARQL.
            timeout: the most seconds it may take, else those of ``open``.

        Raises:
            QuerySyntaxError: it cannot be read; knows line and column.
            BadRequest: it is no SELECT; the message names the method that takes it.
            Refused: it asks another endpoint.
            LimitReached: it took too long or too much memory.
        """
        rows = read_rows(self._ask(text, timeout, "query"))
        if rows is None:
            raise BadRequest("this query is an ASK: use ask()")
        return rows

    def ask(self, text: str, timeout: float | None = None) -> bool:
        """Return the answer to an ASK; see ``query``."""
        truth = read_truth(self._ask(text, timeout, "ask"))
        if truth is None:
            raise BadRequest("this query is a SELECT: use query()")
        return truth

    def construct(self, text: str, timeout: float | None = None) -> Triples:
        """Return the graph of a CONSTRUCT or DESCRIBE; see ``query``."""
        return Triples(self._ask(text, timeout, "construct").decode())

    def _ask(self, text: str, timeout: float | None, method: str) -> bytes:
        if not self._end.alive:
            raise BadRequest("this graph is closed: open it again")
        declared = declarations(text)
        results, graph = (None, TURTLE) if method == "construct" else (JSON, None)
        query = Query(
            declared + text, results, graph, timeout or self._settings.timeout, release=self.release.number
        )
        services = policy.check(query.text, self._settings.federation())
        try:
            return self._loop.run(self._answer(replace(query, services=services)))
        except QuerySyntaxError as error:
            raise _noted(without(declared, text, error)) from None
        except NotAcceptable:
            other = "query() or ask()" if method == "construct" else "construct()"
            raise BadRequest(f"the answer to this query is of another kind: use {other}") from None

    async def _answer(self, query: Query) -> bytes:
        return await read_body(await self._engine.answer(query, "python"), _MOST)

    def close(self) -> None:
        """End the process that is asked; may be called again."""
        self._end()

    def __enter__(self) -> Self:
        """Return the graph itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def __repr__(self) -> str:
        """Return what it is in brief."""
        release = self.release
        return f"<clipgraph release {release.number} of {release.created[:10]}, {release.triples} triples>"


def _end(loop: LoopThread, *pools: Pool) -> None:
    if loop.is_here():  # where the last reference may be found to be gone
        Thread(target=_end, args=(loop, *pools)).start()
        return
    for pool in pools:
        loop.run(pool.close())
    loop.close()


def _noted(error: QuerySyntaxError) -> QuerySyntaxError:
    """Return the error with the line in question and the advice, which a traceback then shows."""
    for note in (error.quoted, error.hint):
        if note:
            error.add_note(note)
    return error
