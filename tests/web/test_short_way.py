"""A query whose head is known goes past the layers, and is answered as they would answer it."""

import hashlib
import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import httpx2
import pytest

from clipgraph.web.short_way import note_head
from conftest import CLIPGRAPH, Running
from testing_requests import LABELS, SELECT, request

# Of the moment; how long a long answer is turns out while it is sent, and is known of one that is kept.
PASSING = {b"date", b"x-request-id", b"server-timing", b"ratelimit", b"content-length", b"transfer-encoding"}
ALL = "SELECT * WHERE { ?s ?p ?o }"
QUERIES = [
    *(SELECT, LABELS, ALL, "ASK {}", "ASK { FILTER (RAND() < 2) }", "DESCRIBE <urn:nothing>"),
    *(
        "CONSTRUCT WHERE { ?s a ?o } LIMIT 3",
        "SELECT",
        "",
        "ASK { SERVICE <urn:a> {} }",
        "SELECT (1 AS ?é) {}",
    ),
    "ASK {} # " + "x" * 3000,
]
KNOWN = "ASK { FILTER (1 = %d) }"
Parts = tuple[bytes, dict[bytes, bytes], bytes]


class Connection:
    """A connection on which answers are read one by one."""

    def __init__(self, service: Running) -> None:
        url = httpx2.URL(service.url)
        self._socket = socket.create_connection((url.host, url.port or 80), timeout=30)
        self._file = self._socket.makefile("rb")

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self._file.close()
        self._socket.close()

    def send(self, sent: str) -> None:
        """Send a text."""
        self._socket.sendall(sent.encode())

    def answer(self) -> Parts:
        """Read the next answer: status, fields and body."""
        status = self._line().removeprefix(b"HTTP/1.1 ").strip()
        lines = [line.strip().split(b": ", 1) for line in iter(self._line, b"\r\n")]
        fields = {name.lower(): value for name, value in lines}
        assert len(fields) == len(lines)
        if b"content-length" in fields:
            return status, fields, self._file.read(int(fields[b"content-length"]))
        body = b""
        while size := int(self._line(), 16):
            body += self._file.read(size)
            self._line()
        self._line()
        return status, fields, body

    def _line(self) -> bytes:
        line = self._file.readline()
        if not line:
            raise ConnectionError("there is no answer")
        return line

    def ask(self, query: str, *headers: str) -> Parts:
        """Ask, and read the answer."""
        self.send(request(query, *headers))
        return self.answer()


def lasting(parts: Parts) -> Parts:
    status, fields, body = parts
    return status, {name: value for name, value in fields.items() if name not in PASSING}, body


@pytest.fixture(scope="module")
def logged(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Running, Path]]:
    """A service behind a trusted proxy, and its log as JSON."""
    log = tmp_path_factory.mktemp("log") / "log"
    environment = {"CLIPGRAPH_TRUSTED_PROXIES": "127.0.0.1"}
    running = Running(["--data", str(published), "--log", "json"], environment=environment, log=log)
    yield running, log
    running.stop()


@pytest.fixture(scope="module")
def behind(logged: tuple[Running, Path]) -> Running:
    return logged[0]


def wait_for_work(service: Running) -> None:
    """Wait until a worker for queries is busy."""
    until = time.monotonic() + 20
    while 'clipgraph_workers{state="busy"} 1.0' not in httpx2.get(f"{service.url}/metrics").text:
        assert time.monotonic() < until, "no worker is busy"
        time.sleep(0.02)


def short_ones(service: Running) -> int:
    """Return how many requests went the short way."""
    text = httpx2.get(f"{service.url}/metrics").text
    line = next(each for each in text.splitlines() if each.startswith("clipgraph_short_way_total"))
    return int(float(line.split()[1]))


@pytest.mark.parametrize("accept", ["application/sparql-results+json", "text/csv", "text/turtle, */*;q=0.1"])
@pytest.mark.parametrize("coding", ["identity", "gzip"])
@pytest.mark.parametrize("query", QUERIES)
def test_both_ways_say_the_same(behind: Running, query: str, accept: str, coding: str) -> None:
    headers = (f"Accept: {accept}", f"Accept-Encoding: {coding}")
    long = "X-Request-Id: a"  # which is looked at by the layers
    before = short_ones(behind)
    with Connection(behind) as connection:
        connection.ask(KNOWN % 1, *headers)  # so that the head is known
        short = connection.ask(query, *headers)
        other = connection.ask(query, *headers, long)

    if query in (SELECT, "ASK {}"):
        assert short_ones(behind) > before
    assert lasting(short) == lasting(other)
    assert (short[1].keys() ^ other[1].keys()) <= {b"content-length", b"transfer-encoding"}
    assert other[1][b"x-request-id"] == b"a"


