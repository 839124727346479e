"""The short way of most queries: one function in place of all the layers that do next to nothing for them.

What goes it is a GET of ``/sparql?query=…`` whose head is, but for its first line, byte by byte one that
the layers have answered before: what it says is remembered. What is sent is, header by header, what they
would send (tests/web/test_short_way.py). Whatever needs more, such as a refusal or an answer of many pieces,
is given over to them, with what is settled by then (see settled.py).
"""

import re
import time
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from http import HTTPStatus
from typing import Protocol

from starlette.types import ASGIApp, Receive, Scope, Send

from clipgraph.engines.cache import CachingEngine, tag_of
from clipgraph.engines.engine import Answer
from clipgraph.errors import ClipgraphError
from clipgraph.sparql.negotiation import wants_html
from clipgraph.sparql.nesting import check_nesting
from clipgraph.sparql.protocol import Query, Request, read_request
from clipgraph.sparql.unquoting import unquoted_plus
from clipgraph.web.answers import VARY, coded_tag, timing
from clipgraph.web.at_once import lines
from clipgraph.web.headers import completed
from clipgraph.web.notes import request_id
from clipgraph.web.observing import Observed, Seen, new_id
from clipgraph.web.rates import RateLimit
from clipgraph.web.requests import address_of, client_of, headers_of, origin_of
from clipgraph.web.settled import Settled
from clipgraph.web.sparql import SHORT, RequestLimits
from clipgraph.web.windows import Hit

