"""Virtuoso 7 as the engine behind a service: the contract of engines, and the same pages as from our own."""

import os
import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import httpx2
import pyoxigraph as ox
import pytest

from clipgraph.errors import RemoteFailed
from conftest import CLIPGRAPH, ROOT, Running
from testing_contract import EngineContract, Subject, push, remote, small_shelf, write
from testing_engines import EngineServer, virtuoso_server
from testing_served import ServedContract, served, set_for

QUESTIONS = sorted((ROOT / "queries/competency").glob("*.rq"))
# Computed truth values are the numbers 1 and 0 there, whatever is asked.
NUMBERS_FOR_TRUTH = {"cq03-invited-to-the-pact", "cq33-incomplete-practices"}


class TestContract(EngineContract):
    """What every engine does."""

    @pytest.fixture(scope="session")
    @staticmethod
    def small(virtuoso: EngineServer, tmp_path_factory: pytest.TempPathFactory) -> EngineServer:
        """The Virtuoso with the small release."""
        push(small_shelf(tmp_path_factory.mktemp("contract")), virtuoso.address, "named")
        return virtuoso

    @pytest.fixture
    def subject(self, small: EngineServer) -> Subject:
        """It is opened anew for each test."""
        return Subject(remote(small.address), partial(remote, small.address))


def test_a_push_changes_what_differs(virtuoso: EngineServer, tmp_path: Path) -> None:
    shelf = small_shelf(tmp_path)
    push(shelf, virtuoso.address, "named")
    write(shelf, *range(100, 140), graph="urn:a")
    push(shelf, virtuoso.address, "named")
    write(shelf, 5, graph="urn:a")
    changed = push(shelf, virtuoso.address, "named")

    assert (changed.graphs, changed.statements, changed.altered) == (2, 2, 0)


@pytest.fixture(scope="module")
def elsewhere(
    published: Path, virtuoso: EngineServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    """A service that asks the Virtuoso for the project, which the command line has pushed."""
    server = virtuoso
    command = [*CLIPGRAPH, "publish", "--project", str(ROOT), "--data", str(published)]
    environment = os.environ | set_for(server.address) | {"CLIPGRAPH_ENGINE_MERGE": "named"}
    done = subprocess.run(
        [*command, "--to", server.query], check=True, capture_output=True, text=True, env=environment
    )
    assert "holds release 1 now" in done.stdout
    # What it makes of durations, truth values and points is what was meant when it is read.
    assert "another form there" not in done.stdout
    with served(server.address, tmp_path_factory.mktemp("data")) as running:
        yield running


class TestServed(ServedContract):
    """What a service says whichever engine it asks."""


def test_it_answers_the_competency_questions(service: Running, elsewhere: Running) -> None:
    differing = set()
    for file in QUESTIONS:
        text = file.read_text(encoding="utf-8")
        if "SERVICE" in text:
            continue
        answers = [
            httpx2.post(running.url + "/sparql", data={"query": text, "format": "json"}, timeout=60).content
            for running in (service, elsewhere)
        ]
        ours, theirs = (
            sorted(str(row) for row in ox.parse_query_results(body, ox.QueryResultsFormat.JSON))  # type: ignore[union-attr]
            for body in answers
        )
        if ours != theirs:
            differing.add(file.stem)

    assert differing == NUMBERS_FOR_TRUTH


def test_the_engine_alone_would_let_a_query_ask_any_address(virtuoso: EngineServer) -> None:
    """Why a query is read here first."""
    query = f"SELECT (<bif:http_get>('{virtuoso.query}?query=ASK%7B%7D') AS ?x) {{}}"
    answer = httpx2.get(virtuoso.query, params={"query": query}, timeout=60)

    assert "sparql-results" in answer.text


def test_an_engine_that_cuts_answers_is_found_out_by_a_push(tmp_path: Path) -> None:
    shelf = small_shelf(tmp_path / "shelf")
    (tmp_path / "engine").mkdir()
    with virtuoso_server(tmp_path / "engine", rows=8) as server:
        push(shelf, server.address, "named")
        write(shelf, *range(10, 20))
        with pytest.raises(RemoteFailed, match="gave back 9 of 10 statements that it has: it cuts answers"):
            push(shelf, server.address, "named")
