"""Reads what a request carries, within bounds, and notices when the client has gone."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Coroutine, Mapping
from functools import lru_cache
from ipaddress import IPv6Address, IPv6Network, ip_address
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.types import Receive, Scope

from clipgraph.errors import BadRequest, TooLarge, TooSlow
from clipgraph.sparql.binding import is_iri
from clipgraph.sparql.protocol import Request

_PATIENCE = 20.0  # seconds
# Most work is done by then: a task that watches for the client would cost more than what it might save.
SECONDS_UNWATCHED = 0.05
_SHORT = 300  # characters of an origin; what is longer is not remembered


class Disconnected(Exception):
    """The client hung up."""


def path_of(scope: Scope) -> str:
    """Return the path of a request as it was sent, percent-encoded, without the language before it."""
    raw: bytes = scope.get("raw_path") or quote(scope["path"]).encode()
    return quote(raw, safe="/~-._!$&'()*+,;=:@%")


def query_of(scope: Scope) -> str:
    """Return the query string of a request as it was sent."""
    sent: bytes = scope["query_string"]
    return sent.decode("latin-1")


async def read(scope: Scope, receive: Receive, most: int) -> Request:
    """Return the request with its whole body.

    Raises:
        TooLarge: a body of more than ``most`` bytes.
        TooSlow: the rest of the body does not come, or less than 1 KiB of it in a second.
        BadRequest: a header that is not text.
        Disconnected: the client hung up.
    """
    headers = headers_of(scope)
    if scope["method"] == "GET" and not ("content-length" in headers or "transfer-encoding" in headers):
        body = (await receive()).get("body", b"")  # none, and at once: RFC 9112, section 6.3
    else:
        body = b"".join([piece async for piece in _pieces(headers, receive, most)])
    return Request(scope["method"], scope["query_string"], headers, body)


async def receive_file(scope: Scope, receive: Receive, most: int, path: Path) -> str:
    """Write the body of a request to a file; returns its SHA-256 in hexadecimal.

    Raises what ``read`` raises, and OSError where the file cannot be written.
    """
    digest = hashlib.sha256()
    with path.open("wb") as file:
        async for piece in _pieces(headers_of(scope), receive, most):
            digest.update(piece)
            file.write(piece)
    return digest.hexdigest()


async def _pieces(headers: Mapping[str, str], receive: Receive, most: int) -> AsyncIterator[bytes]:
    length = headers.get("content-length", "")
    too_large = TooLarge(f"a request of more than {most >> 20} MiB is not read here")
    if length.isdigit() and int(length) > most:
        raise too_large
    size = 0
    async for piece in _stream(receive):
        size += len(piece)
        if size > most:
            raise too_large
        yield piece


async def _stream(receive: Receive) -> AsyncIterator[bytes]:
    """Yield the body as it comes, as long as a KiB comes for each second that is waited for it."""
    clock, patience = asyncio.get_running_loop().time, _PATIENCE
    more = True
    while more:
        before = clock()
        try:
            async with asyncio.timeout(patience):
                message = await receive()
        except TimeoutError:
            raise TooSlow("the request does not come: nothing, or less than 1 KiB in a second") from None
        if message["type"] == "http.disconnect":
            raise Disconnected
        piece = message.get("body", b"")
        yield piece
        patience = min(_PATIENCE, patience - (clock() - before) + len(piece) / 1024)
        more = message.get("more_body", False)


def headers_of(scope: Scope) -> dict[str, str]:
    """Return the headers; a repeated one is joined by commas, as RFC 9110 (5.3) has it."""
    headers: dict[str, str] = {}
    try:
        for name, value in scope["headers"]:
            key, text = name.decode("ascii").lower(), value.decode("latin-1")
            headers[key] = f"{headers[key]}, {text}" if key in headers else text
    except UnicodeDecodeError as error:
        raise BadRequest("a header's name is not ASCII") from error
    return headers


def address_of(scope: Scope) -> str:
    """Return the address that a request comes from, as a trusted proxy says where there is one."""
    client = scope.get("client")
    return str(client[0]) if client else "unknown"


def origin_of(scope: Scope, public_url: str) -> str:
    """Return where the service is reached, without a slash at its end: as is set, else as the request says.

    Raises:
        BadRequest: it is not set, and the request calls its host by no name.
    """
    hosts = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
    host = ", ".join(hosts) or "localhost"
    origin = public_url.rstrip("/") or f"{scope['scheme']}://{host}"
    if not (_is_origin if len(origin) <= _SHORT else _is_origin.__wrapped__)(origin):
        raise BadRequest(f"the Host header {host[:100]!r} names no host")
    return origin


@lru_cache(256)
def _is_origin(text: str) -> bool:
    return is_iri(f"{text}/")


def client_of(scope: Scope) -> str:
    """Return who asks, for fairness between clients: the address, of IPv6 the /64 that is one customer."""
    return _client(address_of(scope))


@lru_cache(4096)
def _client(address: str) -> str:
    try:
        parsed = ip_address(address)
    except ValueError:  # not an address: a socket's path, say
        return address[:100]
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(IPv6Network((int(parsed) >> 64 << 64, 64)))
    return str(parsed)


async def unless_gone(work: Coroutine[Any, Any, None], receive: Receive) -> None:
    """Do the work, and cancel it when the client hangs up meanwhile.

    To be called when the whole body has been received: what is received next is the hang-up.

    Raises:
        Disconnected: the client hung up.
        Exception: what the work raises.
    """
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    assert task is not None  # noqa: S101  # a coroutine is run by one
    watching: asyncio.Task[None] | None = None
    gone = False

    async def watch() -> None:
        nonlocal gone
        await receive()
        gone = True
        task.cancel()

    def begin() -> None:
        nonlocal watching
        watching = loop.create_task(watch())

    later = loop.call_later(SECONDS_UNWATCHED, begin)
    try:
        await work
    except asyncio.CancelledError:
        if not gone or task.uncancel():
            raise
        raise Disconnected from None
    finally:
        later.cancel()
        if watching is not None:
            watching.cancel()
    if gone:  # what ended the work kept that to itself
        task.uncancel()
        raise Disconnected
