"""Datasets over HTTP, on a triple that stands in two graphs (SPARQL 1.1 Protocol, 2.1.4)."""

from collections.abc import Iterator

import httpx2
import pytest

from conftest import Running

G = "https://w3id.org/clipgraph/graph/twice/"
ONE, TWO, ABSENT = f"{G}one", f"{G}two", f"{G}absent"
COUNT = "SELECT (COUNT(*) AS ?n) {clauses} {{ {{ ?s <urn:p> ?o }} }}"
NAMED = "SELECT (COUNT(*) AS ?n) {clauses} {{ GRAPH ?g {{ ?s <urn:p> ?o }} }}"

CASES = [
    ([], [], None, None),
    ([ONE], [], 1, 0),
    ([ONE, TWO], [], 2, 0),
    ([TWO, ONE, ABSENT], [], 2, 0),
    ([ONE, ONE], [], 1, 0),
    ([ABSENT], [], 0, 0),
    ([], [ONE], 0, 1),
    ([], [ONE, TWO], 0, 3),
    ([], [ABSENT], 0, 0),
    ([ONE], [TWO], 1, 2),
    ([ONE, TWO], [ONE], 2, 1),
    ([ONE, TWO], [ONE, TWO], 2, 3),
]


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    """A service over two graphs that share one of their two triples."""
    root = tmp_path_factory.mktemp("twice")
    (root / "data/twice").mkdir(parents=True)
    (root / "data/twice/one.ttl").write_text("<urn:s> <urn:p> <urn:o> .")
    (root / "data/twice/two.ttl").write_text("<urn:s> <urn:p> <urn:o> , <urn:o2> .")
    running = Running(["--project", str(root), "--workers", "2"])
    try:
        with httpx2.Client(base_url=running.url, timeout=60) as client:
            yield client
    finally:
        running.stop()


def count(client: httpx2.Client, query: str, default: list[str], named: list[str]) -> int:
    parameters = {"query": query, "format": "csv", "default-graph-uri": default, "named-graph-uri": named}
    response = client.post("/sparql", data=parameters)
    assert response.status_code == 200, response.text
    return int(response.text.split()[1])


def clauses(default: list[str], named: list[str]) -> str:
    return " ".join([*(f"FROM <{iri}>" for iri in default), *(f"FROM NAMED <{iri}>" for iri in named)])


@pytest.mark.parametrize(("default", "named", "triples", "in_named"), CASES)
def test_a_dataset_in_the_query(
    twice: httpx2.Client, default: list[str], named: list[str], triples: int | None, in_named: int | None
) -> None:
    text = clauses(default, named)

    assert count(twice, COUNT.format(clauses=text), [], []) == (2 if triples is None else triples)
    assert count(twice, NAMED.format(clauses=text), [], []) == (3 if in_named is None else in_named)


@pytest.mark.parametrize("own", ["", f"FROM <{TWO}> FROM NAMED <{ONE}>", f"FROM <{ONE}> FROM <{TWO}>"])
@pytest.mark.parametrize(("default", "named", "triples", "in_named"), CASES[1:])
def test_the_dataset_of_the_protocol_replaces_the_querys(
    twice: httpx2.Client, own: str, default: list[str], named: list[str], triples: int, in_named: int
) -> None:
    assert count(twice, COUNT.format(clauses=own), default, named) == triples
    assert count(twice, NAMED.format(clauses=own), default, named) == in_named


def test_construct_and_describe_give_the_triple_once(twice: httpx2.Client) -> None:
    both = clauses([ONE, TWO], [])
    for query in (f"DESCRIBE <urn:s> {both}", f"CONSTRUCT {both} WHERE {{ ?s ?p ?o }}"):
        response = twice.post("/sparql", data={"query": query, "format": "ntriples"})

        assert sorted(response.text.splitlines()) == [
            "<urn:s> <urn:p> <urn:o2> .",
            "<urn:s> <urn:p> <urn:o> .",
        ]
