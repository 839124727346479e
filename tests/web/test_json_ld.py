"""JSON-LD over HTTP: the context, and things as JSON that says what their Turtle says."""

import json
from collections.abc import Iterator

import httpx2
import pyoxigraph as ox
import pytest
import rdflib

from clipgraph.rdf.prefixes import BASE, expand
from clipgraph.rdf.terms import Literal, NamedNode, Quad, Triple
from clipgraph.releases.change import Change
from clipgraph.releases.commit import Origin, commit
from clipgraph.releases.edits import known
from clipgraph.releases.policy import Policy
from clipgraph.releases.shelf import Shelf
from conftest import Running
from testing_releases import passes

# rdflib's own reader of JSON-LD uses what rdflib deprecates.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
MANY = 20_000
THING = BASE + "id/thing/"


def read(text: str, form: str) -> set[object]:
    found = rdflib.Graph()
    found.parse(data=text, format=form)
    return set(found)


@pytest.mark.parametrize(
    "path",
    [
        "/doc/city/stuttgart",
        "/doc/practice/bokaler",
        "/doc/instrument/european-pact",
        "/doc/network/clip",
        "/doc/document/european-pact-brochure-2011/passage/33425-33690",
        "/doc/country/germany",
        "/scheme/governance-level",
        "/scheme/governance-level/local",
        "/def/GoodPractice",
        "/def/sector",
        "/shapes/PracticeShape",
    ],
)
def test_json_ld_says_what_turtle_says_without_a_fetch(client: httpx2.Client, path: str) -> None:
    as_json, as_turtle = client.get(f"{path}.jsonld"), client.get(f"{path}.ttl")

    assert as_json.headers["content-type"] == "application/ld+json"
    assert isinstance(as_json.json()["@context"], dict)
    assert read(as_json.text, "json-ld") == read(as_turtle.text, "turtle")


def test_a_thing_reads_as_json(client: httpx2.Client) -> None:
    found = client.get("/doc/practice/bokaler.jsonld").json()

    assert list(found)[:4] == ["@context", "id", "type", "label"]
    assert found["id"] == BASE + "id/practice/bokaler"
    assert "GoodPractice" in found["type"]
    assert found["title"] == {"en": "Bokaler"}
    assert found["coversField"]["label"]["de"] == "Integration in die Nachbarschaft und Wohnungspolitik"


def test_the_context_serves_any_document_of_ours(client: httpx2.Client) -> None:
    answer = client.get("/context.jsonld")
    context = answer.json()["@context"]
    document = client.get("/doc/practice/bokaler.jsonld").json()
    used = document.pop("@context")

    assert answer.headers["content-type"] == "application/ld+json"
    assert used.items() <= context.items()
    assert context["governanceLevel"] == {"@id": expand("clip:governanceLevel"), "@type": "@id"}
    assert context["goal"] == {"@id": expand("clip:goal"), "@container": "@language"}
    whole = json.dumps(document | {"@context": context})
    assert read(whole, "json-ld") == read(client.get("/doc/practice/bokaler.ttl").text, "turtle")
    again = client.get("/context.jsonld", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


def test_a_document_that_the_client_has_is_not_sent_again(client: httpx2.Client) -> None:
    first = client.get("/doc/city/stuttgart.jsonld")
    again = client.get("/doc/city/stuttgart.jsonld", headers={"If-None-Match": first.headers["etag"]})

    assert (again.status_code, again.content) == (304, b"")


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    """A client of a service with a thing of which very much is said, and one with a triple term."""
    root = tmp_path_factory.mktemp("odd")
    project = root / "project"
    for folder in ("ontology", "shapes", "data", "queries"):
        (project / folder).mkdir(parents=True)
    graph, label = NamedNode(BASE + "graph/things/odd"), NamedNode(expand("rdfs:label"))
    large, reifier = NamedNode(THING + "large"), NamedNode(THING + "reifier")
    stated = [
        Quad(large, label, Literal(f"name {number} " + "x" * 60, language="en"), graph)
        for number in range(MANY)
    ]
    term = Triple(large, label, Literal("said"))
    stated.append(Quad(reifier, NamedNode(expand("rdf:reifies")), term, graph))
    shelf = Shelf(root / "data")
    shelf.prepare()
    with shelf.lock():
        commit(shelf, known(Change(tuple(stated))), Policy(), passes, Origin("me", "why"))
    running = Running(["--project", str(project), "--data", str(shelf.root), "--log", "off"])
    with httpx2.Client(base_url=running.url, timeout=60) as client:
        yield client
    running.stop()


def test_what_is_too_much_to_be_put_in_order_comes_as_it_is(odd: httpx2.Client) -> None:
    answer = odd.get("/doc/thing/large.jsonld")

    assert isinstance(answer.json(), list)
    assert len(list(ox.parse(answer.content, format=ox.RdfFormat.JSON_LD))) >= MANY


def test_a_triple_term_is_refused_in_json_ld_and_sent_in_turtle(odd: httpx2.Client) -> None:
    refused = odd.get("/doc/thing/reifier.jsonld")

    assert refused.status_code == 406
    assert "text/turtle" in refused.json()["available"]
    assert b"<<(" in odd.get("/doc/thing/reifier.ttl").content
