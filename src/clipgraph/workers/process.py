"""One worker process as its owner sees it: start, hand it a job, read frames, end it."""

import asyncio
import json
import os
import signal
import socket
import sys
import tempfile
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import IO, Any, Protocol, Self

from clipgraph.errors import ClipgraphError, DeadlineExceeded, EngineFailed, OutOfMemory, TooComplex
from clipgraph.workers.channel import Arrived, Channel, Frame
from clipgraph.workers.frames import END, ERROR, FINISHING, QueryJob, job_frame

QUERIES = "clipgraph.workers.worker"
_ENVIRONMENT = (
    "PATH",
    "LANG",
    "LC_ALL",
    "LD_LIBRARY_PATH",
    "PYTHONPATH",
    "VIRTUAL_ENV",
    "TMPDIR",
    "GLIBC_TUNABLES",
)
# The C library keeps more small pieces of memory at hand: a query lets go of hundreds of each size at once.
# https://sourceware.org/glibc/manual/latest/html_node/Memory-Allocation-Tunables.html
_AT_HAND = {"GLIBC_TUNABLES": "glibc.malloc.tcache_count=200"}
# The kernel ends a worker at its deadline; this is how much later its owner does, if that ever fails.
_GRACE = 0.5
_SECONDS_TO_FINISH = 120.0
_MOST_WORDS = 2**16
Job = dict[str, Any] | QueryJob


class JobFailed(Exception):
    """The worker answered with an ERROR frame: ``kind`` (see worker.py), ``message`` and details.

    ``reason`` is the error behind it where that happened outside of the worker.
    """

    def __init__(
        self,
        kind: str,
        message: str,
        details: dict[str, Any] | None = None,
        reason: ClipgraphError | None = None,
    ) -> None:
        self.kind, self.message, self.details, self.reason = kind, message, details or {}, reason
        super().__init__(message)


async def _start_process(
    channel: socket.socket, complaints: IO[bytes], memory: int, module: str, gate: socket.socket | None
) -> asyncio.subprocess.Process:
    handed = [channel.fileno()] + ([gate.fileno()] if gate else [])
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *("-P", "-m", module),
        *(str(number) for number in (handed[0], os.getpid(), memory, *handed[1:])),
        pass_fds=handed,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=complaints,
        env=_AT_HAND | {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
    )


class Frames(Protocol):
    """The frames of an answer, to be iterated over once; ``aclose`` ends the job wherever it is."""

    def __aiter__(self) -> AsyncIterator[Frame]:
        """Begin."""
        ...

    def __anext__(self) -> Awaitable[Frame]:
        """Return the next frame."""
        ...

    async def aclose(self) -> None:
        """End."""
        ...


class Iterated(ABC):
    """Frames that are iterated over once: what a generator would be, without what that costs for each."""

    _ended = False

    def __aiter__(self) -> Self:
        """Begin."""
        return self

    def __anext__(self) -> Awaitable[Frame]:
        """Return the next frame."""
        if self._ended:
            raise StopAsyncIteration
        return self._next()

    @abstractmethod
    async def _next(self) -> Frame:
        """Return the next frame; END, and whatever it raises, is the last."""


