"""SPARQL 1.1 Protocol, the update operation: each MUST and SHOULD as one test.

What the specification asks of clients is turned round: the service reads what a client must send, and
refuses what it must not. https://www.w3.org/TR/sparql11-protocol/#update-operation
"""

from urllib.parse import quote, urlencode

import httpx2
import pyoxigraph as ox
import pytest

from conformance.over_http import UPDATE, Endpoint
from conformance.requirements import MUST, PROTOCOL, SHOULD, requires

G1, G2, G3 = "http://example.org/g1", "http://example.org/g2", "http://example.org/g3"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": UPDATE}
INSERT = 'INSERT DATA { <urn:s> <urn:p> "a+b%20&=;c" }'
INSERTED = '<urn:s> <urn:p> "a+b%20&=;c"'


@pytest.fixture
def empty(endpoint: Endpoint) -> Endpoint:
    endpoint.load([])
    return endpoint


def by_form(endpoint: Endpoint, body: str) -> httpx2.Response:
    return endpoint.write("POST", "/sparql", body, FORM)


def directly(endpoint: Endpoint, body: str | bytes, **dataset: list[str]) -> httpx2.Response:
    parameters = {name.replace("_", "-"): value for name, value in dataset.items()}
    return endpoint.write("POST", f"/sparql?{urlencode(parameters, doseq=True)}", body, DIRECT)


def statements(endpoint: Endpoint) -> list[str]:
    """Return all that the service holds: a triple of the default graph, or a quad."""
    return sorted(str(quad) for quad in endpoint.dataset())


@requires(PROTOCOL, "2.2", "update-operation", MUST, "an update is invoked by POST, and by no other method")
def test_protocol_2_2_only_post_updates(empty: Endpoint) -> None:
    url = f"/sparql?{urlencode({'update': INSERT})}"

    assert empty.write("GET", url, "", {}).status_code == 400
    for method in ("PUT", "PATCH", "DELETE"):
        assert empty.write(method, url, INSERT, DIRECT).status_code == 405
    assert statements(empty) == []
    assert by_form(empty, urlencode({"update": INSERT})).is_success
    assert statements(empty) == [INSERTED]


@requires(PROTOCOL, "2.2", "update-operation", MUST, "a request has exactly one update")
def test_protocol_2_2_exactly_one_update(empty: Endpoint) -> None:
    update = urlencode({"update": INSERT})

    for body in (f"{update}&{update}", f"{update}&query=ASK{{}}", "using-graph-uri=urn%3Ag"):
        assert by_form(empty, body).status_code == 400
    assert empty.write("POST", f"/sparql?{update}", INSERT, DIRECT).status_code == 400
    assert statements(empty) == []


@requires(PROTOCOL, "2.2", "update-operation", MUST, "an update comes in one of two ways, and in no third")
@pytest.mark.parametrize("media_type", ["text/plain", "application/sparql-query", "multipart/form-data"])
def test_protocol_2_2_no_third_way(empty: Endpoint, media_type: str) -> None:
    response = empty.write("POST", "/sparql", INSERT, {"Content-Type": media_type})

    assert response.status_code in (400, 415)
    assert statements(empty) == []


@requires(PROTOCOL, "2.2.1", "update-via-post-urlencoded", MUST, "a form's parameters are decoded once")
def test_protocol_2_2_1_parameters_of_the_form_are_decoded_once(empty: Endpoint) -> None:
    assert by_form(empty, f"update={quote(INSERT, safe='')}").is_success

    assert statements(empty) == [INSERTED]


@requires(
    PROTOCOL, "2.2.1", "update-via-post-urlencoded", MUST, "an ampersand is between a form's parameters"
)
def test_protocol_2_2_1_an_ampersand_is_between_parameters(empty: Endpoint) -> None:
    empty.load(ox.parse(f"GRAPH <{G1}> {{ <urn:s> <urn:p> 1 }}", format=ox.RdfFormat.TRIG))
    update, graph = quote("INSERT { <urn:t> <urn:p> ?o } WHERE { ?s ?p ?o }"), quote(G1)
    wanted = '<urn:t> <urn:p> "1"^^<http://www.w3.org/2001/XMLSchema#integer>'

    for body in (f"update={update}&using-graph-uri={graph}", f"using-graph-uri={graph}&update={update}"):
        assert by_form(empty, body).is_success
        assert wanted in statements(empty)
        assert directly(empty, "CLEAR DEFAULT").is_success


