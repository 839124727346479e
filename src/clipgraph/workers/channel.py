"""Our end of the socket to a worker: what it sends, cut into frames as it comes."""

import asyncio
import socket
from collections import deque
from collections.abc import Callable
from typing import Self, cast

from clipgraph.errors import EngineFailed
from clipgraph.workers.frames import END, HEAD, HEADER

_LONGEST = 2**20  # bytes of a frame
_MUCH = 2**20  # bytes that nobody has taken: until they are, nothing more is read

Frame = tuple[bytes, bytes]
Arrived = Callable[[list[Frame] | None], None]


class Channel(asyncio.Protocol):
    """Frames from a worker, and bytes to it; one task at a time waits for a frame.

    A short answer comes in one read, and is there without another switch between tasks.
    """

    def __init__(self) -> None:
        self._frames: deque[Frame] = deque()
        self._rest = b""  # the beginning of a frame
        self._waiting = 0  # bytes of frames that nobody has taken
        self._waiter: asyncio.Future[None] | None = None
        self._arrived: Arrived | None = None
        self._failure: BaseException | None = None
        self._writable = asyncio.Event()
        self._writable.set()
        self._transport: asyncio.Transport

    @classmethod
    async def open(cls, sock: socket.socket) -> Self:
        """Return a channel over a connected socket, which it then owns."""
        _, channel = await asyncio.get_running_loop().create_connection(cls, sock=sock)
        return channel

    async def frame(self) -> Frame:
        """Return the next frame, kind and payload.

        Raises:
            ConnectionError: the worker has gone.
            EngineFailed: it sent what is none.
            BaseException: what ``fail`` was given.
        """
        await self.come()
        frame = self._frames.popleft()
        before, self._waiting = self._waiting, self._waiting - len(frame[1])
        if before > _MUCH >= self._waiting:
            self._transport.resume_reading()
        return frame

    def expect(self, arrived: Arrived) -> None:
        """Let ``arrived`` be called with what ``whole`` returns of what comes next, or None if nothing will.

        That is before whoever waits runs again: the worker may get another job by then.
        """
        self._arrived = arrived

    async def come(self) -> None:
        """Wait until there is a frame; raises what ``frame`` raises."""
        while not self._frames:
            if self._failure is not None:
                raise self._failure
            self._waiter = asyncio.get_running_loop().create_future()
            try:
                await self._waiter
            finally:
                self._waiter = None

    def whole(self) -> list[Frame] | None:
        """Take all frames of an answer that is there from its HEAD to its END; else None, and take none."""
        frames = self._frames
        if not frames or frames[0][0] != HEAD or frames[-1][0] != END or self._waiting > _MUCH:
            return None
        taken = list(frames)
        frames.clear()
        self._waiting = 0
        return taken

    def fail(self, failure: BaseException) -> None:
        """Let whoever waits for a frame, once there is none, get this instead."""
        self._failure = self._failure or failure
        self._wake()

    @property
    def ended(self) -> bool:
        """Whether no more comes."""
        return self._failure is not None

    def write(self, sent: bytes) -> None:
        """Send bytes, sooner or later; nothing happens where the worker has gone."""
        self._transport.write(sent)

    async def drain(self) -> None:
        """Wait until what was written is mostly sent; raises ConnectionError where the worker has gone."""
        await self._writable.wait()
        if self._transport.is_closing():
            raise ConnectionResetError("the worker has gone")

    def close(self) -> None:
        """Let go of the socket."""
        self._transport.close()
        self._writable.set()

    def _wake(self) -> None:
        if self._arrived is not None:
            arrived, self._arrived = self._arrived, None
            arrived(self.whole())
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    # What the transport says: https://docs.python.org/3/library/asyncio-protocol.html

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Cut what has come into frames."""
        if self._rest:
            data = self._rest + data
        start, size = 0, len(data)
        while size - start >= HEADER.size:
            kind, length = HEADER.unpack_from(data, start)
            if length > _LONGEST:
                self.fail(EngineFailed("a worker sent a piece larger than it may"))
                self._transport.close()
                return
            end = start + HEADER.size + length
            if end > size:
                break
            self._frames.append((kind, data[start + HEADER.size : end]))
            self._waiting += length
            start = end
        self._rest = data[start:]
        if self._waiting > _MUCH:
            self._transport.pause_reading()
        if self._frames:
            self._wake()

    def eof_received(self) -> None:
        """Note that no more comes."""
        self.fail(ConnectionResetError("the worker has gone"))

    def connection_lost(self, exc: Exception | None) -> None:
        """Note that the worker has gone."""
        self.fail(exc or ConnectionResetError("the worker has gone"))
        self._writable.set()

    def pause_writing(self) -> None:
        """Note that enough is written for now."""
        self._writable.clear()

    def resume_writing(self) -> None:
        """Note that most of it has been sent."""
        self._writable.set()
