"""A worker whose queries may ask the endpoints that their job lists, and nothing else."""

import asyncio
import re
import socket
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Self

from clipgraph.errors import DeadlineExceeded, EngineFailed, ServiceFailed, Unavailable
from clipgraph.workers.filters import network_gate_exists
from clipgraph.workers.gate import Gate
from clipgraph.workers.pool import Limits, Pool
from clipgraph.workers.process import QUERIES, Job, JobFailed, WorkerProcess
from clipgraph.workers.questions import Questions

# An endpoint may take this part of what is left of the deadline, so that SILENT has time to go on without it.
_SHARE = 0.9
# They mostly wait, so they are few and apart: whatever they wait for, other queries have their own workers.
_MOST_WORKERS, _MOST_WAITING = 4, 64
_FAILED = re.compile(r"Error 502 .* with payload:\s*(\d+)\s*$", re.DOTALL)
_NO_RESULTS = "RuntimeError: "  # how the engine's words on results that it cannot read begin
_MOST_WORDS = 200


class FederatedProcess(WorkerProcess):
    """A running federated worker; its jobs have ``endpoints``: pairs of IRI and URL, see questions.PREFIX."""

    _control: socket.socket | None = None
    _ready: asyncio.Event
    _loop: asyncio.AbstractEventLoop
    _gate: Gate | None = None

    @classmethod
    async def start(cls, memory: int, module: str = QUERIES, gate: socket.socket | None = None) -> Self:
        """Start a worker that may use ``memory`` bytes; ``gate`` is made here."""
        ours, theirs = socket.socketpair()
        ours.setblocking(False)  # noqa: FBT003
        try:
            with theirs:
                worker = await super().start(memory, module, gate or theirs)
        except BaseException:
            ours.close()
            raise
        worker._watch(ours)  # noqa: SLF001
        return worker

    def _watch(self, control: socket.socket) -> None:
        """Take note when the worker has sent its gate through ``control``."""
        self._control, self._ready = control, asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(control, self._ready.set)

    async def run(self, job: Job, deadline: float) -> AsyncGenerator[tuple[bytes, bytes], None]:
        """Hand over a job and yield the frames of its answer; see WorkerProcess.run.

        Raises:
            JobFailed: also with ServiceFailed as its reason.
        """
        assert isinstance(job, dict)  # noqa: S101  # the parts of another go nowhere else
        clock = asyncio.get_running_loop().time
        end = clock() + deadline
        gate = await self._opened(deadline)
        left = max(end - clock(), 0.001)
        async with Questions(job["endpoints"], clock() + _SHARE * left) as questions:
            gate.open(questions)
            try:
                async with aclosing(super().run(job, left)) as frames:
                    async for frame in frames:
                        yield frame
            except JobFailed as failed:
                raise _explained(failed, questions) from None
            finally:
                gate.shut()

    async def _opened(self, deadline: float) -> Gate:
        """Return the gate; the first time, it comes from the worker, in so many seconds at most."""
        if self._gate is None:
            try:
                async with asyncio.timeout(deadline):
                    await self._ready.wait()
            except TimeoutError:
                raise DeadlineExceeded(deadline) from None
            if self._control is None:  # killed from our side meanwhile
                raise EngineFailed("a worker was ended before it began")
            self._loop.remove_reader(self._control)
            _, descriptors, _, _ = socket.recv_fds(self._control, 1, 1)
            if not descriptors:  # it has ended and says why in its last words
                raise await self._death(deadline)
            self._gate = Gate(descriptors[0])
        return self._gate

    def close(self) -> None:
        """Let go of the sockets; an idle worker ends by itself when it sees that."""
        if self._gate is not None:
            self._gate.close()
        if self._control is not None:
            self._loop.remove_reader(self._control)
            self._control.close()
            self._control = None
            self._ready.set()
        super().close()


def open_federated_pool(memory: int, *, wanted: bool) -> Pool:
    """Return the pool of federated workers, which start on demand; ``memory`` is bytes for each.

    Raises:
        Unavailable: they are ``wanted``, and the kernel cannot keep them to what is listed.
    """
    if wanted and not network_gate_exists():
        raise Unavailable(
            "federate is set, and this kernel cannot keep a query to the endpoints listed there: that takes "
            "Linux 5.9 or newer on x86_64 or aarch64. Leave federate empty"
        )
    return Pool(Limits(_MOST_WORKERS, memory, _MOST_WAITING), FederatedProcess)


def _explained(failed: JobFailed, questions: Questions) -> JobFailed:
    """Return the failure with what happened outside of the worker."""
    if questions.strayed:
        return JobFailed("network", failed.message)
    match = _FAILED.search(failed.message)
    if match and int(match[1]) < len(questions.failures):
        return JobFailed("service", failed.message, reason=questions.failures[int(match[1])])
    if failed.kind == "engine" and questions.endpoints and failed.message.startswith(_NO_RESULTS):
        words = failed.message.removeprefix(_NO_RESULTS)[:_MOST_WORDS]
        reason = f"its results cannot be read: {words}"
        return JobFailed(
            "service", words, reason=ServiceFailed(" or ".join(questions.endpoints), reason, 0, 200)
        )
    return failed
