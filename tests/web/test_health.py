"""What those who watch over a service see: health, readiness, metrics, the log."""

import asyncio
import json
import os
import re
import signal
import socket
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import quote

import httpx2
import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.requests import Request

from clipgraph.errors import RemoteFailed
from clipgraph.pages.site import Site
from clipgraph.web.health import Health
from clipgraph.web.metrics import Metrics
from conftest import ROOT, Running

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
ASK = "SELECT ?x { VALUES ?x { 1 } }"


class Watched(Running):
    """A service with two workers, whose log is JSON in a file."""

    def __init__(self, data: Path) -> None:
        self.file = data.parent / f"log-{data.name}"
        arguments = ["--project", str(ROOT), "--data", str(data), "--workers", "2", "--log", "json"]
        super().__init__(arguments, log=self.file)

    def log(self, name: str) -> dict[str, object]:
        """Return the line of the request with an id; waits for it."""
        for _ in range(200):
            for line in self.file.read_text().splitlines():
                entry: dict[str, object] = json.loads(line)
                if entry.get("id") == name and "status" in entry:
                    return entry
            time.sleep(0.05)
        raise AssertionError(self.file.read_text())

    def metric(self, name: str, **labels: str) -> float:
        """Return a number, 0 where there is none."""
        text = httpx2.get(f"{self.url}/metrics").text
        samples = [item for family in text_string_to_metric_families(text) for item in family.samples]
        return sum(
            item.value for item in samples if item.name == name and labels.items() <= item.labels.items()
        )


@pytest.fixture(scope="module")
def watched(published: Path) -> Iterator[Watched]:
    running = Watched(published)
    yield running
    running.stop()


def ask(service: Running, name: str, query: str = ASK, **parameters: str) -> httpx2.Response:
    return httpx2.get(
        f"{service.url}/sparql",
        params={"query": query, "format": "csv"} | parameters,
        headers={"X-Request-Id": name},
        timeout=60,
    )


def test_health_and_readiness(watched: Watched) -> None:
    health, ready = (httpx2.get(watched.url + path) for path in ("/healthz", "/readyz"))

    assert (health.status_code, health.json()) == (200, {"status": "ok"})
    assert (ready.status_code, ready.json()) == (200, {"status": "ready", "release": 1})
    assert ready.headers["cache-control"] == "no-store"


def test_a_request_is_one_line_with_what_is_known_of_it(watched: Watched) -> None:
    response = ask(watched, "line-1")
    entry = watched.log("line-1")

    assert response.headers["x-request-id"] == "line-1"
    assert entry["query"] == sha256(ASK.encode()).hexdigest()
    expected = {"method": "GET", "route": "/sparql", "path": "/sparql", "status": 200, "outcome": "complete"}
    assert expected.items() <= entry.items()
    assert (entry["release"], entry["client"], entry["bytes"]) == (1, "127.0.0.1", len(response.content))
    assert isinstance(entry["ms"], float)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]{12}Z", str(entry["time"]))


def test_outcomes_are_told_apart(watched: Watched) -> None:
    ask(watched, "bad", "SELECT")
    ask(watched, "late", ENDLESS, timeout="0.5")
    with pytest.raises(httpx2.TimeoutException):
        httpx2.get(
            f"{watched.url}/sparql",
            params={"query": ENDLESS},
            headers={"X-Request-Id": "left"},
            timeout=httpx2.Timeout(30, read=1),
        )
    with pytest.raises(httpx2.RemoteProtocolError):
        ask(watched, "half", "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", timeout="4")
    outcomes = {name: watched.log(name) for name in ("bad", "late", "left", "half")}

    assert {name: (entry["status"], entry["outcome"]) for name, entry in outcomes.items()} == {
        "bad": (400, "query-syntax-error"),
        "late": (504, "deadline-exceeded"),
        "left": (499, "hang-up"),
        "half": (200, "deadline-exceeded"),
    }


def test_who_leaves_many_requests_behind_breaks_nothing(watched: Watched) -> None:
    url = httpx2.URL(watched.url)
    for round_number in range(12):
        queries = [quote(f"SELECT ({round_number} + {number} AS ?left) {{}}") for number in range(8)]
        sent = "".join(f"GET /sparql?query={query} HTTP/1.1\r\nHost: x\r\n\r\n" for query in queries)
        with socket.create_connection((url.host, url.port or 80), timeout=30) as connection:
            connection.sendall(sent.encode())
            time.sleep(round_number / 500)
    ask(watched, "behind-them")
    watched.log("behind-them")

    assert "Traceback" not in watched.file.read_text()
    assert watched.metric("clipgraph_requests_total", status="500") == 0


