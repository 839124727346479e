"""What engines that are down, slow, wrong or lying are said to be, in one line each."""

import asyncio
import re
import socket
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from pathlib import Path

import pytest

from clipgraph.errors import ClipgraphError, DeadlineExceeded, RemoteFailed
from clipgraph.remote.addresses import Address, Credentials, Scheme, read_address
from clipgraph.remote.connection import Connection
from testing_endpoints import Endpoint, told
from testing_engines import EngineServer
from testing_liars import Liar, said

CERTIFICATE = Path(__file__).with_name("self-signed.pem")
ROWS = b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri","value":"urn:1"}}]}}'
HTML = b"<!DOCTYPE html><title>Welcome</title>"
TYPE = "application/sparql-results+json"


def using(address: Address, body: Callable[[Connection], Awaitable[None]]) -> None:
    async def main() -> None:
        async with Connection(address) as connection:
            await body(connection)

    asyncio.run(asyncio.wait_for(main(), 60))


def failure(
    url: str, seconds: float = 10, user: str = "", password: str = "", scheme: Scheme = "basic"
) -> ClipgraphError:
    """Return what a question to that address raises."""
    found: list[ClipgraphError] = []

    async def body(connection: Connection) -> None:
        with pytest.raises(ClipgraphError) as raised:
            await connection.rows("SELECT * {}", seconds, "s")
        found.append(raised.value)

    using(read_address(url, credentials=Credentials(user, password, scheme=scheme)), body)
    return found[0]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (said(b"", status="302 Found", Location="http://elsewhere/x"), "answered 302, a redirect, and those"),
        (said(b"", status="401 Unauthorized", WWW_Authenticate="Basic"), "asks for credentials (401)"),
        (said(b"no", "text/plain", "403 Forbidden"), "does not allow that with these credentials (403) (no)"),
        (said(HTML, "text/html", "404 Not Found"), "answered 404: nothing is at this address"),
        (said(b"syntax\nmore", "text/plain", "400 Bad Request"), "answered 400 Bad Request (syntax)"),
        (said(b"", status="503 Service Unavailable"), "answered 503 Service Unavailable"),
        (said(HTML, "text/html; charset=utf-8"), "answered with a page (text/html), not with SPARQL results"),
        (said(ROWS, "text/csv"), "answered with text/csv, which was not asked for"),
        (said(ROWS, ""), "answered with no media type, which was not asked for"),
        (
            said(b"<sparql/>", "application/sparql-results+xml"),
            "answered with application/sparql-results+xml,",
        ),
        (said(ROWS, status="206 Partial Content"), "answered 206 Partial Content, which is no whole answer"),
        (said(ROWS, status="202 Accepted"), "answered 202 Accepted, which is no whole answer"),
        (said(b"[" * 100_000), "sent results that are not well-formed"),
        (said(ROWS.replace(b'"urn:1"', b"1")), "sent results that are not well-formed"),
        (said(ROWS.replace(b'"s":', b'"x":')), "sent results that are not well-formed (KeyError('s'))"),
        (said(ROWS, "x/\x1b[31my"), "answered with x/ [31my, which was not asked for"),
        (said(b"\x1b[31mred", "text/plain", "500 \x1b[1mNo"), "answered 500  [1mNo ( [31mred)"),
        (said(b"", status="301 Moved", Location="http://e/\x1b[2J"), "answered 301, a redirect"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", "does not answer in HTTP (bad Content-Length)"),
        (b"SSH-2.0-OpenSSH_9.2\r\n\r\n", "does not answer in HTTP (illegal status line"),
        (said(ROWS[:-9], TYPE), "sent results that are not well-formed"),
        (said(b"[]", TYPE), "sent results that are not well-formed"),
        (said(b"\xff", TYPE), "sent results that are not well-formed"),
        (said(ROWS, TYPE, X_SPARQL_MaxRows="1"), "says that its answer is not all of it"),
        (said(ROWS, TYPE, X_SQL_State="S1TAT"), "says that its answer is not all of it"),
        (said(ROWS, TYPE, Content_Length=""), "does not say where its answer ends"),
        (said(ROWS, TYPE, Content_Length="999"), "has ended before the end of its answer"),
        (
            b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"
            % TYPE.encode(),
            "has ended before the end of its answer",
        ),
        (said(ROWS, TYPE, Content_Encoding="gzip"), "sent an answer that cannot be decompressed"),
        (b"220 mail.example.org ESMTP\r\n", "has ended before the end of its answer"),
        (b"", "has ended before the end of its answer"),
    ],
)
def test_what_is_no_answer(answer: bytes, reason: str) -> None:
    with Liar(answer) as liar:
        error = failure(liar.url)

    assert isinstance(error, RemoteFailed)
    assert str(error).startswith(f"{liar.url} {reason}")
    assert str(error).isprintable()


def test_an_engine_that_is_down() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    error = failure(f"http://127.0.0.1:{port}/sparql")

    assert isinstance(error, RemoteFailed)
    assert error.reason == "cannot be reached"


def test_an_engine_that_is_slow() -> None:
    with Endpoint(told(200, ROWS, 1, Content_Type=TYPE)) as endpoint:
        error = failure(endpoint.url, 0.2)

    assert isinstance(error, DeadlineExceeded)
    assert str(error) == f"{endpoint.url} has not answered within 0.2 s"


