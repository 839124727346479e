"""The workers of this process: ``run(job, deadline)`` on one of them, fairly, and replaced when they die."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

from clipgraph.errors import ClipgraphError, DeadlineExceeded, Overloaded
from clipgraph.wording import worded
from clipgraph.workers.frames import END
from clipgraph.workers.lanes import RETRY_AFTER, Lanes
from clipgraph.workers.process import QUERIES, JobFailed, WorkerProcess
from clipgraph.workers.tally import Occupation, Tally


@dataclass(frozen=True)
class Limits:
    """How much the workers are and may use; ``memory`` is bytes per worker, ``waiting`` requests.

    ``module`` is what a worker runs.
    """

    workers: int
    memory: int
    waiting: int
    module: str = QUERIES


class Pool:
    """A bounded set of worker processes of one kind, started ahead or on demand, replaced when they end."""

    def __init__(self, limits: Limits, kind: type[WorkerProcess] = WorkerProcess) -> None:
        self._limits, self._kind = limits, kind
        self._lanes = Lanes(limits.workers, limits.waiting)
        self._idle: list[WorkerProcess] = []
        self._busy: set[WorkerProcess] = set()
        self._starting: set[asyncio.Task[None]] = set()
        self._closed = False
        self.tally = Tally()

    @property
    def occupation(self) -> Occupation:
        """What the workers are doing at this moment."""
        return Occupation(len(self._idle), len(self._busy), len(self._starting), self._lanes.waiting)

    async def open(self) -> None:
        """Start the workers ahead; returns when all are started, or leaves none where one cannot be."""
        try:
            await asyncio.gather(*(self._add() for _ in range(self._limits.workers)))
        except BaseException:
            await self.close()
            raise

    async def _add(self) -> None:
        worker = await self._start()
        if self._closed:
            worker.kill()
            await worker.ended()
        else:
            self._idle.append(worker)

    async def _start(self) -> WorkerProcess:
        worker = await self._kind.start(self._limits.memory, self._limits.module)
        self.tally.started += 1
        return worker

    async def close(self) -> None:
        """End every worker."""
        self._closed = True
        # Not cancelled: a process that is half started would be nobody's.
        await asyncio.gather(*self._starting, return_exceptions=True)
        workers = [*self._idle, *self._busy]
        for worker in workers:
            worker.kill()
        await asyncio.gather(*(worker.ended() for worker in workers))

    async def run(
        self,
        job: dict[str, Any],
        deadline: float,
        client: str,
        taken: Callable[[], None] | None = None,
    ) -> AsyncGenerator[tuple[bytes, bytes], None]:
        """Yield the frames (kind, payload) of a job's answer; END is the last.

        Leaving the iteration early (``aclose``) ends the job, as does the deadline: seconds from now,
        waiting for a worker included. ``taken`` is called when a worker has the job.

        Raises:
            JobFailed: the worker said what is wrong.
            Overloaded: no worker in time, or too late for the rest to be enough.
            DeadlineExceeded, OutOfMemory, TooComplex, EngineFailed: the job was ended.
        """
        clock = asyncio.get_running_loop().time
        until = clock() + deadline
        async with self._lanes.place(client, deadline):
            worker = await self._take()
            if taken is not None:
                taken()
            healthy, failure = False, None
            left = max(until - clock(), 0.001)
            try:
                async with aclosing(worker.run(job, left)) as frames:
                    async for kind, payload in frames:
                        healthy = kind == END
                        yield kind, payload
            except JobFailed:
                healthy = True
                raise
            except ClipgraphError as error:
                failure = error
                waited = deadline - left
                if isinstance(error, DeadlineExceeded) and waited > left:
                    raise Overloaded(
                        worded(
                            "it waited %(waited)s s of its %(deadline)s s for a worker, and the rest was not "
                            "enough; try again in a moment",
                            waited=f"{waited:.1f}",
                            deadline=f"{deadline:.3g}",
                        ),
                        RETRY_AFTER,
                    ) from error
                raise
            finally:
                if not healthy:
                    self.tally.end(failure)
                self._give_back(worker, healthy=healthy)

    async def _take(self) -> WorkerProcess:
        """Return an idle worker; else the next one that is starting, so that there are never too many."""
        while self._idle or self._starting:
            if not self._idle:
                await asyncio.wait(self._starting, return_when=asyncio.FIRST_COMPLETED)
                continue
            worker = self._idle.pop()
            if worker.alive:
                self._busy.add(worker)
                return worker
            worker.kill()
            await worker.ended()
            self.tally.ended["died-idle"] += 1
        worker = await self._start()
        self._busy.add(worker)
        return worker

    def _give_back(self, worker: WorkerProcess, *, healthy: bool) -> None:
        self._busy.discard(worker)
        if healthy and not self._closed:
            self._idle.append(worker)
            return
        worker.kill()
        if not self._closed:
            self._replace(worker)

    def _replace(self, killed: WorkerProcess) -> None:
        """Start another worker in the background, so that the next request finds it ready."""

        async def replace() -> None:
            try:
                await self._add()
            finally:
                await killed.ended()  # within what close waits for

        task = asyncio.get_running_loop().create_task(replace())
        self._starting.add(task)

        def done(task: asyncio.Task[None]) -> None:
            self._starting.discard(task)
            with contextlib.suppress(asyncio.CancelledError):
                task.exception()

        task.add_done_callback(done)
