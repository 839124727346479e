"""Compresses pages and other whole answers; what workers stream is compressed there."""

import asyncio
import zlib

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from clipgraph.sparql.negotiation import compress_from

_TYPES = (
    *(b"text/", b"image/svg+xml", b"application/json", b"application/problem+json", b"application/ld+json"),
    *(b"application/rdf+xml", b"application/n-triples", b"application/javascript"),
)

# Of pages this level gives what the next does but for a hundredth, and takes a third less time.
_LEVEL, _GZIP = 5, 31
_AT_ONCE = 64 << 10  # bytes; less takes no longer than handing it to a thread and back


class Compression:
    """Sends answers in gzip where the client likes that at least as much, and it pays."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and compress its response."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun: Message | None = None

        async def compress(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start" and _eligible(message):
                _vary(MutableHeaders(scope=message))
                begun = message
                return
            if begun is not None:
                start, begun = begun, None
                if not message.get("more_body", False):
                    await _compress(start, message, scope)
                await send(start)
            await send(message)

        await self._app(scope, receive, compress)


def _eligible(start: Message) -> bool:
    headers = dict(start["headers"])
    return (
        headers.get(b"content-type", b"").startswith(_TYPES)
        and start["status"] not in (204, 206, 304)
        and b"content-encoding" not in headers
    )


def _vary(headers: MutableHeaders) -> None:
    if "accept-encoding" not in headers.get("vary", "").lower():
        headers.add_vary_header("Accept-Encoding")


async def _compress(start: Message, body: Message, scope: Scope) -> None:
    """Compress a response in place; the answer to HEAD tells what it would be."""
    least = compress_from(", ".join(Headers(scope=scope).getlist("accept-encoding")) or None)
    if least is None:
        return
    headers = MutableHeaders(scope=start)
    content = body.get("body", b"")
    told = headers.get("content-length", "")
    if not content and told.isdigit() and int(told) > least:
        del headers["content-length"]
    elif len(content) > least:
        small = len(content) <= _AT_ONCE
        # A large page in a thread: it takes a while, and others are served meanwhile.
        body["body"] = _gzip(content) if small else await asyncio.to_thread(_gzip, content)
        headers["content-length"] = str(len(body["body"]))
    else:
        return
    headers["content-encoding"] = "gzip"
    tag = headers.get("etag", "")
    if tag and not tag.startswith("W/"):  # the bytes are others now, what they say is the same
        headers["etag"] = f"W/{tag}"


def _gzip(content: bytes) -> bytes:
    compressor = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
    return compressor.compress(content) + compressor.flush()
