"""The embedded engine: a pool of worker processes on the current release."""

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import aclosing, suppress
from pathlib import Path

from clipgraph.engines.engine import Answer
from clipgraph.engines.refusals import FORMATS, refusal
from clipgraph.errors import (
    AnswerTooLarge,
    ClipgraphError,
    DeadlineExceeded,
    EngineFailed,
    Unavailable,
)
from clipgraph.rdf.formats import Format
from clipgraph.rdf.prefixes import PREFIXES
from clipgraph.releases.shelf import Shelf
from clipgraph.sparql.federation import located, rewrite
from clipgraph.sparql.protocol import Query
from clipgraph.workers.frames import DATA, HEAD, PIECE
from clipgraph.workers.pool import Pool
from clipgraph.workers.process import JobFailed
from clipgraph.workers.questions import PREFIX
from clipgraph.workers.spool import Disk, Spool

_SPOOL_MEMORY = 1024 * 1024
_log = logging.getLogger("clipgraph.engine")


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

    @property
    def spooled(self) -> int:
        """How many bytes of answers are on disk, since their readers are slow."""
        return self._disk.used

    async def answer(self, query: Query, client: str) -> Answer:
        """Evaluate a query on the release it names, else the current one; see Engine.answer."""
        number = self._shelf.kept(query.release)
        store = await self._stores(number) if self._stores else self._shelf.store_path(number)
        job = {
            "store": str(store),
            "query": rewrite(query.text, query.services, PREFIX),
            "endpoints": [(service.endpoint, service.url) for service in query.services],
            "base": query.base,
            "results": query.results and query.results.name,
            "graph": query.graph and query.graph.name,
            "default_graphs": query.default_graphs,
            "named_graphs": query.named_graphs,
            "prefixes": dict(PREFIXES) if query.graph else {},
            "compress_from": query.compress_from,
        }
        run = _Run(Spool(_SPOOL_MEMORY, self._disk), query, self._memory, self._most)
        # Where none may be asked, a worker that has no network says so.
        pool = self._federated if query.services and self._federated else self._pool
        await run.start(pool.run(job, query.deadline, client, run.taken))
        return Answer(run.format, number, run, run.encoding, queued=run.queued, evaluated=run.evaluated)


class _Run:
    """One evaluation: a task that fills a spool as fast as the worker writes, and whoever reads it."""

    format: Format
    encoding: str

    def __init__(self, spool: Spool, query: Query, memory: int, most: int) -> None:
        self._spool, self._query, self._memory, self._most = spool, query, memory, most
        self._size = 0
        self._clock = asyncio.get_running_loop().time
        self._began = self._taken = self._clock()
        self._started: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._task: asyncio.Task[None] | None = None

    def taken(self) -> None:
        """Note that a worker has the job."""
        self._taken = self._clock()

    @property
    def queued(self) -> float:
        """How many seconds it waited for a worker."""
        return self._taken - self._began

    @property
    def evaluated(self) -> float:
        """How many seconds a worker has had it."""
        return self._clock() - self._taken

    async def start(self, frames: AsyncGenerator[tuple[bytes, bytes], None]) -> None:
        """Run until the first bytes are there, or all of a short answer; raises what stops it before."""
        self._task = asyncio.get_running_loop().create_task(self._fill(frames))
        try:
            await self._started
        except BaseException:
            await self.aclose()
            raise

    async def _fill(self, frames: AsyncGenerator[tuple[bytes, bytes], None]) -> None:
        failure: ClipgraphError | None = EngineFailed("the answer was not finished")
        try:
            async with aclosing(frames) as open_frames:
                async for kind, payload in open_frames:
                    await self._take(kind, payload)
            failure = None
        except JobFailed as failed:
            failed.message = located(failed.message, self._query.text, self._query.services, PREFIX)
            # In a thread, since a long query takes a while to be looked through.
            failure = await asyncio.to_thread(refusal, failed, self._query.text, self._memory)
        except DeadlineExceeded:  # the worker knows only what was left of it
            failure = DeadlineExceeded(self._query.deadline)
        except ClipgraphError as error:
            failure = error
        except OSError as error:  # no process, or no disk for the spool: the reader must not wait for ever
            failure = Unavailable(f"the answer could not be made: {error.strerror or error}")
        except Exception:  # noqa: BLE001  # whatever it is, the reader must not wait for ever
            _log.exception("an answer broke off")
        finally:
            self._finish(failure)

    def _finish(self, failure: ClipgraphError | None) -> None:
        self._spool.end(failure)
        if self._started.done():
            return
        if failure is None:
            self._started.set_result(None)
        else:
            self._started.set_exception(failure)

    async def _take(self, kind: bytes, payload: bytes) -> None:
        if kind == HEAD:
            head = json.loads(payload)
            self.format = next(f for f in FORMATS[head["kind"]] if f.name == head["format"])
            self.encoding = head["encoding"]
        elif kind == DATA:
            self._size += len(payload)
            if self._most and self._size > self._most:
                raise AnswerTooLarge(self._most)
            await self._spool.put(payload)
            # Not at HEAD: until the first byte is out, a failure still has a status of its own. Only a full
            # piece is followed by more; what is shorter is the last, and END says that it is whole.
            if len(payload) == PIECE and not self._started.done():
                self._started.set_result(None)

    @property
    def length(self) -> int | None:
        """The length of the answer in bytes, where all of it is there."""
        return self._spool.length

    async def finished(self) -> None:
        """Wait until all of the answer is there, or will never be."""
        if self._task is not None:
            await asyncio.wait({self._task})

    def __aiter__(self) -> AsyncIterator[bytes]:
        """Yield the answer in pieces."""
        return self._spool.pieces(PIECE)

    async def aclose(self) -> None:
        """End the evaluation, whatever it is doing, and let go of the spool."""
        if self._task is not None and not self._task.done():
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        self._spool.close()
