"""Sorts more lines than memory holds: in pieces on disk, which are then merged."""

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO

_MOST_BYTES = 2**26  # sorted in memory at once
_MOST_PIECES = 64  # open at once


def sorted_lines(lines: Iterable[bytes], folder: Path | None = None) -> Iterator[bytes]:
    """Yield lines in the order of their bytes, however many.

    Args:
        lines: each with its line feed.
        folder: where what does not go into memory is written meanwhile, the temporary folder by default.

    Raises:
        OSError: there is no room for it.
    """
    with ExitStack() as stack:
        files: list[IO[bytes]] = []
        last: list[bytes] = []
        for piece in _pieces(lines):
            if last:
                files.append(_written(stack, last, folder))
            if len(files) == _MOST_PIECES:
                merged = _written(stack, heapq.merge(*files), folder)
                for file in files:
                    file.close()
                files = [merged]
            last = piece
        yield from heapq.merge(*files, last)


def _pieces(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Yield the lines in sorted pieces of some size each."""
    piece: list[bytes] = []
    size = 0
    for line in lines:
        piece.append(line)
        size += len(line)
        if size >= _MOST_BYTES:
            yield sorted(piece)
            piece, size = [], 0
    if piece:
        yield sorted(piece)


def _written(stack: ExitStack, lines: Iterable[bytes], folder: Path | None) -> IO[bytes]:
    file = stack.enter_context(tempfile.TemporaryFile(dir=folder))  # noqa: SIM115  # closed by the stack
    file.writelines(lines)
    file.seek(0)
    return file
