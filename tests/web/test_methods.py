"""HEAD, OPTIONS and what else an address takes (RFC 9110, sections 9.3.2, 9.3.7 and 15.5.6)."""

import httpx2
import pytest

from clipgraph.rdf.formats import GRAPHS, RESULTS, Format

SELECT = "SELECT ?x WHERE { VALUES ?x { 1 } }"
# Says how the answer travelled, or when; the rest must be the same.
PASSING = {"date", "x-request-id", "server-timing", "ratelimit", "transfer-encoding"}


def lasting(response: httpx2.Response) -> dict[str, str]:
    return {name: value for name, value in response.headers.items() if name not in PASSING}


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        (f"/sparql?query={SELECT}", {}),
        (f"/sparql?query={SELECT}", {"Accept": "text/csv"}),
        (f"/sparql?query={SELECT}", {"Accept": "text/html"}),
        (f"/sparql?query={SELECT}", {"Accept": "image/png"}),
        ("/sparql?query=SELECT", {}),
        ("/sparql", {"Accept": "text/turtle"}),
        ("/sparql", {"Accept": "text/html"}),
        ("/", {}),
        ("/id/city/stuttgart", {}),
        ("/id/city/atlantis", {}),
        ("/doc/city/stuttgart", {"Accept": "text/turtle"}),
        ("/doc/city/stuttgart", {"Accept": "text/html"}),
        ("/graph/places/cities", {"Accept": "application/n-triples"}),
        ("/healthz", {}),
        ("/static/clipgraph.css", {}),
        ("/nowhere", {}),
    ],
)
def test_head_is_get_without_its_body(client: httpx2.Client, path: str, headers: dict[str, str]) -> None:
    got = client.get(path, headers=headers)
    head = client.head(path, headers=headers)

    assert head.status_code == got.status_code
    told = lasting(got)
    if "content-length" not in head.headers:  # only known when it is compressed (RFC 9110, 9.3.2 lets it out)
        told.pop("content-length", None)
    assert lasting(head) == told
    assert (head.content, bool(got.content or got.status_code == 303)) == (b"", True)


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/sparql", "GET, HEAD, POST, OPTIONS"),
        ("/", "GET, HEAD, OPTIONS"),
        ("/doc/city/stuttgart", "GET, HEAD, OPTIONS"),
    ],
)
def test_options_and_405_tell_what_an_address_takes(client: httpx2.Client, path: str, methods: str) -> None:
    options = client.options(path)
    patch = client.patch(path, content=b"x")

    assert (options.status_code, options.content) == (204, b"")
    assert options.headers["allow"] == options.headers["access-control-allow-methods"] == methods
    assert (patch.status_code, patch.headers["allow"]) == (405, methods)
    assert methods in patch.json()["detail"]


@pytest.mark.parametrize("path", ["/nowhere", "/de/nowhere", "/doc/city/atlantis", "/def/Nothing"])
def test_options_of_what_is_not_there_is_404(client: httpx2.Client, path: str) -> None:
    response = client.options(path)

    assert (response.status_code, response.json()["code"]) == (404, "not-found")
    assert "allow" not in response.headers
    assert response.headers["access-control-allow-origin"] == "*"


def test_a_preflight_is_answered_everywhere_so_that_a_script_reads_the_404(client: httpx2.Client) -> None:
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}

    assert client.options("/nowhere", headers=asked).status_code == 204
    assert client.options("/doc/city/stuttgart", headers=asked).status_code == 204


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/sparql-query", "SELECT ('é+%41' AS ?x) {}".encode()),
        ("application/sparql-query; charset=utf-8", "SELECT ('é+%41' AS ?x) {}".encode()),
        ('application/sparql-query;charset="UTF-8"', "SELECT ('é+%41' AS ?x) {}".encode()),
        ("application/sparql-query; charset=iso-8859-1", "SELECT ('é+%41' AS ?x) {}".encode("latin-1")),
        ("application/x-www-form-urlencoded", b"query=SELECT+('%C3%A9%2B%2541'+AS+?x)+{}"),
        ("application/x-www-form-urlencoded; charset=UTF-8", b"query=SELECT+('%C3%A9%2B%2541'+AS+?x)+{}"),
        ("application/x-www-form-urlencoded;charset=latin1", None),
        ("application/x-www-form-urlencoded;charset=iso-8859-1", b"query=SELECT+('%E9%2B%2541'+AS+?x)+{}"),
    ],
)
def test_a_body_is_decoded_once_in_its_charset(
    client: httpx2.Client, content_type: str, body: bytes | None
) -> None:
    headers = {"Content-Type": content_type, "Accept": "text/csv"}
    response = client.post("/sparql", content=body or b"query=ASK{}", headers=headers)

    if body is None:
        assert (response.status_code, response.json()["code"]) == (415, "unsupported-media-type")
    else:
        assert response.text == "x\r\né+%41\r\n"


@pytest.mark.parametrize("form", RESULTS, ids=lambda form: form.name)
def test_every_name_of_a_results_format_gives_exactly_its_media_type(
    client: httpx2.Client, form: Format
) -> None:
    for accept in (form.media_type, *form.aliases):
        response = client.get("/sparql", params={"query": SELECT}, headers={"Accept": accept})
        assert response.headers["content-type"] == form.content_type
    for name in (form.name, *form.names, form.media_type):
        response = client.get("/sparql", params={"query": SELECT, "output": name, "callback": "x"})
        assert response.headers["content-type"] == form.content_type


@pytest.mark.parametrize("form", GRAPHS, ids=lambda form: form.name)
@pytest.mark.parametrize(
    "query",
    [
        "DESCRIBE <https://w3id.org/clipgraph/id/network/clip>",
        "CONSTRUCT WHERE { <https://w3id.org/clipgraph/id/network/clip> ?p ?o }",
    ],
)
def test_graphs_come_in_every_format_by_every_name(client: httpx2.Client, form: Format, query: str) -> None:
    for accept in (form.media_type, *form.aliases):
        response = client.get("/sparql", params={"query": query}, headers={"Accept": accept})
        assert response.headers["content-type"] == form.content_type
        assert "network/clip" in response.text
    for name in (form.name, *form.names, form.media_type):
        response = client.get("/sparql", params={"query": query, "format": name})
        assert response.headers["content-type"] == form.content_type
