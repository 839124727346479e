"""So many requests a client may send: 429 beyond, with when to try again."""

from starlette.types import ASGIApp, Receive, Scope, Send

from clipgraph.errors import TooManyRequests
from clipgraph.pages.site import Site
from clipgraph.web.headers import promise
from clipgraph.web.notes import note
from clipgraph.web.problems import code, problem_response
from clipgraph.web.requests import client_of
from clipgraph.web.settled import settled_of
from clipgraph.web.windows import Hit, Rate, Windows
from clipgraph.wording import worded

# They cost next to nothing, and a page has many of the first; monitors must not be locked out.
_FREE = ("/static/", "/healthz", "/readyz", "/metrics")


class RateLimit:
    """Counts the requests of each client in a sliding window.

    ``rate`` is for example ``6000/minute``. Answers carry the fields of
    https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/ (its version 10).
    """

    def __init__(self, app: ASGIApp, rate: str, site: Site) -> None:
        read = Rate.read(rate)
        self._app, self._site, self._rate, self._windows = app, site, rate, Windows(read)
        self._policy = (b"ratelimit-policy", f'"requests";q={read.amount};w={read.seconds}'.encode())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http" or scope["path"].startswith(_FREE):
            await self._app(scope, receive, send)
            return
        settled = settled_of(scope)
        hit = settled.hit if settled and settled.hit else self.hit(client_of(scope))
        promise(scope, *self.told(hit))
        if hit.allowed:
            await self._app(scope, receive, send)
            return
        error = TooManyRequests(
            worded("a client may send %(rate)s requests here", rate=self._rate), hit.seconds
        )
        note(scope, outcome=code(error))
        await problem_response(self._site, error, scope)(scope, receive, send)

    def hit(self, client: str) -> Hit:
        """Count a request, where its client may send another."""
        return self._windows.hit(client)

    def told(self, hit: Hit) -> tuple[tuple[bytes, bytes], tuple[bytes, bytes]]:
        """Return the headers that say how many more a client may send, and when."""
        return self._policy, (b"ratelimit", b'"requests";r=%d;t=%d' % (hit.remaining, hit.seconds))
