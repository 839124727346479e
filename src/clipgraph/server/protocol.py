"""HTTP/1.1 within bounds: uvicorn's protocol, and what it leaves open.

Bounded here: size and time of a request's head, number of headers, time that a reader takes nothing, what
comes after the answer, connections (see connections.py). A refusal is a problem document, as everywhere.
"""

import asyncio
from collections import deque
from typing import Any, cast

from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import ServerState

from clipgraph.errors import (
    ClipgraphError,
    HeadersTooLarge,
    Overloaded,
    TooSlow,
    UrlTooLong,
)
from clipgraph.server.connections import Connections
from clipgraph.server.gentle import Gentle
from clipgraph.server.heads import HeadLimits, fault_of, take_authority, unreadable
from clipgraph.server.refusing import refusal
from clipgraph.server.short import ShortRequests
from clipgraph.server.whole import Whole
from clipgraph.web.at_once import offer
from clipgraph.web.requests import client_of
from clipgraph.web.settled import Settled, settle
from clipgraph.web.short_way import ShortWay, note_head

_MOST_HEADERS = 100
_SECONDS_FOR_HEAD = 10.0
# For an answer to be read whose request is still coming, before the connection is cut.
_SECONDS_TO_LEAVE = 5.0
_SECONDS_UNREAD, _LEAST_READ = 30.0, 30 * 1024  # who reads less in this time is cut
_RETRY_AFTER = 2
_LONGEST_LINE = 2**16


