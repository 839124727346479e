"""A service from release to release and to its end: nothing is dropped, nothing is left."""

import signal
import socket
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from urllib.parse import urlencode

import httpx2
import pytest

from conftest import CLIPGRAPH, ROOT, Running, workers_of

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f }"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A project of a few triples, which publishes in a blink."""
    for folder in ("ontology", "shapes", "data/things", "queries"):
        (tmp_path / "small" / folder).mkdir(parents=True)
    write(tmp_path / "small", 1)
    return tmp_path / "small"


def write(project: Path, triples: int) -> None:
    lines = [f"<urn:s{n}> <urn:p> {n} .\n" for n in range(triples)]
    (project / "data/things/one.ttl").write_text("".join(lines))


def publish(project: Path) -> None:
    command = [*CLIPGRAPH, "publish", "--project", str(project)]
    subprocess.run(command, check=True, capture_output=True, timeout=60)


def test_no_request_is_dropped_while_releases_are_published(small: Path) -> None:
    publish(small)
    running = Running(["--project", str(small)], environment={"CLIPGRAPH_RATE": ""})
    over = Event()

    def ask() -> list[int]:
        counts: list[int] = []
        with httpx2.Client(base_url=running.url, timeout=30) as client:
            while not over.is_set() and len(counts) < 5000:
                response = client.get("/sparql", params={"query": COUNT, "format": "csv"})
                assert response.status_code == 200, response.text
                counts.append(int(response.text.split()[1]))
        return counts

    try:
        with ThreadPoolExecutor(4) as threads:
            load = [threads.submit(ask) for _ in range(4)]
            try:
                for triples in range(2, 8):
                    write(small, triples)
                    publish(small)
                time.sleep(0.5)
            finally:
                over.set()
            answers = [future.result() for future in load]
        last = httpx2.get(f"{running.url}/sparql", params={"query": COUNT, "format": "csv"})
    finally:
        running.stop()

    assert all(counts == sorted(counts) for counts in answers)
    assert {1, 7} <= {count for counts in answers for count in counts} <= set(range(1, 8))
    assert last.text.split()[1] == "7"


def test_a_request_under_way_gets_its_answer_though_the_service_is_told_to_end(published: Path) -> None:
    running = Running(["--project", str(ROOT), "--data", str(published), "--workers", "2"])
    parameters = {"query": ENDLESS, "timeout": "3"}
    with ThreadPoolExecutor(1) as threads:
        asked = threads.submit(httpx2.get, f"{running.url}/sparql", params=parameters, timeout=60)
        time.sleep(1)  # so that it is under way
        running.process.send_signal(signal.SIGTERM)
        answer = asked.result()
    running.process.wait(20)

    assert (answer.status_code, answer.json()["code"]) == (504, "deadline-exceeded")
    assert workers_of(running.process.pid) == []
    running.stop()


def test_readers_that_read_nothing_do_not_keep_it_from_ending(published: Path) -> None:
    running = Running(["--project", str(ROOT), "--data", str(published), "--workers", "4"])
    url = httpx2.URL(running.url)
    request = f"GET /sparql?{urlencode({'query': LARGE})} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    half_open, *readers = (
        socket.create_connection((url.host, url.port or 80), 30, (f"127.0.0.{client}", 0))
        for client in range(2, 6)
    )
    half_open.sendall(b"GET / HT")
    for reader in readers:
        reader.sendall(request)
        assert reader.recv(15) == b"HTTP/1.1 200 OK"
    running.process.send_signal(signal.SIGTERM)
    try:
        ended = running.process.wait(25)  # ten seconds for them, and a busy machine
    finally:
        for connection in (*readers, half_open):
            connection.close()
        running.stop()

    assert ended == -signal.SIGTERM
    assert workers_of(running.process.pid) == []
