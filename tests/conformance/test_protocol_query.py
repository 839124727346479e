"""SPARQL 1.1 Protocol, the query operation: each MUST and SHOULD as one test.

What the specification asks of clients is turned round: the service reads what a client must send, and
refuses what it must not. https://www.w3.org/TR/sparql11-protocol/#query-operation
"""

from urllib.parse import quote, urlencode

import httpx2
import pyoxigraph as ox
import pytest

from conformance.answers import read_rdf
from conformance.over_http import Endpoint
from conformance.requirements import MUST, PROTOCOL, SHOULD, requires

G1, G2, G3 = "http://example.org/g1", "http://example.org/g2", "http://example.org/g3"
DATA = f"""
<urn:d> <urn:p> "default" .
GRAPH <{G1}> {{ <urn:one> <urn:p> "1" . <urn:both> <urn:p> "both" }}
GRAPH <{G2}> {{ <urn:two> <urn:p> "2" . <urn:both> <urn:p> "both" }}
GRAPH <{G3}> {{ <urn:three> <urn:p> "3" }}
"""
DEFAULT, NAMED = "SELECT ?o {} {{ ?s <urn:p> ?o }}", "SELECT ?o {} {{ GRAPH ?g {{ ?s <urn:p> ?o }} }}"
# How the answers to a SELECT ?o and to an ASK that is true begin in each format.
RESULTS = {
    "application/sparql-results+xml": ("<?xml", "<?xml"),
    "application/sparql-results+json": ('{"head":{"vars":["o"]}', '{"head":{}'),
    "text/csv": ("o\r\n", "true"),
    "text/tab-separated-values": ("?o\n", "true"),
}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}


@pytest.fixture(scope="module")
def client(endpoint: Endpoint) -> httpx2.Client:
    """A client of a service that holds a default graph and three named graphs."""
    endpoint.load(ox.parse(DATA, format=ox.RdfFormat.TRIG))
    return endpoint.client


def values(response: httpx2.Response) -> list[str]:
    """Return the values of a CSV answer with one column, sorted."""
    assert response.status_code == 200, response.text
    return sorted(response.text.split()[1:])


def asked(client: httpx2.Client, query: str, **dataset: list[str]) -> list[str]:
    parameters = {"query": [query]} | {name.replace("_", "-"): value for name, value in dataset.items()}
    url = f"/sparql?{urlencode(parameters, doseq=True)}"
    return values(client.get(url, headers={"Accept": "text/csv"}))


@requires(PROTOCOL, "2", "protocol", MUST, "HTTP is kept to: HEAD is GET without the body")
def test_protocol_2_head_is_get_without_the_body(client: httpx2.Client) -> None:
    parameters = {"query": "ASK {}"}
    head, get = (client.request(method, "/sparql", params=parameters) for method in ("HEAD", "GET"))

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == get.headers["content-type"]
    assert get.content


@requires(PROTOCOL, "2", "protocol", MUST, "HTTP is kept to: a 405 says in Allow which methods there are")
def test_protocol_2_an_unknown_method_is_told_the_known_ones(client: httpx2.Client) -> None:
    response = client.request("PATCH", "/sparql")

    assert response.status_code == 405
    assert {"GET", "HEAD", "POST", "OPTIONS"} <= set(response.headers["allow"].split(", "))


@requires(
    PROTOCOL, "2.1", "query-operation", MUST, "a query is invoked by GET or POST, and by no other method"
)
@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_protocol_2_1_only_get_and_post_query(client: httpx2.Client, method: str) -> None:
    assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200
    assert client.post("/sparql", data={"query": "ASK {}"}).status_code == 200

    assert client.request(method, "/sparql", params={"query": "ASK {}"}).status_code == 405


@requires(PROTOCOL, "2.1", "query-operation", MUST, "a request has exactly one query")
@pytest.mark.parametrize(
    ("method", "url", "body", "headers"),
    [
        ("GET", "/sparql?query=ASK{}&query=ASK{}", "", {}),
        ("POST", "/sparql", "query=ASK{}&query=ASK{}", FORM),
        ("POST", "/sparql", "", FORM),
        ("POST", "/sparql", "default-graph-uri=urn%3Ag", FORM),
        ("POST", "/sparql?query=ASK{}", "query=ASK{}", FORM),
        ("POST", "/sparql?query=ASK{}", "ASK {}", DIRECT),
    ],
)
def test_protocol_2_1_exactly_one_query(
    client: httpx2.Client, method: str, url: str, body: str, headers: dict[str, str]
) -> None:
    response = client.request(method, url, content=body, headers=headers)

    assert response.status_code == 400
    assert "exactly one query" in response.json()["detail"]


