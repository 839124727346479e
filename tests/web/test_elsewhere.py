"""A service that asks an engine elsewhere says the same, and what becomes of it when that fails."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import httpx2
import pytest

from conftest import CLIPGRAPH, ROOT, Running
from testing_contract import push, small_shelf, write
from testing_engines import EngineServer, oxigraph_server
from testing_gates import Door
from testing_served import ServedContract, served, set_for

COUNT = {"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "format": "csv"}
PATIENCE = 30.0  # seconds


def push_project(data: Path, server: EngineServer) -> str:
    """Publish the project and push it by the command line; returns what that says."""
    command = [
        *CLIPGRAPH,
        "publish",
        "--project",
        str(ROOT),
        "--data",
        str(data),
        "--to",
        server.address.query,
    ]
    environment = os.environ | set_for(server.address) | {"CLIPGRAPH_ENGINE_MERGE": "named"}
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    return done.stdout


@pytest.fixture(scope="module")
def elsewhere(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A service that asks an Oxigraph for the project, which was pushed beside graphs of its institution."""
    with oxigraph_server(tmp_path_factory.mktemp("elsewhere")) as server:
        server.put("<https://w3id.org/clipgraph/id/city/stuttgart> <urn:p> 1 .", "urn:institution:own")
        server.put("<https://w3id.org/clipgraph/id/city/stuttgart> <urn:p> 2 .")
        assert "holds release 1 now" in push_project(published, server)
        assert "holds release 1 already" in push_project(published, server)
        with served(server.address, tmp_path_factory.mktemp("data")) as running:
            yield running


class TestOxigraph(ServedContract):
    """A server of Oxigraph."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineServer]:
    """An engine for small releases."""
    with oxigraph_server(tmp_path_factory.mktemp("small")) as server:
        yield server


def counted(running: Running) -> tuple[int, str]:
    """Return the status of a question, and the number that is answered or what is said instead."""
    answer = httpx2.post(running.url + "/sparql", data=COUNT, timeout=60)
    return answer.status_code, answer.text.split()[-1] if answer.is_success else answer.json()["detail"]


def comes_to(running: Running, expected: tuple[int, str]) -> None:
    """Wait until a service answers so."""
    until = time.monotonic() + PATIENCE
    while (found := counted(running)) != expected:
        assert time.monotonic() < until, found
        time.sleep(0.1)


def test_several_services_share_an_engine_and_see_each_release(server: EngineServer, tmp_path: Path) -> None:
    shelf = small_shelf(tmp_path / "shelf")
    with ExitStack() as stack:
        # Before the first release they are up, and say that there is nothing.
        services = [
            stack.enter_context(served(server.address, tmp_path / name, CLIPGRAPH_WORKERS="2"))
            for name in ("one", "two")
        ]
        for running in services:
            ready = httpx2.get(running.url + "/readyz", timeout=60)
            assert (ready.status_code, ready.json()["reason"]) == (503, "no release: run clipgraph publish")
            assert counted(running)[0] == 503
        push(shelf, server.address, "default")
        for running in services:
            comes_to(running, (200, "3"))
        tags = {httpx2.get(one.url + "/scheme", timeout=60).headers["etag"] for one in services}
        write(shelf, 7, 8)
        push(shelf, server.address, "default")
        for running in services:
            comes_to(running, (200, "5"))
            newer = httpx2.get(running.url + "/scheme", timeout=60).headers["etag"]
            assert newer not in tags
        assert len(tags) == 1


def test_a_folder_that_has_the_release_tells_its_history(server: EngineServer, tmp_path: Path) -> None:
    shelf = small_shelf(tmp_path / "shelf")
    write(shelf, 7)
    push(shelf, server.address, "default")
    with served(server.address, shelf.root, CLIPGRAPH_WORKERS="2") as running:
        listed = httpx2.get(running.url + "/releases?format=json", timeout=60).json()
        changed = httpx2.get(running.url + "/releases/3/diff/4?format=json", timeout=60)
        dumps = httpx2.get(running.url + "/dumps/?format=json", timeout=60)
        older = httpx2.get(running.url + "/?release=3", timeout=60)

    assert [each["number"] for each in listed["releases"]] == [4, 3, 2, 1]
    assert (changed.status_code, dumps.status_code, older.status_code) == (200, 200, 501)
    assert dumps.json()["release"] == 4


def test_an_engine_that_fails_and_comes_back(server: EngineServer, tmp_path: Path) -> None:
    push(small_shelf(tmp_path / "shelf"), server.address, "default")
    with Door(server.query) as door:
        address = replace(server.address, query=door.url)
        settings = {"CLIPGRAPH_WORKERS": "2", "CLIPGRAPH_CACHE": "0", "CLIPGRAPH_TIMEOUT": "2"}
        with served(address, tmp_path / "data", **settings) as running:
            comes_to(running, (200, "3"))
            door.state = "shut"
            comes_to(running, (502, "the engine behind this service has ended before the end of its answer"))
            ready = httpx2.get(running.url + "/readyz", timeout=60)
            page = httpx2.get(running.url + "/doc/city/x", headers={"Accept": "text/html"}, timeout=60)
            door.state = "open"
            comes_to(running, (200, "3"))
            door.state = "slow"
            slow = httpx2.post(running.url + "/sparql", data=COUNT, timeout=60)
            door.state = "open"
            comes_to(running, (200, "3"))
            many = f"SELECT * {{ VALUES ?x {{ {' '.join(map(str, range(2000)))} }} }}"
            door.state = "cut"
            half = httpx2.post(running.url + "/sparql", data={"query": many}, timeout=60)
            door.state = "open"
            comes_to(running, (200, "3"))
            assert httpx2.get(running.url + "/readyz", timeout=60).status_code == 200

    assert (ready.status_code, page.status_code) == (503, 502)
    assert ready.json()["reason"].startswith("the engine has ended")
    assert "Another service did not answer" in page.text
    assert slow.status_code == 504
    assert (half.status_code, half.json()["code"]) == (502, "remote-failed")
