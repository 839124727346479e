"""/sparql as a plain ASGI application: read, answer, stream."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from http import HTTPStatus
from typing import Any

from starlette.datastructures import Headers
from starlette.requests import Request as HttpRequest
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from clipgraph.engines.cache import CachingEngine
from clipgraph.errors import ClipgraphError, TooLarge, UnsupportedMediaType, WrongMethod
from clipgraph.pages.reader import Reader
from clipgraph.pages.site import Site
from clipgraph.pages.workbench import editor_page, refused_page, result_page
from clipgraph.sparql import policy
from clipgraph.sparql.federation import Federation, Service
from clipgraph.sparql.negotiation import wants_html
from clipgraph.sparql.protocol import Query, Request, names_format, read_request
from clipgraph.sparql.update import is_update
from clipgraph.web.answers import VARY, stream
from clipgraph.web.headers import allowed
from clipgraph.web.languages import reader_of
from clipgraph.web.notes import note
from clipgraph.web.problems import code, problem_response
from clipgraph.web.requests import Disconnected, client_of, origin_of, query_of, read, unless_gone
from clipgraph.web.settled import settled_of
from clipgraph.web.tags import is_same
from clipgraph.web.writes import Writes, Written

_METHODS = ("GET", "HEAD", "POST")
SHORT = 2048  # characters of a query: looking through so many takes less than handing them to a thread
Describe = Callable[[HttpRequest], Awaitable[Response]]
_log = logging.getLogger("clipgraph.sparql")


@dataclass(frozen=True)
class RequestLimits:
    """The most that one request may be: ``deadline`` in seconds, ``query`` and ``body`` in bytes."""

    deadline: float
    query: int
    body: int


class SparqlEndpoint:
    """The SPARQL 1.1 Protocol over an engine.

    ``public_url`` is where the public reaches us, else the address of each request is; ``federation`` has the
    endpoints that queries may ask; ``describe`` answers a request without a query.
    """

    def __init__(
        self,
        engine: CachingEngine,
        site: Site,
        limits: RequestLimits,
        public_url: str,
        writes: Writes,
        federation: Federation,
        describe: Describe,
    ) -> None:
        self._engine, self._site, self._limits, self._writes = engine, site, limits, writes
        self._federation, self._describe = federation, describe
        self._public_url = public_url.rstrip("/")

    @property
    def deadline(self) -> float:
        """The most seconds for one query."""
        return self._limits.deadline

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        try:
            if scope["method"] not in _METHODS:
                raise WrongMethod(allowed(scope["path"]))
            request = await read(scope, receive, self._limits.body)
            await unless_gone(self._respond(request, scope, receive, send), receive)
        except Disconnected:
            note(scope, outcome="hang-up")
        except ClipgraphError as error:
            note(scope, outcome=code(error))
            await problem_response(self._site, error, scope)(scope, receive, send)

    async def _respond(self, request: Request, scope: Scope, receive: Receive, send: Send) -> None:
        if request.headers.get("content-encoding", "identity").lower() != "identity":
            raise UnsupportedMediaType("a compressed body is not read here; send it plain")
        if is_update(request):
            await (await self._update(request, scope))(scope, receive, send)
            return
        query = read_request(request, self._limits.deadline, self._address(scope))
        html = wants_html(request.headers.get("accept")) and not names_format(request)
        if query is None:
            response = (
                _page(editor_page(self._site, reader_of(scope)), scope)
                if html
                else await self._describe(HttpRequest(scope))
            )
            await response(scope, receive, send)
            return
        note(scope, query=sha256(query.text.encode()).hexdigest())
        try:
            await self._answer(query, html, scope, receive, send)
        except ClipgraphError as error:
            if not html:
                raise
            note(scope, outcome=code(error))
            # The page of the form, so that who asked goes on from there.
            page = partial(_refused, self._site, query.text, query_of(scope))
            await problem_response(self._site, error, scope, page)(scope, receive, send)

    async def _answer(self, query: Query, html: bool, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: FBT001
        """Answer a query as a page, or as a program reads it."""
        if len(query.text) > self._limits.query:
            raise TooLarge.worded(
                "a query of more than %(most)s KiB is not read here", most=self._limits.query >> 10
            )
        services = await self._services(query)
        if services:
            query = replace(query, services=services)
        if html:
            reader, asked = reader_of(scope), query_of(scope)
            page = await result_page(self._site, reader, self._engine, query, client_of(scope), asked)
            await _page(page, scope)(scope, receive, send)
            return
        await self.stream(query, scope, send)

    async def _services(self, query: Query) -> tuple[Service, ...]:
        """Return the endpoints that a query asks; raises what policy.check raises."""
        if len(query.text) <= SHORT:
            return policy.check(query.text, self._federation, query.base)
        # In a thread, as a long text takes a while and others are served meanwhile.
        return await asyncio.to_thread(policy.check, query.text, self._federation, query.base)

    async def _update(self, request: Request, scope: Scope) -> Response:
        """Carry out an update, and tell the audit log, whatever comes of it."""
        attempt, failure, status = Written("update"), None, HTTPStatus.INTERNAL_SERVER_ERROR.value
        try:
            response = await self._writes.update(request, self._address(scope), scope, attempt)
            status = response.status_code
        except ClipgraphError as error:
            failure = error
            raise
        finally:
            await self._writes.record(scope, attempt, failure, status)
        return response

    def _address(self, scope: Scope) -> str:
        """Return the IRI of this endpoint; raises BadRequest where the request calls its host by no name."""
        return origin_of(scope, self._public_url) + "/sparql"

    async def stream(
        self, query: Query, scope: Scope, send: Send, headers: Mapping[str, str] | None = None
    ) -> None:
        """Send the answer to a query, with further headers."""
        settled = settled_of(scope)
        answer = settled.answer() if settled else None
        query = query.of(answer.release) if answer else self._engine.pinned(query)
        further = dict(headers or {})
        tag = "" if "ETag" in further else self._engine.tag(query)
        if tag:
            further |= {"ETag": tag, "Cache-Control": "no-cache"}
            known = any(name == b"if-none-match" for name, _ in scope["headers"])
            if known and is_same(scope["method"], Headers(scope=scope).get("if-none-match"), tag):
                note(scope, release=query.release)
                await Response(None, 304, {"Vary": VARY, **further})(scope, _nothing_more, send)
                return
        if answer is None:
            answer = await self._engine.answer_pinned(query, client_of(scope))
        await stream(answer, scope, send, further)


def _refused(site: Site, text: str, asked: str, reader: Reader, problem: Mapping[str, Any]) -> str:
    return refused_page(site, reader, text, problem, asked)


async def _nothing_more() -> Message:
    return {"type": "http.disconnect"}


def _page(html: str, scope: Scope) -> Response:
    headers = {"Vary": VARY + ", Accept-Language", "Content-Language": reader_of(scope).language}
    return Response(html, headers=headers, media_type="text/html; charset=utf-8")
