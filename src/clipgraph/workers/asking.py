"""Asks another SPARQL endpoint over HTTP: one POST, no redirects, bounded in time and size."""

import asyncio
import functools
import re
import ssl
import time
from dataclasses import dataclass

import httpx2

import clipgraph
from clipgraph.errors import ServiceFailed

_LARGEST = 64 * 2**20
_LONGEST_COMPLAINT = 200
_ACCEPT = "application/sparql-results+json, application/sparql-results+xml;q=0.9"
# What endpoints send, and what it is: some call their results by the name of the format below.
_MEDIA_TYPES = {
    "application/sparql-results+json": "application/sparql-results+json",
    "application/json": "application/sparql-results+json",
    "application/sparql-results+xml": "application/sparql-results+xml",
    "application/xml": "application/sparql-results+xml",
    "text/xml": "application/sparql-results+xml",
}
# The engine takes results in XML that break off between two elements for whole ones.
_XML_END = re.compile(rb"</(?:[\w.\-]+:)?sparql\s*>(?:\s|<!--(?:[^-]|-[^-])*-->)*\Z")
_XML_TAIL = 4096


@dataclass(frozen=True, slots=True)
class Results:
    """What an endpoint answered: SPARQL results and their media type."""

    media_type: str
    body: bytes


class _Failed(Exception):
    """Why there are no results, and the status of what came instead."""

    def __init__(self, reason: str, status: int | None = None) -> None:
        self.status = status
        super().__init__(reason)


@functools.cache
def _certificates() -> ssl.SSLContext:
    """Return the authorities that this machine trusts; reading them takes a while, so it is done once."""
    return ssl.create_default_context()


def open_client() -> httpx2.AsyncClient:
    """Return a client for the endpoints that one query asks; it keeps no connection that could go stale."""
    agent = f"clipgraph/{clipgraph.__version__} (SPARQL federated query)"
    return httpx2.AsyncClient(
        verify=_certificates(),
        timeout=None,
        follow_redirects=False,
        limits=httpx2.Limits(max_keepalive_connections=0),
        headers={"User-Agent": agent},
    )


async def ask(client: httpx2.AsyncClient, endpoint: str, url: str, query: str, until: float) -> Results:
    """Return what the endpoint, reached at ``url``, answers to a query.

    The query goes as a form, which is the one kind of POST that every endpoint takes
    (https://www.w3.org/TR/sparql11-protocol/#query-via-post-urlencoded). A redirect is not
    followed: it could lead anywhere.

    Args:
        client: see open_client.
        endpoint: the IRI that a failure names.
        url: where to ask.
        query: a SELECT.
        until: when the answer must be whole, in the event loop's time.

    Raises:
        ServiceFailed: it gave no SPARQL results.
    """
    began = time.monotonic()
    try:
        async with asyncio.timeout_at(until):
            return await _results(client, url, query)
    except TimeoutError:
        failed = _Failed("no whole answer came in the time that the query has")
    except httpx2.HTTPError as error:
        failed = _Failed(f"it cannot be reached ({type(error).__name__}: {str(error)[:_LONGEST_COMPLAINT]})")
    except _Failed as error:
        failed = error
    raise ServiceFailed(endpoint, str(failed), time.monotonic() - began, failed.status)


async def _results(client: httpx2.AsyncClient, url: str, query: str) -> Results:
    headers = {"Accept": _ACCEPT}
    async with client.stream("POST", url, data={"query": query}, headers=headers) as response:
        status = response.status_code
        if response.is_redirect:
            raise _Failed(f"it answered {status}, a redirect, and those are not followed", status)
        body = bytearray()
        async for piece in response.aiter_bytes():
            body += piece
            if len(body) > _LARGEST:
                raise _Failed(f"it answered with more than {_LARGEST >> 20} MiB", status)
        if status != httpx2.codes.OK:
            raise _Failed(f"it answered {status} {response.reason_phrase}{_complaint(body)}", status)
        named = response.headers.get("content-type", "").split(";")[0].strip().lower()
        if named not in _MEDIA_TYPES:
            raise _Failed(
                f"it answered with {named[:80] or 'no media type'}, which is no SPARQL result", status
            )
        if _MEDIA_TYPES[named].endswith("xml") and not _XML_END.search(body[-_XML_TAIL:]):
            raise _Failed("its results in XML have no end", status)
        return Results(_MEDIA_TYPES[named], bytes(body))


def _complaint(body: bytearray) -> str:
    """Return the first line of what an endpoint says of a query it refuses, unless that is a page."""
    text = bytes(body[: 4 * _LONGEST_COMPLAINT]).decode(errors="replace").strip()
    if not text or text.startswith("<"):
        return ""
    return f": {text.splitlines()[0][:_LONGEST_COMPLAINT]}"
