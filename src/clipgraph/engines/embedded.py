"""The embedded engine: a pool of worker processes on the current release."""

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from clipgraph.engines.engine import Answer
from clipgraph.engines.refusals import refusal
from clipgraph.engines.run import Refusal, Run
from clipgraph.errors import ClipgraphError
from clipgraph.rdf.prefixes import PREFIXES
from clipgraph.releases.shelf import Shelf
from clipgraph.sparql.federation import located, rewrite
from clipgraph.sparql.protocol import Query
from clipgraph.workers.frames import QueryJob
from clipgraph.workers.pool import Pool
from clipgraph.workers.process import JobFailed
from clipgraph.workers.questions import PREFIX
from clipgraph.workers.spool import Disk


class EmbeddedEngine:
    """Answers from the releases of a shelf.

    ``spool`` bounds in bytes what slow readers pile up on disk; ``federated`` has the workers for queries
    that ask other endpoints, where any may be asked; ``most`` is the most bytes of one answer, 0 for no
    limit; ``stores`` gives the store to ask for the number of a release, where that is not the shelf's.
    """

    def __init__(
        self,
        shelf: Shelf,
        pool: Pool,
        memory: int,
        spool: int,
        federated: Pool | None = None,
        most: int = 0,
        stores: Callable[[int], Awaitable[Path]] | None = None,
    ) -> None:
        self._shelf, self._pool, self._memory, self._disk = shelf, pool, memory, Disk(spool)
        self._stores = stores
        self._federated, self._most = federated, most
        self._written: tuple[tuple[object, ...], bytes] | None = None
        self._last: tuple[int, str] | None = None  # the release that was asked last, and its store

    @property
    def spooled(self) -> int:
        """How many bytes of answers are on disk, since their readers are slow."""
        return self._disk.used

    async def answer(self, query: Query, client: str) -> Answer:
        """Evaluate a query on the release it names, else the current one; see Engine.answer."""
        number = self._shelf.kept(query.release)
        store = str(await self._stores(number)) if self._stores else self._store(number)
        job = _federated(query, store) if query.services else QueryJob(self._alike(query, store), query.text)
        run = Run(self._disk, query.deadline, self._most, self._refusal(query))
        # Where none may be asked, a worker that has no network says so.
        pool = self._federated if query.services and self._federated else self._pool
        await run.start(pool.run(job, query.deadline, client, run.taken))
        return Answer(run.format, number, run, run.encoding, queued=run.queued, evaluated=run.evaluated)

    def _alike(self, query: Query, store: str) -> bytes:
        """Return everything of a job but the text in JSON; that of the last is kept, as most are alike."""
        formats, dataset = (query.results, query.graph), (query.default_graphs, query.named_graphs)
        key = (store, _may_give_a_graph(query), query.base, formats, dataset, query.compress_from)
        if self._written is None or self._written[0] != key:
            self._written = (key, json.dumps(_job(query, store)).encode())
        return self._written[1]

    def _store(self, number: int) -> str:
        if self._last is None or self._last[0] != number:
            self._last = (number, str(self._shelf.store_path(number)))
        return self._last[1]

    def _refusal(self, query: Query) -> Refusal:
        """Return what makes our error of what a worker says of a query."""

        def explain(failed: JobFailed) -> ClipgraphError:
            failed.message = located(failed.message, query.text, query.services, PREFIX)
            return refusal(failed, query.text, self._memory)

        return explain


def _job(query: Query, store: str) -> dict[str, Any]:
    """Return a job without its text; what differs in it is in the key of ``_alike``."""
    return {
        "store": store,
        "base": query.base,
        "results": query.results and query.results.name,
        "graph": query.graph and query.graph.name,
        "default_graphs": query.default_graphs,
        "named_graphs": query.named_graphs,
        "prefixes": dict(PREFIXES) if _may_give_a_graph(query) else {},
        "compress_from": query.compress_from,
    }


def _federated(query: Query, store: str) -> dict[str, Any]:
    endpoints = [(service.endpoint, service.url) for service in query.services]
    return _job(query, store) | {"query": rewrite(query.text, query.services, PREFIX), "endpoints": endpoints}


def _may_give_a_graph(query: Query) -> bool:
    """Tell whether a query may be a CONSTRUCT or a DESCRIBE; most are not, and need no prefixes."""
    if query.graph is None:
        return False
    folded = query.text.upper()
    return "CONSTRUCT" in folded or "DESCRIBE" in folded
