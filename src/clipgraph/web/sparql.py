"""/sparql as a plain ASGI application: read, answer, stream."""

import asyncio
import logging

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from clipgraph.engines.engine import Answer, Engine
from clipgraph.errors import ClipgraphError, LimitReached
from clipgraph.pages.site import Site
from clipgraph.pages.workbench import editor_page, result_page
from clipgraph.sparql import policy
from clipgraph.sparql.negotiation import wants_html
from clipgraph.sparql.protocol import Query, Request, names_format, read_request
from clipgraph.web.problems import problem_response
from clipgraph.web.requests import Disconnected, client_of, read, unless_gone
from clipgraph.web.selfdescription import service_description

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
# A client must take a piece (64 KiB) within this time, 1 KiB/s; who is slower is cut.
_SECONDS_PER_PIECE = 64.0
_log = logging.getLogger("clipgraph.sparql")


class SparqlEndpoint:
    """The SPARQL 1.1 Protocol over an engine.

    ``deadline`` is in seconds, ``body`` in bytes; ``public_url`` is where the public reaches us, else the
    address of each request is.
    """

    def __init__(self, engine: Engine, site: Site, deadline: float, body: int, public_url: str) -> None:
        self._engine, self._site, self._deadline, self._body = engine, site, deadline, body
        self._public_url = public_url.rstrip("/")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["method"] not in METHODS:
            await Response(status_code=405, headers={"Allow": ", ".join(METHODS)})(scope, receive, send)
            return
        accept: str | None = None
        try:
            request = await read(scope, receive, self._body)
            accept = request.headers.get("accept")
            await unless_gone(self._respond(request, scope, receive, send), receive)
        except Disconnected:
            _log.debug("the client hung up")
        except ClipgraphError as error:
            await problem_response(self._site, error, accept)(scope, receive, send)

    async def _respond(self, request: Request, scope: Scope, receive: Receive, send: Send) -> None:
        query = read_request(request, self._deadline)
        html = wants_html(request.headers.get("accept")) and not names_format(request)
        if query is None:
            response = _page(editor_page(self._site)) if html else self._description(request, scope)
            await response(scope, receive, send)
            return
        # In a thread, as a long text takes a while and others are served meanwhile.
        await asyncio.to_thread(policy.check, query.text)
        if html:
            page = await result_page(self._site, self._engine, query, client_of(scope))
            await _page(page)(scope, receive, send)
            return
        await self._stream(query, scope, send)

    def _description(self, request: Request, scope: Scope) -> Response:
        base = self._public_url or f"{scope['scheme']}://{request.headers.get('host', 'localhost')}"
        return service_description(request, base)

    async def _stream(self, query: Query, scope: Scope, send: Send) -> None:
        answer = await self._engine.answer(query, client_of(scope))
        try:
            await _send(answer, send, head=scope["method"] == "HEAD")
        except (LimitReached, TimeoutError) as error:
            # Too late for a status: returning without the end makes the server cut the connection, so that
            # nobody takes half an answer for a whole one.
            _log.warning("answer cut: %s", error)
        finally:
            await answer.body.aclose()


async def _send(answer: Answer, send: Send, *, head: bool) -> None:
    headers = [(b"content-type", answer.format.content_type.encode()), (b"vary", b"Accept")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    if not head:
        async for piece in answer.body:
            async with asyncio.timeout(_SECONDS_PER_PIECE):
                await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


def _page(html: str) -> Response:
    return Response(html, headers={"Vary": "Accept"}, media_type="text/html; charset=utf-8")
