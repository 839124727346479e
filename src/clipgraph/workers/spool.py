"""Between a fast producer and a slow reader: memory first, then an unlinked temporary file, then patience."""

import asyncio
import tempfile
from collections import deque
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import IO

from clipgraph.errors import AnswerTooLarge

_SECONDS_UNTIL_DISK_IS_TRIED_AGAIN = 0.2


class Disk:
    """What all spools of a process may have on disk together, in bytes."""

    def __init__(self, total: int) -> None:
        self.total = self.free = total

    @property
    def used(self) -> int:
        """How many bytes are on disk."""
        return self.total - self.free


class Spool:
    """A first-in first-out store of pieces of bytes; ``memory`` is its own, in bytes, ``disk`` is shared."""

    def __init__(self, memory: int, disk: Disk) -> None:
        self._memory, self._disk = memory, disk
        self._pieces: deque[bytes] = deque()
        self._gathered = 0
        self._file: IO[bytes] | None = None
        self._written = self._read = self._put = 0
        self._ended = self._is_kept_whole = False
        self.failure: BaseException | None = None  # what its end came with
        self._changed = asyncio.Event()

    async def put(self, piece: bytes) -> None:
        """Take a piece; waits while memory and disk are full, or raises AnswerTooLarge: see keep_whole."""
        # What was read stays in the file, so the reader must catch up before there is room again.
        while not self._fits(piece) and self._disk.free < len(piece):
            if self._is_kept_whole:
                raise AnswerTooLarge(self._memory + self._disk.total)
            await self._change(_SECONDS_UNTIL_DISK_IS_TRIED_AGAIN)
        self._put += len(piece)
        if self._fits(piece):
            self._pieces.append(piece)
            self._gathered += len(piece)
        else:
            self._write(piece)
        self._changed.set()

    def _fits(self, piece: bytes) -> bool:
        """Tell whether a piece goes to memory."""
        room = not self._pieces or self._gathered + len(piece) <= self._memory
        return self._file is None and room  # one piece is always taken, however large

    def _write(self, piece: bytes) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile(prefix="clipgraph-spool-")  # noqa: SIM115
            self._written = self._read = 0
        self._file.seek(self._written)
        self._file.write(piece)
        self._written += len(piece)
        self._disk.free -= len(piece)

    def keep_whole(self) -> None:
        """Let nothing wait for a reader who takes none before the end: what finds no room is too large."""
        self._is_kept_whole = True
        self._changed.set()

    @property
    def length(self) -> int | None:
        """How many bytes were put in all, once the end is reached without failure."""
        return self._put if self._ended and self.failure is None else None

    def whole(self) -> bytes | None:
        """Return everything, where it is there and in memory, and was not read; else None."""
        if not self._ended or self.failure is not None or self._gathered != self._put:
            return None
        return self._pieces[0] if len(self._pieces) == 1 else b"".join(self._pieces)

    def end(self, failure: BaseException | None = None) -> None:
        """Say that no more comes; with a failure, the reader gets it after the last piece."""
        self._ended, self.failure = True, failure
        self._changed.set()

    async def pieces(self, size: int) -> AsyncIterator[bytes]:
        """Yield what was put, in order, from disk in pieces of ``size``; raises the producer's failure."""
        while True:
            piece = self._take(size)
            if piece:
                self._changed.set()
                yield piece
            elif self._ended:
                if self.failure is not None:
                    raise self.failure
                return
            else:
                await self._change()

    def _take(self, size: int) -> bytes:
        if self._pieces:
            piece = self._pieces.popleft()
            self._gathered -= len(piece)
            return piece
        if self._file is None:
            return b""
        self._file.seek(self._read)
        piece = self._file.read(min(size, self._written - self._read))
        self._read += len(piece)
        if self._read == self._written:  # the reader has caught up: back to memory
            self._drop_file()
        return piece

    def _drop_file(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
            self._disk.free += self._written

    async def _change(self, seconds: float | None = None) -> None:
        """Wait until something changes here; with ``seconds``, for no longer, as it may change elsewhere."""
        self._changed.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._changed.wait()

    def close(self) -> None:
        """Let go of everything."""
        self._pieces.clear()
        self._drop_file()
