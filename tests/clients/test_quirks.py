"""How callers differ from the book, one test for each, named by the caller.

Where the caller is an engine that the other tests run, what is here is what that engine needs of us beyond
right rows. RDF4J, GraphDB, FedX, Blazegraph, QLever and AllegroGraph are not run: their requests are written
down here as their sources and issue threads have them.
"""

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from urllib.parse import urlencode

import httpx2
import pytest
import rdflib

from clients.cases import ID, PREFIXES, Row
from clients.engines import Answered
from conftest import Running
from testing_endpoints import Endpoint, told
from testing_engines import EngineServer

XML, JSON = "application/sparql-results+xml", "application/sparql-results+json"
LABELS = "SELECT ?city ?name WHERE { ?city rdfs:label ?name }"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
VIRTUOSO_ACCEPTS = (
    "application/sparql-results+xml, text/rdf+n3, text/rdf+ttl, text/rdf+turtle, text/turtle, "
    "application/turtle, application/x-turtle, application/rdf+xml, application/xml"
)
Client = httpx2.Client


def rows(answer: httpx2.Response, *names: str) -> list[Row]:
    assert answer.status_code == 200, answer.text
    bindings = answer.json()["results"]["bindings"]
    return [tuple(row.get(name, {}).get("value", "") for name in names) for row in bindings]


def post(client: Client, query: str, accept: str = JSON) -> httpx2.Response:
    return client.post("/sparql", data={"query": PREFIXES + query}, headers={"Accept": accept})


# Virtuoso (Publications Office, data.europa.eu)


@pytest.mark.parametrize("accept", [VIRTUOSO_ACCEPTS, "*/*", None])
def test_virtuoso_gets_xml_typed_exactly(client: Client, accept: str | None) -> None:
    headers = {"Accept": accept} if accept else {}
    answer = client.get("/sparql", params={"query": "SELECT * { ?s ?p ?o } LIMIT 1"}, headers=headers)

    assert answer.headers["content-type"] == XML
    assert ET.fromstring(answer.content).tag.endswith("sparql")  # noqa: S314  # our own


@pytest.mark.parametrize("accept", [JSON, "application/json"])
def test_virtuoso_gets_no_bare_json(client: Client, accept: str) -> None:
    assert post(client, "ASK {}", accept).headers["content-type"] == JSON


@pytest.mark.parametrize("path", ["/sparql", "/sparql/"])
def test_virtuoso_is_never_redirected(client: Client, path: str) -> None:
    answer = client.get(path, params={"query": "ASK {}"})

    assert answer.status_code == (200 if path == "/sparql" else 404)


def test_virtuoso_shows_its_user_what_we_refuse(granted: EngineServer, service: Running) -> None:
    """Its SERVICE reads no problem document; of a text it shows the beginning."""
    query = f"SELECT * WHERE {{ SERVICE <{service.url}/sparql> {{ ?s <urn:p> ?o . FILTER(<urn:no>(?o)) }} }}"
    answer = httpx2.post(granted.query, data={"query": query}, headers={"Accept": JSON}, timeout=60)

    assert answer.status_code == 500
    assert "HTTP/1.1 400 Bad Request" in answer.text
    assert "Bad Request: The custom function <urn:no> is not supported" in answer.text


# RDF4J and GraphDB: SERVICE by bound join


def test_rdf4j_sends_blocks_of_fifteen_with_the_index_of_the_row(client: Client, members: list[Row]) -> None:
    """Its block of bindings has a column __index, a text, and UNDEF where its row has no value."""
    found: dict[str, Row] = {}
    for start in range(0, len(members), 15):
        block = members[start : start + 15]
        lines = "\n".join(
            f'("{number}" <{iri}> {"UNDEF" if number % 2 else "<urn:other>"})'
            for number, (iri, _) in enumerate(block)
        )
        query = (
            "SELECT ?__index ?name ?other WHERE { ?member rdfs:label ?name FILTER(LANG(?name) = 'en') } "
            f"VALUES (?__index ?member ?other) {{ {lines} }}"
        )
        found |= {
            block[int(index)][0]: (name, other)
            for index, name, other in rows(post(client, query), "__index", "name", "other")
        }

    assert {iri: name for iri, (name, _) in found.items()} == {row[0]: row[1] for row in members}
    assert {other for _, other in found.values()} == {"", "urn:other"}