def test_an_engine_to_which_no_connection_comes_about(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is sent to it is lost: here because it takes no more connections."""
    monkeypatch.setattr("clipgraph.remote.connection._SECONDS_TO_CONNECT", 0.2)
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full, ExitStack() as stack:
        where = full.getsockname()
        for _ in range(2):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)  # noqa: FBT003
            waiting.connect_ex(where)
        error = failure(f"http://127.0.0.1:{where[1]}/sparql", 30)

    assert isinstance(error, RemoteFailed)
    assert str(error).endswith("cannot be reached (no connection in time)")


def test_an_engine_that_never_agrees_upon_tls(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clipgraph.remote.connection._SECONDS_TO_CONNECT", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        error = failure(f"https://127.0.0.1:{silent.getsockname()[1]}/sparql", 30)

    assert isinstance(error, RemoteFailed)
    assert str(error).endswith("cannot be reached (no connection in time)")


@pytest.mark.parametrize(
    "challenge",
    [
        "Digest realm",
        'Digest realm="r"',
        'Digest realm="r", nonce="n", qop="auth-int"',
        'Digest realm="r", nonce="n", algorithm=X',
    ],
)
def test_a_challenge_that_nobody_knows(challenge: str) -> None:
    with Liar(said(b"", status="401 Unauthorized", WWW_Authenticate=challenge)) as liar:
        error = failure(liar.url, user="me", password="secret", scheme="digest")  # noqa: S106

    assert isinstance(error, RemoteFailed)
    assert error.reason.startswith("asks for credentials in a way that is not known here")
    assert "secret" not in str(error)


def test_where_updates_go_is_named_where_an_engine_does_not_take_one(oxigraph: EngineServer) -> None:
    async def body(connection: Connection) -> None:
        with pytest.raises(RemoteFailed, match=r"answered 400 .*, to an update: CLIPGRAPH_ENGINE_UPDATE"):
            await connection.update("DROP ALL", 10)

    using(read_address(oxigraph.query), body)


@pytest.mark.parametrize("kind", ["results", "graph"])
def test_no_more_is_read_than_was_wanted(kind: str) -> None:
    media_type = TYPE if kind == "results" else "application/n-triples"

    async def body(connection: Connection) -> None:
        assert (await connection.whole({"query": ""}, kind, 10, len(ROWS)))[1] == ROWS
        with pytest.raises(RemoteFailed, match="answered much more than it was asked for"):
            await connection.whole({"query": ""}, kind, 10, len(ROWS) - 1)

    with Liar(said(ROWS, media_type)) as liar:
        using(read_address(liar.url), body)


def test_a_certificate_that_does_not_hold() -> None:
    with Liar(said(ROWS), CERTIFICATE) as liar:
        error = failure(liar.url)

    assert re.fullmatch(
        rf"{re.escape(liar.url)} has a certificate that does not hold \(self-signed certificate\)", str(error)
    )
    assert not liar.asked


def test_tls_where_there_is_none() -> None:
    with Endpoint(told(200, ROWS)) as endpoint:
        error = failure(endpoint.url.replace("http", "https"))

    assert isinstance(error, RemoteFailed)
    assert error.reason == "cannot be reached over TLS"


@pytest.mark.parametrize(
    ("credentials", "told_as"),
    [
        (Credentials("me", "pass"), b"Authorization: Basic bWU6cGFzcw=="),
        (Credentials(token="t0"), b"Authorization: Bearer t0"),  # noqa: S106
    ],
)
def test_credentials_go_with_each_question(credentials: Credentials, told_as: bytes) -> None:
    with Liar(said(ROWS)) as liar:

        async def body(connection: Connection) -> None:
            assert await connection.rows("SELECT * {}", 10) == [{"s": "urn:1"}]

        using(read_address(liar.url, credentials=credentials), body)

    assert told_as.lower() in liar.asked[0].lower()


def test_wrong_credentials() -> None:
    with Liar(said(b"", status="401 Unauthorized", WWW_Authenticate="Basic")) as liar:
        error = failure(liar.url, user="me", password="secret")  # noqa: S106

    assert "refuses the credentials that it is asked with (401)" in str(error)
    assert "secret" not in str(error)


def test_a_connection_that_the_engine_has_closed_is_opened_again() -> None:
    with Liar(said(ROWS)) as liar:  # it closes after each answer, and does not say so

        async def body(connection: Connection) -> None:
            for _ in range(3):
                assert await connection.rows("SELECT * {}", 10) == [{"s": "urn:1"}]

        using(read_address(liar.url), body)


def test_updates_and_graphs(oxigraph: EngineServer) -> None:
    address = oxigraph.address

    async def body(connection: Connection) -> None:
        graph = "urn:connection:é"
        where = f"SELECT ?o WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }} ORDER BY ?o"
        await connection.put(graph, b'<urn:s> <urn:p> "1" .\n', 10)
        await connection.add(graph, b'<urn:s> <urn:p> "2" .\n', 10)
        assert await connection.rows(where, 10) == [{"o": "1"}, {"o": "2"}]
        await connection.put(graph, b'<urn:s> <urn:p> "3" .\n', 10)
        assert await connection.rows(where, 10) == [{"o": "3"}]
        await connection.update(f"DROP GRAPH <{graph}>", 10)
        assert await connection.rows(where, 10) == []
        with pytest.raises(RemoteFailed, match="answered 400"):
            await connection.update("DROP", 10)

    using(address, body)
