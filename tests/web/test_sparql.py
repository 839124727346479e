"""The SPARQL endpoint over HTTP: forms of request, formats, refusals."""

import json
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote, urlencode

import httpx2
import pytest

SELECT = "SELECT ?x WHERE { VALUES ?x { 1 } }"
CONSTRUCT = "CONSTRUCT { <urn:a> <urn:b> <urn:c> } WHERE {}"
POST = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query"
XML, JSON = "application/sparql-results+xml", "application/sparql-results+json"
CHROME = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"

Ask = Callable[[httpx2.Client, str], httpx2.Response]


def by_get(client: httpx2.Client, query: str) -> httpx2.Response:
    return client.get("/sparql", params={"query": query})


def by_form(client: httpx2.Client, query: str) -> httpx2.Response:
    return client.post("/sparql", data={"query": query})


def by_body(client: httpx2.Client, query: str) -> httpx2.Response:
    return client.post(
        "/sparql", content=query.encode(), headers={"Content-Type": "application/sparql-query"}
    )


@pytest.mark.parametrize("ask", [by_get, by_form, by_body])
def test_each_way_to_ask_gives_the_same_answer(client: httpx2.Client, ask: Ask) -> None:
    response = ask(client, "SELECT ?x WHERE { VALUES ?x { <urn:with%20space> 'ü+ &' } }")

    assert response.status_code == 200
    assert response.headers["content-type"] == XML
    assert "<uri>urn:with%20space</uri>" in response.text
    assert "ü+ &amp;" in response.text


