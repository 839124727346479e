"""So many requests a client may send: 429 beyond, with when to try again."""

import math
import time

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from clipgraph.errors import TooManyRequests
from clipgraph.pages.site import Site
from clipgraph.web.notes import note
from clipgraph.web.problems import code, problem_response
from clipgraph.web.requests import client_of
from clipgraph.wording import worded

# They cost next to nothing, and a page has many of the first; monitors must not be locked out.
_FREE = ("/static/", "/healthz", "/readyz", "/metrics")


class RateLimit:
    """Counts the requests of each client in a sliding window.

    ``rate`` is for example ``6000/minute``. Answers carry the fields of
    https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/ (its version 10).
    """

    def __init__(self, app: ASGIApp, rate: str, site: Site) -> None:
        self._app, self._site, self._rate = app, site, parse(rate)
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._policy = f'"requests";q={self._rate.amount};w={self._rate.get_expiry()}'

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http" or scope["path"].startswith(_FREE):
            await self._app(scope, receive, send)
            return
        client = client_of(scope)
        allowed = self._limiter.hit(self._rate, client)
        state = self._limiter.get_window_stats(self._rate, client)
        seconds = max(1, math.ceil(state.reset_time - time.time()))

        async def tell(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["RateLimit-Policy"] = self._policy
                headers["RateLimit"] = f'"requests";r={state.remaining};t={seconds}'
            await send(message)

        if allowed:
            await self._app(scope, receive, tell)
            return
        error = TooManyRequests(worded("a client may send %(rate)s requests here", rate=self._rate), seconds)
        note(scope, outcome=code(error))
        response = problem_response(self._site, error, scope)
        await response(scope, receive, tell)
