"""Linked data: every IRI of ours answers, as a page and as RDF."""

import httpx2
import pyoxigraph as ox
import pytest

from clipgraph.rdf.identity import path_of_iri
from clipgraph.rdf.terms import NamedNode, Store

BASE = "https://w3id.org/clipgraph/"
FORMATS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}


def described(graph: Store) -> list[str]:
    """Return the IRIs of ours that the graph says something of."""
    subjects = {quad.subject.value for quad in graph if isinstance(quad.subject, NamedNode)}
    return sorted(iri for iri in subjects if path_of_iri(iri))


def test_a_thing_is_a_303_to_its_document(client: httpx2.Client) -> None:
    response = client.get("/id/city/stuttgart")

    assert (response.status_code, response.headers["location"]) == (303, "/doc/city/stuttgart")


@pytest.mark.parametrize("media_type", FORMATS)
def test_a_document_comes_in_every_rdf_format(client: httpx2.Client, media_type: str) -> None:
    response = client.get("/doc/city/stuttgart", headers={"Accept": media_type})
    triples = list(ox.parse(response.content, format=FORMATS[media_type]))

    assert response.headers["content-type"].startswith(media_type)
    subject = ox.NamedNode(BASE + "id/city/stuttgart")
    assert any(
        triple.subject == subject and triple.object == ox.Literal("Stuttgart", language="en")
        for triple in triples
    )


@pytest.mark.parametrize(
    "path",
    [
        "/doc/city/stuttgart",
        "/def/GoodPractice",
        "/def",
        "/scheme/governance-level",
        "/scheme/role/member",
        "/graph/places/cities",
        "/shapes/PracticeShape",
    ],
)
@pytest.mark.parametrize(
    ("suffix", "media_type"),
    [
        (".ttl", "text/turtle"),
        (".nt", "application/n-triples"),
        (".rdf", "application/rdf+xml"),
        (".jsonld", "application/ld+json"),
        (".html", "text/html"),
    ],
)
def test_a_suffix_names_the_format(client: httpx2.Client, path: str, suffix: str, media_type: str) -> None:
    response = client.get(path + suffix, headers={"Accept": "image/png"})

    assert (response.status_code, response.headers["content-type"].split(";")[0]) == (200, media_type)
    assert len(response.content) > 300


def test_every_iri_of_ours_answers(client: httpx2.Client, graph: Store) -> None:
    iris = described(graph)
    wrong = []
    for iri in iris:
        path = path_of_iri(iri)
        assert path
        response = client.get(path, headers={"Accept": "application/n-triples"}, follow_redirects=True)
        found = (response.status_code, [each.status_code for each in response.history])
        expected = (200, [303] if path.startswith("/id/") else [])
        if found != expected or f"<{iri}>" not in response.text:
            wrong.append((iri, found))

    assert len(iris) > 500
    assert not wrong


def test_one_page_of_each_type_shows_its_label(client: httpx2.Client, graph: Store) -> None:
    by_type = {iri.removeprefix(BASE).rsplit("/", 1)[0]: iri for iri in described(graph)}
    for iri in by_type.values():
        path = path_of_iri(iri)
        assert path
        response = client.get(path, headers={"Accept": "text/html"}, follow_redirects=True)
        assert response.status_code == 200, iri
        assert "<title>" in response.text
        assert iri in response.text


@pytest.mark.parametrize(
    "path",
    [
        "/id/city/atlantis",
        "/doc/city/atlantis",
        "/def/Nothing",
        "/graph/no/such",
        "/nowhere",
        "/id/a%20b",
        "/id/%3Cx%3E",
        "/doc/%00",
    ],
)
@pytest.mark.parametrize("accept", ["text/turtle", "text/html"])
def test_what_is_unknown_is_404(client: httpx2.Client, path: str, accept: str) -> None:
    response = client.get(path, headers={"Accept": accept})

    assert response.status_code == 404
    assert response.headers["content-type"].split(";")[0] == (
        "text/html" if accept == "text/html" else "application/problem+json"
    )


def test_an_unacceptable_accept_lists_what_there_is(client: httpx2.Client) -> None:
    response = client.get("/doc/city/stuttgart", headers={"Accept": "image/png"})

    assert response.status_code == 406
    assert "text/turtle" in response.json()["available"]


def test_a_named_graph_is_its_file(client: httpx2.Client, graph: Store) -> None:
    iri = BASE + "graph/fields/european-pact"
    response = client.get("/graph/fields/european-pact", headers={"Accept": "application/n-triples"})
    served = {quad.triple for quad in ox.parse(response.content, format=ox.RdfFormat.N_TRIPLES)}

    assert served == {quad.triple for quad in graph.quads_for_pattern(None, None, None, NamedNode(iri))}
