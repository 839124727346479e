"""Malformed requests over raw sockets: each ends in the right status, and the service is whole afterwards."""

import socket
from contextlib import suppress
from urllib.parse import quote

import httpx2
import pytest

from conftest import Running

FORM = "application/x-www-form-urlencoded"
QUERY, UPDATE = "application/sparql-query", "application/sparql-update"
ASK = quote("ASK {}")
DEEP = "ASK " + "{" * 50_000 + "}" * 50_000


def request(line: str, body: bytes = b"", *headers: str, length: int | None = None) -> bytes:
    size = len(body) if length is None else length
    head = [f"{line} HTTP/1.1", "Host: x", "Connection: close", *headers, f"Content-Length: {size}", "", ""]
    return "\r\n".join(head).encode("latin-1") + body


def post(content_type: str, body: bytes, path: str = "/sparql") -> bytes:
    return request(f"POST {path}", body, f"Content-Type: {content_type}")


CASES = {
    "query that is not UTF-8": (post(QUERY, b"ASK { ?s ?p '\xff' }"), 400),
    "form that is not UTF-8": (post(FORM, b"query=%FF%FE"), 400),
    "broken escape in a form": (post(FORM, b"query=ASK%7B%7D%"), 400),
    "UTF-16": (post(f"{QUERY}; charset=utf-16", "ASK {}".encode("utf-16")), 415),
    "charset that unpacks": (post(f"{QUERY}; charset=zip", b"ASK {}"), 415),
    "two queries": (request(f"GET /sparql?query={ASK}&query={ASK}"), 400),
    "a query in URL and form": (post(FORM, b"query=ASK%7B%7D", f"/sparql?query={ASK}"), 400),
    "query and update": (post(FORM, b"query=ASK%7B%7D&update=CLEAR+ALL"), 401),
    "update by GET": (request(f"GET /sparql?update={quote('CLEAR ALL')}"), 400),
    "update without a token": (post(UPDATE, b"CLEAR ALL"), 401),
    "a thousand and one parameters": (request("GET /sparql?" + "&".join(["a=1"] * 1001)), 400),
    "NUL in a query": (post(QUERY, b"ASK { ?s ?p \0 }"), 400),
    "NUL in a URL": (request("GET /sparql?query=ASK%00"), 400),
    "10 MB of query": (post(QUERY, b"#" * 10_000_000), 413),
    "600 KB of query": (post(QUERY, b"#" * 600_000), 413),
    "deep nesting": (post(QUERY, DEEP.encode()), 400),
    "unbalanced braces": (post(QUERY, b"ASK {{{{"), 400),
    "unclosed string": (post(QUERY, b"ASK { ?s ?p 'x }"), 400),
    "no media type": (request("POST /sparql", b"ASK {}"), 415),
    "wrong media type": (post("text/plain", b"ASK {}"), 415),
    "empty form": (post(FORM, b""), 400),
    "empty query": (post(QUERY, b""), 400),
    "timeout that is none": (request(f"GET /sparql?query={ASK}&timeout=nan"), 400),
    "graph that is no IRI": (request(f"GET /sparql?query={ASK}&default-graph-uri=%3Cx%3E"), 400),
    "a length that is no number": (
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\nASK {}",
        400,
    ),
    "two lengths": (
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        400,
    ),
    "a header without a colon": (b"GET / HTTP/1.1\r\nHost: x\r\nnonsense\r\n\r\n", 400),
    "no HTTP at all": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400),
    "a graph by two names": (request("GET /graphs?graph=urn:a&default"), 400),
    "a graph without a name": (request("GET /graphs"), 400),
    "a document without a token": (post("text/turtle", b"<urn:a> <urn:b> 1 .", "/graphs?graph=urn:g"), 401),
    "an unknown method": (request("BREW /sparql"), 501),
    "a path that climbs": (request("GET /static/../../etc/passwd"), 404),
    "a path that is not UTF-8": (request("GET /id/%ff%fe"), 404),
}


def send(service: Running, sent: bytes) -> int:
    """Send bytes and return the status that comes back."""
    host, _, port = service.url.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        with suppress(OSError):  # it has answered before the end, and reads no more
            connection.sendall(sent)
        answer = b""
        while b"\r\n" not in answer:
            piece = connection.recv(4096)
            assert piece, "the connection was closed without an answer"
            answer += piece
    return int(answer.split(b" ", 2)[1])


@pytest.mark.parametrize("case", CASES)
def test_what_is_malformed_ends_in_the_right_status(service: Running, case: str) -> None:
    sent, wanted = CASES[case]

    status = send(service, sent)

    assert status in (wanted if isinstance(wanted, tuple) else (wanted,))


def test_a_request_that_breaks_off_takes_nothing_with_it(service: Running) -> None:
    host, _, port = service.url.removeprefix("http://").partition(":")
    workers = len(service.workers())
    for _ in range(20):
        with socket.create_connection((host, int(port)), timeout=30) as connection:
            connection.sendall(request("POST /sparql", b"ASK", f"Content-Type: {QUERY}", length=1000))

    answer = httpx2.get(f"{service.url}/sparql", params={"query": "ASK {}", "format": "json"})
    assert answer.json()["boolean"] is True
    assert len(service.workers()) == workers
