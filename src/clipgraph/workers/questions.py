"""What a federated job asks other endpoints, and what became of it."""

import asyncio
from collections.abc import Sequence
from typing import Self

from clipgraph.errors import ServiceFailed
from clipgraph.sparql.federation import restored
from clipgraph.workers.asking import Results, ask, open_client

HOST = "127.0.0.1"
PREFIX = f"http://{HOST}/"  # with 0, 1, … behind it, the endpoints of a job in the query that the worker gets
_MOST = 100  # of one job, each counted once
_MOST_BYTES = 2**27  # of all answers to one job


class Questions:
    """The questions of one job; a context, at whose end nothing is asked any more.

    The same question to the same endpoint is asked once, however often the engine comes back with it, as it
    does for each row in FILTER EXISTS and LATERAL.
    """

    def __init__(self, endpoints: Sequence[Sequence[str]], until: float) -> None:
        """Take the endpoints, pairs of IRI and URL; ``until`` is in the event loop's time."""
        self._endpoints, self._until = endpoints, until
        self._client = open_client()
        self._asked: dict[tuple[int, str], asyncio.Task[Results]] = {}
        self._bytes = 0
        self.failures: list[ServiceFailed] = []
        self.strayed = False  # the worker asked for something that is not listed

    async def __aenter__(self) -> Self:
        """Begin."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """End every question that is still open."""
        for task in self._asked.values():
            task.cancel()
        await asyncio.gather(*self._asked.values(), return_exceptions=True)
        await self._client.aclose()

    @property
    def endpoints(self) -> list[str]:
        """The endpoints that were asked, without repetition."""
        return list(dict.fromkeys(self._endpoints[number][0] for number, _ in self._asked))

    async def answer(self, request: tuple[int, str] | None) -> tuple[str, str, bytes]:
        """Return status, media type and body for a request of the worker: which endpoint, and the query.

        A failure is told by its number in ``failures``.
        """
        if request is None or not 0 <= request[0] < len(self._endpoints):
            self.strayed = True
            return "403 Forbidden", "text/plain", b"not listed"
        try:
            results = await self._results(*request)
        except ServiceFailed as failure:
            self.failures.append(failure)
            return "502 Bad Gateway", "text/plain", str(len(self.failures) - 1).encode()
        return "200 OK", results.media_type, results.body

    async def _results(self, number: int, query: str) -> Results:
        task = self._asked.get((number, query))
        if task is None:
            if len(self._asked) >= _MOST:
                raise ServiceFailed(
                    self._endpoints[number][0], f"one query asks at most {_MOST} questions", 0
                )
            task = asyncio.get_running_loop().create_task(self._ask(number, query))
            self._asked[number, query] = task
        # Shielded, since others may wait for it; the end of the job ends it.
        return await asyncio.shield(task)

    async def _ask(self, number: int, query: str) -> Results:
        endpoint, url = self._endpoints[number]
        asked = restored(query, [iri for iri, _ in self._endpoints], PREFIX)
        results = await ask(self._client, endpoint, url, asked, self._until)
        self._bytes += len(results.body)
        if self._bytes > _MOST_BYTES:
            raise ServiceFailed(endpoint, f"the answers to one query may have {_MOST_BYTES >> 20} MiB", 0)
        return results