def test_bytes_are_those_that_are_sent(watched: Watched) -> None:
    httpx2.head(f"{watched.url}/", headers={"X-Request-Id": "only-the-head"})

    assert watched.log("only-the-head")["bytes"] == 0


@pytest.mark.parametrize("sent", ["", "a b", "x" * 129, "ä", 'a"b', "<script>"])
def test_an_id_that_is_none_is_replaced(watched: Watched, sent: str) -> None:
    given = httpx2.get(f"{watched.url}/healthz", headers={b"X-Request-Id": sent.encode()}).headers[
        "x-request-id"
    ]

    assert re.fullmatch("[0-9a-f]{32}", given)


def test_a_path_cannot_forge_a_line(watched: Watched) -> None:
    httpx2.get(f"{watched.url}/x%0A%7B%22id%22:%22forged%22%7D", headers={"X-Request-Id": "forger"})

    assert watched.log("forger")["path"] == "/x%0A%7B%22id%22:%22forged%22%7D"
    assert all(json.loads(line)["id"] != "forged" for line in watched.file.read_text().splitlines())


def test_requests_are_counted_by_route_and_status(watched: Watched) -> None:
    counted = {"route": "/sparql", "method": "GET", "status": "200"}
    before = watched.metric("clipgraph_requests_total", **counted)
    unknown = watched.metric("clipgraph_requests_total", route="other", status="404")
    ask(watched, "count")
    for path in ("/nothing/1", "/nothing/2", "/def.ttl"):
        httpx2.get(watched.url + path)

    assert watched.metric("clipgraph_requests_total", **counted) == before + 1
    assert watched.metric("clipgraph_requests_total", route="other", status="404") == unknown + 2
    assert watched.metric("clipgraph_requests_total", route="/def", status="200") == 1
    assert watched.metric("clipgraph_request_seconds_count", route="/sparql") >= before + 1
    assert watched.metric("clipgraph_release") == 1


def test_workers_are_counted_by_what_ended_them(watched: Watched) -> None:
    names = ("clipgraph_workers_ended_total", "clipgraph_workers_started_total")
    before = [watched.metric(names[0], reason="deadline"), watched.metric(names[1])]
    ask(watched, "ended", ENDLESS, timeout="0.5")
    for _ in range(100):
        if watched.metric("clipgraph_workers", state="idle") == 2:
            break
        time.sleep(0.1)

    assert watched.metric("clipgraph_workers", state="idle") == 2
    assert watched.metric("clipgraph_workers", state="busy") == 0
    assert [watched.metric(names[0], reason="deadline"), watched.metric(names[1])] == [n + 1 for n in before]


def test_a_service_without_its_release_or_its_workers_is_not_ready(data_copy: Path) -> None:
    running = Watched(data_copy)
    try:
        (data_copy / "current").write_text("nonsense")
        unreadable = httpx2.get(f"{running.url}/readyz")
        alive = httpx2.get(f"{running.url}/healthz")
        (data_copy / "current").write_text("1")
        time.sleep(2.1)  # for so long an answer is kept
        for worker in running.workers():
            os.kill(worker, signal.SIGSTOP)
        hanging = httpx2.get(f"{running.url}/readyz", timeout=30)
    finally:
        running.stop()

    assert (unreadable.status_code, unreadable.json()["reason"]) == (503, "the release cannot be read")
    assert alive.status_code == 200
    assert hanging.status_code == 503
    assert hanging.json()["reason"].startswith("no worker answers")


def test_people_are_told_the_status_on_a_page(client: httpx2.Client) -> None:
    page = client.get("/de/readyz", headers={"Accept": "text/html"})

    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    assert "Dieser Dienst antwortet" in page.text
    assert '<a href="/de/releases/1">Ausgabe 1</a>' in page.text
    assert client.get("/readyz").json() == {"status": "ready", "release": 1}


def test_an_engine_that_fails_while_an_answer_is_kept_breaks_no_answer() -> None:
    """What is kept for a moment has the number of the release in it."""

    class Line:
        def __init__(self) -> None:
            self.asked = 0

        def current_number(self) -> int:
            self.asked += 1
            if self.asked > 1:
                raise RemoteFailed("http://e/", "cannot be reached")
            return 3

    all_work = SimpleNamespace(occupation=SimpleNamespace(busy=2, idle=0))
    asked: Any = SimpleNamespace(line=Line(), pool=all_work)
    request = Request({"type": "http", "headers": [], "path": "/readyz"})

    async def main() -> list[tuple[int, bytes]]:
        health = Health(asked, cast("Metrics", None), cast("Site", None))
        answers = [await health.readyz(request) for _ in range(2)]
        return [(answer.status_code, bytes(answer.body)) for answer in answers]

    assert asyncio.run(main()) == [(200, b'{"status":"ready","release":3}')] * 2
