"""An answer that is all there is sent in one step, past what would only look at its pieces.

Our server offers that as an extension, which another need not have
(https://asgi.readthedocs.io/en/latest/extensions.html).
"""

from collections.abc import Callable, Iterable

from starlette.types import Scope

NAME = "clipgraph.at-once"
Headers = list[tuple[bytes, bytes]]
# Sends the answer to a GET: status 200, headers with the Content-Length, body. False where that cannot be,
# and nothing is sent.
AtOnce = Callable[[Headers, bytes], bool]


def at_once(scope: Scope) -> AtOnce | None:
    """Return what sends a whole answer; None where it has to go the way of all others."""
    if scope["method"] != "GET" or scope["http_version"] != "1.1":
        return None
    offered: AtOnce | None = scope.get("extensions", {}).get(NAME)
    return offered


def lines(headers: Iterable[tuple[bytes, bytes]]) -> bytes:
    """Return the lines of headers, each with its end."""
    return b"".join([b"%b: %b\r\n" % pair for pair in headers])


def offer(scope: Scope, send: AtOnce) -> None:
    """Let a whole answer to this request be sent by ``send``."""
    scope.setdefault("extensions", {})[NAME] = send


def piecewise(scope: Scope) -> Scope:
    """Return the scope of a request whose answer has to pass by whoever calls: it is not sent at once."""
    return {**scope, "extensions": {}}
