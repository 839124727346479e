"""Requests over raw sockets: too large, too slow, too many, or not HTTP at all; the service stays whole."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx2
import pytest

from conftest import ROOT, Running

HOST = b"Host: x\r\n"
GET = b"GET /healthz HTTP/1.1\r\n"


@pytest.fixture(scope="module")
def bounded(published: Path) -> Iterator[Running]:
    """A service with small bounds; other tests find theirs wide."""
    environment = {"CLIPGRAPH_CONNECTIONS_PER_CLIENT": "8", "CLIPGRAPH_URL": "4", "CLIPGRAPH_HEADERS": "4"}
    arguments = ["--project", str(ROOT), "--data", str(published), "--workers", "2"]
    running = Running(arguments, environment=environment)
    yield running
    running.stop()


def connect(service: Running, source: str = "127.0.0.1") -> socket.socket:
    url = httpx2.URL(service.url)
    return socket.create_connection((url.host, url.port or 80), timeout=30, source_address=(source, 0))


def everything(connection: socket.socket) -> bytes:
    """Return all that comes until the other side closes."""
    received = b""
    try:
        while piece := connection.recv(65536):
            received += piece
    except ConnectionResetError:
        received += b" (reset)"
    return received


def exchange(service: Running, sent: bytes) -> tuple[int, bytes]:
    """Send bytes, and return the status and all of the answer."""
    with connect(service) as connection:
        with suppress(ConnectionResetError, BrokenPipeError):  # the answer came before all was sent
            connection.sendall(sent)
        received = everything(connection)
    return int(received.split(b" ", 2)[1]), received


CLOSE = b"Connection: close\r\n"


@pytest.mark.parametrize(
    ("status", "code", "request_bytes"),
    [
        (414, "url-too-long", b"GET /?" + b"x" * 5000 + b" HTTP/1.1\r\n" + HOST + b"\r\n"),
        (414, "url-too-long", b"GET /?" + b"x" * 500_000),
        (431, "headers-too-large", GET + HOST + b"X: " + b"y" * 5000 + b"\r\n\r\n"),
        (431, "headers-too-large", GET + HOST + b"X: " + b"y" * 500_000),
        (431, "headers-too-large", GET + HOST + b"Y" * 500_000),
        (431, "headers-too-large", GET + HOST + b"".join(b"A%d: b\r\n" % n for n in range(101)) + b"\r\n"),
        (400, "bad-request", GET + b"\r\n"),
        (400, "bad-request", GET + HOST + HOST + b"\r\n"),
        (400, "bad-request", GET + HOST + b"X: a\x00b\r\n\r\n"),
        (400, "bad-request", GET + HOST + b"X\x00: ab\r\n\r\n"),
        (400, "bad-request", GET + HOST + b"X : ab\r\n\r\n"),
        (400, "bad-request", GET + HOST + b"no colon\r\n\r\n"),
        (400, "bad-request", b"GET /\x00 HTTP/1.1\r\n" + HOST + b"\r\n"),
        (400, "bad-request", b"GET /\xff\xfe HTTP/1.1\r\n" + HOST + b"\r\n"),
        (505, "unknown-version", b"GET / HTTP/9.9\r\n" + HOST + b"\r\n"),
        (505, "unknown-version", b"GET / HTTP/2.0\r\n" + HOST + b"\r\n"),
        (505, "unknown-version", b"GET / HTTP/0.9\r\n" + HOST + b"\r\n"),
        (505, "unknown-version", b"POST /sparql HTTP/2.0\r\n" + HOST + b"Content-Length: 5\r\n\r\n"),
        # What HTTP/2 begins with (https://www.rfc-editor.org/rfc/rfc9113#section-3.4).
        (505, "unknown-version", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        (400, "bad-request", b"GET / HTTP/x.y\r\n" + HOST + b"\r\n"),
        (400, "bad-request", b"get / http/1.1\r\n" + HOST + b"\r\n"),
        (400, "bad-request", b"CONNECT example.org:443 HTTP/1.1\r\n" + HOST + b"\r\n"),
        (400, "bad-request", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"),  # a TLS hello
        (400, "bad-request", b"\x00" * 100),
        (400, "bad-request", b"POST /sparql HTTP/1.1\r\n" + HOST + b"Content-Length: -1\r\n\r\n"),
        (400, "bad-request", b"POST /sparql HTTP/1.1\r\n" + HOST + b"Content-Length: 1x\r\n\r\n"),
        (
            400,
            "bad-request",
            b"POST /sparql HTTP/1.1\r\n" + HOST + b"Content-Length: " + b"9" * 40 + b"\r\n\r\n",
        ),
        (
            400,
            "bad-request",
            b"POST /sparql HTTP/1.1\r\n" + HOST + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        ),
        (
            400,
            "bad-request",
            b"POST /sparql HTTP/1.1\r\n"
            + HOST
            + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        ),
        (
            400,
            "bad-request",
            b"POST /sparql HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        ),
    ],
)
def test_what_is_no_request_is_refused(
    bounded: Running, status: int, code: str, request_bytes: bytes
) -> None:
    got, received = exchange(bounded, request_bytes)
    head, _, body = received.partition(b"\r\n\r\n")

    assert (got, json.loads(body)["code"]) == (status, code)
    assert b"application/problem+json" in head
    assert b"Connection: close" in head


def test_http_1_0_needs_no_host(bounded: Running) -> None:
    assert exchange(bounded, b"GET /healthz HTTP/1.0\r\n\r\n")[0] == 200


def test_an_upgrade_that_is_not_known_is_no_upgrade(bounded: Running) -> None:
    asked = b"Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\nConnection: Upgrade, HTTP2-Settings\r\n"
    websocket = b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"

    assert exchange(bounded, GET + HOST + asked + CLOSE + b"\r\n")[0] == 200
    assert exchange(bounded, GET + HOST + websocket + CLOSE + b"\r\n")[0] == 200


def test_a_trailer_is_no_header(bounded: Running) -> None:
    body = b"7\r\nASK {} \r\n0\r\nAccept: image/png\r\n\r\n"
    head = b"Content-Type: application/sparql-query\r\nTransfer-Encoding: chunked\r\n" + CLOSE

    assert exchange(bounded, b"POST /sparql HTTP/1.1\r\n" + HOST + head + b"\r\n" + body)[0] == 200


def test_requests_in_one_piece_are_answered_in_turn(bounded: Running) -> None:
    _, received = exchange(bounded, 3 * (GET + HOST + b"\r\n") + GET + HOST + CLOSE + b"\r\n")

    assert received.count(b"HTTP/1.1 200 OK") == 4


def test_connections_on_which_nothing_comes_shut_nobody_out_and_end(bounded: Running) -> None:
    started = [b"", b"G", GET, GET + HOST, GET + HOST + b"X: y\r\n", b"\r\n"]
    silent = [connect(bounded, "127.0.0.2") for _ in range(20)]  # of which eight are taken
    slow = [connect(bounded, "127.0.0.3") for _ in started]
    for connection, beginning in zip(slow, started, strict=True):
        connection.sendall(beginning)
    time.sleep(1.2)  # until then they are thought to be about to send
    with connect(bounded, "127.0.0.2") as another:  # for which the oldest makes room
        another.sendall(GET + HOST + CLOSE + b"\r\n")
        answer = everything(another)
    ends = [everything(connection) for connection in (*silent, *slow)]
    for connection in (*silent, *slow):
        connection.close()

    assert answer.startswith(b"HTTP/1.1 200 OK")
    refused = [end for end in ends[:20] if end.startswith(b"HTTP/1.1 503")]
    assert len(refused) == 12
    assert b"Retry-After: 2" in refused[0]
    assert all(end.startswith(b"HTTP/1.1 408") for end in ends[20:])
    assert httpx2.get(f"{bounded.url}/healthz").status_code == 200


def test_a_request_that_was_answered_cannot_go_on_for_ever(bounded: Running) -> None:
    head = b"POST /nothing HTTP/1.1\r\n" + HOST + b"Content-Length: 1000000000\r\n\r\n"
    with connect(bounded, "127.0.0.4") as connection:
        connection.sendall(head)
        assert connection.recv(12) == b"HTTP/1.1 404"
        sent = _send_on_until_cut(connection)

    assert sent < 200


def _send_on_until_cut(connection: socket.socket) -> int:
    """Send ten times a second; returns how often it could be."""
    for count in range(200):
        try:
            connection.sendall(b"x" * 100)
        except (BrokenPipeError, ConnectionResetError):
            return count
        time.sleep(0.1)
    return 200


def test_an_answer_before_the_end_of_the_request_can_be_read_by_who_sends_on(bounded: Running) -> None:
    head = b"POST /sparql HTTP/1.1\r\nContent-Type: application/sparql-query\r\nContent-Length: 6000000\r\n"
    got, received = exchange(bounded, head + HOST + CLOSE + b"\r\n" + b"#" * 6_000_000)

    assert got == 413
    assert b"reset" not in received


@pytest.mark.parametrize(
    "coding", [b"gzip, chunked", b"gzip", b"identity", b"chunked\r\nTransfer-Encoding: gzip"]
)
def test_a_transfer_coding_that_is_not_read_is_refused(bounded: Running, coding: bytes) -> None:
    head = b"POST /sparql HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: " + coding + b"\r\n\r\n"

    assert exchange(bounded, head + b"0\r\n\r\n")[0] in (400, 501)


@pytest.mark.parametrize("method", [b"BREW", b"get", b"PROPFINDX", b"x-y!"])
def test_a_method_that_nobody_knows_is_not_implemented(bounded: Running, method: bytes) -> None:
    status, answer = exchange(bounded, method + b" /sparql HTTP/1.1\r\n" + HOST + b"\r\n")

    assert (status, method in answer) == (501, True)


def test_an_absolute_url_names_the_host(bounded: Running) -> None:
    request = b"GET http://named.example:81/sparql HTTP/1.1\r\n" + HOST + b"Accept: text/turtle\r\n" + CLOSE
    status, answer = exchange(bounded, request + b"\r\n")

    assert status == 200
    assert b"http://named.example:81/sparql" in answer
    assert b"http://x/" not in answer


@pytest.mark.parametrize("garbage", [b"\x00\x01\x02\r\n\r\n", b"no request\r\n\r\n", GET + b"\r\n"])
def test_a_whole_request_is_answered_whatever_comes_behind_it(bounded: Running, garbage: bytes) -> None:
    whole = GET + HOST + b"\r\n"

    for count in (1, 3):
        answer = exchange(bounded, whole * count + garbage)[1]
        assert answer.count(b"HTTP/1.1 200 ") == count
        assert b"(reset)" not in answer