@requires(PROTOCOL, "2.2.1", "update-via-post-urlencoded", MUST, "a form says that it is one")
def test_protocol_2_2_1_a_form_says_that_it_is_one(empty: Endpoint) -> None:
    body = urlencode({"update": INSERT}).encode()

    assert empty.write("POST", "/sparql", body, {}).status_code == 415
    assert statements(empty) == []
    assert empty.write("POST", "/sparql", body, FORM).is_success
    assert statements(empty) == [INSERTED]


@requires(
    PROTOCOL, "2.2.2", "update-via-post-direct", MUST, "the body is the update, not encoded, nothing else"
)
def test_protocol_2_2_2_the_body_is_the_update_as_it_is(empty: Endpoint) -> None:
    assert directly(empty, urlencode({"update": INSERT})).status_code == 400
    assert directly(empty, quote(INSERT)).status_code == 400
    assert statements(empty) == []
    assert directly(empty, INSERT).is_success
    assert statements(empty) == [INSERTED]


@requires(PROTOCOL, "2.2.2", "update-via-post-direct", MUST, "a direct update is application/sparql-update")
def test_protocol_2_2_2_the_media_type_is_that_of_updates(empty: Endpoint) -> None:
    for headers in ({}, {"Content-Type": "application/sparql"}, {"Content-Type": "text/plain"}):
        assert empty.write("POST", "/sparql", INSERT.encode(), headers).status_code == 415
    assert statements(empty) == []


@requires(PROTOCOL, "2.2.3", "update-dataset", MUST, "naming the dataset in protocol and update is an error")
@pytest.mark.parametrize("clause", [f"USING <{G2}>", f"USING NAMED <{G2}>", "WITH"])
def test_protocol_2_2_3_a_dataset_named_twice_is_an_error(empty: Endpoint, clause: str) -> None:
    before, after = (f"WITH <{G2}>", "") if clause == "WITH" else ("", clause)
    update = f"{before} INSERT {{ <urn:s> <urn:p> 1 }} {after} WHERE {{}}"

    assert directly(empty, update, using_graph_uri=[G1]).status_code == 400
    assert directly(empty, update, using_named_graph_uri=[G1]).status_code == 400
    assert statements(empty) == []


DATA = f"""
<urn:d> <urn:p> "default" . GRAPH <{G1}> {{ <urn:s> <urn:p> "1" }} GRAPH <{G2}> {{ <urn:s> <urn:p> "2" }}
GRAPH <{G3}> {{ <urn:s> <urn:p> "3" }}
"""
COPY = "INSERT {{ GRAPH <urn:copy{}> {{ ?s ?p ?o }} }} WHERE {{ {} }}"


def copied(endpoint: Endpoint, number: int = 1) -> list[str]:
    name = ox.NamedNode(f"urn:copy{number}")
    return sorted(str(quad.object) for quad in endpoint.dataset() if quad.graph_name == name)


@requires(PROTOCOL, "2.2.3", "update-dataset", SHOULD, "using-graph-uri is a USING of every operation")
def test_protocol_2_2_3_using_graph_uri_is_using(endpoint: Endpoint) -> None:
    endpoint.load(ox.parse(DATA, format=ox.RdfFormat.TRIG))
    two = f"{COPY.format(1, '?s ?p ?o')} ; {COPY.format(2, 'GRAPH ?g { ?s ?p ?o }')} ; " + COPY.format(
        3, "?s ?p ?o"
    )

    assert directly(endpoint, two, using_graph_uri=[G1, G2]).is_success
    assert [copied(endpoint, number) for number in (1, 2, 3)] == [['"1"', '"2"'], [], ['"1"', '"2"']]


