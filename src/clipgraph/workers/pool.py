"""The workers of this process: ``run(job, deadline)`` on one of them, fairly, and replaced when they die."""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass

from clipgraph.errors import ClipgraphError, DeadlineExceeded, Overloaded
from clipgraph.wording import worded
from clipgraph.workers.channel import Frame
from clipgraph.workers.frames import END
from clipgraph.workers.lanes import RETRY_AFTER, Lanes
from clipgraph.workers.process import QUERIES, Answering, Frames, Iterated, Job, JobFailed, WorkerProcess
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

    def run(
        self,
        job: Job,
        deadline: float,
        client: str,
        taken: Callable[[], None] | None = None,
    ) -> "Turn":
        """Iterate over the frames (kind, payload) of a job's answer; END is the last.

        Leaving the iteration early (``aclose``) ends the job, as does the deadline: seconds from now,
        waiting for a worker included. ``taken`` is called when a worker has the job.

        The iteration raises:
            JobFailed: the worker said what is wrong.
            Overloaded: no worker in time, or too late for the rest to be enough.
            DeadlineExceeded, OutOfMemory, TooComplex, EngineFailed: the job was ended.
        """
        return Turn(self, self._lanes, job, deadline, client, taken)

    def take_idle(self) -> WorkerProcess | None:
        """Return the worker that was idle last, None where it is not well and ``take`` has to look."""
        if not self._idle or not self._idle[-1].alive:
            return None
        worker = self._idle.pop()
        self._busy.add(worker)
        return worker

    async def take(self) -> WorkerProcess:
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

    def give_back(self, worker: WorkerProcess, *, healthy: bool) -> None:
        """Take a worker back; one that is not healthy is ended, and replaced."""
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


class Turn(Iterated):
    """One job's turn: its place among those that work, its worker, and the frames of its answer.

    It is iterated over; before that, ``whole`` may be asked for.
    """

    def __init__(
        self,
        pool: Pool,
        lanes: Lanes,
        job: Job,
        deadline: float,
        client: str,
        taken: Callable[[], None] | None,
    ) -> None:
        self._pool, self._lanes, self._job, self._client, self._taken = pool, lanes, job, client, taken
        self._deadline, self._until = deadline, asyncio.get_running_loop().time() + deadline
        self._since: float | None = None  # when it got its place
        self._left = deadline
        self._in_one = False  # all frames are asked for together
        self._broken: Exception | None = None  # why it could not begin at once
        self._worker: WorkerProcess | None = None
        self._frames: Frames | None = None

    async def _next(self) -> Frame:
        """Return the next frame; the first time, wait for a place."""
        try:
            frames = self._frames or await self._begin()
            frame = await anext(frames)
        except BaseException as error:
            await self._fail(error)
            raise
        if frame[0] == END:
            await self._leave(healthy=True)
        return frame

    async def whole(self) -> list[Frame] | None:
        """Return all frames of a short answer, as soon as it is there, else None: then iterate over them.

        Raises what an iteration does.
        """
        self._in_one = True
        try:
            frames = await self._begin()
            return await frames.whole() if isinstance(frames, Answering) else None
        except BaseException as error:
            await self._fail(error)
            raise

    async def _fail(self, error: BaseException) -> None:
        """Give everything back after an error; raises another one where that says it better."""
        if isinstance(error, JobFailed):
            await self._leave(healthy=True)
        elif isinstance(error, ClipgraphError):
            await self._leave(healthy=False, failure=error)
            if self._waited_most(error):
                raise self._overloaded() from error
        else:
            await self._leave(healthy=False)

    async def _begin(self) -> Frames:
        await self._lanes.enter(self._client, self._deadline, self._begin_at_once)
        if self._broken is not None:
            raise self._broken
        return self._frames or self._hand_over(await self._pool.take())

    def _begin_at_once(self) -> None:
        """Begin with the place that is just there, if there is a worker: it shall not wait for this task."""
        self._since = asyncio.get_running_loop().time()
        try:
            worker = self._pool.take_idle()
            if worker is not None:
                self._hand_over(worker)
        except Exception as error:  # noqa: BLE001  # it is ours, and whoever calls this has another job
            self._broken = error

    def _hand_over(self, worker: WorkerProcess) -> Frames:
        self._worker = worker
        if self._taken is not None:
            self._taken()
        self._left = max(self._until - asyncio.get_running_loop().time(), 0.001)
        self._frames = frames = worker.run(self._job, self._left)
        if self._in_one and isinstance(frames, Answering):
            frames.begin(self._done)
        return frames

    def _done(self) -> None:
        """Give back worker and place, as the answer is there; whoever waits for them begins at once."""
        if not self._ended:
            self._ended = True
            self._give_back(healthy=True)

    def _waited_most(self, error: ClipgraphError) -> bool:
        """Tell whether its time went into waiting for a worker, rather than into the work."""
        return isinstance(error, DeadlineExceeded) and self._deadline - self._left > self._left

    def _overloaded(self) -> Overloaded:
        return Overloaded(
            worded(
                "it waited %(waited)s s of its %(deadline)s s for a worker, and the rest was not "
                "enough; try again in a moment",
                waited=f"{self._deadline - self._left:.1f}",
                deadline=f"{self._deadline:.3g}",
            ),
            RETRY_AFTER,
        )

    async def _leave(self, *, healthy: bool, failure: ClipgraphError | None = None) -> None:
        """Give back worker and place, once what the worker does for this job has ended."""
        if self._ended:
            return
        self._ended = True
        try:
            if self._frames is not None:
                await self._frames.aclose()
        finally:
            self._give_back(healthy=healthy, failure=failure)

    def _give_back(self, *, healthy: bool, failure: ClipgraphError | None = None) -> None:
        """Give back the worker, then the place: who gets that begins at once with an idle worker."""
        if self._worker is not None:
            if not healthy:
                self._pool.tally.end(failure)
            self._pool.give_back(self._worker, healthy=healthy)
        if self._since is not None:
            self._lanes.leave(self._client, self._since)

    async def aclose(self) -> None:
        """End the job wherever it is."""
        await self._leave(healthy=False)
