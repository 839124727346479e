"""The remote engine: asks a SPARQL 1.1 endpoint elsewhere, and brings its answers into shape in workers here.

A query is read here before it is asked there, so that nothing goes out that is no SPARQL: what an engine
understands beyond that reaches further than its graphs (Virtuoso's ``bif:http_get`` and ``define``, for two).
An answer is read from the first byte to the last, whatever its format, so that what is broken is no answer.
"""

import asyncio
import re
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol

from clipgraph.engines.engine import Answer
from clipgraph.engines.refusals import refusal
from clipgraph.engines.run import Refusal, Run
from clipgraph.errors import ClipgraphError, QuerySyntaxError, Refused, RemoteFailed
from clipgraph.rdf.prefixes import PREFIXES
from clipgraph.remote.connection import Connection
from clipgraph.remote.marker import MERGE, NAMED, Publication
from clipgraph.sparql import policy
from clipgraph.sparql.protocol import Query
from clipgraph.workers.fed import Fetched
from clipgraph.workers.pool import Pool
from clipgraph.workers.process import JobFailed
from clipgraph.workers.spool import Disk

# Stands for graphs where a dataset has none, as some engines take no graph for every graph.
NO_GRAPH = "urn:clipgraph:no-graph"
_BAD_REQUEST = 400
# Some engines resolve these before they read a query, others within texts and IRIs alone: what is a quote in
# a text here would end the text there, and a SERVICE begin. https://www.w3.org/TR/sparql11-query/#codepointEscape
_ASCII_ESCAPE = re.compile(r"\\(?:u00[0-7]|U000000[0-7])[0-9A-Fa-f]")


class Published(Protocol):
    """Knows what is published on the engine: see remote.watch.Watch."""

    @property
    def publication(self) -> Publication:
        """What the engine says of itself."""
        ...

    def kept(self, wanted: int | None) -> int:
        """Return the number of the release that is asked."""
        ...


class RemoteEngine:
    """Asks an engine for what is published on it.

    ``pool`` has workers for conversions (workers.fed.FedProcess); ``memory`` is bytes for each; ``spool``
    bounds in bytes what slow readers pile up on disk; ``most`` is the most bytes of one answer, 0 for no
    limit.
    """

    def __init__(
        self, connection: Connection, published: Published, pool: Pool, memory: int, spool: int, most: int = 0
    ) -> None:
        self._connection, self._published, self._pool = connection, published, pool
        self._memory, self._disk, self._most = memory, Disk(spool), most

    @property
    def spooled(self) -> int:
        """How many bytes of answers are on disk, since their readers are slow."""
        return self._disk.used

    async def answer(self, query: Query, client: str) -> Answer:
        """Evaluate a query on the release that is published; see Engine.answer.

        Raises:
            Refused: it asks another endpoint, or could for an engine that reads escapes before all else.
            RemoteFailed: the engine gave no answer that can be used.
        """
        if "service" in query.text.lower():  # whoever asks: no filter of the kernel is around the engine
            await asyncio.to_thread(policy.check, query.text, base=query.base)
        escape = _ASCII_ESCAPE.search(query.text)
        if escape is not None:
            raise Refused(
                f"the engine behind this service may take {escape[0]} for the character itself, and read "
                'another query than this one: write the character, or \\" for a quote'
            )
        number = self._published.kept(query.release)
        publication = self._published.publication

        def fetch(wanted: dict[str, Any]) -> AbstractAsyncContextManager[Fetched]:
            base = f"BASE <{query.base}> " if query.base else ""
            parameters = {"query": base + wanted["text"]} | dataset(query, wanted, publication)
            return self._connection.answer(parameters, wanted["kind"])

        job = {
            "fetch": fetch,
            "query": query.text,
            "base": query.base,
            "results": query.results and query.results.name,
            "graph": query.graph and query.graph.name,
            "prefixes": dict(PREFIXES),
            "compress_from": query.compress_from,
        }
        run = Run(self._disk, query.deadline, self._most, self._refusal(query))
        await run.start(self._pool.run(job, query.deadline, client, run.taken))
        return Answer(run.format, number, run, run.encoding, queued=run.queued, evaluated=run.evaluated)

    def _refusal(self, query: Query) -> Refusal:
        """Return what makes our error of what a worker says of a query, or the engine behind it."""

        def explain(failed: JobFailed) -> ClipgraphError:
            if failed.kind == "garbled":
                address = self._connection.address.query
                return RemoteFailed(address, "sent an answer that is not well-formed", failed.message)
            reason = failed.reason
            if isinstance(reason, RemoteFailed) and reason.answered == _BAD_REQUEST:
                return QuerySyntaxError(
                    f"the engine behind this service does not take this query, though it is SPARQL: "
                    f"{reason.details or 'it does not say why'}"
                )
            return refusal(failed, query.text, self._memory)

        return explain


def dataset(query: Query, wanted: dict[str, Any], publication: Publication) -> dict[str, list[str]]:
    """Return the dataset that an engine is asked for, by the parameters of the protocol, nothing for its own.

    The one that the protocol names is asked for, else that of the query, else the published one; of all these
    only what is published: whatever else the engine holds is not ours to show.

    https://www.w3.org/TR/sparql11-protocol/#dataset
    """
    if query.default_graphs is not None:
        default, named = query.default_graphs, query.named_graphs or ()
    elif wanted["default"] is not None:
        default, named = tuple(wanted["default"]), tuple(wanted["named"])
    elif publication.merge == NAMED:
        return {"default-graph-uri": [MERGE], "named-graph-uri": list(publication.graphs) or [NO_GRAPH]}
    else:
        return {}
    known = set(publication.graphs)
    return {
        "default-graph-uri": [iri for iri in dict.fromkeys(default) if iri in known] or [NO_GRAPH],
        "named-graph-uri": [iri for iri in dict.fromkeys(named) if iri in known] or [NO_GRAPH],
    }
