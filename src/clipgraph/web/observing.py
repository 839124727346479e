"""Each request seen from outside: its id, its line in the log, its place in the metrics."""

import logging
import os
import re
import time
from collections.abc import Iterable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from clipgraph.web.headers import completed, expect_promises
from clipgraph.web.metrics import Metrics
from clipgraph.web.notes import notes, request_id
from clipgraph.web.requests import address_of

_ID = re.compile(r"[A-Za-z0-9._:/+=-]{1,128}")
_FIRST = re.compile(r"/[^/.{]*")
_MOST_PATH = 500
_ID_HEADER, _TIMING = b"x-request-id", b"server-timing"
_log = logging.getLogger("clipgraph.access")


class Observed:
    """Logs and counts each request, and adds to its answer the headers that every one carries.

    ``routes`` are the paths there are, as templates.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics, routes: Iterable[str]) -> None:
        self._app, self._metrics = app, metrics
        self._routes = {_first(path) for path in routes}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and tell of it when it has ended."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        name = _id(scope)
        expect_promises(scope)
        request_id.set(name)
        seen = _Seen()

        async def watch(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen.status = message["status"]
                told = seen.told(message["headers"], name)
                message["headers"] = completed(told, seen.status, scope)
            await send(message)
            if message["type"] == "http.response.body":
                seen.bytes += len(message.get("body", b""))
                seen.whole = not message.get("more_body", False)

        self._metrics.under_way.inc()
        try:
            await self._app(scope, receive, watch)
        finally:
            self._metrics.under_way.dec()
            self._tell(scope, name, seen)

    def _tell(self, scope: Scope, name: str, seen: "_Seen") -> None:
        seconds = time.perf_counter() - seen.began
        first = _first(scope["path"])
        route = first if first in self._routes else "other"
        noted = notes(scope)
        outcome = noted.pop("outcome", None) or seen.outcome()
        self._metrics.count_request(route, scope["method"], seen.status, seconds, seen.bytes)
        if not seen.whole:
            self._metrics.count_cut(outcome)
        if _log.isEnabledFor(logging.INFO):
            path = scope.get("raw_path", b"").decode("ascii", "replace")[:_MOST_PATH]
            facts = {"id": name, "client": address_of(scope), "method": scope["method"], "path": path}
            facts |= {"route": route, "status": seen.status, "ms": round(seconds * 1000, 1)}
            facts |= {"bytes": seen.bytes, "outcome": outcome} | noted
            line = f"{scope['method']} {path} {seen.status} {facts['ms']} ms {seen.bytes} B {outcome}"
            _log.info(line, extra={"facts": facts})


class _Seen:
    """What was seen of an answer; status 499 stands for none, since the client went away."""

    def __init__(self) -> None:
        self.began, self.status, self.bytes, self.whole = time.perf_counter(), 499, 0, False

    def told(self, headers: Iterable[tuple[bytes, bytes]], name: str) -> list[tuple[bytes, bytes]]:
        """Return headers with the request's id, and how many milliseconds passed until the answer begins.

        https://www.w3.org/TR/server-timing/#the-server-timing-header-field
        """
        passed = f"total;dur={(time.perf_counter() - self.began) * 1000:.1f}".encode()
        parts = [value for key, value in headers if key == _TIMING]
        rest = [pair for pair in headers if pair[0] != _TIMING]
        return [*rest, (_ID_HEADER, name.encode()), (_TIMING, b", ".join((*parts, passed)))]

    def outcome(self) -> str:
        """Return in a word how it ended."""
        if self.whole:
            return "complete"
        return "hang-up" if self.status == 499 else "cut"  # noqa: PLR2004  # as above


def _first(path: str) -> str:
    """Return the first part of a path, which is what routes are told apart by."""
    match = _FIRST.match(path)
    return match[0] if match else "/"


def _id(scope: Scope) -> str:
    """Return the request's id as a proxy or client sent it, where it is one, else a new one."""
    sent = next((value.decode("latin-1") for name, value in scope["headers"] if name == _ID_HEADER), None)
    return sent if sent is not None and _ID.fullmatch(sent) else os.urandom(16).hex()