class WorkerProcess:
    """A running worker; made by ``start``."""

    def __init__(
        self,
        process: asyncio.subprocess.Process,
        channel: Channel,
        complaints: IO[bytes],
        memory: int,
    ) -> None:
        self._process, self._channel = process, channel
        self._complaints, self._memory = complaints, memory

    @classmethod
    async def start(cls, memory: int, module: str = QUERIES, gate: socket.socket | None = None) -> Self:
        """Start a worker of this kind, a module to be run, that may use ``memory`` bytes.

        It has no network; with ``gate``, it sends through that what its connections then depend on.
        """
        complaints = tempfile.TemporaryFile()  # noqa: SIM115  # lives as long as the worker
        ours, theirs = socket.socketpair()
        channel = None
        try:
            # First the connection: once there is a process, nothing is waited for that could be cancelled.
            channel = await Channel.open(ours)
            with theirs:
                process = await _start_process(theirs, complaints, memory, module, gate)
        except BaseException:
            for opened in (channel or ours, theirs, complaints):
                opened.close()
            raise
        return cls(process, channel, complaints, memory)

    @property
    def alive(self) -> bool:
        """Whether the process is still there to take a job; asks the kernel, as news takes a while here."""
        try:
            ended = os.waitid(os.P_PID, self._process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        except ChildProcessError:  # ended, and taken note of already
            return False
        return ended is None and not self._channel.ended

    def run(self, job: Job, deadline: float) -> Frames:
        """Hand over a job and iterate over the frames (kind, payload) of its answer, up to END.

        The iteration raises:
            JobFailed: the worker said what is wrong, and is ready for another job.
            DeadlineExceeded, OutOfMemory, TooComplex, EngineFailed: the worker is gone.
        """
        return Answering(self, job, deadline)

    def hand_over(self, job: Job, deadline: float) -> asyncio.TimerHandle:
        """Send a job; returns what ends the worker after its deadline, unless it is cancelled."""
        self._channel.write(job_frame(job, deadline))
        return self.expiry(deadline + _GRACE, deadline)

    def expiry(self, seconds: float, deadline: float) -> asyncio.TimerHandle:
        """Let the worker end after so many seconds, and tell of the deadline."""
        return asyncio.get_running_loop().call_later(seconds, self._expire, deadline)

    def _expire(self, deadline: float) -> None:
        self._channel.fail(DeadlineExceeded(deadline))
        self.kill()

    async def frame(self, deadline: float) -> Frame:
        """Return the next frame; raises what an iteration does."""
        await self.come(deadline)
        return await self._channel.frame()

    def expect(self, arrived: Arrived) -> None:
        """Let the next answer be told as soon as it is there; see Channel.expect."""
        self._channel.expect(arrived)

    async def come(self, deadline: float) -> None:
        """Wait until something of an answer is there; raises what ``frame`` does."""
        try:
            await self._channel.come()
        except ConnectionError:
            raise await self._death(deadline) from None
        except EngineFailed:
            self.kill()
            raise

    async def _death(self, deadline: float) -> ClipgraphError:
        """Return why the process ended, from its signal and its last words."""
        code = await self._process.wait()
        words = ""
        if not self._complaints.closed:  # else it was killed from our side
            self._complaints.seek(0)
            words = self._complaints.read(_MOST_WORDS).decode(errors="replace")
        self.close()
        if code == -signal.SIGALRM:
            return DeadlineExceeded(deadline)
        if "memory allocation of" in words or "bad_alloc" in words or "MemoryError" in words:
            return OutOfMemory(self._memory)
        if code == -signal.SIGSEGV or "stack overflow" in words:
            return TooComplex("this nests too deeply or is too large to be read; make it simpler")
        last = words.strip().splitlines()[-1:] or ["no message"]
        return EngineFailed(f"the process that worked on it ended with code {code}: {last[0][:200]}")

    def kill(self) -> None:
        """End the process at once."""
        if self._process.returncode is None:
            self._process.kill()
        self.close()

    def close(self) -> None:
        """Let go of the socket; an idle worker ends by itself when it sees that."""
        self._channel.close()
        self._complaints.close()

    async def ended(self) -> None:
        """Wait until the process has ended."""
        await self._process.wait()


class Answering(Iterated):
    """The frames of a job's answer, as its worker sends them; see WorkerProcess.run."""

    def __init__(self, worker: WorkerProcess, job: Job, deadline: float) -> None:
        self._worker, self._job, self._deadline = worker, job, deadline
        self._expiry: asyncio.TimerHandle | None = None
        self._coming: asyncio.Future[None] | None = None  # where it may be short
        self._short: list[Frame] | None = None
        self._done: Callable[[], None] | None = None

    def begin(self, done: Callable[[], None]) -> None:
        """Hand over the job at once; ``whole`` is to be asked for next.

        ``done`` is called when a short answer is there, before whoever waits for it runs again.
        """
        self._done, self._coming = done, asyncio.get_running_loop().create_future()
        self._worker.expect(self._arrived)
        self._expiry = self._worker.hand_over(self._job, self._deadline)

    def _arrived(self, frames: list[Frame] | None) -> None:
        self._short = frames
        if frames is not None and self._done is not None:
            self._end()
            self._done()
        if self._coming is not None and not self._coming.done():
            self._coming.set_result(None)

    async def _next(self) -> Frame:
        """Return the next frame; the first time, hand over the job."""
        try:
            if self._expiry is None:
                self._expiry = self._worker.hand_over(self._job, self._deadline)
            kind, payload = await self._worker.frame(self._deadline)
        except BaseException:
            self._end()
            raise
        if kind == ERROR:
            self._end()
            failure = json.loads(payload)
            raise JobFailed(failure["kind"], failure["message"], failure.get("details"))
        if kind == END:
            self._end()
        elif kind == FINISHING:  # its deadline is kept no more; a bound is, so that nobody waits for ever
            self._expiry.cancel()
            self._expiry = self._worker.expiry(_SECONDS_TO_FINISH, self._deadline)
        return kind, payload

    async def whole(self) -> list[Frame] | None:
        """Return all frames of the answer where it is short; else None. The job was handed over by ``begin``.

        Then they are still to be iterated over. Raises what an iteration does.
        """
        try:
            if self._coming is not None:
                await self._coming
            if self._short is None:
                await self._worker.come(self._deadline)
        except BaseException:
            self._end()
            raise
        return self._short

    def _end(self) -> None:
        self._ended = True
        if self._expiry is not None:
            self._expiry.cancel()

    async def aclose(self) -> None:
        """Let go of the deadline; who owns the worker ends it where it is not done."""
        self._end()