_PATH = "/sparql"
# Without the signs that part parameters, and those that no URL has: such a request is read by the parser.
_LINE = re.compile(rb"GET /sparql\?query=([A-Za-z0-9%+._~!$'()*,;:@/?-]+) HTTP/1\.1\r\n")
_END = b"\r\n\r\n"
# What has one of these is looked at by the layers each time.
_LOOKED_AT = frozenset(
    (
        *("content-length", "transfer-encoding", "content-encoding", "expect", "upgrade"),
        *("if-none-match", "x-request-id"),
    )
)
_MOST_PLANS, _LONGEST = 4096, 2048  # bytes of a head behind its first line
_BLOCK = "clipgraph.head"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a head says of its query, whatever that is: everything but its text, and who asks."""

    query: Query
    client: str
    address: str


@dataclass(slots=True)
class Asked:
    """A query that goes the short way."""

    plan: Plan
    query: Query
    seen: Seen
    name: str  # its id
    key: str = ""  # of its answer, once its release is known
    hit: Hit | None = None


class Asking(Protocol):
    """The connection that a query came over, which is answered next there."""

    def send(self, head: bytes, body: bytes) -> bool:
        """Send an answer of status 200, the lines of its headers written; false where that cannot be."""
        ...

    def give_over(self, settled: Settled) -> bool:
        """Let the layers answer; false where nobody is there any more."""
        ...


class ShortWay:
    """Passes requests to ``app``, remembers how the layers read a head, and answers what has such a head.

    ``rates`` counts requests, where they are counted; ``limits`` and ``public_url`` are the endpoint's.
    """

    def __init__(
        self,
        app: ASGIApp,
        engine: CachingEngine,
        observed: Observed,
        rates: RateLimit | None,
        limits: RequestLimits,
        public_url: str,
    ) -> None:
        self._app, self._engine, self._observed, self._rates = app, engine, observed, rates
        self._limits, self._public_url = limits, public_url
        self._longest = min(SHORT, limits.query)
        self._plans: dict[tuple[str, bytes], Plan] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        head = scope.get(_BLOCK)
        if head is not None and head not in self._plans:
            self._remember(head, scope)
        await self._app(scope, receive, send)

    def _remember(self, head: tuple[str, bytes], scope: Scope) -> None:
        plan = self._plan(scope)
        if plan is not None:
            if len(self._plans) >= _MOST_PLANS:
                del self._plans[next(iter(self._plans))]  # the oldest
            self._plans[head] = plan

    def _plan(self, scope: Scope) -> Plan | None:
        """Return what a head says, read as the layers do; None where they have to look at it each time."""
        try:
            headers = headers_of(scope)
            if not _LOOKED_AT.isdisjoint(headers) or wants_html(headers.get("accept")):
                return None
            address = origin_of(scope, self._public_url) + _PATH
            query = read_request(Request("GET", b"query=ASK{}", headers), self._limits.deadline, address)
        except ClipgraphError:
            return None
        return Plan(query, client_of(scope), address_of(scope)) if query else None

    def read(self, data: bytes, peer: str) -> Asked | None:
        """Return the query of a whole request from an address, where it goes the short way.

        Where it is not known yet whether it does, ``note_head`` lets that be found out.
        """
        line = _LINE.match(data)
        if line is None:
            return None
        plan = self._plans.get((peer, data[line.end() :]))
        if plan is None:
            return None
        try:
            text = unquoted_plus(line[1]).decode()
            if len(text) > self._longest or "service" in text.lower():
                return None
            check_nesting(text)
        except (UnicodeDecodeError, ClipgraphError):
            return None
        query = plan.query.saying(text.removeprefix("\ufeff"))
        return Asked(plan, query, Seen(time.perf_counter()), new_id())

    async def answer(self, asked: Asked, asking: Asking) -> None:
        """Answer a query, or give it over."""
        request_id.set(asked.name)
        if self._rates is not None:
            asked.hit = self._rates.hit(asked.plan.client)
        self._observed.answered.under_way += 1
        outcome: Answer | Exception | None = None
        is_given_over = False
        try:
            if asked.hit is None or asked.hit.allowed:
                outcome = await self._outcome(asked)
            if not (isinstance(outcome, Answer) and self._send(asked, asking, outcome)):
                settled = Settled(asked.seen.began, asked.name, asked.hit, outcome)
                is_given_over = asking.give_over(settled)
        finally:
            self._observed.answered.under_way -= 1
            if not is_given_over:
                self._tell(asked)
                if isinstance(outcome, Answer):
                    await outcome.body.aclose()

    async def _outcome(self, asked: Asked) -> Answer | Exception:
        """Return the answer to a query, or why there is none."""
        engine = self._engine
        try:
            asked.query = query = engine.pinned(asked.query)
            asked.key = key = engine.key(query)
            return engine.known(key) or await engine.answer_anew(query, asked.plan.client, key)
        except Exception as error:  # noqa: BLE001  # the layers make an answer of it
            return error

    def _send(self, asked: Asked, asking: Asking, answer: Answer) -> bool:
        """Send an answer that is all there; false where it is not, or cannot be sent so."""
        content = answer.body.whole()
        if content is None:
            return False
        tag = tag_of(asked.key)
        if tag:
            tag = coded_tag(tag, answer.encoding) if answer.encoding else tag
            tag = f"etag: {tag}\r\ncache-control: no-cache\r\n"
        rates = lines(self._rates.told(asked.hit)) if self._rates and asked.hit else b""
        head = b"%bcontent-length: %d\r\n%bx-request-id: %b\r\nserver-timing: %b\r\n%b" % (
            _alike(answer.format.content_type, answer.encoding),
            len(content),
            tag.encode(),
            asked.name.encode(),
            asked.seen.timing((timing(answer).encode(),)),
            rates,
        )
        if not asking.send(head, content):
            return False
        seen = asked.seen
        seen.status, seen.bytes, seen.whole = HTTPStatus.OK.value, len(content), True
        self._observed.answered.short += 1
        return True

    def _tell(self, asked: Asked) -> None:
        """Tell of a request that was answered here, or whose client has left."""
        query = asked.query
        noted: dict[str, object] = {"query": sha256(query.text.encode()).hexdigest()}
        noted |= {"release": query.release} if asked.seen.whole else {"outcome": "hang-up"}
        told = {"client": asked.plan.address, "method": "GET", "path": _PATH, "route": _PATH}
        self._observed.tell(asked.name, told, asked.seen, noted)


@lru_cache(64)
def _alike(content_type: str, encoding: str) -> bytes:
    """Return the lines of the headers that all answers of a format and a coding have."""
    headers = [(b"vary", VARY.encode()), (b"content-type", content_type.encode())]
    if encoding:
        headers.append((b"content-encoding", encoding.encode()))
    return lines(completed(headers, HTTPStatus.OK, {"path": _PATH}))


def note_head(scope: Scope, data: bytes, peer: str) -> None:
    """Let the layers' reading of a request be remembered, where ``data`` is all of it and may be short."""
    line = _LINE.match(data)
    if line is None or len(data) - line.end() > _LONGEST:
        return
    head = data[line.end() :]
    is_whole = data.find(_END, line.end() - 2) == len(data) - len(_END)
    # A line that ends otherwise may be the end of the head for the parser.
    if is_whole and head.count(b"\n") == head.count(b"\r") == head.count(b"\r\n"):
        scope[_BLOCK] = (peer, head)
