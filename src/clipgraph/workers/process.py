"""One worker process as its owner sees it: start, hand it a job, read frames, end it."""

import asyncio
import json
import os
import signal
import socket
import sys
import tempfile
from collections.abc import AsyncGenerator
from typing import IO, Any, Self

from clipgraph.errors import ClipgraphError, DeadlineExceeded, EngineFailed, OutOfMemory, TooComplex
from clipgraph.workers.frames import END, ERROR, FINISHING, HEADER, JOB, json_frame

QUERIES = "clipgraph.workers.worker"
_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PYTHONPATH", "VIRTUAL_ENV", "TMPDIR")
# The kernel ends a worker at its deadline; this is how much later its owner does, if that ever fails.
_GRACE = 0.5
_SECONDS_TO_FINISH = 120.0
_FRAME_LIMIT = 2**20
_MOST_WORDS = 2**16


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
        env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
    )


class WorkerProcess:
    """A running worker; made by ``start``."""

    def __init__(
        self,
        process: asyncio.subprocess.Process,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        complaints: IO[bytes],
        memory: int,
    ) -> None:
        self._process, self._reader, self._writer = process, reader, writer
        self._complaints, self._memory = complaints, memory

    @classmethod
    async def start(cls, memory: int, module: str = QUERIES, gate: socket.socket | None = None) -> Self:
        """Start a worker of this kind, a module to be run, that may use ``memory`` bytes.

        It has no network; with ``gate``, it sends through that what its connections then depend on.
        """
        complaints = tempfile.TemporaryFile()  # noqa: SIM115  # lives as long as the worker
        ours, theirs = socket.socketpair()
        writer = None
        try:
            # First the connection: once there is a process, nothing is waited for that could be cancelled.
            reader, writer = await asyncio.open_connection(sock=ours, limit=_FRAME_LIMIT)
            with theirs:
                process = await _start_process(theirs, complaints, memory, module, gate)
        except BaseException:
            for opened in (writer or ours, theirs, complaints):
                opened.close()
            raise
        return cls(process, reader, writer, complaints, memory)

    @property
    def alive(self) -> bool:
        """Whether the process is still there to take a job; asks the kernel, as news takes a while here."""
        try:
            ended = os.waitid(os.P_PID, self._process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        except ChildProcessError:  # ended, and taken note of already
            return False
        return ended is None and not self._reader.at_eof()

    async def run(self, job: dict[str, Any], deadline: float) -> AsyncGenerator[tuple[bytes, bytes], None]:
        """Hand over a job and yield the frames (kind, payload) of its answer, up to END.

        Raises:
            JobFailed: the worker said what is wrong, and is ready for another job.
            DeadlineExceeded, OutOfMemory, TooComplex, EngineFailed: the worker is gone.
        """
        until = asyncio.get_running_loop().time() + deadline + _GRACE
        self._writer.write(json_frame(JOB, job | {"deadline": deadline}))
        kind = JOB
        while kind != END:
            try:
                # Around the read alone: a timeout must not strike in the code of whoever iterates.
                async with asyncio.timeout_at(until):
                    kind, payload = await self._frame()
            except TimeoutError:
                self.kill()
                raise DeadlineExceeded(deadline) from None
            except (asyncio.IncompleteReadError, ConnectionError):
                raise await self._death(deadline) from None
            if kind == FINISHING:  # its deadline is kept no more; a bound is, so that nobody waits for ever
                until = asyncio.get_running_loop().time() + _SECONDS_TO_FINISH
            if kind == ERROR:
                failure = json.loads(payload)
                raise JobFailed(failure["kind"], failure["message"], failure.get("details"))
            yield kind, payload

    async def _frame(self) -> tuple[bytes, bytes]:
        kind, length = HEADER.unpack(await self._reader.readexactly(HEADER.size))
        if length > _FRAME_LIMIT:
            self.kill()
            raise EngineFailed("a worker sent a piece larger than it may")
        return kind, await self._reader.readexactly(length)

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
        self._writer.close()
        self._complaints.close()

    async def ended(self) -> None:
        """Wait until the process has ended."""
        await self._process.wait()
