"""One evaluation in a worker, and the spool between it and whoever reads the answer."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import aclosing, suppress
from functools import lru_cache

from clipgraph.engines.refusals import FORMATS
from clipgraph.errors import (
    AnswerTooLarge,
    ClipgraphError,
    DeadlineExceeded,
    EngineFailed,
    Unavailable,
)
from clipgraph.rdf.formats import Format
from clipgraph.workers.channel import Frame
from clipgraph.workers.frames import DATA, HEAD, PIECE
from clipgraph.workers.pool import Turn
from clipgraph.workers.process import Frames, JobFailed
from clipgraph.workers.spool import Disk, Spool

Refusal = Callable[[JobFailed], ClipgraphError]
_SPOOL_MEMORY = 1024 * 1024
_log = logging.getLogger("clipgraph.engine")


class Run:
    """One evaluation: a task that fills a spool as fast as the worker writes, and whoever reads it.

    ``disk`` is what slow readers may pile up on; ``deadline`` is in seconds; ``most`` is the most bytes of
    the answer, 0 for no limit; ``explain`` makes our error of what a worker says, called in a thread.
    """

    format: Format
    encoding: str

    def __init__(self, disk: Disk, deadline: float, most: int, explain: Refusal) -> None:
        self._disk = disk
        self._spool: Spool | None = None  # where the answer is not whole at once
        self._whole: bytes | None = None  # where it is
        self._deadline, self._most, self._explain = deadline, most, explain
        self._size = 0
        self._clock = asyncio.get_running_loop().time
        self._began = self._taken = self._clock()
        self._task: asyncio.Task[None] | None = None
        self._frames: Frames | None = None

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

    async def start(self, turn: Turn) -> None:
        """Run until the first bytes are there, or all of a short answer; raises what stops it before.

        Of a longer answer a task takes the rest, so that the worker need not wait for the reader.
        """
        self._frames = turn
        try:
            whole = await turn.whole()
            if whole is None:
                await self._begin(turn)
            else:  # as mostly
                self._whole = self._gathered(whole)
        except BaseException as error:
            await turn.aclose()
            if self._spool is not None:
                self._spool.close()
            if isinstance(error, Exception):
                raise await self._failure(error) from error
            raise

    async def _begin(self, frames: Frames) -> None:
        """Take the first of a longer answer, and let a task take the rest."""
        self._spool = spool = Spool(_SPOOL_MEMORY, self._disk)
        async for kind, payload in frames:
            if await self._take(kind, payload, spool):
                self._task = asyncio.get_running_loop().create_task(self._fill(frames, spool))
                return
        spool.end()

    def _gathered(self, frames: Iterable[Frame]) -> bytes:
        """Return the bytes of an answer, and read its head."""
        pieces = []
        for kind, payload in frames:
            if kind == DATA:
                pieces.append(self._counted(payload))
            elif kind == HEAD:
                self.format, self.encoding = _head(payload)
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def _counted(self, piece: bytes) -> bytes:
        self._size += len(piece)
        if self._most and self._size > self._most:
            raise AnswerTooLarge(self._most)
        return piece

    async def _fill(self, frames: Frames, spool: Spool) -> None:
        failure: ClipgraphError | None = EngineFailed("the answer was not finished")
        try:
            async with aclosing(frames) as open_frames:
                async for kind, payload in open_frames:
                    await self._take(kind, payload, spool)
            failure = None
        except Exception as error:  # noqa: BLE001  # whatever it is, the reader must not wait for ever
            failure = await self._failure(error)
        finally:
            spool.end(failure)

    async def _failure(self, error: Exception) -> ClipgraphError:
        """Return what the reader is told of what stopped the work."""
        if isinstance(error, JobFailed):
            # In a thread, since a long query takes a while to be looked through.
            return await asyncio.to_thread(self._explain, error)
        if isinstance(error, DeadlineExceeded):  # the worker knows only what was left of it
            return DeadlineExceeded(self._deadline)
        if isinstance(error, ClipgraphError):
            return error
        if isinstance(error, OSError):  # no process, or no disk for the spool
            return Unavailable(f"the answer could not be made: {error.strerror or error}")
        _log.error("an answer broke off", exc_info=error)
        return EngineFailed("the answer was not finished")

    async def _take(self, kind: bytes, payload: bytes, spool: Spool) -> bool:
        """Take a frame; tell whether the answer may begin, as more than a piece of it will come."""
        if kind == HEAD:
            self.format, self.encoding = _head(payload)
        elif kind == DATA:
            await spool.put(self._counted(payload))
            # Not at HEAD: until the first byte is out, a failure still has a status of its own. Only a full
            # piece is followed by more; what is shorter is the last, and END says that it is whole.
            return len(payload) == PIECE
        return False

    @property
    def length(self) -> int | None:
        """The length of the answer in bytes, where all of it is there."""
        if self._whole is not None:
            return len(self._whole)
        return None if self._spool is None else self._spool.length

    def whole(self) -> bytes | None:
        """Return all of an answer that is there and in memory, None else."""
        return self._whole if self._spool is None else self._spool.whole()

    async def finished(self) -> None:
        """Wait until all of the answer is there; raises what it ends with where it will never be."""
        if self._spool is not None:
            self._spool.keep_whole()
        if self._task is not None:
            await asyncio.wait({self._task})
        if self._spool is not None and self._spool.failure is not None:
            raise self._spool.failure

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Yield the answer in pieces."""
        if self._whole:
            yield self._whole
        elif self._spool is not None:
            async for piece in self._spool.pieces(PIECE):
                yield piece

    async def aclose(self) -> None:
        """End the evaluation, whatever it is doing, and let go of the spool."""
        if self._task is not None and not self._task.done():
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        if self._frames is not None:  # a task that was cancelled before it began has not closed them
            await self._frames.aclose()
        if self._spool is not None:
            self._spool.close()


@lru_cache(64)  # there are as many as formats, and each may be compressed
def _head(payload: bytes) -> tuple[Format, str]:
    """Return the format and the content coding that a HEAD frame tells."""
    head = json.loads(payload)
    return next(f for f in FORMATS[head["kind"]] if f.name == head["format"]), head["encoding"]