@requires(PROTOCOL, "2.1", "query-operation", MUST, "a query comes in one of three ways, and in no fourth")
@pytest.mark.parametrize("media_type", ["text/plain", "application/json", "multipart/form-data; boundary=x"])
def test_protocol_2_1_no_fourth_way(client: httpx2.Client, media_type: str) -> None:
    response = client.post("/sparql", content=b"ASK {}", headers={"Content-Type": media_type})

    assert response.status_code == 415


@requires(PROTOCOL, "2.1.1", "query-via-get", MUST, "the URL's parameters are percent-encoded: decoded once")
def test_protocol_2_1_1_parameters_of_the_url_are_decoded_once(client: httpx2.Client) -> None:
    query = "SELECT ?o { VALUES ?o { 'a+b%20&=;c' } }"
    response = client.get(f"/sparql?query={quote(query, safe='')}", headers={"Accept": "text/csv"})

    assert response.text.split("\r\n")[1] == "a+b%20&=;c"


@requires(PROTOCOL, "2.1.1", "query-via-get", MUST, "an ampersand is between parameters, in any order")
def test_protocol_2_1_1_an_ampersand_is_between_parameters(client: httpx2.Client) -> None:
    query, graph = quote(DEFAULT.format("")), quote(G1)
    accept = {"Accept": "text/csv"}
    orders = (f"query={query}&default-graph-uri={graph}", f"default-graph-uri={graph}&query={query}")

    for order in orders:
        assert values(client.get(f"/sparql?{order}", headers=accept)) == ["1", "both"]
    # A semicolon is a character of the query: a graph named after it would be read from it.
    assert client.get(f"/sparql?query={query};default-graph-uri={graph}").status_code == 400


@requires(PROTOCOL, "2.1.1", "query-via-get", MUST, "a GET has no body: nothing is read from one")
def test_protocol_2_1_1_the_body_of_a_get_is_no_query(client: httpx2.Client) -> None:
    body = urlencode({"query": "ASK { FILTER(false) }"})
    asked_in_both = client.request("GET", "/sparql?query=ASK{}&format=json", content=body, headers=FORM)
    asked_in_body = client.request("GET", "/sparql", content=body, headers=FORM)

    assert asked_in_both.json()["boolean"] is True
    assert asked_in_body.headers["content-type"].startswith("text/turtle")  # the service description


@requires(PROTOCOL, "2.1.2", "query-via-post-urlencoded", MUST, "a form's parameters are decoded once")
def test_protocol_2_1_2_parameters_of_the_form_are_decoded_once(client: httpx2.Client) -> None:
    query = "SELECT ?o { VALUES ?o { 'a+b%20&=;c' } }"
    response = client.post("/sparql", data={"query": query}, headers={"Accept": "text/csv"})

    assert response.text.split("\r\n")[1] == "a+b%20&=;c"


@requires(PROTOCOL, "2.1.2", "query-via-post-urlencoded", MUST, "an ampersand is between a form's parameters")
def test_protocol_2_1_2_an_ampersand_is_between_parameters(client: httpx2.Client) -> None:
    query, graph = quote(DEFAULT.format("")), quote(G1)
    bodies = (f"query={query}&default-graph-uri={graph}", f"default-graph-uri={graph}&query={query}")

    for body in bodies:
        response = client.post("/sparql", content=body, headers=FORM | {"Accept": "text/csv"})
        assert values(response) == ["1", "both"]


@requires(PROTOCOL, "2.1.2", "query-via-post-urlencoded", MUST, "a form says that it is one")
def test_protocol_2_1_2_a_form_says_that_it_is_one(client: httpx2.Client) -> None:
    body = urlencode({"query": "ASK {}"}).encode()

    assert client.post("/sparql", content=body, headers=FORM).status_code == 200
    assert client.post("/sparql", content=body).status_code == 415
    with_charset = {"Content-Type": "Application/X-WWW-Form-Urlencoded; Charset=UTF-8"}
    assert client.post("/sparql", content=body, headers=with_charset).status_code == 200


@requires(
    PROTOCOL, "2.1.3", "query-via-post-direct", MUST, "the body is the query, not encoded, nothing else"
)
def test_protocol_2_1_3_the_body_is_the_query_as_it_is(client: httpx2.Client) -> None:
    query = "SELECT ?o { VALUES ?o { 'a+b%20&=;c' } }"
    response = client.post("/sparql", content=query, headers=DIRECT | {"Accept": "text/csv"})

    assert response.text.split("\r\n")[1] == "a+b%20&=;c"
    assert client.post("/sparql", content="query=ASK{}", headers=DIRECT).status_code == 400
    assert client.post("/sparql", content="ASK%20{}", headers=DIRECT).status_code == 400


