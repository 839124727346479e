"""A gzip file of several members, each of which is a gzip file as well (RFC 1952, section 2.2)."""

import hashlib
import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_LEVEL, _GZIP = 6, 31  # in this form zlib writes neither time nor name


@dataclass(frozen=True)
class Piece:
    """Bytes ``start`` to ``start + size`` of a file, and what they are when uncompressed; digests in hex."""

    start: int
    size: int
    sha256: str
    plain_size: int
    plain_sha256: str


class _Measure:
    """Counts bytes and their SHA-256."""

    def __init__(self) -> None:
        self._digest, self.size = hashlib.sha256(), 0

    def take(self, piece: bytes) -> None:
        self._digest.update(piece)
        self.size += len(piece)

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()


class Member:
    """A binary file as a serialiser wants one; what is written to it is handed on."""

    def __init__(self, hand_on: Callable[[bytes], None]) -> None:
        self._hand_on = hand_on

    def write(self, piece: bytes) -> int:
        """Take a piece."""
        self._hand_on(piece)
        return len(piece)

    def flush(self) -> None:
        """Do nothing: a serialiser asks for it, and compression is the better for waiting."""


class Members:
    """A new gzip file; ``pieces`` are its members by name, once they are written.

    Raises:
        OSError: it cannot be written; so do all methods.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("xb")
        self._sent, self._plain = _Measure(), _Measure()
        self.pieces: dict[str, Piece] = {}

    @contextmanager
    def member(self, name: str) -> Iterator[Member]:
        """Yield the next member, to be written within the block."""
        start, compressor = self._sent.size, zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
        sent, plain = _Measure(), _Measure()

        def put(compressed: bytes) -> None:
            self._file.write(compressed)
            for measure in (sent, self._sent):
                measure.take(compressed)

        def write(piece: bytes) -> None:
            for measure in (plain, self._plain):
                measure.take(piece)
            put(compressor.compress(piece))

        yield Member(write)
        put(compressor.flush())
        self.pieces[name] = Piece(start, sent.size, sent.sha256, plain.size, plain.sha256)

    def close(self) -> Piece:
        """Have the kernel write the file out; returns the whole of it."""
        if not self.pieces:  # a file of no bytes is no gzip file
            with self.member(""):
                pass
        with self._file as file:
            file.flush()
            os.fsync(file.fileno())
        sent, plain = self._sent, self._plain
        return Piece(0, sent.size, sent.sha256, plain.size, plain.sha256)
