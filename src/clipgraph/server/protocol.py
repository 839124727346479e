"""HTTP/1.1 within bounds: uvicorn's protocol, and what it leaves open.

Bounded here: size and time of a request's head, number of headers, time that a reader takes nothing, what
comes after the answer, connections (see connections.py). A refusal is a problem document, as everywhere.
"""

import asyncio
import re
import sys
from collections import deque
from dataclasses import dataclass
from typing import Any, cast

import httptools
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import ServerState

from clipgraph.errors import (
    BadRequest,
    ClipgraphError,
    HeadersTooLarge,
    Overloaded,
    TooSlow,
    Unimplemented,
    UnknownVersion,
    UrlTooLong,
)
from clipgraph.server.connections import Connections
from clipgraph.server.gentle import Gentle
from clipgraph.server.refusing import refusal
from clipgraph.server.whole import Whole
from clipgraph.web.at_once import offer
from clipgraph.web.requests import client_of

_MOST_HEADERS = 100
_SECONDS_FOR_HEAD = 10.0
# For an answer to be read whose request is still coming, before the connection is cut.
_SECONDS_TO_LEAVE = 5.0
_SECONDS_UNREAD, _LEAST_READ = 30.0, 30 * 1024  # who reads less in this time is cut
_RETRY_AFTER = 2
_LONGEST_LINE = 2**16
# A method is any token (https://www.rfc-editor.org/rfc/rfc9110#section-9.1); the parser knows some.
_REQUEST_LINE = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]{1,40}) [^\s]+ HTTP/1\.[01]\r?\n")
# The parser knows some versions that are not spoken here, and calls others no HTTP at all.
_SPOKEN = ("1.0", "1.1")
_OTHER_VERSION = re.compile(rb"[A-Z]{1,40} [^\s]+ HTTP/([0-9]\.[0-9])\r?\n")
_AUTHORITY = re.compile(rb"[A-Za-z][A-Za-z0-9+.-]*://(?:[^/?#@]*@)?([^/?#]*)")


@dataclass(frozen=True)
class HeadLimits:
    """The most bytes of a request's URL, and of its headers together."""

    url: int
    headers: int


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
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._among, self._limits = among, limits
        self._head_since: float | None = None  # when the head that is not whole yet began
        self._head_size = self._headers_size = 0
        self._broken: ClipgraphError | None = None  # what a callback of the parser found
        self._leaving_since: float | None = None  # refused: nothing is read any more
        self._answered_since: float | None = None  # answered, while the request is still coming
        self._idle_since = 0.0
        self._first = b""  # what came first of the request that is read
        self._deaf = False  # behind a whole request came what is none: nothing more is read
        self._cycles: deque[RequestResponseCycle] = deque()  # that are not answered yet
        self._unread: tuple[int, float] | None = None  # bytes that the reader has not taken, and since when

    # What the connections ask

    @property
    def idle_since(self) -> float | None:
        """Since when no request is under way: nothing has come, or a head that is not whole."""
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
        if reason:
            if self._among.linger(self):
                self._refuse(Overloaded(f"{reason}; try again in a moment", _RETRY_AFTER))
            else:
                self.drop()

    def connection_lost(self, exc: Exception | None) -> None:
        """Let go."""
        self._among.leave(self)
        self._head_since = self._answered_since = None
        for cycle in self._cycles:  # uvicorn tells the last alone, and others may be under way before it
            cycle.disconnected = True
            cycle.message_event.set()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on, unless the request was refused."""
        if self._leaving_since is not None or self._deaf:
            return
        if self._head_since is None and self.idle_since is not None and self._answered_since is None:
            self._head_since, self._first = self.loop.time(), b""
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
        version = self.parser.get_http_version()
        if version not in _SPOKEN:
            raise self._found(_unspoken(version))
        names = [name for name, _ in self.headers]
        hosts = names.count(b"host")
        if hosts > 1 or (not hosts and version == "1.1"):
            # https://www.rfc-editor.org/rfc/rfc9112#section-3.2
            raise self._found(BadRequest(f"a request has one Host header, this one has {hosts}"))
        if b"transfer-encoding" in names:
            self._check_coding()
        if not self.url.startswith(b"/"):
            self._take_authority()
        super().on_headers_complete()
        inner, gentle = self.cycle.transport, Gentle(self.cycle.transport, self)
        self.cycle.transport = gentle
        self._cycles.append(self.cycle)
        scope = cast("dict[str, Any]", self.cycle.scope)
        offer(scope, Whole(self.cycle, self.flow, gentle, inner))
        self._head_since, self._head_size = None, 0
        self.headers = []  # what comes as a trailer is no header of the request

    def _check_coding(self) -> None:
        """Refuse what is not read here (https://www.rfc-editor.org/rfc/rfc9112#section-6.1)."""
        coding = b", ".join(value for name, value in self.headers if name == b"transfer-encoding")
        if coding and coding.strip().lower() != b"chunked":
            raise self._found(Unimplemented("of the transfer codings only chunked is read here"))

    def _take_authority(self) -> None:
        """Take the host of an absolute URL for that of the request, whatever Host says.

        See https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2.
        """
        absolute = _AUTHORITY.match(self.url)
        if absolute:
            self.headers[:] = [each for each in self.headers if each[0] != b"host"]
            self.headers.append((b"host", absolute[1]))

    def on_message_complete(self) -> None:
        """Note that the request is whole."""
        self._answered_since = None
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Wait for the next request, or for the rest of this one."""
        self._idle_since = self.loop.time()
        self._cycles.popleft()  # answers are whole in the order of their requests
        if self.cycle.more_body:
            self._answered_since = self._idle_since
        super().on_response_complete()

    def _found(self, error: ClipgraphError) -> ClipgraphError:
        """Keep an error for when the parser has stopped: it replaces what a callback raises."""
        self._broken = error
        return error

    # Refusals

    def send_400_response(self, msg: str) -> None:
        """Refuse what the parser cannot read."""
        unknown = isinstance(sys.exception(), httptools.HttpParserInvalidMethodError)
        line = _REQUEST_LINE.match(self._first) if unknown else None
        if line:  # https://www.rfc-editor.org/rfc/rfc9110#section-9.1
            self._broken = Unimplemented(f"the method {line[1].decode()} is not known here")
        other = _OTHER_VERSION.match(self._first)
        if other and other[1].decode() not in _SPOKEN:
            self._broken = _unspoken(other[1].decode())
        self._refuse(self._broken or BadRequest(f"this is not HTTP/1.1: {msg}"))

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


def _unspoken(version: str) -> UnknownVersion:
    """Return the refusal of a version (https://www.rfc-editor.org/rfc/rfc9110#section-15.6.6)."""
    return UnknownVersion(f"HTTP/{version} is not spoken here; send HTTP/1.1")


def _over(since: float | None, now: float, seconds: float) -> bool:
    """Tell whether something has been going on for longer than so many seconds."""
    return since is not None and now - since > seconds
