"""The requests of one connection that go the short way: see clipgraph.web.short_way."""

import asyncio
import logging
from typing import Any, Protocol

from clipgraph.server.whole import CLOSE, STATUS
from clipgraph.web.at_once import lines
from clipgraph.web.requests import SECONDS_UNWATCHED
from clipgraph.web.settled import Settled
from clipgraph.web.short_way import ShortWay

_MUCH = 1 << 16  # bytes
_log = logging.getLogger("clipgraph.server")


class Connection(Protocol):
    """What a connection does for them; most of it is uvicorn's."""

    loop: asyncio.AbstractEventLoop
    transport: asyncio.Transport
    flow: Any
    server_state: Any
    tasks: set[asyncio.Task[None]]

    def data_received(self, data: bytes) -> None:
        """Take what comes next."""
        ...

    def parse(self, data: bytes, settled: Settled) -> None:
        """Take a whole request, of which some is settled."""
        ...

    def answered_short(self) -> None:
        """Note that a request was answered."""
        ...


class ShortRequests:
    """Answers one request after the other; what comes behind one that is under way waits."""

    def __init__(self, connection: Connection, way: ShortWay, peer: str, longest: int) -> None:
        self._connection, self._way, self.peer, self._longest = connection, way, peer, longest
        self._request = self._behind = b""
        self._task: asyncio.Task[None] | None = None
        self._began = 0.0  # when the request that is under way did
        self.is_last = False  # nothing is answered after what is under way

    @property
    def is_under_way(self) -> bool:
        """Whether a request is being answered."""
        return self._task is not None

    def begin(self, data: bytes) -> bool:
        """Begin to answer a request that goes the short way; false for all else."""
        asked = self._way.read(data, self.peer) if len(data) <= self._longest else None
        if asked is None:
            return False
        self._request, self._began = data, self._connection.loop.time()
        self._task = task = self._connection.loop.create_task(self._way.answer(asked, self))
        self._connection.tasks.add(task)
        task.add_done_callback(self._ended)
        return True

    def keep(self, data: bytes) -> None:
        """Keep what comes behind the request that is under way."""
        self._behind += data
        if len(self._behind) > _MUCH:  # until then a hang-up is noticed
            self._connection.flow.pause_reading()

    def cancel(self) -> None:
        """End what is under way, as nobody is there any more; work that may be short is left to its end.

        To end it takes a worker's life, which costs more.
        """
        if self._task is not None:
            loop = self._connection.loop
            left = self._began + SECONDS_UNWATCHED - loop.time()
            loop.call_later(max(0.0, left), self._task.cancel)

    def send(self, head: bytes, body: bytes) -> bool:
        """Send an answer of status 200, the lines of its headers written; false where that cannot be."""
        connection = self._connection
        if connection.transport.is_closing() or connection.flow.write_paused:
            return False
        own = lines((*connection.server_state.default_headers, *((CLOSE,) if self.is_last else ())))
        connection.transport.write(b"".join((STATUS, own, head, b"\r\n", body)))
        self._task = None
        connection.answered_short()
        if self.is_last:
            connection.transport.close()
        elif self._behind:
            connection.data_received(self._take_behind())
        return True

    def give_over(self, settled: Settled) -> bool:
        """Let the layers answer; false where nobody is there any more."""
        connection = self._connection
        self._task = None
        if connection.transport.is_closing():
            return False
        connection.parse(self._request, settled)
        if self._behind:
            connection.data_received(self._take_behind())
        return True

    def _take_behind(self) -> bytes:
        self._connection.flow.resume_reading()
        behind, self._behind = self._behind, b""
        return behind

    def _ended(self, task: asyncio.Task[None]) -> None:
        """Let go of a task; one that broke has answered nobody."""
        self._connection.tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            _log.error("a request broke off", exc_info=error)
        if task is self._task:
            self._task = None
            self._connection.transport.abort()