class BoundedProtocol(HttpToolsProtocol):
    """One connection."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
        *,
        among: Connections,
        limits: HeadLimits,
        way: ShortWay | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._way = way
        self._short: ShortRequests | None = None
        self._is_within = False  # a request, of which the parser has seen the beginning alone
        self._settled: Settled | None = None  # of the request that is parsed
        self._among, self._limits = among, limits
        self._head_since: float | None = None  # when the head that is not whole yet began
        self._head_size = self._headers_size = 0
        self._broken: ClipgraphError | None = None  # what a callback of the parser found
        self._leaving_since: float | None = None  # refused: nothing is read any more
        self._answered_since: float | None = None  # answered, while the request is still coming
        self._idle_since = 0.0
        self._first = b""  # what came first of the request that is read
        self._is_from_start = True  # that begins with the request
        self._deaf = False  # behind a whole request came what is none: nothing more is read
        self._cycles: deque[RequestResponseCycle] = deque()  # that are not answered yet
        self._unread: tuple[int, float] | None = None  # bytes that the reader has not taken, and since when

    # What the connections ask

    @property
    def idle_since(self) -> float | None:
        """Since when no request is under way: nothing has come, or a head that is not whole."""
        if self._short is not None and self._short.is_under_way:
            return None
        under_way = self.cycle is not None and not self.cycle.response_complete
        return None if under_way else self._idle_since

    def drop(self) -> None:
        """End the connection at once."""
        self.transport.abort()

    def look(self, now: float) -> None:
        """End the connection where the other side takes too long."""
        left = _over(self._leaving_since, now, _SECONDS_TO_LEAVE)
        if left or _over(self._answered_since, now, _SECONDS_TO_LEAVE):
            self.drop()
        elif self._is_unread(now):
            self._among.refused("reader-too-slow")
            self.drop()
        elif _over(self._head_since, now, _SECONDS_FOR_HEAD):
            self._among.refused("head-too-slow")
            self._refuse(TooSlow(f"the head of the request did not come within {_SECONDS_FOR_HEAD:.0f} s"))

    def _is_unread(self, now: float) -> bool:
        """Tell whether the reader has taken next to nothing for a while."""
        unread = self.transport.get_write_buffer_size()
        if not unread:
            self._unread = None
        elif self._unread is None or unread <= self._unread[0] - _LEAST_READ:
            self._unread = (unread, now)
        return self._unread is not None and _over(self._unread[1], now, _SECONDS_UNREAD)

    # What the transport says

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take the connection, or refuse it."""
        super().connection_made(transport)
        self._head_since = self._idle_since = self.loop.time()
        address = self.client[0] if self.client else "unknown"
        reason = self._among.enter(self, client_of({"client": self.client}), address, self._idle_since)
        if self._way is not None:
            self._short = ShortRequests(self, self._way, address, self._limits.url)
        if reason:
            if self._among.linger(self):
                self._refuse(Overloaded(f"{reason}; try again in a moment", _RETRY_AFTER))
            else:
                self.drop()

    def connection_lost(self, exc: Exception | None) -> None:
        """Let go."""
        self._among.leave(self)
        self._head_since = self._answered_since = None
        if self._short is not None:
            self._short.cancel()
        for cycle in self._cycles:  # uvicorn tells the last alone, and others may be under way before it
            cycle.disconnected = True
            cycle.message_event.set()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on, unless the request was refused."""
        if self._leaving_since is not None or self._deaf:
            return
        short = self._short
        if short is not None:
            if short.is_under_way:
                short.keep(data)
                return
            if not self._is_within and self.idle_since is not None and short.begin(data):
                self._unset_keepalive_if_required()
                self._head_since = None
                return
        self._parse(data)

    def parse(self, data: bytes, settled: Settled) -> None:
        """Take a whole request, of which some is settled; its answer is begun."""
        self._settled = settled
        self._parse(data)
        if self._short is not None and self._short.is_last:
            self.cycle.keep_alive = False

    def _parse(self, data: bytes) -> None:
        if self._head_since is None and self.idle_since is not None and self._answered_since is None:
            self._head_since, self._first = self.loop.time(), b""
            self._is_from_start = not self._is_within
        if self._head_since is not None:
            self._first += data[: max(0, _LONGEST_LINE - len(self._first))]
        super().data_received(data)
        if self._head_since is not None and self._leaving_since is None:
            self._head_size += len(data)
            if self._head_size > self._limits.url + self._limits.headers:
                self._refuse(HeadersTooLarge("the head of the request is larger than is read here"))

    def resume_writing(self) -> None:
        """Note that the reader has taken much."""
        self._unread = None
        super().resume_writing()

    # What the parser says

    def on_message_begin(self) -> None:
        """Begin a request."""
        super().on_message_begin()
        self._headers_size = 0
        self._is_within = True

    def on_url(self, url: bytes) -> None:
        """Take a part of the URL."""
        super().on_url(url)
        if len(self.url) > self._limits.url:
            most = self._limits.url >> 10
            raise self._found(
                UrlTooLong(f"a URL of more than {most} KiB is not read here; send a query by POST")
            )

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header."""
        self._headers_size += len(name) + len(value)
        if self._headers_size > self._limits.headers:
            most = self._limits.headers >> 10
            raise self._found(HeadersTooLarge(f"headers of more than {most} KiB are not read here"))
        if len(self.headers) >= _MOST_HEADERS:
            raise self._found(HeadersTooLarge(f"more than {_MOST_HEADERS} headers are not read here"))
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Begin to answer."""
        fault = fault_of(self.parser.get_http_version(), self.headers)
        if fault is not None:
            raise self._found(fault)
        if not self.url.startswith(b"/"):
            take_authority(self.url, self.headers)
        super().on_headers_complete()
        inner, gentle = self.cycle.transport, Gentle(self.cycle.transport, self)
        self.cycle.transport = gentle
        self._cycles.append(self.cycle)
        scope = cast("dict[str, Any]", self.cycle.scope)
        offer(scope, Whole(self.cycle, self.flow, gentle, inner))
        if self._settled is not None:
            settle(scope, self._settled)
        elif self._short is not None and self._is_from_start and self.cycle.keep_alive:
            note_head(scope, self._first, self._short.peer)
        self._settled, self._first, self._is_from_start = None, b"", False
        self._head_since, self._head_size = None, 0
        self.headers = []  # what comes as a trailer is no header of the request

    def on_message_complete(self) -> None:
        """Note that the request is whole."""
        self._answered_since, self._is_within = None, False
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Wait for the next request, or for the rest of this one."""
        self._idle_since = self.loop.time()
        self._cycles.popleft()  # answers are whole in the order of their requests
        if self.cycle.more_body:
            self._answered_since = self._idle_since
        super().on_response_complete()
        if self._is_within and self._answered_since is None and not self.pipeline:
            # The head of another has begun: it has as long as any, whatever the pause between two may be.
            self._head_since = self._idle_since
            self._unset_keepalive_if_required()

    def answered_short(self) -> None:
        """Wait for the next request."""
        self._idle_since = self.loop.time()
        self.server_state.total_requests += 1
        self.timeout_keep_alive_task = self.loop.call_later(
            self.timeout_keep_alive, self.timeout_keep_alive_handler
        )

    def shutdown(self) -> None:
        """End once what is under way is answered."""
        if self._short is not None and self._short.is_under_way:
            self._short.is_last = True
        else:
            super().shutdown()

    def _found(self, error: ClipgraphError) -> ClipgraphError:
        """Keep an error for when the parser has stopped: it replaces what a callback raises."""
        self._broken = error
        return error

    # Refusals

    def send_400_response(self, msg: str) -> None:
        """Refuse what the parser cannot read."""
        self._refuse(self._broken or unreadable(self._first, msg))

    def _refuse(self, error: ClipgraphError) -> None:
        """Answer with a problem document and close; where an answer has begun, only cut it.

        A whole request that came before what is refused gets its answer, and is the last that does.
        """
        if self.transport.is_closing():
            return
        if self.cycle is not None and not self.cycle.response_complete:
            if not self.cycle.more_body:
                self.cycle.keep_alive, self._deaf = False, True
                return
            if self.cycle.response_started or self.pipeline:
                self.drop()
                return
            self.cycle.disconnected = True  # so that whoever is answering says nothing more
            self.cycle.message_event.set()
        self.transport.write(refusal(error, self.server_state.default_headers))
        self.leave()

    def leave(self) -> None:
        """Say no more, and wait for the other side to close; for a while, what still comes is thrown away.

        If the connection were closed while a request is still coming, the kernel would tell so at once, and
        the other side would not read the answer that is there.
        """
        self._leaving_since, self._head_since = self.loop.time(), None
        self._unset_keepalive_if_required()
        self.transport.write_eof()


def _over(since: float | None, now: float, seconds: float) -> bool:
    """Tell whether something has been going on for longer than so many seconds."""
    return since is not None and now - since > seconds