@pytest.mark.parametrize(
    "query",
    [
        # Inline, behind WHERE as older versions do, and behind a subquery's LIMIT.
        f"SELECT ?name WHERE {{ VALUES (?city) {{ (<{ID}city/vienna>) }} ?city rdfs:label ?name }}",
        f"SELECT ?name WHERE {{ ?city rdfs:label ?name }} VALUES (?city) {{ (<{ID}city/vienna>) }}",
        f"SELECT ?name WHERE {{ ?city rdfs:label ?name }} LIMIT 9999 VALUES ?city {{ <{ID}city/vienna> }}",
        f"SELECT ?name WHERE {{ {{ {LABELS} }} VALUES (?city) {{ (<{ID}city/vienna>) }} }}",
    ],
)
def test_rdf4j_puts_values_inline_and_behind(client: Client, query: str) -> None:
    assert {name for (name,) in rows(post(client, query), "name")} >= {"Vienna", "Wien", "Vienne"}


def test_rdf4j_posts_a_body_of_any_kind(client: Client) -> None:
    query = PREFIXES + f"ASK {{ <{ID}city/vienna> rdfs:label 'Wien'@de }}"
    form = client.post("/sparql", content=urlencode({"query": query, "infer": "true"}), headers=FORM)
    plain = client.post("/sparql", content=query, headers={"Content-Type": "application/sparql-query"})

    assert "<boolean>true</boolean>" in form.text
    assert form.text == plain.text


# RDF4J's FedX: which source has which pattern


@pytest.mark.parametrize(
    "accept", [f"{XML};q=0.8, {JSON};q=0.9", f"text/boolean, {XML};q=0.8", "text/boolean, */*;q=0.1"]
)
@pytest.mark.parametrize(
    ("pattern", "known"),
    [
        ("?city <http://www.w3.org/2000/01/rdf-schema#label> ?name", True),
        ("?s a <https://w3id.org/clipgraph/def/GoodPractice>", True),
        ("?s <urn:unknown> ?o", False),
    ],
)
def test_fedx_asks_for_each_pattern(client: Client, accept: str, pattern: str, known: bool) -> None:  # noqa: FBT001
    answer = client.get("/sparql", params={"query": f"ASK {{ {pattern} }}"}, headers={"Accept": accept})

    assert answer.status_code == 200, answer.text  # one 406 would end its query
    word = str(known).lower()
    told = json.loads(answer.text)["boolean"] if "json" in answer.headers["content-type"] else None
    assert told is known or f"<boolean>{word}</boolean>" in answer.text


def test_fedx_makes_larger_blocks_and_unions(client: Client, members: list[Row]) -> None:
    """Up to 25 bindings, or each row as a branch of a UNION with variables of its own."""
    values = " ".join(f"(<{iri}>)" for iri, _ in members[:25])
    block = f"SELECT ?m ?n WHERE {{ VALUES (?m) {{ {values} }} ?m rdfs:label ?n FILTER(LANG(?n) = 'en') }}"
    branches = " UNION ".join(
        f"{{ <{iri}> rdfs:label ?n_{number} FILTER(LANG(?n_{number}) = 'en') }}"
        for number, (iri, _) in enumerate(members[:25])
    )
    names = [f"n_{number}" for number in range(25)]

    united = rows(post(client, f"SELECT * WHERE {{ {branches} }}"), *names)

    assert sorted(rows(post(client, block), "m", "n")) == sorted(members[:25])
    assert sorted("".join(row) for row in united) == sorted(name for _, name in members[:25])


# Jena ARQ


