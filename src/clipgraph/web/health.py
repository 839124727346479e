"""/healthz: the process is up. /readyz: it can answer. /metrics: what it counts."""

import asyncio

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from clipgraph.engines.rows import select
from clipgraph.errors import ClipgraphError, RemoteFailed, Unavailable
from clipgraph.web.asked import Asked
from clipgraph.web.metrics import Metrics

_SECONDS = 5.0
_SECONDS_KEPT = 2.0  # an answer holds for all who ask within this time, so that asking costs little
_NO_STORE = {"Cache-Control": "no-store"}


class Health:
    """Answers those who watch over the service."""

    def __init__(self, asked: Asked, metrics: Metrics) -> None:
        self._asked, self._metrics = asked, metrics
        self._asking: asyncio.Future[str] | None = None
        self._until = 0.0

    async def healthz(self) -> JSONResponse:
        """Tell that the process is up."""
        return JSONResponse({"status": "ok"}, headers=_NO_STORE)

    async def readyz(self) -> JSONResponse:
        """Tell whether a release is served and a worker answers; 503 with the reason where not."""
        now = asyncio.get_running_loop().time()
        if self._asking is None or (self._asking.done() and now > self._until):
            self._asking = asyncio.ensure_future(self._reason())
            self._until = now + _SECONDS_KEPT
        reason = await asyncio.shield(self._asking)
        if reason:
            return JSONResponse({"status": "not ready", "reason": reason}, 503, _NO_STORE)
        return JSONResponse(
            {"status": "ready", "release": self._asked.line.current_number()}, headers=_NO_STORE
        )

    async def _reason(self) -> str:
        """Return why nothing can be answered, or an empty text."""
        try:
            number = self._asked.line.current_number()
            if number is None:
                return "no release: run clipgraph publish"
            now = self._asked.pool.occupation
            if now.busy and not now.idle:
                return ""  # all work, each under a deadline; it is the proxy's to send less, not nothing
            await select(self._asked.engine, "SELECT (1 AS ?x) {}", _SECONDS, "readiness")
        except Unavailable:
            return "the release cannot be read"
        except RemoteFailed as error:
            return f"the engine {error.reason}"
        except ClipgraphError as error:
            return f"no worker answers: {error}"
        return ""

    async def metrics(self, request: Request) -> Response:
        """Return the metrics in the format of Prometheus."""
        body, media_type = self._metrics.page(request.headers.get("accept", ""))
        return Response(body, headers=_NO_STORE | {"Content-Type": media_type})