@requires(
    PROTOCOL,
    "2.2.3",
    "update-dataset",
    SHOULD,
    "the default graph is the merge of the graphs: no triple twice",
)
def test_protocol_2_2_3_several_graphs_are_merged(endpoint: Endpoint) -> None:
    endpoint.load(ox.parse(DATA + f"GRAPH <{G2}> {{ <urn:s> <urn:p> '1' }}", format=ox.RdfFormat.TRIG))
    counting = "{ { SELECT (COUNT(*) AS ?o) { ?x ?y ?z } } BIND(<urn:s> AS ?s) BIND(<urn:p> AS ?p) }"
    delete = f"DELETE DATA {{ GRAPH <{G2}> {{ <urn:s> <urn:p> '2' }} }}"
    two = f"{COPY.format(1, counting)} ; {delete} ; {COPY.format(2, counting)}"

    assert directly(endpoint, two, using_graph_uri=[G1, G2]).is_success
    integer = "<http://www.w3.org/2001/XMLSchema#integer>"
    assert [copied(endpoint, number) for number in (1, 2)] == [[f'"2"^^{integer}'], [f'"1"^^{integer}']]


@requires(
    PROTOCOL, "2.2.3", "update-dataset", SHOULD, "using-named-graph-uri is a USING NAMED of every operation"
)
def test_protocol_2_2_3_using_named_graph_uri_is_using_named(endpoint: Endpoint) -> None:
    endpoint.load(ox.parse(DATA, format=ox.RdfFormat.TRIG))
    two = f"{COPY.format(1, 'GRAPH ?g { ?s ?p ?o }')} ; {COPY.format(2, '?s ?p ?o')}"

    assert directly(endpoint, two, using_named_graph_uri=[G1, G3]).is_success
    assert [copied(endpoint, number) for number in (1, 2)] == [['"1"', '"3"'], []]


@requires(PROTOCOL, "2.2.4", "update-success", SHOULD, "an update that succeeds is a 2XX, and has been done")
def test_protocol_2_2_4_success_is_2xx(empty: Endpoint) -> None:
    for update in (INSERT, "DELETE WHERE { ?s ?p ?o }", "CLEAR ALL", "DROP SILENT GRAPH <urn:x>"):
        assert directly(empty, update).is_success
    assert statements(empty) == []


@requires(PROTOCOL, "2.2.5", "update-failure", SHOULD, "what is not in the grammar is a 400")
@pytest.mark.parametrize("update", ["INSERT", "CLEAR XYZ", "ASK {}", "INSERT DATA { ?s <urn:p> 1 }"])
def test_protocol_2_2_5_what_is_no_update_is_400(empty: Endpoint, update: str) -> None:
    assert directly(empty, f"{INSERT} ; {update}").status_code == 400
    assert statements(empty) == []


@requires(
    PROTOCOL,
    "2.2.5",
    "update-failure",
    SHOULD,
    "an update that cannot be executed is refused, and not half done",
)
@pytest.mark.parametrize(
    "update",
    [
        "CREATE GRAPH <http://example.org/g1>",
        "DROP GRAPH <urn:none>",
        "LOAD <urn:x>",
    ],
)
def test_protocol_2_2_5_what_cannot_be_executed_changes_nothing(endpoint: Endpoint, update: str) -> None:
    endpoint.load(ox.parse(f"GRAPH <{G1}> {{ <urn:s> <urn:p> 'x' }}", format=ox.RdfFormat.TRIG))
    before = statements(endpoint)

    assert directly(endpoint, f"{INSERT} ; {update}").is_error
    assert statements(endpoint) == before


@requires(
    PROTOCOL, "2.3", "base-iri", MUST, "BASE in an update, else the endpoint, resolves its relative IRIs"
)
def test_protocol_2_3_base_of_an_update(empty: Endpoint) -> None:
    assert directly(empty, "INSERT DATA { <#own> <urn:p> <urn:o> }").is_success
    assert directly(empty, "BASE <http://example.org/> INSERT DATA { <#given> <urn:p> <urn:o> }").is_success

    subjects = {str(quad.subject) for quad in empty.dataset()}
    assert subjects == {f"<{empty.client.base_url.join('/sparql#own')}>", "<http://example.org/#given>"}


@requires(
    PROTOCOL, "5", "conformance", MUST, "the query or the update operation is there, as described: both are"
)
def test_protocol_5_query_and_update_are_there(empty: Endpoint) -> None:
    assert directly(empty, INSERT).is_success

    asked = empty.client.get("/sparql", params={"query": "ASK { <urn:s> ?p ?o }", "format": "json"})
    assert asked.json()["boolean"] is True
