"""Writes whose process or whose connection breaks: what the client and the audit log are told."""

import json
import os
import signal
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import httpx2
import pytest

from conftest import Running, make_token, workers_of

VALUES = " ".join(f"<urn:{n}>" for n in range(60))
ENDLESS = "INSERT {{ GRAPH <urn:g> {{ ?v0 ?v1 ?v2 }} }} WHERE {{ {} }}".format(
    " ".join(f"VALUES ?v{n} {{ {VALUES} }}" for n in range(6))
)


@pytest.fixture
def service(tmp_path: Path) -> Iterator[tuple[Running, httpx2.Client, Path]]:
    (tmp_path / "project").mkdir()
    data = tmp_path / "data"
    running = Running(
        [
            *("--project", str(tmp_path / "project"), "--data", str(data)),
            *("--workers", "1", "--shapes", "none"),
        ]
    )
    headers = {"Authorization": f"Bearer {make_token(data)}"}
    with httpx2.Client(base_url=running.url, headers=headers, timeout=60) as client:
        yield running, client, data
    running.stop()


def worker(running: Running) -> int:
    """Return the worker for writes once it works, which it does for as long as it is let."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        for found in workers_of(running.process.pid, "clipgraph.writing.worker"):
            time.sleep(0.5)
            return found
        time.sleep(0.05)
    raise AssertionError("no worker for writes was started")


def audited(data: Path, count: int) -> list[dict[str, object]]:
    """Return the lines of the audit log, once there are so many."""
    until, lines = time.monotonic() + 30, list[str]()
    while len(lines) < count and time.monotonic() < until:
        time.sleep(0.05)
        log = data / "audit.jsonl"
        lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    return [json.loads(line) for line in lines]


def test_a_killed_worker_is_a_503_that_says_that_nothing_was_written(
    service: tuple[Running, httpx2.Client, Path],
) -> None:
    running, client, data = service
    with ThreadPoolExecutor(1) as beside:
        answer = beside.submit(client.post, "/sparql", data={"update": ENDLESS})
        os.kill(worker(running), signal.SIGKILL)
        response = answer.result()

    problem = response.json()
    assert (response.status_code, problem["code"]) == (503, "write-interrupted")
    assert "before anything was written: send the write again" in problem["detail"]
    [line] = audited(data, 1)
    assert (line["status"], line["release"], line["message"]) == (503, None, problem["detail"])
    again = client.post("/sparql", data={"update": "INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1 } }"})
    assert again.json()["added"] == 1


def test_a_broken_connection_is_the_reason_in_the_audit_log(
    service: tuple[Running, httpx2.Client, Path],
) -> None:
    running, client, data = service
    body = urlencode({"update": ENDLESS, "message": "why"})
    address = client.base_url
    with socket.create_connection((address.host, address.port or 80), 30) as connection:
        head = (
            f"POST /sparql HTTP/1.1\r\nHost: {address.host}\r\nContent-Length: {len(body)}\r\n"
            f"Authorization: {client.headers['authorization']}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
        )
        connection.sendall(f"{head}{body}".encode())
        worker(running)

    [line] = audited(data, 1)
    assert str(line["message"]).startswith("the connection broke")
    assert line["release"] is None
