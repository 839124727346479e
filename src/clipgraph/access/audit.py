"""DATA/audit.jsonl: who wrote what, one line of JSON for each attempt, only ever appended to.

The file is opened for each line, so that an operator may move it away at any time; see docs/running.md.
"""

import fcntl
import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from clipgraph.errors import Unavailable

_MOST_MESSAGE = 1000


@dataclass(frozen=True)
class Attempt:
    """An attempt to write.

    Attributes:
        who: the name of the token, or empty where none was accepted.
        role: its role, or empty.
        client: the address that it came from.
        method: the HTTP method.
        kind: ``update``, ``graph-store``, ``contribution`` and the like.
        graphs: the IRIs of the graphs that were named, ``default`` for the default graph.
        sha256: of the request's body, hexadecimal.
        status: the HTTP status that it ended with.
        release: the number of the release that came of it, or None.
        message: why it was refused, or what the client said of it.
    """

    who: str
    role: str
    client: str
    method: str
    kind: str
    graphs: tuple[str, ...]
    sha256: str
    status: int
    release: int | None = None
    message: str = ""


class AuditLog:
    """The log of one DATA folder; ``told`` is called with each attempt that is recorded."""

    def __init__(self, folder: Path, told: Callable[[Attempt], None] = lambda _: None) -> None:
        self._path, self._told = folder / "audit.jsonl", told

    def ready(self) -> None:
        """Make sure that the log can be written: to be called before the write that it will tell of.

        Raises:
            Unavailable: it cannot.
        """
        os.close(self._open())

    def record(self, attempt: Attempt) -> None:
        """Append an attempt with the time, and have it on disk when this returns (so call it in a thread).

        Raises:
            Unavailable: it cannot be written.
        """
        self._told(attempt)
        entry = {"time": datetime.now(UTC).isoformat(timespec="milliseconds")} | asdict(attempt)
        entry["message"] = attempt.message[:_MOST_MESSAGE]
        line = json.dumps(entry, ensure_ascii=True).encode() + b"\n"
        descriptor = self._open()
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)  # until it is closed; others wait with their line
            if os.write(descriptor, self._mend(descriptor) + line) < len(line):
                raise Unavailable(f"{self._path} was written in part: the disk is full")
            os.fsync(descriptor)
        except OSError as error:
            raise Unavailable(f"cannot write to {self._path}: {error.strerror or error}") from error
        finally:
            os.close(descriptor)

    def _open(self) -> int:
        try:
            return os.open(self._path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise Unavailable(f"cannot write to {self._path}: {error.strerror or error}") from error

    @staticmethod
    def _mend(descriptor: int) -> bytes:
        """Return the end of line that is missing where a crash or a full disk cut the last line."""
        size = os.fstat(descriptor).st_size
        return b"\n" if size and os.pread(descriptor, 1, size - 1) != b"\n" else b""
