"""A connection to an engine: queries, updates and graphs over HTTP, without redirects, within bounds."""

import asyncio
import json
import ssl
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Self

import httpx2

import clipgraph
from clipgraph.errors import DeadlineExceeded, RemoteFailed
from clipgraph.remote import failures
from clipgraph.remote.addresses import Address, Credentials

# What is asked for, by kind of answer; each the one form that every engine writes without loss.
ACCEPTED = {
    "results": "application/sparql-results+json",
    "graph": "application/n-triples, text/turtle;q=0.5",
}
# What is read, and the name of its form (workers/conversions.py).
_FORMS = {
    "results": {"application/sparql-results+json": "json", "application/json": "json"},
    "graph": {"application/n-triples": "ntriples", "text/turtle": "turtle"},
}
_LARGEST_ROWS = 64 * 2**20
_LARGEST_COMPLAINT = 4096
_IDLE_SECONDS = 4.0  # less than what engines commonly keep an idle connection for
_SECONDS_TO_CONNECT = 3.0  # more, and nobody is there, or a network in between loses what is sent
Parameters = Mapping[str, str | Sequence[str]]


class Connection:
    """Asks one engine, over so many ``connections`` at most; a context, at whose end all are closed."""

    def __init__(self, address: Address, connections: int = 4) -> None:
        self.address = address
        credentials = address.credentials
        agent = {"User-Agent": f"clipgraph/{clipgraph.__version__}", "Accept-Encoding": "identity"}
        bearer = {"Authorization": f"Bearer {credentials.token}"} if credentials.token else {}
        self._client = httpx2.AsyncClient(
            auth=_auth(credentials),
            headers=agent | bearer,
            verify=ssl.create_default_context(),
            timeout=httpx2.Timeout(None, connect=_SECONDS_TO_CONNECT),  # a question has a deadline of its own
            follow_redirects=False,
            limits=httpx2.Limits(max_connections=connections, keepalive_expiry=_IDLE_SECONDS),
            trust_env=False,
        )

    async def __aenter__(self) -> Self:
        """Begin."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """End."""
        await self.close()

    async def close(self) -> None:
        """Close every connection."""
        await self._client.aclose()

    @asynccontextmanager
    async def answer(
        self, parameters: Parameters, kind: str
    ) -> AsyncIterator[tuple[dict[str, Any], AsyncIterator[bytes]]]:
        """Ask a query, and hand on the form of the answer with how the engine calls itself, and its bytes.

        The query goes as a form, the kind of POST that every endpoint takes
        (https://www.w3.org/TR/sparql11-protocol/#query-via-post-urlencoded).

        Args:
            parameters: ``query``, and the dataset where it is asked of one.
            kind: ``results`` or ``graph``.

        Raises:
            RemoteFailed: there is no answer, or it is none of that kind; its bytes raise that, too, where
                they end too early.
        """
        url = self.address.query
        request = self._client.build_request(
            "POST", url, data=dict(parameters), headers={"Accept": ACCEPTED[kind]}
        )
        response = await self._sent(request)
        try:
            await self._must_be_well(response)
            fault = failures.of_head(url, response)
            if fault is not None:
                raise fault
            named = response.headers.get("content-type", "").split(";")[0].strip().lower()
            if named not in _FORMS[kind]:
                raise failures.of_media_type(url, named)
            engine = response.headers.get("server", "")
            yield {"form": _FORMS[kind][named], "engine": engine}, _pieces(url, response)
        finally:
            await response.aclose()

    async def rows(
        self, text: str, seconds: float, *names: str, **dataset: Sequence[str]
    ) -> list[dict[str, str]]:
        """Return the rows of a small SELECT, each a value by the name of its variable; all have ``names``.

        Raises:
            RemoteFailed: they do not come.
            DeadlineExceeded: not within so many seconds.
        """
        parameters: dict[str, str | Sequence[str]] = {"query": text}
        parameters |= {name.replace("_", "-"): list(iris) for name, iris in dataset.items()}
        _, body = await self.whole(parameters, "results", seconds, _LARGEST_ROWS)
        try:
            bindings = json.loads(body)["results"]["bindings"]
            return [_row(binding, names) for binding in bindings]
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise RemoteFailed(
                self.address.query, "sent results that are not well-formed", f"{error!r}"[:200]
            ) from error

    async def whole(
        self, parameters: Parameters, kind: str, seconds: float, most: int
    ) -> tuple[dict[str, Any], bytes]:
        """Return the whole answer to a query, of so many bytes at most, with its head; see ``answer``.

        Raises:
            RemoteFailed: it does not come, or is larger.
            DeadlineExceeded: not within so many seconds.
        """
        body = bytearray()
        try:
            async with asyncio.timeout(seconds), self.answer(parameters, kind) as (head, pieces):
                async for piece in pieces:
                    body += piece
                    if len(body) > most:
                        raise RemoteFailed(self.address.query, "answered much more than it was asked for")
        except TimeoutError:
            raise DeadlineExceeded(seconds, self.address.query) from None
        return head, bytes(body)

    async def update(self, text: str, seconds: float) -> None:
        """Carry out an update; raises what ``rows`` raises."""
        try:
            await self._done("POST", self.address.update, seconds, data={"update": text})
        except RemoteFailed as error:
            if error.answered is None or self.address.update != self.address.query:
                raise
            # Many engines take them at another address, and say of one that comes here what helps nobody.
            reason = f"{error.reason}, to an update: CLIPGRAPH_ENGINE_UPDATE names another address for those"
            raise RemoteFailed(error.address, reason, error.details, error.answered) from error

    async def put(self, graph: str | None, triples: bytes, seconds: float) -> None:
        """Replace a graph, the default graph where it is None, by N-Triples; raises what ``rows`` raises."""
        await self._graph("PUT", graph, triples, seconds)

    async def add(self, graph: str | None, triples: bytes, seconds: float) -> None:
        """Add N-Triples to a graph, the default graph where it is None; raises what ``rows`` raises."""
        await self._graph("POST", graph, triples, seconds)

    async def _graph(self, method: str, graph: str | None, triples: bytes, seconds: float) -> None:
        which = {"default": ""} if graph is None else {"graph": graph}
        headers = {"Content-Type": "application/n-triples"}
        url = str(httpx2.URL(self.address.graphs).copy_merge_params(which))
        await self._done(method, url, seconds, content=triples, headers=headers)

    async def _done(self, method: str, url: str, seconds: float, **content: Any) -> None:  # noqa: ANN401
        try:
            async with asyncio.timeout(seconds):
                response = await self._sent(self._client.build_request(method, url, **content))
                try:
                    await self._must_be_well(response)
                finally:
                    await response.aclose()
        except TimeoutError:
            raise DeadlineExceeded(seconds, _without_query(url)) from None

    async def _sent(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request, again where a connection turned out to be closed: all of ours may be repeated."""
        url = _without_query(request.url)
        try:
            return await self._client.send(request, stream=True)
        except (ValueError, NotImplementedError) as error:  # httpx2 does not read every challenge of Digest
            raise failures.of_challenge(url, error) from error
        except (httpx2.RemoteProtocolError, httpx2.ReadError, httpx2.WriteError):
            try:
                return await self._client.send(request, stream=True)
            except httpx2.HTTPError as error:
                raise failures.of_connection(url, error) from error
        except httpx2.HTTPError as error:
            raise failures.of_connection(url, error) from error

    async def _must_be_well(self, response: httpx2.Response) -> None:
        """Raise RemoteFailed for every status but one of success."""
        if response.is_success:
            return
        url = _without_query(response.request.url)
        body = bytearray()
        async for piece in _pieces(url, response):
            body += piece
            if len(body) > _LARGEST_COMPLAINT:
                break
        held = bool(self.address.credentials)
        fault = failures.of_status(url, response, bytes(body), credentials=held)
        assert fault is not None  # noqa: S101  # it is no success
        raise fault


def _auth(credentials: Credentials) -> httpx2.Auth | None:
    if not credentials.user:
        return None
    kind = httpx2.DigestAuth if credentials.scheme == "digest" else httpx2.BasicAuth
    return kind(credentials.user, credentials.password)


def _without_query(url: httpx2.URL | str) -> str:
    return str(url).split("?", maxsplit=1)[0]


def _row(binding: dict[str, Any], names: Sequence[str]) -> dict[str, str]:
    """Return a row of results; raises KeyError or TypeError where it is none."""
    row = {name: term["value"] for name, term in binding.items()}
    missing = [name for name in names if name not in row]
    if missing:
        raise KeyError(missing[0])
    if not all(isinstance(value, str) for value in row.values()):
        raise TypeError("a value is no text")
    return row


async def _pieces(url: str, response: httpx2.Response) -> AsyncIterator[bytes]:
    """Yield the body; raises RemoteFailed where it ends too early."""
    try:
        async for piece in response.aiter_bytes():
            yield piece
    except httpx2.HTTPError as error:
        raise failures.of_connection(url, error) from error
