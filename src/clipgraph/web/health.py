"""/healthz: the process is up. /readyz: it can answer. /metrics: what it counts."""

import asyncio

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from clipgraph.engines.rows import select
from clipgraph.errors import ClipgraphError, DeadlineExceeded, RemoteFailed, Unavailable
from clipgraph.pages.site import Site
from clipgraph.sparql.negotiation import wants_html
from clipgraph.web.asked import Asked
from clipgraph.web.languages import reader_of
from clipgraph.web.metrics import Metrics

_SECONDS = 5.0
_SECONDS_KEPT = 2.0  # an answer holds for all who ask within this time, so that asking costs little
_NO_STORE = {"Cache-Control": "no-store"}
_VARY = {"Vary": "Accept"}


class Health:
    """Answers those who watch over the service."""

    def __init__(self, asked: Asked, metrics: Metrics, site: Site) -> None:
        self._asked, self._metrics, self._site = asked, metrics, site
        self._asking: asyncio.Future[tuple[str, int | None]] | None = None
        self._until = 0.0

    async def healthz(self) -> JSONResponse:
        """Tell that the process is up."""
        return JSONResponse({"status": "ok"}, headers=_NO_STORE)

    async def readyz(self, request: Request) -> Response:
        """Tell whether a release is served and a worker answers; 503 with the reason where not.

        A page to who asks for pages.
        """
        now = asyncio.get_running_loop().time()
        if self._asking is None or (self._asking.done() and now > self._until):
            self._asking = asyncio.ensure_future(self._found())
            self._until = now + _SECONDS_KEPT
        reason, number = await asyncio.shield(self._asking)
        status = 503 if reason else 200
        if wants_html(", ".join(request.headers.getlist("accept"))):
            return self._page(request, reason, number, status)
        told = {"status": "not ready", "reason": reason} if reason else {"status": "ready", "release": number}
        return JSONResponse(told, status, _NO_STORE | _VARY)

    def _page(self, request: Request, reason: str, number: int | None, status: int) -> Response:
        reader = reader_of(request.scope)
        page = self._site.render("status.html", reader, path="/readyz", reason=reason, number=number)
        headers = _NO_STORE | {"Vary": "Accept, Accept-Language", "Content-Language": reader.language}
        return Response(page, status, headers, "text/html; charset=utf-8")

    async def _found(self) -> tuple[str, int | None]:
        """Return why nothing can be answered, or an empty text and the number of the release that is."""
        number = None
        try:
            number = self._asked.line.current_number()
            if number is None:
                return "no release: run clipgraph publish", None
            now = self._asked.pool.occupation
            # Where all work, each has a deadline; it is the proxy's to send less then, not nothing.
            if now.idle or not now.busy:
                await select(self._asked.engine, "SELECT (1 AS ?x) {}", _SECONDS, "readiness")
        except Unavailable:
            return "the release cannot be read", None
        except RemoteFailed as error:
            return f"the engine {error.reason}", None
        except ClipgraphError as error:
            if isinstance(error, DeadlineExceeded) and error.engine:
                return f"the engine {error.reason}", None
            return f"no worker answers: {error}", None
        return "", number

    async def metrics(self, request: Request) -> Response:
        """Return the metrics in the format of Prometheus."""
        body, media_type = self._metrics.page(request.headers.get("accept", ""))
        return Response(body, headers=_NO_STORE | {"Content-Type": media_type})