@pytest.mark.parametrize(
    ("query", "accept", "media_type"),
    [
        (SELECT, None, XML),
        (SELECT, "*/*", XML),
        (SELECT, JSON, JSON),
        (SELECT, "application/json", JSON),
        (SELECT, "text/csv", "text/csv; charset=utf-8"),
        (SELECT, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        (SELECT, f"{XML};q=0.2, {JSON};q=0.9", JSON),
        ("ASK {}", "application/sparql-results+json", JSON),
        (CONSTRUCT, None, "text/turtle; charset=utf-8"),
        (CONSTRUCT, "application/n-triples", "application/n-triples"),
        (CONSTRUCT, "application/rdf+xml", "application/rdf+xml"),
        (CONSTRUCT, "application/ld+json", "application/ld+json"),
        (
            "DESCRIBE <https://w3id.org/clipgraph/id/network/clip>",
            "text/turtle",
            "text/turtle; charset=utf-8",
        ),
    ],
)
def test_accept_decides_the_format(
    client: httpx2.Client, query: str, accept: str | None, media_type: str
) -> None:
    response = client.get("/sparql", params={"query": query}, headers={"Accept": accept} if accept else {})

    assert (response.status_code, response.headers["content-type"]) == (200, media_type)
    assert "Accept" in response.headers["vary"]
    assert response.content


@pytest.mark.parametrize("name", ["format", "output"])
def test_the_format_parameter_wins_over_accept(client: httpx2.Client, name: str) -> None:
    response = client.get("/sparql", params={"query": SELECT, name: "json"}, headers={"Accept": XML})

    assert response.headers["content-type"] == JSON
    assert json.loads(response.content)["results"]["bindings"][0]["x"]["value"] == "1"


def test_an_ask_is_a_boolean(client: httpx2.Client) -> None:
    response = client.get("/sparql", params={"query": "ASK { FILTER(false) }", "format": "json"})

    assert response.json()["boolean"] is False


def test_relative_iris_are_resolved_against_the_endpoint(client: httpx2.Client) -> None:
    query = "SELECT ?x WHERE { VALUES ?x { <a> <#b> </c> } }"
    given = "BASE <http://x.example/y> " + query
    own = [client.get("/sparql", params={"query": text, "format": "csv"}).text for text in (query, given)]

    assert own[0].split()[1:] == [str(client.base_url.join(path)) for path in ("/a", "/sparql#b", "/c")]
    assert own[1].split()[1:] == [f"http://x.example/{path}" for path in ("a", "y#b", "c")]


def test_the_protocols_dataset_replaces_the_default_graph(client: httpx2.Client) -> None:
    graph = "https://w3id.org/clipgraph/graph/fields/european-pact"
    query = "SELECT (COUNT(*) AS ?n) WHERE { ?s a <https://w3id.org/clipgraph/def/FieldOfAction> }"
    both = client.get("/sparql", params={"query": query, "format": "csv"}).text.split()
    one = client.get("/sparql", params={"query": query, "format": "csv", "default-graph-uri": graph})

    assert both == ["n", "27"]
    assert one.text.split() == ["n", "12"]


@pytest.mark.parametrize(
    ("status", "code", "parameters", "headers"),
    [
        (400, "query-syntax-error", {"query": "SELECT * WHERE {\n ?s foo:bar ?o }"}, {}),
        (400, "bad-request", {"query": [SELECT, SELECT]}, {}),
        (400, "bad-request", {"query": SELECT, "timeout": "0"}, {}),
        (400, "bad-request", {"query": SELECT, "timeout": "soon"}, {}),
        (400, "bad-request", {"query": SELECT, "default-graph-uri": "not an iri"}, {}),
        (400, "too-complex", {"query": "ASK {" + "{" * 60000 + "}" * 60000 + "}"}, {}),
        (403, "refused", {"query": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"}, {}),
        (400, "query-syntax-error", {"query": "ASK { FILTER(<x:f>(1)) }"}, {}),
        (401, "unauthorized", {"update": "CLEAR ALL"}, {}),
        (400, "query-syntax-error", {"query": "PREFIX x: <y:>\nINSERT DATA { x:a x:b 1 }"}, {}),
        (406, "not-acceptable", {"query": 'SELECT ("\\u0001" AS ?x) {}', "format": "xml"}, {}),
        (413, "too-large", {"query": "#" * 600_000}, {}),
        (406, "not-acceptable", {"query": SELECT}, {"Accept": "image/png"}),
        (406, "not-acceptable", {"query": CONSTRUCT}, {"Accept": "text/csv"}),
    ],
)
def test_refusals_are_problem_documents(
    client: httpx2.Client, status: int, code: str, parameters: dict[str, str], headers: dict[str, str]
) -> None:
    response = client.post("/sparql", data=parameters, headers=headers)

    assert response.headers["content-type"] == "application/problem+json"
    assert (response.status_code, response.json()["status"], response.json()["code"]) == (
        status,
        status,
        code,
    )
    assert response.headers["access-control-allow-origin"] == "*"


def test_a_syntax_error_says_where_and_quotes_the_line(client: httpx2.Client) -> None:
    problem = by_form(client, "SELECT * WHERE {\n  ?s foo:bar ?o }").json()

    assert (problem["line"], problem["quoted"].splitlines()[0]) == (2, "  ?s foo:bar ?o }")
    assert '"foo:"' in problem["detail"]
    assert "PREFIX foo:" in problem["hint"]


def test_not_acceptable_lists_what_there_is(client: httpx2.Client) -> None:
    response = client.get("/sparql", params={"query": SELECT}, headers={"Accept": "image/png"})

    assert set(response.json()["available"]) == {XML, JSON, "text/csv", "text/tab-separated-values"}


def test_unknown_media_types_and_methods(client: httpx2.Client) -> None:
    wrong = client.post("/sparql", content=b"{}", headers={"Content-Type": "application/json"})
    put = client.put("/sparql", content=b"x")

    assert (wrong.status_code, put.status_code) == (415, 405)
    assert put.json()["code"] == "wrong-method"
    assert "application/sparql-query" in wrong.json()["detail"]
    assert "POST" in put.headers["allow"]


def test_a_body_that_is_too_large_is_413(client: httpx2.Client) -> None:
    response = by_form(client, "#" + "x" * (5 << 20))

    assert (response.status_code, response.json()["code"]) == (413, "too-large")


def test_the_endpoint_describes_itself_and_never_redirects(client: httpx2.Client) -> None:
    response = client.get("/sparql", headers={"Accept": "text/turtle"})
    slash = client.get("/sparql/", headers={"Accept": "text/turtle"})

    assert response.status_code == 200
    assert "sd:supportedLanguage sd:SPARQL11Query" in response.text
    assert slash.status_code == 404


def test_options_allow_any_origin(client: httpx2.Client) -> None:
    response = client.options(
        "/sparql", headers={"Origin": "https://x.example", "Access-Control-Request-Method": "POST"}
    )

    assert response.status_code == 204
    assert response.headers["access-control-allow-origin"] == "*"
    assert "POST" in response.headers["access-control-allow-methods"]


def test_head_has_the_headers_and_no_body(client: httpx2.Client) -> None:
    response = client.head("/sparql", params={"query": SELECT})

    assert (response.status_code, response.headers["content-type"], response.content) == (200, XML, b"")


def test_a_browser_gets_a_table_and_nobody_else_html(client: httpx2.Client) -> None:
    page = client.get(
        "/sparql", params={"query": "SELECT ?x { VALUES ?x { '<script>' } }"}, headers={"Accept": CHROME}
    )
    data = client.get("/sparql", params={"query": SELECT, "format": "csv"}, headers={"Accept": CHROME})
    form = client.get("/sparql", headers={"Accept": CHROME})

    assert page.headers["content-type"].startswith("text/html")
    assert "&lt;script&gt;" in page.text
    assert "<script>" not in page.text
    assert data.headers["content-type"].startswith("text/csv")
    assert "<textarea" in form.text


def test_a_browser_gets_a_page_for_an_error(client: httpx2.Client) -> None:
    response = client.get("/sparql", params={"query": "SELECT <b>"}, headers={"Accept": CHROME})

    assert (response.status_code, response.headers["content-type"]) == (400, "text/html; charset=utf-8")
    assert "&lt;b&gt;" in response.text


def test_half_an_answer_breaks_the_connection(client: httpx2.Client) -> None:
    cross = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with client.stream("GET", "/sparql", params={"query": cross, "timeout": "1"}) as response:
        assert response.status_code == 200
        with pytest.raises(httpx2.RemoteProtocolError):
            for _ in response.iter_bytes():
                pass


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"GET /sparql?query=%FF HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /sparql?query=ASK%20%7B%00%7D HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /sparql?query=ASK%20%7B%7D HTTP/1.1\r\nHost: a b\r\n\r\n",
        b"GET /sparql HTTP/1.1\r\nHost: <x>\r\n\r\n",
        POST + b"; charset=utf-7x\r\nContent-Length: 6\r\n\r\nASK {}",
        POST + b"\r\nContent-Length: 2\r\n\r\n\xff\xfe",
    ],
)
def test_broken_requests_get_a_refusal(client: httpx2.Client, request_bytes: bytes) -> None:
    address = (client.base_url.host, client.base_url.port or 80)
    with socket.create_connection(address, timeout=20) as connection:
        connection.sendall(request_bytes)
        status = int(connection.recv(100).split()[1])

    assert status in (400, 415)


def test_a_query_with_every_odd_character_comes_through(client: httpx2.Client) -> None:
    odd = "a+b%20c&d=e#f;g\"h\\i\tj'k🙂"
    query = f"SELECT ?x WHERE {{ VALUES ?x {{ {json.dumps(odd, ensure_ascii=False)} }} }}"
    got = client.get(f"/sparql?{urlencode({'query': query})}&format=json").json()
    posted = client.post(
        "/sparql?format=json",
        content=f"query={quote(query)}",
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    ).json()

    assert got["results"]["bindings"][0]["x"]["value"] == odd
    assert posted == got


def test_http_1_0_gets_a_length_and_no_chunks(client: httpx2.Client) -> None:
    query = quote("SELECT * WHERE { ?s ?p ?o }")
    address = (client.base_url.host, client.base_url.port or 80)
    with socket.create_connection(address, timeout=20) as connection:
        connection.sendall(f"GET /sparql?query={query} HTTP/1.0\r\nHost: x\r\n\r\n".encode())
        head, _, body = b"".join(iter(lambda: connection.recv(65536), b"")).partition(b"\r\n\r\n")

    assert b"transfer-encoding" not in head.lower()
    assert f"content-length: {len(body)}".encode() in head.lower()
    assert body.endswith(b"</sparql>")


def test_a_long_text_that_cannot_be_read_stops_nobody_else(client: httpx2.Client) -> None:
    with ThreadPoolExecutor(1) as threads:
        long = threads.submit(by_form, client, "x " * 250_000)
        others = [client.get("/healthz").status_code for _ in range(20)]
        assert not long.done() or long.result().status_code == 400

    assert set(others) == {200}
    assert long.result().status_code == 400
