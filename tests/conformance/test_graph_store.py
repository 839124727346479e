"""SPARQL 1.1 Graph Store HTTP Protocol: each MUST and SHOULD as one test.

https://www.w3.org/TR/sparql11-http-rdf-update/. Section 5.5 wants 404 of a POST to a graph that is not
there, and the same effect as INSERT DATA, which makes it: the W3C's own test takes the latter, and so do we.
"""

from urllib.parse import quote, urlsplit

import httpx2
import pyoxigraph as ox
import pytest

from conformance.datasets import same_dataset
from conformance.over_http import Endpoint
from conformance.requirements import GRAPH_STORE, INFORMATIVE, MUST, SHOULD, requires

G, OTHER = "http://example.org/g", "http://example.org/other"
TURTLE = {"Content-Type": "text/turtle"}
ONE, TWO = "<urn:one> <urn:p> <urn:o> .", "<urn:two> <urn:p> <urn:o> ."
RDF_XML = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:p="urn:">'
    '<rdf:Description rdf:about="urn:one"><p:p rdf:resource="urn:o"/></rdf:Description></rdf:RDF>'
)
DEFAULT = "/graphs?default"


@pytest.fixture
def store(endpoint: Endpoint) -> Endpoint:
    """A service that holds a triple in the graph OTHER, and nothing else."""
    endpoint.load(ox.parse(f"GRAPH <{OTHER}> {{ <urn:other> <urn:p> <urn:o> }}", format=ox.RdfFormat.TRIG))
    return endpoint


def at(graph: str) -> str:
    return f"/graphs?graph={quote(graph, safe='')}"


def held(endpoint: Endpoint, address: str) -> list[str]:
    """Return the triples of a graph as GET gives them; none where there is no such graph."""
    response = endpoint.client.get(address, headers={"Accept": "application/n-triples"})
    assert response.status_code in (200, 404), response.text
    return sorted(response.text.splitlines()) if response.is_success else []


@requires(GRAPH_STORE, "2", "terminology", MUST, "a request manages the graph that its IRI names")
def test_graph_store_2_a_request_manages_the_graph_it_names(store: Endpoint) -> None:
    assert store.write("PUT", at(G), ONE, TURTLE).status_code == 201

    assert (held(store, at(G)), held(store, DEFAULT)) == ([ONE], [])
    assert held(store, at(OTHER)) == ["<urn:other> <urn:p> <urn:o> ."]


@requires(GRAPH_STORE, "3", "protocol-model", MUST, "all operations of the protocol are there")
def test_graph_store_3_all_operations_are_there(store: Endpoint) -> None:
    response = store.client.request("OPTIONS", "/graphs")

    assert {"GET", "HEAD", "PUT", "POST", "DELETE"} <= set(response.headers["allow"].split(", "))


@requires(GRAPH_STORE, "4.2", "indirect-graph-identification", MUST, "graph= is percent-decoded, once")
def test_graph_store_4_2_the_graphs_iri_is_decoded_once(store: Endpoint) -> None:
    name = "http://example.org/a%20b?c=d&e=é"
    assert store.write("PUT", at(name), ONE, TURTLE).status_code == 201

    assert held(store, at(name)) == [ONE]
    assert {str(quad.graph_name) for quad in store.dataset()} == {f"<{name}>", f"<{OTHER}>"}


@requires(GRAPH_STORE, "4.2", "indirect-graph-identification", MUST, "graph= is an absolute IRI, else 400")
@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "POST", "DELETE"])
def test_graph_store_4_2_a_graph_is_an_absolute_iri(store: Endpoint, method: str) -> None:
    before = store.dataset()
    for name in ("g", "/g", "", "//example.org/g", "not an iri"):
        assert store.write(method, at(name), ONE, TURTLE).status_code == 400
    assert same_dataset(before, store.dataset())


