"""What an answer is written to, between whoever answers and the socket."""

import asyncio
from typing import Protocol

from uvicorn.protocols.http.httptools_impl import RequestResponseCycle


class Connection(Protocol):
    """The connection that the answer goes over."""

    loop: asyncio.AbstractEventLoop
    cycle: RequestResponseCycle

    def leave(self) -> None:
        """Say no more, and wait for the other side to close."""
        ...


class Gentle(asyncio.Transport):
    """What an answer is written to: it closes without losing the answer to a request that is not whole."""

    def __init__(self, inner: asyncio.Transport, connection: Connection) -> None:
        super().__init__()
        self._inner, self._connection = inner, connection
        self._head: bytes | bytearray | memoryview | None = None
        self._begun = False

    @property
    def is_used(self) -> bool:
        """Whether anything was written: what goes past this could come before it."""
        return self._begun

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Write; what comes first in a moment, as it is the head and the body mostly follows at once."""
        if not self._begun:
            self._begun, self._head = True, data
            self._connection.loop.call_soon(self._flush)
        elif self._head is None:
            self._inner.write(data)
        else:
            head, self._head = self._head, None
            self._inner.write(b"".join((head, data)))

    def _flush(self) -> None:
        if self._head is not None:
            head, self._head = self._head, None
            if not self._inner.is_closing():
                self._inner.write(head)

    def is_closing(self) -> bool:
        """Tell whether nothing can be written any more."""
        return self._inner.is_closing()

    def close(self) -> None:
        """Close; where the answer is whole and its request is not, once the other side has read it."""
        self._flush()
        cycle = self._connection.cycle
        if cycle.response_complete and cycle.more_body and not self._inner.is_closing():
            self._connection.leave()
        else:
            self._inner.close()
