"""Headers that every response carries: CORS for data, a strict policy for pages."""

from collections.abc import Iterable
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_NOTHING = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"
# What a page may load: files of this host alone, and nothing that is written into the page itself.
_POLICY = f"{_NOTHING}; form-action 'self'; " + "; ".join(
    f"{kind} 'self'" for kind in ("style-src", "img-src", "font-src", "script-src", "connect-src")
)
ALWAYS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "*",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": _NOTHING,
}
_PREFLIGHT = {
    "Access-Control-Allow-Headers": (
        "Accept, Accept-Language, Authorization, Cache-Control, Content-Type, If-Match, If-None-Match"
    ),
    "Access-Control-Max-Age": "86400",
}
# What OPTIONS says as HEAD does: there is nothing there, or nothing for this client.
_REFUSALS = frozenset(
    {HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND, HTTPStatus.GONE, HTTPStatus.TOO_MANY_REQUESTS}
)
# Where what is asked at these is described (https://www.rfc-editor.org/rfc/rfc8288).
_DESCRIBED = '</.well-known/void>; rel="describedby"; type="text/turtle"'
_OF_THE_DATASET = ("/", "/sparql", "/graphs")
# What else is only read.
_METHODS = {
    "/sparql": "GET, HEAD, POST, OPTIONS",
    "/graphs": "GET, HEAD, PUT, POST, DELETE, OPTIONS",
}


def allowed(path: str) -> str:
    """Return the methods that an address takes, as the Allow header lists them (RFC 9110, 10.2.1)."""
    return _METHODS.get(path, "GET, HEAD, OPTIONS")


# As they are sent: every answer has them, so they are encoded once.
_ALWAYS = tuple((name.lower().encode(), value.encode()) for name, value in ALWAYS.items())
_CSP = b"content-security-policy"
_PROMISED = "clipgraph.headers"
_PAGE_POLICY = (_CSP, _POLICY.encode())


def completed(headers: Iterable[tuple[bytes, bytes]], status: int, scope: Scope) -> list[tuple[bytes, bytes]]:
    """Return the headers of a response with those of every response that it does not set itself."""
    given = dict(headers)
    added = list(scope.get(_PROMISED, ()))
    if status == HTTPStatus.OK and scope["path"] in _OF_THE_DATASET:
        added.append((b"link", _DESCRIBED.encode()))
    if given.get(b"content-type", b"").startswith(b"text/html") and _CSP not in given:
        added.append(_PAGE_POLICY)
        given[_CSP] = b""
    added += [pair for pair in _ALWAYS if pair[0] not in given]
    if status == HTTPStatus.NOT_MODIFIED:
        # Its headers replace those that the client has kept: https://www.rfc-editor.org/rfc/rfc9111#section-3.2
        return [pair for pair in (*headers, *added) if pair[0] != _CSP]
    return [*headers, *added]


def expect_promises(scope: Scope) -> None:
    """Begin a list of promised headers, which copies of the scope share."""
    scope[_PROMISED] = []


def promise(scope: Scope, *headers: tuple[bytes, bytes]) -> None:
    """Let the answer to a request have headers, whoever gives it."""
    scope.setdefault(_PROMISED, []).extend(headers)


class Preflight:
    """Answers OPTIONS (the public may read everything from anywhere).

    What a browser asks before it sends a script's request is answered for every address: only then does the
    script read that there is nothing there (https://fetch.spec.whatwg.org/#cors-preflight-fetch).
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass a request on."""
        if scope["type"] != "http" or scope["method"] != "OPTIONS":
            await self._app(scope, receive, send)
            return
        if _is_answered_at_once(scope):
            await _tell_methods(scope["path"], send)
        else:
            await self._look(scope, receive, send)

    async def _look(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer OPTIONS of an address by what HEAD says of it."""
        is_refused = False

        async def take(message: Message) -> None:
            nonlocal is_refused
            if message["type"] == "http.response.start":
                is_refused = message["status"] in _REFUSALS
                if not is_refused:
                    await _tell_methods(scope["path"], send)
            if is_refused:
                await send(message)

        await self._app({**scope, "method": "HEAD"}, receive, take)


def _is_answered_at_once(scope: Scope) -> bool:
    """Tell whether OPTIONS needs no look: of the service, of what is always there, a browser's question."""
    is_preflight = "access-control-request-method" in Headers(scope=scope)
    return scope["path"] == "*" or scope["path"] in _METHODS or is_preflight


async def _tell_methods(path: str, send: Send) -> None:
    methods = allowed(path)
    answer = _PREFLIGHT | {"Allow": methods, "Access-Control-Allow-Methods": methods}
    raw = [(name.lower().encode(), value.encode()) for name, value in answer.items()]
    await send({"type": "http.response.start", "status": 204, "headers": raw})
    await send({"type": "http.response.body", "body": b""})