@requires(
    GRAPH_STORE, "5", "graph-management", MUST, "without Accept a graph comes as RDF/XML, Turtle or N-Triples"
)
def test_graph_store_5_without_accept(store: Endpoint) -> None:
    response = store.client.get(at(OTHER))

    media_type = response.headers["content-type"].partition(";")[0]
    assert media_type in ("application/rdf+xml", "text/turtle", "application/n-triples")
    assert len(list(ox.parse(response.content, format=ox.RdfFormat.from_media_type(media_type)))) == 1


@requires(GRAPH_STORE, "5", "graph-management", MUST, "a document is read as its Content-Type says")
@pytest.mark.parametrize(
    ("media_type", "document"),
    [
        ("text/turtle", "@prefix u: <urn:> . u:one u:p u:o ."),
        ("application/n-triples", ONE),
        ("application/rdf+xml", RDF_XML),
        ("application/ld+json", '{"@id": "urn:one", "urn:p": {"@id": "urn:o"}}'),
        ("text/turtle; charset=utf-8", ONE),
    ],
)
def test_graph_store_5_content_type_decides(store: Endpoint, media_type: str, document: str) -> None:
    for method in ("PUT", "POST"):
        assert store.write(method, at(G), document, {"Content-Type": media_type}).is_success
        assert held(store, at(G)) == [ONE]


@requires(GRAPH_STORE, "5", "graph-management", SHOULD, "a document without Content-Type is read as RDF/XML")
def test_graph_store_5_without_content_type(store: Endpoint) -> None:
    assert store.write("PUT", at(G), RDF_XML.encode(), {}).status_code == 201

    assert held(store, at(G)) == [ONE]


@requires(GRAPH_STORE, "5", "graph-management", SHOULD, "conditional requests are taken as HTTP has them")
def test_graph_store_5_conditional_requests(store: Endpoint) -> None:
    tag = store.client.get(at(OTHER)).headers["etag"]

    assert store.client.get(at(OTHER), headers={"If-None-Match": tag}).status_code == 304
    assert store.write("PUT", at(OTHER), ONE, TURTLE | {"If-None-Match": "*"}).status_code == 412
    assert store.write("PUT", at(OTHER), ONE, TURTLE | {"If-Match": tag}).status_code == 204
    assert store.write("PUT", at(OTHER), TWO, TURTLE | {"If-Match": tag}).status_code == 412
    assert store.client.get(at(OTHER), headers={"If-None-Match": tag}).status_code == 200
    assert held(store, at(OTHER)) == [ONE]


@requires(GRAPH_STORE, "5.1", "status-codes", MUST, "a document that cannot be read as it says is a 400")
@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_graph_store_5_1_an_unreadable_document_is_400(store: Endpoint, method: str) -> None:
    for media_type in ("text/turtle", "application/rdf+xml", "application/ld+json", "application/n-triples"):
        headers = {"Content-Type": media_type}
        assert store.write(method, at(OTHER), "< this is not { any of them", headers).status_code == 400
    assert held(store, at(OTHER)) == ["<urn:other> <urn:p> <urn:o> ."]


@requires(GRAPH_STORE, "5.1", "status-codes", MUST, "a method that is not there is a 405")
def test_graph_store_5_1_an_unknown_method_is_405(store: Endpoint) -> None:
    for method in ("TRACE", "PROPFIND", "MKCOL"):
        response = store.client.request(method, at(OTHER))
        assert response.status_code == 405
        assert "PUT" in response.headers["allow"]


@requires(GRAPH_STORE, "5.1", "status-codes", MUST, "what is not there, and would have to be, is a 404")
def test_graph_store_5_1_what_is_not_there_is_404(store: Endpoint) -> None:
    assert store.client.get(at(G)).status_code == 404
    assert store.client.head(at(G)).status_code == 404
    assert store.write("DELETE", at(G), "", {}).status_code == 404


@requires(GRAPH_STORE, "5.1", "status-codes", MUST, "a document in a format that is not understood is a 415")
@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_graph_store_5_1_an_unknown_format_is_415(store: Endpoint, method: str) -> None:
    for media_type in ("image/png", "text/csv", "application/sparql-update"):
        response = store.write(method, at(OTHER), ONE, {"Content-Type": media_type})
        assert response.status_code == 415
    assert held(store, at(OTHER)) == ["<urn:other> <urn:p> <urn:o> ."]


