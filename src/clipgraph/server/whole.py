"""Sends an answer that is all there in one write; see clipgraph.web.at_once."""

import asyncio
from typing import Any

from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

from clipgraph.server.gentle import Gentle
from clipgraph.web.at_once import Headers, lines

STATUS = b"HTTP/1.1 200 OK\r\n"
CLOSE = (b"connection", b"close")


class Whole:
    """The one answer of a cycle: what its ``send`` does for head and body, without a check of each header.

    Of the headers only the number of lines is looked at, so that no value ends its line
    (https://www.rfc-editor.org/rfc/rfc9110#section-5.5).
    """

    def __init__(
        self, cycle: RequestResponseCycle, flow: FlowControl, gentle: Gentle, inner: asyncio.Transport
    ) -> None:
        self._cycle, self._flow, self._gentle, self._inner = cycle, flow, gentle, inner

    def __call__(self, headers: Headers, body: bytes) -> bool:
        """Send; false where something speaks against it, and nothing is sent."""
        cycle: Any = self._cycle
        if cycle.disconnected or self._gentle.is_used or self._flow.write_paused:
            return False
        told = (*cycle.default_headers, *headers, *(() if cycle.keep_alive else (CLOSE,)))
        head = lines(told)
        if not head.count(b"\r") == head.count(b"\n") == len(told) or b"\0" in head:
            return False
        cycle.response_started = cycle.response_complete = True
        cycle.waiting_for_100_continue = False
        self._inner.write(b"".join((STATUS, head, b"\r\n", body)))
        cycle.message_event.set()
        if not cycle.keep_alive:
            cycle.transport.close()
        cycle.on_response()
        return True