def test_a_known_head_goes_the_short_way_and_others_do_not(behind: Running) -> None:
    before = short_ones(behind)
    with Connection(behind) as connection:
        for number in range(4):
            assert connection.ask(KNOWN % number, "Accept: text/csv", "X-Case: short")[0] == b"200 OK"

    assert short_ones(behind) - before == 3

    with Connection(behind) as connection:
        for header in ("X-Request-Id: 1", 'If-None-Match: "a"', "Accept: text/html"):
            for _ in range(2):
                connection.ask(SELECT, header)
        assert lasting(connection.ask(SELECT + "&format=csv"))[0] == b"400 Bad Request"

    assert short_ones(behind) - before == 3


def test_heads_are_told_apart(behind: Running) -> None:
    """Each has its own format, its own client and its own base."""
    query = "SELECT (IRI('') AS ?base) {}"
    with Connection(behind) as connection:
        for _ in range(3):
            for host in ("one.example", "two.example"):
                for accept in ("text/csv", "text/tab-separated-values"):
                    connection.send(request(query, f"Accept: {accept}", host=host))
                    status, fields, body = connection.answer()
                    assert status == b"200 OK"
                    assert fields[b"content-type"].startswith(accept.encode())
                    assert f"http://{host}/sparql".encode() in body


def test_a_head_within_another_is_none(behind: Running) -> None:
    """What looks like a whole request, and is the end of one, must not be taken for the head of others."""
    whole = request("ASK { FILTER (1 = 2) }", "X-Case: within")
    head = whole.split("\r\n", 1)[1]
    with Connection(behind) as connection:
        first = (
            request("ASK { FILTER (1 = 3) }", "Accept: text/csv") + "GET /sparql?query=ASK%7B%7D HTTP/1.1\r\n"
        )
        connection.send(first + "Accept: text/csv\r\nX-Rest: ")
        assert connection.answer()[0] == b"200 OK"
        connection.send(whole)
        assert connection.answer()[1][b"content-type"].startswith(b"text/csv")

    with Connection(behind) as connection:
        connection.send(f"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\n{head}")
        assert connection.answer()[1][b"content-type"] == b"application/sparql-results+xml"


LINE = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\n"


@pytest.mark.parametrize(
    ("data", "is_noted"),
    [
        (LINE + b"host: here\r\n\r\n", True),
        (LINE + b"\r\n", True),
        (LINE + b"host: here\r\n", False),
        (LINE + b"host: here\r\n\r\n" + LINE, False),
        (LINE + b"host: here\r\n\r\nGET / HTTP/1.1\r\n\r\n", False),
        # For a parser that takes it, such a line may end the head.
        (LINE + b"host: here\n\nGET / HTTP/1.1\r\nhost: b\r\n\r\n", False),
        (LINE + b"host: here\r\rGET / HTTP/1.1\r\nhost: b\r\n\r\n", False),
        (LINE + b"a: " + b"x" * 3000 + b"\r\n\r\n", False),
        (LINE.replace(b"query", b"update") + b"\r\n", False),
        (LINE.replace(b"1.1", b"1.0") + b"\r\n", False),
        (LINE.replace(b"%7B", b"&a=") + b"\r\n", False),
        (b"\r\n" + LINE + b"\r\n", False),
    ],
)
def test_the_head_of_one_whole_request_is_noted(data: bytes, *, is_noted: bool) -> None:
    scope: dict[str, object] = {}
    note_head(scope, data, "peer")

    assert list(scope.values()) == ([("peer", data.removeprefix(LINE))] if is_noted else [])


@pytest.mark.parametrize("cut", [10, 60, -2])
def test_a_request_in_two_parts_is_answered(behind: Running, cut: int) -> None:
    whole = request(SELECT, "Accept: text/csv")
    with Connection(behind) as connection:
        connection.ask(SELECT, "Accept: text/csv")
        for _ in range(2):
            connection.send(whole[:cut])
            time.sleep(0.05)
            connection.send(whole[cut:])
            assert connection.answer()[2] == b"x\r\n1\r\n2\r\n3\r\n"


def test_what_comes_behind_is_answered_in_order(behind: Running) -> None:
    accept = "Accept: text/csv"
    queries = [f"SELECT ({number} AS ?n) {{}}" for number in range(12)]
    with Connection(behind) as connection:
        connection.ask(KNOWN % 1, accept)
        for together in (1, 2, 12):
            for start in range(0, 12, together):
                parts = [request(query, accept) for query in queries[start : start + together]]
                connection.send("".join(parts))
            answers = [connection.answer()[2] for _ in queries]
            assert answers == [b"n\r\n%d\r\n" % number for number in range(12)]
        # One after the other, before the first is answered; and a refusal, and a page among them.
        for number, query in enumerate(queries):
            connection.send(request("SELECT" if number == 5 else query, accept))
            time.sleep(0.005)
        connection.send("GET /healthz HTTP/1.1\r\nHost: here\r\n\r\n")
        statuses = [connection.answer()[0] for _ in range(13)]
        assert statuses == [b"200 OK"] * 5 + [b"400 Bad Request"] + [b"200 OK"] * 7


def test_a_long_answer_is_whole(behind: Running) -> None:
    with Connection(behind) as connection:
        for query in (KNOWN % 1, ALL, ALL + " ", ALL):
            status, fields, body = connection.ask(query, "Accept: text/csv")
            assert status == b"200 OK"
        assert fields[b"transfer-encoding"] == b"chunked"
        assert body.count(b"\r\n") > 20_000


