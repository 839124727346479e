"""Sends a piece of an open file, all of it or the range that is asked for."""

import asyncio
import logging
from collections.abc import Mapping
from typing import IO

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from clipgraph.web.ranges import asked_range
from clipgraph.web.requests import Disconnected, unless_gone

_PIECE = 2**18
_log = logging.getLogger("clipgraph.files")


class PieceResponse(Response):
    """Bytes ``start`` to ``start + size`` of a file, which is closed when they are sent.

    Args:
        request: a GET or HEAD; its Range and If-Range are kept to.
        file: open for reading.
        start: where in the file the representation begins.
        size: how many bytes it has.
        headers: further headers, among them the ETag.

    Raises:
        UnsatisfiableRange: of bytes that it does not have; the file is left open.
    """

    def __init__(
        self, request: Request, file: IO[bytes], start: int, size: int, headers: Mapping[str, str]
    ) -> None:
        asked = request.headers.get("range") if request.method == "GET" else None
        part = asked_range(asked, request.headers.get("if-range"), headers["ETag"], size)
        told = {**headers, "Accept-Ranges": "bytes"}
        if part is not None:
            told["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
        self._file, self._part = file, part or range(size)
        self._start = start
        super().__init__(None, 200 if part is None else 206, told)
        self.headers["Content-Length"] = str(len(self._part))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it, as fast as it is read, until the client hangs up."""
        try:
            while (await receive()).get("more_body", False):
                pass
            await unless_gone(self._sent(scope, send), receive)
        except Disconnected:
            _log.debug("the client hung up")
        finally:
            self._file.close()

    async def _sent(self, scope: Scope, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        left = len(self._part) if scope["method"] != "HEAD" else 0
        await asyncio.to_thread(self._file.seek, self._start + self._part.start)
        while left:
            piece = await asyncio.to_thread(self._file.read, min(left, _PIECE))
            if not piece:
                return  # the connection is cut: nobody takes half a file for the whole
            left -= len(piece)
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})
