"""What a worker is fed while it works on a job: the bytes of a document that comes from elsewhere.

Standard library only: a worker imports this.
"""

import json
from typing import Any

from clipgraph.workers.frames import ASKING, DATA, HEAD, json_frame
from clipgraph.workers.worker import Owner


class Abandoned(Exception):
    """No more comes: whoever fed this worker has failed, and knows why."""


class Feed:
    """A binary file of what comes through the socket of jobs, once it was asked for."""

    def __init__(self, owner: Owner) -> None:
        self._owner = owner
        self._rest, self._ended = b"", True

    def ask(self, for_what: dict[str, Any]) -> dict[str, Any]:
        """Say what is waited for; returns what is said of it before its first byte.

        Raises:
            Abandoned: it does not come.
        """
        self._rest, self._ended = b"", False
        self._owner.send(json_frame(ASKING, for_what))
        kind, payload = self._owner.frame()
        if kind != HEAD:
            raise Abandoned
        head: dict[str, Any] = json.loads(payload)
        return head

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, ``size`` at most, all of them where that is negative; none at the end.

        Raises:
            Abandoned: the end does not come.
        """
        if size < 0:
            return b"".join(iter(lambda: self.read(1 << 16), b""))
        while not self._rest and not self._ended:
            kind, self._rest = self._owner.frame()
            if kind != DATA:
                self._ended = True
                if self._rest:
                    raise Abandoned
        piece, self._rest = self._rest[:size], self._rest[size:]
        return piece