@requires(PROTOCOL, "2.1.3", "query-via-post-direct", MUST, "a direct query is application/sparql-query")
def test_protocol_2_1_3_the_media_type_is_that_of_queries(client: httpx2.Client) -> None:
    assert client.post("/sparql", content="ASK {}", headers=DIRECT).status_code == 200

    for headers in ({}, {"Content-Type": "application/sparql"}, {"Content-Type": "text/plain"}):
        assert client.post("/sparql", content=b"ASK {}", headers=headers).status_code == 415


@requires(PROTOCOL, "2.1.3", "query-via-post-direct", MUST, "a direct query is in UTF-8")
def test_protocol_2_1_3_utf_8_is_the_only_charset(client: httpx2.Client) -> None:
    query = "SELECT ?o { VALUES ?o { '食べる' } }"
    response = client.post("/sparql", content=query.encode(), headers=DIRECT | {"Accept": "text/csv"})
    utf_16 = {"Content-Type": "application/sparql-query; charset=UTF-16"}

    assert response.content.decode().split("\r\n")[1] == "食べる"
    assert client.post("/sparql", content=query.encode("utf-16"), headers=utf_16).status_code == 415
    assert client.post("/sparql", content=query.encode("utf-16"), headers=DIRECT).status_code == 400


@requires(PROTOCOL, "2.1.3", "query-via-post-direct", MUST, "a direct query's dataset is in the URL")
def test_protocol_2_1_3_the_dataset_is_in_the_url(client: httpx2.Client) -> None:
    url = f"/sparql?{urlencode({'default-graph-uri': G1})}"
    response = client.post(url, content=DEFAULT.format(""), headers=DIRECT | {"Accept": "text/csv"})

    assert values(response) == ["1", "both"]


@requires(PROTOCOL, "2.1.4", "dataset", MUST, "the dataset of the protocol overrides FROM and FROM NAMED")
def test_protocol_2_1_4_dataset_parameters_override_from(client: httpx2.Client) -> None:
    both = f"FROM <{G1}> FROM NAMED <{G1}>"

    assert asked(client, DEFAULT.format(both)) == ["1", "both"]
    assert asked(client, NAMED.format(both)) == ["1", "both"]
    assert asked(client, DEFAULT.format(both), default_graph_uri=[G2]) == ["2", "both"]
    assert asked(client, NAMED.format(both), default_graph_uri=[G2]) == []
    assert asked(client, DEFAULT.format(both), named_graph_uri=[G2]) == []
    assert asked(client, NAMED.format(both), named_graph_uri=[G2]) == ["2", "both"]


@requires(
    PROTOCOL, "2.1.4", "dataset", MUST, "several default graphs are merged: a triple in two counts once"
)
def test_protocol_2_1_4_default_graphs_are_merged(client: httpx2.Client) -> None:
    assert asked(client, DEFAULT.format(""), default_graph_uri=[G1, G2]) == ["1", "2", "both"]
    assert asked(client, DEFAULT.format(f"FROM <{G1}> FROM <{G2}>")) == ["1", "2", "both"]
    assert asked(client, NAMED.format(""), named_graph_uri=[G1, G2]) == ["1", "2", "both", "both"]


@requires(
    PROTOCOL, "2.1.4", "dataset", MUST, "what a dataset does not name is empty; without one all is there"
)
def test_protocol_2_1_4_what_is_not_named_is_empty(client: httpx2.Client) -> None:
    assert asked(client, DEFAULT.format("")) == ["default"]
    assert asked(client, NAMED.format("")) == ["1", "2", "3", "both", "both"]
    assert asked(client, NAMED.format(f"FROM <{G1}>")) == []
    assert asked(client, DEFAULT.format(f"FROM NAMED <{G1}>")) == []
    assert asked(client, DEFAULT.format(""), default_graph_uri=["urn:unknown"]) == []


@requires(PROTOCOL, "2.1.5", "conneg", SHOULD, "the client's Accept, with its weights, decides the format")
def test_protocol_2_1_5_accept_decides(client: httpx2.Client) -> None:
    cases = {
        "application/sparql-results+json": "application/sparql-results+json",
        "text/csv;q=0.3, application/sparql-results+json;q=0.2": "text/csv; charset=utf-8",
        "text/turtle, text/tab-separated-values;q=0.1": "text/tab-separated-values; charset=utf-8",
        "application/sparql-results+xml;q=0, */*": "application/sparql-results+json",
    }
    for accept, media_type in cases.items():
        response = client.get("/sparql", params={"query": "SELECT * {}"}, headers={"Accept": accept})
        assert response.headers["content-type"] == media_type
    refused = client.get("/sparql", params={"query": "SELECT * {}"}, headers={"Accept": "text/turtle"})
    assert refused.status_code == 406


