"""One query cannot hang or outlive the service (issue: must show 4)."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
import pytest

from conftest import ROOT, Running, workers_of

CROSS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
GOOD = "SELECT (COUNT(*) AS ?n) WHERE { ?practice a <https://w3id.org/clipgraph/def/GoodPractice> }"


def test_an_endless_query_is_ended_while_others_go_on(service: Running) -> None:
    def ask(query: str, timeout: str) -> httpx2.Response:
        parameters = {"query": query, "format": "csv", "timeout": timeout}
        return httpx2.get(f"{service.url}/sparql", params=parameters, timeout=60)

    with ThreadPoolExecutor(21) as threads:
        endless = threads.submit(ask, CROSS, "2")
        good = [threads.submit(ask, GOOD, "20") for _ in range(20)]
        answers = [future.result() for future in good]

    assert [answer.text.split() for answer in answers] == [["n", "9"]] * 20
    assert endless.result().status_code == 504
    assert endless.result().json()["seconds"] == 2


def test_a_memory_hog_is_ended_and_its_worker_replaced(service: Running) -> None:
    # Larger than the memory of one query long before the deadline; on a busy machine the deadline may win.
    hog = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i"
    response = httpx2.get(f"{service.url}/sparql", params={"query": hog, "timeout": "29"}, timeout=60)

    assert (response.status_code, response.json()["code"]) in (
        (503, "out-of-memory"),
        (504, "deadline-exceeded"),
    )
    assert httpx2.get(f"{service.url}/sparql", params={"query": GOOD}).status_code == 200


def test_no_worker_outlives_a_killed_service(published: Path) -> None:
    running = Running(["--project", str(ROOT), "--data", str(published)])
    before = running.workers()
    with ThreadPoolExecutor(1) as threads:
        hung = threads.submit(_ask_and_be_cut, running.url)
        time.sleep(1)  # so that one worker is busy
        running.process.kill()
        hung.result()
    running.stop()

    assert len(before) >= 4
    assert _gone_within(running.process.pid, 5)


def _ask_and_be_cut(url: str) -> None:
    with pytest.raises(httpx2.TransportError):
        httpx2.get(f"{url}/sparql", params={"query": CROSS}, timeout=60)


def _gone_within(parent: int, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while workers_of(parent) and time.monotonic() < until:
        time.sleep(0.05)
    return not workers_of(parent)