@requires(GRAPH_STORE, "5.2", "http-get", MUST, "GET gives a graph, the same as a CONSTRUCT of it")
def test_graph_store_5_2_get_gives_the_graph(endpoint: Endpoint) -> None:
    graph = '{} [ <urn:p> "x"@en, 1.0, <urn:o> ; <urn:q> ( 1 2 ) ] . {}'
    trig = graph.format("", "") + graph.format(f"GRAPH <{G}> {{ <urn:only> <urn:here> 1 .", "}")
    endpoint.load(ox.parse(trig, format=ox.RdfFormat.TRIG))
    pairs = {DEFAULT: "{ ?s ?p ?o }", at(G): f"{{ GRAPH <{G}> {{ ?s ?p ?o }} }}"}
    for address, pattern in pairs.items():
        got = endpoint.client.get(address, headers={"Accept": "text/turtle"}).content
        made = endpoint.answer(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {pattern}", "text/turtle")
        one, other = (list(ox.parse(each, format=ox.RdfFormat.TURTLE)) for each in (got, made))
        assert len(one) == (9 if address == at(G) else 8)
        assert same_dataset(one, other)


@requires(GRAPH_STORE, "5.2", "http-get", SHOULD, "the answer to a GET can be cached")
def test_graph_store_5_2_a_graph_can_be_cached(store: Endpoint) -> None:
    first, second = (store.client.get(at(OTHER)) for _ in range(2))

    assert first.headers["etag"] == second.headers["etag"]
    assert "no-store" not in first.headers.get("cache-control", "")
    assert store.write("POST", at(OTHER), ONE, TURTLE).is_success
    assert store.client.get(at(OTHER)).headers["etag"] != first.headers["etag"]


@requires(GRAPH_STORE, "5.2", "http-get", SHOULD, "a graph comes in the format that Accept prefers")
@pytest.mark.parametrize(
    "media_type", ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"]
)
def test_graph_store_5_2_accept_decides(store: Endpoint, media_type: str) -> None:
    accept = f"{media_type}, */*;q=0.1"
    response = store.client.get(at(OTHER), headers={"Accept": accept})

    assert response.headers["content-type"].partition(";")[0] == media_type
    assert "Accept" in response.headers["vary"]
    form = ox.RdfFormat.from_media_type(media_type)
    assert [str(quad.subject) for quad in ox.parse(response.content, format=form)] == ["<urn:other>"]


@requires(GRAPH_STORE, "5.2", "http-get", SHOULD, "formats that are not there are a 406")
def test_graph_store_5_2_no_acceptable_format_is_406(store: Endpoint) -> None:
    for address in (at(OTHER), DEFAULT):
        assert store.client.get(address, headers={"Accept": "image/png"}).status_code == 406


@requires(GRAPH_STORE, "5.3", "http-put", MUST, "PUT is DROP SILENT and INSERT DATA of the document")
@pytest.mark.parametrize("address", [DEFAULT, at(G)])
def test_graph_store_5_3_put_stores_the_document(store: Endpoint, address: str) -> None:
    assert store.write("PUT", address, f"{ONE} [ <urn:p> [] ] .", TURTLE).is_success
    assert len(held(store, address)) == 2
    assert store.write("PUT", address, TWO, TURTLE).is_success

    assert held(store, address) == [TWO]


@requires(GRAPH_STORE, "5.3", "http-put", MUST, "PUT is applied to no other graph")
def test_graph_store_5_3_put_touches_no_other_graph(store: Endpoint) -> None:
    document = f"<> <urn:p> <{OTHER}> . <{OTHER}> a <urn:Graph> ."
    assert store.write("PUT", at(G), document, TURTLE).is_success

    assert (held(store, DEFAULT), held(store, at(OTHER))) == ([], ["<urn:other> <urn:p> <urn:o> ."])


@requires(GRAPH_STORE, "5.3", "http-put", MUST, "a graph that is there is replaced")
def test_graph_store_5_3_put_replaces(store: Endpoint) -> None:
    assert store.write("PUT", at(OTHER), ONE, TURTLE).is_success

    assert held(store, at(OTHER)) == [ONE]


@requires(GRAPH_STORE, "5.3", "http-put", MUST, "a graph that is not there is made, under the IRI given")
def test_graph_store_5_3_put_makes_a_graph(store: Endpoint) -> None:
    assert store.write("PUT", at(G), ONE, TURTLE).is_success

    assert f"<urn:one> <urn:p> <urn:o> <{G}>" in map(str, store.dataset())


@requires(GRAPH_STORE, "5.3", "http-put", SHOULD, "an empty body that its format does not allow is a 400")
def test_graph_store_5_3_an_empty_body_is_400_where_the_format_has_no_empty_document(store: Endpoint) -> None:
    for media_type in ("application/rdf+xml", "application/ld+json"):
        assert store.write("PUT", at(OTHER), "", {"Content-Type": media_type}).status_code == 400
    assert held(store, at(OTHER)) == ["<urn:other> <urn:p> <urn:o> ."]


@requires(GRAPH_STORE, "5.3", "http-put", MUST, "a graph that was made is a 201")
def test_graph_store_5_3_a_new_graph_is_201(store: Endpoint) -> None:
    assert store.write("PUT", at(G), ONE, TURTLE).status_code == 201


@requires(GRAPH_STORE, "5.3", "http-put", MUST, "a graph that was changed is a 200 or 204")
def test_graph_store_5_3_a_changed_graph_is_200_or_204(store: Endpoint) -> None:
    for address in (at(OTHER), DEFAULT):
        assert store.write("PUT", address, ONE, TURTLE).status_code in (200, 204)


@requires(GRAPH_STORE, "5.3", "http-put", SHOULD, "what cannot be made or changed says why")
def test_graph_store_5_3_a_refusal_says_why(store: Endpoint) -> None:
    response = store.write("PUT", at(OTHER), "<urn:one> <urn:p>", TURTLE)

    assert response.status_code == 400
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["line"] == 1


@requires(GRAPH_STORE, "5.4", "http-delete", SHOULD, "DELETE takes a graph away, and it alone")
def test_graph_store_5_4_delete_takes_a_graph_away(store: Endpoint) -> None:
    for address in (at(G), DEFAULT):
        assert store.write("PUT", address, ONE, TURTLE).is_success
        assert store.write("DELETE", address, "", {}).is_success
        assert held(store, address) == []
    assert held(store, at(OTHER)) == ["<urn:other> <urn:p> <urn:o> ."]


@requires(GRAPH_STORE, "5.4", "http-delete", MUST, "DELETE of a graph that is not there is a 404")
def test_graph_store_5_4_nothing_to_delete_is_404(store: Endpoint) -> None:
    assert store.write("DELETE", at(G), "", {}).status_code == 404


@requires(GRAPH_STORE, "5.4", "http-delete", MUST, "a DELETE that succeeds is a 200 or 204")
def test_graph_store_5_4_success_is_200_or_204(store: Endpoint) -> None:
    assert store.write("DELETE", at(OTHER), "", {}).status_code in (200, 204)


@requires(GRAPH_STORE, "5.4", "http-delete", SHOULD, "DELETE does not claim a success that it has not")
def test_graph_store_5_4_no_success_is_claimed(store: Endpoint) -> None:
    refused = store.write("DELETE", at(OTHER), "", {"If-Match": '"another"'})

    assert refused.status_code == 412
    assert held(store, at(OTHER)) == ["<urn:other> <urn:p> <urn:o> ."]
    assert store.write("DELETE", at(OTHER), "", {}).is_success
    assert store.client.get(at(OTHER)).status_code == 404


@requires(
    GRAPH_STORE, "5.5", "http-post", MUST, "POST merges a document into a graph; blank nodes stay apart"
)
@pytest.mark.parametrize("address", [DEFAULT, at(G)])
def test_graph_store_5_5_post_merges(store: Endpoint, address: str) -> None:
    for document in (ONE, TWO, ONE, "_:b <urn:p> 1 .", "_:b <urn:p> 1 ."):
        assert store.write("POST", address, document, TURTLE).is_success

    assert len(held(store, address)) == 4
    assert {ONE, TWO} < set(held(store, address))


@requires(GRAPH_STORE, "5.5", "http-post", MUST, "all documents of a form are merged into a graph")
def test_graph_store_5_5_a_form_of_documents_is_merged(store: Endpoint) -> None:
    part = '--x\r\nContent-Disposition: form-data; name="f"; filename="{}"\r\nContent-Type: {}\r\n\r\n{}\r\n'
    body = part.format("1.ttl", "text/turtle", ONE) + part.format("2.nt", "application/n-triples", TWO)
    headers = {"Content-Type": "multipart/form-data; boundary=x"}

    assert store.write("POST", at(G), f"{body}--x--\r\n", headers).is_success
    assert held(store, at(G)) == [ONE, TWO]


@requires(GRAPH_STORE, "5.5", "http-post", MUST, "POST to the graph store makes a new graph and names it")
def test_graph_store_5_5_post_to_the_store_makes_a_graph(store: Endpoint) -> None:
    made = [store.write("POST", "/graphs", ONE, TURTLE) for _ in range(2)]

    assert [response.status_code for response in made] == [201, 201]
    places = [store.client.base_url.join(response.headers["location"]) for response in made]
    assert len({*places, store.client.base_url.join("/graphs")}) == 3
    for place in places:
        assert urlsplit(str(place)).netloc == store.client.base_url.netloc.decode()
        assert held(store, str(place)) == [ONE]


@requires(GRAPH_STORE, "5.5", "http-post", SHOULD, "a POST with an empty body is a 204")
def test_graph_store_5_5_an_empty_body_is_204(store: Endpoint) -> None:
    for headers in (TURTLE, {"Content-Type": "application/rdf+xml"}, {}):
        for address in (at(OTHER), DEFAULT, "/graphs"):
            assert store.write("POST", address, "", headers).status_code == 204
    assert len(store.dataset()) == 1


@requires(GRAPH_STORE, "5.6", "http-head", MUST, "HEAD is GET without a body")
def test_graph_store_5_6_head_is_get_without_a_body(store: Endpoint) -> None:
    for address in (at(OTHER), DEFAULT, at(G)):
        head, get = (store.client.request(method, address) for method in ("HEAD", "GET"))
        assert (head.status_code, head.content) == (get.status_code, b"")
        assert all(
            head.headers.get(name) == get.headers.get(name) for name in ("content-type", "etag", "vary")
        )


@requires(GRAPH_STORE, "5.7", "http-patch", INFORMATIVE, "PATCH is not offered, and 405 says so")
def test_graph_store_5_7_patch_is_405(store: Endpoint) -> None:
    response = store.write("PATCH", at(OTHER), "CLEAR ALL", {"Content-Type": "application/sparql-update"})

    assert response.status_code == 405
    assert "PATCH" not in response.headers["allow"]
    assert held(store, at(OTHER)) == ["<urn:other> <urn:p> <urn:o> ."]


@requires(GRAPH_STORE, "6", "security", SHOULD, "HTTP's means of security are used: 401 without a token")
@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_graph_store_6_a_write_needs_a_token(store: Endpoint, method: str) -> None:
    for headers in ({}, {"Authorization": "Bearer unknown"}, {"Authorization": "Basic eDp5"}):
        response: httpx2.Response = store.client.request(
            method, at(OTHER), content=ONE, headers=TURTLE | headers
        )
        assert response.status_code == 401
        assert response.headers["www-authenticate"]
    assert held(store, at(OTHER)) == ["<urn:other> <urn:p> <urn:o> ."]