@requires(PROTOCOL, "2.1.6", "query-success", SHOULD, "a query that succeeds is a 2XX")
def test_protocol_2_1_6_success_is_2xx(client: httpx2.Client) -> None:
    for query in ("ASK {}", "SELECT * {}", "CONSTRUCT WHERE { ?s ?p ?o }", "DESCRIBE <urn:x>"):
        assert client.get("/sparql", params={"query": query}).status_code == 200


@requires(PROTOCOL, "2.1.6", "query-success", MUST, "SELECT and ASK answer with results in their media type")
@pytest.mark.parametrize("accept", RESULTS)
def test_protocol_2_1_6_results_have_their_media_type(client: httpx2.Client, accept: str) -> None:
    for query, begins in zip(("SELECT ?o { ?s <urn:p> ?o }", "ASK {}"), RESULTS[accept], strict=True):
        response = client.get("/sparql", params={"query": query}, headers={"Accept": accept})
        assert response.headers["content-type"].partition(";")[0] == accept
        assert response.text.startswith(begins)


@requires(
    PROTOCOL, "2.1.6", "query-success", MUST, "CONSTRUCT and DESCRIBE answer with a graph in its media type"
)
@pytest.mark.parametrize(
    "query", ["CONSTRUCT { <urn:d> <urn:p> ?o } { <urn:d> <urn:p> ?o }", "DESCRIBE <urn:d>"]
)
@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
    ],
)
def test_protocol_2_1_6_graphs_have_their_media_type(
    client: httpx2.Client, query: str, accept: str, form: ox.RdfFormat
) -> None:
    response = client.get("/sparql", params={"query": query}, headers={"Accept": accept})
    [quad] = ox.parse(response.content, format=form)

    assert response.headers["content-type"].partition(";")[0] == accept
    assert str(quad.triple) == '<urn:d> <urn:p> "default"'


@requires(PROTOCOL, "2.1.7", "query-failure", SHOULD, "what is not in the grammar is a 400")
@pytest.mark.parametrize(
    "query", ["", "ASK", "SELECT ?x", "ASK { ?s x:p ?o }", "INSERT DATA {}", "CLEAR ALL"]
)
def test_protocol_2_1_7_what_is_no_query_is_400(client: httpx2.Client, query: str) -> None:
    assert client.get("/sparql", params={"query": query}).status_code == 400


@requires(PROTOCOL, "2.1.7", "query-failure", SHOULD, "a query that cannot be executed is a 5XX")
def test_protocol_2_1_7_what_cannot_be_executed_is_5xx(client: httpx2.Client) -> None:
    many = "VALUES ?{} {{ " + "1 " * 200 + "}}"
    query = "SELECT (COUNT(*) AS ?n) {" + " ".join(many.format(name) for name in "abcdef") + "}"
    response = client.post("/sparql", data={"query": query, "timeout": "0.5"})

    assert response.status_code == 504


@requires(PROTOCOL, "2.3", "base-iri", MUST, "BASE in a query resolves its relative IRIs")
def test_protocol_2_3_base_of_the_query(client: httpx2.Client) -> None:
    query = "BASE <http://example.org/a/b> SELECT ?o { VALUES ?o { <c> } }"

    assert asked(client, query) == ["http://example.org/a/c"]


@requires(PROTOCOL, "2.3", "base-iri", MUST, "the service has a base IRI of its own: its endpoint")
def test_protocol_2_3_base_of_the_service(client: httpx2.Client) -> None:
    assert asked(client, "SELECT ?o { VALUES ?o { <#c> } }") == [str(client.base_url.join("/sparql#c"))]


@requires(
    PROTOCOL, "5", "conformance", MUST, "what section 4 allows, to refuse costly queries, harms no other"
)
def test_protocol_5_after_a_costly_query_the_service_answers(client: httpx2.Client) -> None:
    deep = client.post("/sparql", data={"query": "ASK {" + "{" * 60_000 + "}" * 60_000 + "}"})
    graph = client.get("/sparql", params={"query": "CONSTRUCT WHERE { ?s ?p ?o }"}).content

    assert deep.status_code == 400
    assert len(read_rdf(graph, ".ttl")) == 1
