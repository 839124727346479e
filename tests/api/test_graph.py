"""The graph from Python: rows, truth, graphs, errors that help, and what is ended when it is ended."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import clipgraph
from clipgraph import IRI, Text
from clipgraph.errors import BadRequest, DeadlineExceeded, QuerySyntaxError, Refused, Unavailable
from conftest import ROOT, workers_of

STUTTGART = "https://w3id.org/clipgraph/id/city/stuttgart"
HEAVY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture(scope="module")
def graph(published: Path) -> Iterator[clipgraph.Graph]:
    with clipgraph.open(ROOT, published) as graph:
        yield graph


def test_rows_are_python_values(graph: clipgraph.Graph) -> None:
    rows = graph.query(
        "SELECT ?event ?name ?day ?none { ?event a cv:PublicEvent ; rdfs:label ?name ; "
        "time:hasTime/time:hasBeginning?/time:inXSDDate ?day FILTER(LANG(?name) = 'en') } LIMIT 1"
    )

    (row,) = rows
    assert rows.variables == ("event", "name", "day", "none")
    assert isinstance(row["event"], IRI)
    assert isinstance(row["name"], Text)
    assert row["name"].language == "en"
    assert row["none"] is None
    assert type(row["day"]).__name__ == "date"


def test_aggregates_are_numbers(graph: clipgraph.Graph) -> None:
    rows = graph.query("SELECT (COUNT(*) AS ?n) { ?m a org:Membership ; org:organization ?x } GROUP BY ?x")

    assert max(row["n"] for row in rows if isinstance(row["n"], int)) >= 35


def test_truth_is_a_truth_value(graph: clipgraph.Graph) -> None:
    assert graph.ask(f"ASK {{ <{STUTTGART}> ?p ?o }}") is True
    assert graph.ask("ASK { <urn:nobody> ?p ?o }") is False


def test_a_graph_is_turtle_and_an_rdflib_graph(graph: clipgraph.Graph) -> None:
    found = graph.construct(f"CONSTRUCT {{ <{STUTTGART}> a ?type }} WHERE {{ <{STUTTGART}> a ?type }}")

    assert "cv:AdminUnit" in found.turtle
    assert len(found.graph) == len(found) > 1
    assert "http://data.europa.eu/m8g/AdminUnit" in {str(o) for o in found.graph.objects()}


def test_a_prefix_of_the_house_need_not_be_declared_and_may_be(graph: clipgraph.Graph) -> None:
    assert graph.ask("ASK { ?x a clip:Practice }")
    assert not graph.ask("PREFIX clip: <urn:other:> ASK { ?x a clip:Practice }")


@pytest.mark.parametrize("before", ["", "# one\n"])
def test_positions_are_those_of_what_was_asked(graph: clipgraph.Graph, before: str) -> None:
    with pytest.raises(QuerySyntaxError) as raised:
        graph.query(f"{before}SELECT ?x {{ ?x a clip:Practice ; nix:p ?y }}")

    error = raised.value
    assert (error.line, error.column) == (1 + before.count("\n"), 38)
    line, caret = error.quoted.split("\n")
    assert line[len(caret) - 1 :] == "p ?y }"
    assert error.__notes__ == [error.quoted, error.hint]


@pytest.mark.parametrize(
    ("method", "query", "told"),
    [
        ("query", "ASK {}", r"an ASK: use ask\(\)"),
        ("ask", "SELECT * {}", r"a SELECT: use query\(\)"),
        ("query", "DESCRIBE <urn:a>", r"use construct\(\)"),
        ("construct", "SELECT * {}", r"use query\(\) or ask\(\)"),
    ],
)
def test_the_wrong_method_names_the_right_one(
    graph: clipgraph.Graph, method: str, query: str, told: str
) -> None:
    with pytest.raises(BadRequest, match=told):
        getattr(graph, method)(query)


def test_it_stays_offline(graph: clipgraph.Graph) -> None:
    with pytest.raises(Refused, match=r"asks http://127\.0\.0\.1/sparql"):
        graph.query("SELECT * { SERVICE <http://127.0.0.1/sparql> { ?s ?p ?o } }")


def test_time_is_bounded(graph: clipgraph.Graph) -> None:
    with pytest.raises(DeadlineExceeded):
        graph.query(HEAVY, timeout=0.5)


def test_what_interrupts_the_caller_ends_the_query(graph: clipgraph.Graph) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.5)
    try:
        with pytest.raises(KeyboardInterrupt):
            graph.query(HEAVY, timeout=600)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)

    assert graph.ask("ASK {}", timeout=60)  # of its only process


def test_when_closed_nothing_is_left(published: Path) -> None:
    before = workers_of(process())
    graph = clipgraph.open(ROOT, published)
    graph.ask("ASK {}")
    (worker,) = set(workers_of(process())) - set(before)
    graph.close()
    graph.close()

    assert worker not in workers_of(process())
    with pytest.raises(BadRequest, match="closed"):
        graph.ask("ASK {}")


def process() -> int:
    return int(Path("/proc/self").readlink().name)


def test_a_script_that_forgets_to_close_ends_without_a_word(published: Path) -> None:
    code = f"import clipgraph; print(clipgraph.open({str(ROOT)!r}, {str(published)!r}).ask('ASK {{}}'))"
    done = subprocess.run([sys.executable, "-Wd", "-c", code], capture_output=True, text=True, check=True)

    assert (done.stdout, done.stderr) == ("True\n", "")


def test_where_nothing_is_published_it_is_published_and_says_so(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "project/data/mine/one.ttl"
    file.parent.mkdir(parents=True)
    file.write_text("<urn:s> <urn:p> 1, 2.5, '2006-09-11'^^<http://www.w3.org/2001/XMLSchema#date> .")

    with clipgraph.open(tmp_path / "project", tmp_path / "data") as graph:
        objects = {row["o"] for row in graph.query("SELECT ?o { ?s ?p ?o }")}
        told = repr(graph)

    assert len(objects) == 3
    assert f"nothing is published in {tmp_path / 'data'} yet: publishing" in capfd.readouterr().err
    assert told.startswith("<clipgraph release 1 of ")
    with clipgraph.open(tmp_path / "project", tmp_path / "data"):
        assert not capfd.readouterr().err


def test_what_cannot_be_opened_says_why(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="there is no such folder"):
        clipgraph.open(tmp_path / "none")
    with pytest.raises(BadRequest, match="timeout"):
        clipgraph.open(ROOT, tmp_path, timeout=0)
    with pytest.raises(AttributeError, match="no attribute 'closed'"):
        clipgraph.closed  # type: ignore[attr-defined]  # noqa: B018


def test_a_worker_imports_nothing_of_this() -> None:
    code = "import sys, clipgraph.workers.worker; print([m for m in sys.modules if 'clipgraph.api' in m])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"
