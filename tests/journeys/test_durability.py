"""Kills of every kind of process during commits under read load (issue 3: must show)."""

import json
import os
import random
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from conftest import CLIPGRAPH, Running, workers_of

COMMITS = 50
WRITER = "clipgraph.writing.worker"
KINDS = ("web process", "writer", "query worker")


def token(data: Path) -> str:
    command = [*CLIPGRAPH, "token", "create", "m", "--role", "maintainer", "--data", str(data)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


class Restarted:
    """A service over one folder of releases, started again whenever its web process was killed."""

    def __init__(self, folder: Path) -> None:
        self._options = ["--project", str(folder / "p"), "--data", str(folder / "d"), "--shapes", "none"]
        self._running = Running([*self._options, "--workers", "2"])
        self.headers = {"Authorization": f"Bearer {token(folder / 'd')}"}
        self.restarts = 0

    @property
    def url(self) -> str:
        """Where it answers now."""
        return self._running.url

    @property
    def pid(self) -> int:
        """The process id of its web process."""
        return self._running.process.pid

    def revive(self) -> None:
        """Start it again where it has ended."""
        if self._running.process.poll() is not None:
            self._running.stop()
            self._running = Running([*self._options, "--workers", "2"])
            self.restarts += 1

    def kill(self, kind: str) -> bool:
        """Kill one process of a kind; return whether there was one."""
        pids = {
            "web process": lambda: [self.pid],
            "writer": lambda: workers_of(self.pid, WRITER),
            "query worker": lambda: workers_of(self.pid),
        }[kind]()
        for pid in pids[:1]:
            os.kill(pid, signal.SIGKILL)
        return bool(pids)

    def stop(self) -> None:
        """End it."""
        self._running.stop()


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Restarted]:
    (tmp_path / "p").mkdir()
    running = Restarted(tmp_path)
    yield running
    running.stop()


def insert(service: Restarted, number: int) -> bool:
    """Commit the two halves of a number; return whether that was acknowledged."""
    halves = " ".join(f"GRAPH <urn:{half}> {{ <urn:n> <urn:is> {number} }}" for half in ("left", "right"))
    try:
        answer = httpx2.post(
            f"{service.url}/sparql",
            data={"update": f"INSERT DATA {{ {halves} }}"},
            headers=service.headers,
            timeout=60,
        )
    except httpx2.TransportError:
        return False
    return answer.status_code == 200


def numbers(service: Restarted, half: str) -> set[int]:
    query = f"SELECT ?n {{ GRAPH <urn:{half}> {{ <urn:n> <urn:is> ?n }} }}"
    answer = httpx2.get(f"{service.url}/sparql", params={"query": query, "format": "csv"}, timeout=60)
    return {int(line) for line in answer.text.split()[1:]}


@contextmanager
def readers(service: Restarted, seen: list[tuple[int, int]]) -> Iterator[None]:
    """Ask all the while for the number of triples in each half, in one query."""
    query = (
        "SELECT (COUNT(?l) AS ?left) (COUNT(?r) AS ?right) "
        "{ { GRAPH <urn:left> { ?s ?p ?l } } UNION { GRAPH <urn:right> { ?s ?p ?r } } }"
    )
    over = threading.Event()

    def read() -> None:
        while not over.is_set():
            try:
                answer = httpx2.get(
                    f"{service.url}/sparql", params={"query": query, "format": "json"}, timeout=10
                )
            except httpx2.TransportError:
                time.sleep(0.05)
                continue
            if answer.status_code == 200:
                row = json.loads(answer.text)["results"]["bindings"][0]
                seen.append((int(row["left"]["value"]), int(row["right"]["value"])))

    threads = [threading.Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()


@pytest.mark.timeout(300)
def test_no_kill_loses_or_halves_a_commit(service: Restarted) -> None:
    source = random.Random(11)  # noqa: S311
    acknowledged: set[int] = set()
    seen: list[tuple[int, int]] = []
    killed = dict.fromkeys(KINDS, 0)
    plan = {number: KINDS[turn % 3] for turn, number in enumerate(range(2, COMMITS, 4))}
    with readers(service, seen):
        for number in range(COMMITS):
            kind = plan.get(number)
            killer = None
            if kind:
                delay = source.uniform(0, 0.15)
                killer = threading.Timer(
                    delay, lambda k: killed.update({k: killed[k] + service.kill(k)}), [kind]
                )
                killer.start()
            done = insert(service, number)
            if killer:
                killer.join()
            service.revive()
            if done:
                acknowledged.add(number)

        left, right = numbers(service, "left"), numbers(service, "right")

    assert all(killed.values()), killed
    assert service.restarts == killed["web process"]
    assert left == right
    assert acknowledged <= left
    assert len(acknowledged) > COMMITS // 2
    assert seen
    assert all(one == other for one, other in seen)
    assert insert(service, COMMITS)
    assert numbers(service, "left") == left | {COMMITS}