def test_the_log_tells_the_same_of_both(logged: tuple[Running, Path]) -> None:
    service, log = logged
    query = "SELECT (7 AS ?log) {}"
    proxied = "X-Forwarded-For: 192.0.2.7"
    with Connection(service) as connection:
        ids = [
            connection.ask(query, proxied, *more)[1][b"x-request-id"].decode()
            for more in ((), (), ("X-Request-Id: b",))
        ]
    told = lines_of(log, ids)

    assert [set(each) for each in told] == [set(told[0])] * 3
    for key in ("client", "method", "path", "route", "status", "bytes", "outcome", "query", "release"):
        assert len({each[key] for each in told}) == 1, key
    assert told[0]["client"] == "192.0.2.7"


def lines_of(log: Path, ids: list[str]) -> list[dict[str, object]]:
    """Return the log's lines of these requests, once they are there."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        lines = [json.loads(line) for line in log.read_text().splitlines()]
        found = {line["id"]: line for line in lines}
        if all(each in found for each in ids):
            return [found[each] for each in ids]
        time.sleep(0.1)
    raise AssertionError("the log does not tell of them")


def test_who_leaves_is_told_and_leaves_nothing_behind(logged: tuple[Running, Path]) -> None:
    service, log = logged
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with Connection(service) as connection:
        connection.ask(KNOWN % 1, "X-Case: leaves")
        connection.send(request(slow, "X-Case: leaves"))
        wait_for_work(service)
    asked = hashlib.sha256(slow.encode()).hexdigest()
    until = time.monotonic() + 20
    told: list[str] = []
    while not told and time.monotonic() < until:
        told = [line for line in log.read_text().splitlines() if asked in line]
        time.sleep(0.05)

    [line] = told
    assert (json.loads(line)["outcome"], json.loads(line)["status"]) == ("hang-up", 499)
    text = httpx2.get(f"{service.url}/metrics").text
    assert 'clipgraph_workers{state="busy"} 0.0' in text
    assert "clipgraph_requests_under_way 1.0" in text  # which is this one


def test_each_request_counts_once(published: Path) -> None:
    running = Running(["--data", str(published)], environment={"CLIPGRAPH_RATE": "5/hour"})
    try:
        with Connection(running) as connection:
            told = [connection.ask(KNOWN % number) for number in range(4)]
            refused = connection.ask("SELECT")  # which is settled on the short way, and refused by the layers
            statuses = [connection.ask(KNOWN % number)[0] for number in range(2)]
    finally:
        running.stop()

    assert [fields[b"ratelimit"].split(b";")[1] for _, fields, _ in told] == [b"r=4", b"r=3", b"r=2", b"r=1"]
    assert (refused[0], refused[1][b"ratelimit"].split(b";")[1]) == (b"400 Bad Request", b"r=0")
    assert statuses == [b"429 Too Many Requests"] * 2


def test_it_answers_from_what_is_current(tmp_path: Path) -> None:
    (tmp_path / "p/data/t").mkdir(parents=True)
    options = ["--project", str(tmp_path / "p"), "--data", str(tmp_path / "d")]
    running = None
    answers = []
    try:
        for number in (1, 2):
            (tmp_path / "p/data/t/one.ttl").write_text(f"<urn:a> <urn:b> {number} .")
            subprocess.run([*CLIPGRAPH, "publish", "--shapes", "none", *options], check=True)
            running = running or Running([*options, "--shapes", "none"])
            with Connection(running) as connection:
                answers += [connection.ask("SELECT ?o { ?s ?p ?o }", "Accept: text/csv") for _ in range(3)]
    finally:
        if running is not None:
            running.stop()

    assert [body for _, _, body in answers] == [b"o\r\n1\r\n"] * 3 + [b"o\r\n2\r\n"] * 3
    assert len({fields[b"etag"] for _, fields, _ in answers}) == 2


def test_a_service_that_ends_answers_what_is_under_way(published: Path) -> None:
    running = Running(["--data", str(published)])
    query = "SELECT (COUNT(*) AS ?n) { ?a a ?b . ?c a ?d }"
    try:
        with Connection(running) as connection:
            connection.ask(KNOWN % 1, "Accept: text/csv")
            connection.send(request(query, "Accept: text/csv"))
            wait_for_work(running)
            running.process.terminate()
            status, fields, _ = connection.answer()
    finally:
        running.stop()

    assert (status, fields[b"connection"]) == (b"200 OK", b"close")


def test_a_worker_that_dies_is_no_end_of_the_connection(behind: Running) -> None:
    with Connection(behind) as connection:
        connection.ask(KNOWN % 1, "X-Case: dies")
        connection.send(request("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "X-Case: dies"))
        wait_for_work(behind)
        for process in behind.workers():
            os.kill(process, signal.SIGKILL)
        assert connection.answer()[0].startswith(b"500")
        assert connection.ask(KNOWN % 2, "X-Case: dies")[0] == b"200 OK"
