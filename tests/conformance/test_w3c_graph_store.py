"""The W3C's tests of the Graph Store Protocol, which describe requests and answers in words.

https://w3c.github.io/rdf-tests/sparql/sparql11/graph-store-protocol/, with the graph in the query of the URL
(indirect identification): our graphs have IRIs of their own, not those of the host that serves them.
"""

from urllib.parse import quote

import pyoxigraph as ox
import pytest

from conformance.datasets import same_dataset
from conformance.over_http import Endpoint
from conformance.requirements import W3C_GRAPH_STORE, w3c

PREFIXES = "@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix v: <http://www.w3.org/2006/vcard/ns#> ."
PERSON = f"{PREFIXES} <http://www.example/gsp/person/1> a foaf:Person ; {{}} foaf:businessCard [ {{}} ] ."
JOHN, JANE = (PERSON.format("", f'a v:VCard ; v:fn "{name}"') for name in ("John Doe", "Jane Doe"))
NAMED_JANE = PERSON.format('foaf:givenName "Jane" ; foaf:familyName "Doe" ;', 'a v:VCard ; v:fn "Jane Doe"')
ALICE = f'{PREFIXES} [] a foaf:Person ; foaf:businessCard [ a v:VCard ; v:given-name "Alice" ] .'
TURTLE = {"Content-Type": "text/turtle; charset=utf-8"}
FORM = "a6fe4cd636164618814be9f8d3d1a0de"


@pytest.fixture
def store(endpoint: Endpoint) -> Endpoint:
    endpoint.load([])
    return endpoint


def at(number: int) -> str:
    return f"/graphs?graph={quote(f'http://www.example/gsp/person/{number}.ttl', safe='')}"


def says(store: Endpoint, address: str, document: str) -> bool:
    """Tell whether GET gives, in Turtle, the graph that a document describes."""
    response = store.client.get(address, headers={"Accept": "text/turtle"})
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/turtle; charset=utf-8"
    turtle = ox.RdfFormat.TURTLE
    return same_dataset(ox.parse(response.content, format=turtle), ox.parse(document, format=turtle))


@w3c(W3C_GRAPH_STORE, "put_get_repeat_indirect", "PUT twice to a graph, and GET it each time")
def test_w3c_graph_store_put_get_repeat(store: Endpoint) -> None:
    assert store.write("PUT", at(1), JOHN, TURTLE).status_code == 201
    assert says(store, at(1), JOHN)
    assert store.write("PUT", at(1), JANE, TURTLE).status_code in (200, 204)
    assert says(store, at(1), JANE)


@w3c(W3C_GRAPH_STORE, "put_get_default", "PUT to the default graph, and GET it")
def test_w3c_graph_store_put_get_default(store: Endpoint) -> None:
    assert store.write("PUT", "/graphs?default", ALICE, TURTLE).status_code in (200, 201, 204)
    assert says(store, "/graphs?default", ALICE)


@w3c(W3C_GRAPH_STORE, "put_delete_get_delete_indirect", "PUT a graph, DELETE it, and find it gone")
def test_w3c_graph_store_put_delete_get_delete(store: Endpoint) -> None:
    assert store.write("PUT", at(2), ALICE, TURTLE).status_code in (200, 201, 204)
    assert store.write("DELETE", at(2), "", {}).status_code in (200, 204)
    assert store.client.get(at(2)).status_code == 404
    assert store.write("DELETE", at(2), "", {}).status_code in (200, 204, 404)


@w3c(W3C_GRAPH_STORE, "post_get_post_get_indirect", "POST a document, then several in one form")
def test_w3c_graph_store_post_get_post_get(store: Endpoint) -> None:
    assert store.write("POST", at(1), JANE, TURTLE).status_code in (200, 201, 204)
    assert says(store, at(1), JANE)
    parts = "".join(
        f'--{FORM}\r\nContent-Disposition: form-data; name="{name}.ttl"; filename="{name}.ttl"\r\n'
        f"Content-Type: text/turtle; charset=utf-8\r\n\r\n@prefix foaf: <http://xmlns.com/foaf/0.1/> .\r\n"
        f'<http://www.example/gsp/person/1> foaf:{name} "{value}" .\r\n\r\n'
        for name, value in (("familyName", "Doe"), ("givenName", "Jane"))
    )
    headers = {"Content-Type": f"multipart/form-data; boundary={FORM}"}
    assert store.write("POST", at(1), f"{parts}--{FORM}--\r\n", headers).status_code in (200, 204)
    assert says(store, at(1), NAMED_JANE)


@w3c(W3C_GRAPH_STORE, "post_get_new_graph", "POST to the store, and GET the graph that Location names")
def test_w3c_graph_store_post_get_new_graph(store: Endpoint) -> None:
    response = store.write("POST", "/graphs", ALICE, TURTLE)

    assert response.status_code == 201
    assert says(store, f"/graphs?graph={response.headers['location']}", ALICE)


@w3c(W3C_GRAPH_STORE, "head_existing_indirect", "HEAD of a graph that is there")
def test_w3c_graph_store_head_existing(store: Endpoint) -> None:
    assert store.write("PUT", at(1), JOHN, TURTLE).status_code in (200, 201, 204)
    response = store.client.head(at(1), headers={"Accept": "text/turtle; charset=utf-8"})

    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["content-type"] == "text/turtle; charset=utf-8"


@w3c(W3C_GRAPH_STORE, "head_non_existing_indirect", "HEAD of a graph that is not there")
def test_w3c_graph_store_head_non_existing(store: Endpoint) -> None:
    assert store.client.head(at(4), headers={"Accept": "text/turtle; charset=utf-8"}).status_code == 404


@w3c(W3C_GRAPH_STORE, "put_get_uri_pct_encoded_indirect", "the same graph, percent-encoded or not")
def test_w3c_graph_store_put_get_uri_pct_encoded(store: Endpoint) -> None:
    assert store.write("PUT", at(1), JOHN, TURTLE).status_code == 201
    assert says(store, "/graphs?graph=http://www.example/gsp/person/1.ttl", JOHN)


@w3c(W3C_GRAPH_STORE, "put_get_uri_pct_encoded_twice", "what is percent-encoded twice is another graph")
def test_w3c_graph_store_put_get_uri_pct_encoded_twice(store: Endpoint) -> None:
    place = "/graphs?graph=http://www.example/gsp/person/"

    assert store.write("PUT", f"{place}1.ttl", JOHN, TURTLE).status_code == 201
    assert says(store, f"{place}%31.ttl", JOHN)
    assert store.client.get(f"{place}%2531.ttl").status_code == 404
