"""Federation both ways with a Virtuoso 7, the engine of the Publications Office and of data.europa.eu.

It holds made-up data in the form of Cellar's, Wikidata's and CORDIS' (tests/competency/endpoints/), each in a
named graph: its default graph is the union of all, as theirs is.
"""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pyoxigraph as ox
import pytest

from clients.engines import JSON, sparql
from clients.guide import CLIPGRAPH, VIRTUOSO, shown
from competency.asking import QUESTIONS
from competency.federated import CORDIS, DOCUMENTS, POPULATIONS, PROJECTS, STANDINS
from conftest import ROOT, Running
from testing_engines import EngineServer

DATA = ROOT / "tests/competency/endpoints"
POPULATION = ox.NamedNode("http://www.wikidata.org/prop/direct/P1082")
SAME = ox.NamedNode("http://www.w3.org/2002/07/owl#sameAs")
LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
Client = httpx2.Client


def graph_of(name: str) -> str:
    return f"urn:test:made-up:{name}"


@pytest.fixture(scope="module")
def office(granted: EngineServer) -> Iterator[EngineServer]:
    """The Virtuoso with the made-up data."""
    for name in STANDINS.values():
        granted.put((DATA / f"{name}.ttl").read_text(encoding="utf-8"), graph_of(name))
    yield granted
    for name in STANDINS.values():
        httpx2.delete(granted.graphs, params={"graph": graph_of(name)}, auth=granted.auth, timeout=60)


@pytest.fixture(scope="module")
def federated(published: Path, office: EngineServer) -> Iterator[Client]:
    """A client of a service that may ask the Virtuoso, by its own address and in place of the others."""
    aliases = json.dumps(dict.fromkeys(STANDINS, office.query))
    listed = [part for endpoint in ("eu", CORDIS, office.query) for part in ("--federate", endpoint)]
    running = Running(
        ["--project", str(ROOT), "--data", str(published), "--workers", "2", *listed],
        environment={"CLIPGRAPH_SERVICE_ALIASES": aliases},
    )
    with httpx2.Client(base_url=running.url, timeout=60) as client:
        yield client
    running.stop()


def ask(client: Client, query: str, accept: str = "text/csv") -> httpx2.Response:
    answer = client.post("/sparql", data={"query": query}, headers={"Accept": accept})
    assert answer.status_code == 200, answer.text
    return answer


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("cq56-eu-documents-on-a-field", DOCUMENTS),
        ("cq57-population-of-cities", POPULATIONS),
        ("cq58-research-projects-in-cities", PROJECTS),
    ],
)
def test_the_competency_questions_are_answered_by_a_virtuoso(
    federated: Client, question: str, expected: list[tuple[str, ...]]
) -> None:
    text = (QUESTIONS / f"{question}.rq").read_text(encoding="utf-8")
    found = list(csv.reader(ask(federated, text).text.splitlines()))[1:]

    assert [tuple(row) for row in found] == expected


def values(results: dict[str, Any], *names: str) -> list[tuple[str, ...]]:
    """Return rows as their values, sorted: Virtuoso's own names of types are not looked at."""
    bindings = results["results"]["bindings"]
    return sorted(tuple(row[name]["value"] for name in names) for row in bindings)


def test_the_same_join_is_answered_the_same_from_both_sides(
    federated: Client, office: EngineServer, graph: ox.Store
) -> None:
    names = ("city", "name", "population")
    from_us = shown("#### From clipgraph to Virtuoso", "sparql").replace(VIRTUOSO, office.query)
    from_them = shown("#### From Virtuoso to clipgraph", "sparql").replace(
        CLIPGRAPH, f"{federated.base_url}/sparql"
    )

    ours = values(ask(federated, from_us, JSON).json(), *names)
    theirs = values(sparql(office, from_them), *names)

    assert ours == theirs == joined_by_hand(graph)
    assert len(ours) == 3


def joined_by_hand(graph: ox.Store) -> list[tuple[str, ...]]:
    """Return cities with their English names and made-up populations, without SPARQL."""
    other = ox.Store()
    other.load(path=str(DATA / "wikidata.ttl"), format=ox.RdfFormat.TURTLE)
    found = []
    for said in other.quads_for_pattern(None, POPULATION, None):
        for same in graph.quads_for_pattern(None, SAME, said.subject, ox.DefaultGraph()):
            labels = [
                quad.object for quad in graph.quads_for_pattern(same.subject, LABEL, None, ox.DefaultGraph())
            ]
            name = next(
                label.value for label in labels if isinstance(label, ox.Literal) and label.language == "en"
            )
            assert isinstance(same.subject, ox.NamedNode)
            assert isinstance(said.object, ox.Literal)
            found.append((same.subject.value, name, said.object.value))
    return sorted(found)


def test_types_survive_the_way_through_virtuoso(federated: Client, office: EngineServer) -> None:
    """It writes typed-literal in JSON results, and reads ours as XML."""
    query = f"""SELECT ?date ?population WHERE {{ SERVICE <{office.query}> {{
        ?work <http://publications.europa.eu/ontology/cdm#work_date_document> ?date .
        ?city <http://www.wikidata.org/prop/direct/P1082> ?population }} }}"""
    (first, *_) = ask(federated, query, JSON).json()["results"]["bindings"]

    assert {term["type"] for term in first.values()} == {"literal"}
    assert first["date"]["datatype"] == "http://www.w3.org/2001/XMLSchema#date"
    assert first["population"]["datatype"] == "http://www.w3.org/2001/XMLSchema#decimal"


def test_a_virtuoso_that_refuses_is_named_with_its_reason(federated: Client, office: EngineServer) -> None:
    query = f"SELECT * WHERE {{ SERVICE <{office.query}> {{ ?s <urn:p>+ ?o }} }}"
    answer = federated.post("/sparql", data={"query": query})

    assert answer.status_code == 502
    problem = answer.json()
    assert (problem["endpoint"], problem["code"]) == (office.query, "service-failed")
    assert problem["endpoint_status"] >= 400
    assert "transitive start not given" in problem["detail"]