def test_jena_is_never_given_half_an_answer(client: Client) -> None:
    """It takes what comes for the whole: an answer has all rows, or is no answer."""
    everything = rows(post(client, "SELECT ?s ?p ?o { ?s ?p ?o }"), "s", "p", "o")
    (count,) = rows(post(client, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"), "n")
    ended = client.post(
        "/sparql",
        data={"query": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a = ?i) }", "timeout": "0.5"},
    )

    assert len(everything) == int(count[0])
    assert ended.status_code == 504


def test_jena_pages_in_a_stable_order(client: Client) -> None:
    page = "SELECT ?m ?p { ?m a org:Membership ; org:member ?p } ORDER BY ?m ?p LIMIT 20 OFFSET %d"
    pages = [rows(post(client, page % offset), "m", "p") for offset in (0, 20, 40)]

    assert len({row for each in pages for row in each}) == 60
    assert pages[1] == rows(post(client, page % 20), "m", "p")


def test_jena_accepts_much_and_prefers_json(client: Client, answered: Callable[[str], Answered]) -> None:
    asked = answered("jena").asked[0]
    answer = client.get("/sparql", params={"query": "ASK {}"}, headers={"Accept": asked.accept})

    assert asked.accept.startswith(JSON)
    assert answer.headers["content-type"] == JSON


# Wikidata and Kohesio: Blazegraph


def test_blazegraph_sends_chunks_as_bindings_behind(client: Client, members: list[Row]) -> None:
    """A chunk of 100 rows, with the variables it wants back, all in a BINDINGS-like clause at the end."""
    rows_wanted = " ".join(f"(<{iri}> UNDEF)" for iri, _ in members) + f" (UNDEF <{ID}city/vienna>)"
    query = (
        "SELECT ?member ?place ?name WHERE { ?member dct:spatial ?place . ?member rdfs:label ?name . "
        f"FILTER(LANG(?name) = 'en') }} VALUES (?member ?place) {{ {rows_wanted} }}"
    )

    found = rows(post(client, query), "member", "name")

    assert set(found) >= set(members)
    assert len(found) > len(members)  # Vienna's comes by either row


# QLever, AllegroGraph


@pytest.mark.parametrize(
    "accept",
    [
        "application/sparql-results+json, application/json;q=0.5",
        "application/json",
        f"{JSON};q=0.1, application/json",
    ],
)
def test_allegrograph_refuses_what_is_typed_application_json(client: Client, accept: str) -> None:
    assert post(client, "SELECT * {}", accept).headers["content-type"] == JSON


# Any


@pytest.mark.parametrize("parameter", ["format", "output"])
@pytest.mark.parametrize(
    ("value", "kind"),
    [("json", JSON), ("xml", XML), (JSON, JSON), ("csv", "text/csv; charset=utf-8"), ("what", XML)],
)
def test_any_caller_may_name_a_format_or_anything_else(
    client: Client, parameter: str, value: str, kind: str
) -> None:
    parameters = {
        "query": "ASK {}" if "csv" not in value else "SELECT * {}",
        parameter: value,
        "debug": "on",
        "should-sponge": "",
    }

    assert client.get("/sparql", params=parameters).headers["content-type"] == kind


def test_any_way_of_the_protocol_gives_the_same(client: Client) -> None:
    query = PREFIXES + f"SELECT ?n {{ <{ID}city/vienna> rdfs:label ?n }} ORDER BY ?n"
    answers = [
        client.get("/sparql", params={"query": query}),
        client.post("/sparql", data={"query": query}),
        client.post("/sparql", content=query, headers={"Content-Type": "application/sparql-query"}),
        client.post(
            "/sparql", content=query, headers={"Content-Type": "application/sparql-query; charset=UTF-8"}
        ),
    ]

    assert {answer.text for answer in answers} == {answers[0].text}
    assert "Wien" in answers[0].text


# rdflib as caller


def test_rdflib_asks_once_for_each_row(answered: Callable[[str], Answered]) -> None:
    asked = [one for one in answered("rdflib").asked if "org/clipgraph/id/authority" in one.query]

    assert len(asked) >= 35
    assert {one.method for one in asked} == {"POST"}
    assert {one.accept for one in asked} == {JSON}


def test_rdflib_gets_a_short_query_by_get(service: Running) -> None:
    graph = rdflib.Graph()
    found = graph.query(
        f"SELECT * {{ SERVICE <{service.url}/sparql> {{ SELECT ?n {{ <{ID}city/vienna> ?p ?n }} }} }}"
    )

    assert rdflib.Literal("Wien", "de") in {row[0] for row in found}  # type: ignore[index]


# rdflib as engine, which ours is not


@pytest.mark.parametrize("silent", ["", "SILENT "])
def test_no_query_reaches_an_endpoint_that_is_not_listed(client: Client, silent: str) -> None:
    """Where rdflib evaluates SERVICE, any address is asked, and SILENT gives no rows without an error."""
    with Endpoint(told(200)) as endpoint:
        refused = post(client, f"SELECT * {{ SERVICE {silent}<{endpoint.url}> {{ ?s ?p ?o }} }}")
        asked = list(endpoint.asked)

    assert refused.status_code == 403
    assert f"asks {endpoint.url}: this endpoint asks no other" in refused.json()["detail"]
    assert not asked


def test_an_update_fetches_nothing(service: Running) -> None:
    with Endpoint(told(200)) as endpoint:
        refused = httpx2.post(f"{service.url}/sparql", data={"update": f"LOAD <{endpoint.url}>"})
        asked = list(endpoint.asked)

    assert refused.status_code in (401, 403)
    assert not asked
