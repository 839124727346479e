"""Each request seen from outside: its id, its line in the log, its place in the metrics."""

import logging
import os
import re
import time
from collections.abc import Iterable, Mapping
from functools import partial
from http import HTTPStatus
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from clipgraph.web.at_once import AtOnce, Headers, at_once, offer
from clipgraph.web.headers import completed, expect_promises
from clipgraph.web.metrics import Metrics
from clipgraph.web.notes import notes, request_id
from clipgraph.web.requests import address_of
from clipgraph.web.settled import settled_of

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
        self.answered = metrics.answered
        self._routes = {_first(path) for path in routes}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and tell of it when it has ended."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        settled = settled_of(scope)
        name = settled.name if settled else _id(scope)
        expect_promises(scope)
        request_id.set(name)
        seen = Seen(settled.began if settled else time.perf_counter())
        send_whole = at_once(scope)
        if send_whole is not None:
            offer(scope, partial(seen.send_whole, scope, name, send_whole))

        async def watch(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen.status = message["status"]
                told = seen.told(message["headers"], name)
                message["headers"] = completed(told, seen.status, scope)
            await send(message)
            if message["type"] == "http.response.body":
                if scope["method"] != "HEAD":
                    seen.bytes += len(message.get("body", b""))
                seen.whole = not message.get("more_body", False)

        self.answered.under_way += 1
        try:
            await self._app(scope, receive, watch)
        finally:
            self.answered.under_way -= 1
            self._tell(scope, name, seen)

    def _tell(self, scope: Scope, name: str, seen: "Seen") -> None:
        path = scope.get("raw_path", b"").decode("ascii", "replace")[:_MOST_PATH]
        first = _first(scope["path"])
        route = first if first in self._routes else "other"
        asked = {"client": address_of(scope), "method": scope["method"], "path": path, "route": route}
        self.tell(name, asked, seen, notes(scope))

    def tell(self, name: str, asked: Mapping[str, str], seen: "Seen", noted: dict[str, Any]) -> None:
        """Count and log a request that has ended.

        Args:
            name: its id.
            asked: its ``client``, ``method``, ``path`` and ``route``.
            seen: what was seen of its answer.
            noted: what was noted of it, see notes.py.
        """
        seconds = time.perf_counter() - seen.began
        outcome = noted.pop("outcome", None) or seen.outcome()
        method, path = asked["method"], asked["path"]
        self.answered.count(asked["route"], method, seen.status, seconds, seen.bytes)
        if not seen.whole:
            self._metrics.count_cut(outcome)
        if _log.isEnabledFor(logging.INFO):
            facts: dict[str, Any] = {"id": name, **asked, "status": seen.status}
            facts |= {"ms": round(seconds * 1000, 1), "bytes": seen.bytes, "outcome": outcome} | noted
            line = f"{method} {path} {seen.status} {facts['ms']} ms {seen.bytes} B {outcome}"
            _log.handle(_record(line, facts))


# What all records of requests have in common: none knows of a source file or a thread.
_ALIKE = vars(logging.LogRecord(_log.name, logging.INFO, "", 0, "", None, None))


def _record(line: str, facts: Mapping[str, Any]) -> logging.LogRecord:
    """Return the record of a request, in a third of the time that making one takes.

    https://docs.python.org/3/library/logging.html#logrecord-attributes
    """
    record = object.__new__(logging.LogRecord)
    now = time.time()
    vars(record).update(_ALIKE, msg=line, facts=facts, created=now, msecs=now % 1 * 1000)
    return record


class Seen:
    """What was seen of an answer; status 499 stands for none, since the client went away."""

    def __init__(self, began: float) -> None:
        self.began, self.status, self.bytes, self.whole = began, 499, 0, False

    def send_whole(self, scope: Scope, name: str, send: AtOnce, headers: Headers, body: bytes) -> bool:
        """Send a whole answer, which then is seen; false where that cannot be."""
        if not send(completed(self.told(headers, name), HTTPStatus.OK, scope), body):
            return False
        self.status, self.bytes, self.whole = HTTPStatus.OK.value, len(body), True
        return True

    def told(self, headers: Iterable[tuple[bytes, bytes]], name: str) -> list[tuple[bytes, bytes]]:
        """Return headers with the request's id, and how many milliseconds passed until the answer begins.

        https://www.w3.org/TR/server-timing/#the-server-timing-header-field
        """
        parts = [value for key, value in headers if key == _TIMING]
        rest = [pair for pair in headers if pair[0] != _TIMING]
        return [*rest, (_ID_HEADER, name.encode()), (_TIMING, self.timing(parts))]

    def timing(self, parts: Iterable[bytes]) -> bytes:
        """Return what took how long: parts that were measured, and all up to now."""
        passed = b"total;dur=%.1f" % ((time.perf_counter() - self.began) * 1000)
        return b", ".join((*parts, passed))

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
    return sent if sent is not None and _ID.fullmatch(sent) else new_id()


def new_id() -> str:
    """Return an id for a request that has none."""
    return os.urandom(16).hex()
