"""An answer that is sent in one step is the one that is sent in pieces, which goes to HTTP/1.0."""

import socket

import httpx2
import pytest

from conftest import Running
from testing_requests import LABELS, SELECT, request

# Of the moment, or of the connection.
PASSING = {b"date", b"x-request-id", b"server-timing", b"ratelimit", b"connection"}
CLOSE = "Connection: close"
Parts = tuple[bytes, dict[bytes, bytes], bytes]


def exchange(service: Running, sent: str) -> bytes:
    """Send a text, and return all that comes until the other side closes."""
    url = httpx2.URL(service.url)
    with socket.create_connection((url.host, url.port or 80), timeout=30) as connection:
        connection.sendall(sent.encode())
        return b"".join(iter(lambda: connection.recv(65536), b""))


def parts(answer: bytes) -> Parts:
    head, _, body = answer.partition(b"\r\n\r\n")
    status, *lines = head.split(b"\r\n")
    fields = [line.split(b": ", 1) for line in lines]
    assert len({name for name, _ in fields}) == len(fields)
    kept = {name: value for name, value in fields if name not in PASSING}
    return status.removeprefix(b"HTTP/1.1 "), kept, body


@pytest.mark.parametrize("accept", ["application/sparql-results+json", "text/csv", "text/turtle;q=0.1, */*"])
@pytest.mark.parametrize("coding", ["identity", "gzip"])
@pytest.mark.parametrize("query", [SELECT, LABELS, "ASK {}", "CONSTRUCT WHERE { ?s a ?o } LIMIT 3", "SELECT"])
def test_one_step_sends_what_pieces_do(service: Running, query: str, accept: str, coding: str) -> None:
    headers = (f"Accept: {accept}", f"Accept-Encoding: {coding}", CLOSE)
    pieces = parts(exchange(service, request(query, *headers, version="1.0")))

    assert parts(exchange(service, request(query, *headers))) == pieces


def test_many_requests_at_once_are_answered_in_order(service: Running) -> None:
    queries = [f"SELECT ({number} AS ?n) {{}}" for number in range(20)]
    sent = [request(query, "Accept: text/csv") for query in queries[:-1]]
    sent.append(request(queries[-1], "Accept: text/csv", CLOSE))
    answers = exchange(service, "".join(sent)).split(b"HTTP/1.1 200 OK\r\n")[1:]

    assert [answer.rpartition(b"\r\n\r\n")[2] for answer in answers] == [
        b"n\r\n%d\r\n" % n for n in range(20)
    ]


def test_what_a_client_sends_does_not_end_a_line(service: Running) -> None:
    """Its id comes back in a header."""
    answer = exchange(service, request(SELECT, "X-Request-Id: a\rb: c", CLOSE))

    assert b"\rb: c" not in answer


def test_continue_comes_before_an_answer_that_is_kept(service: Running) -> None:
    sent = request("ASK {}", "Expect: 100-continue", CLOSE)
    first, kept = exchange(service, sent), exchange(service, sent)

    for answer in (first, kept):
        assert answer.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n")
        assert answer.count(b"HTTP/1.1 ") == 2


def test_half_an_answer_is_no_answer_for_those_who_know_no_chunks(service: Running) -> None:
    """It takes longer than it may after its first bytes."""
    endless = "SELECT ?a ?b ?c ?d { ?a ?p ?b . ?c ?q ?d }"
    answer = exchange(
        service, request(endless, "X: y", version="1.0").replace("/sparql?", "/sparql?timeout=1&")
    )

    assert answer.startswith(b"HTTP/1.1 504 ")
    assert b"chunked" not in answer
