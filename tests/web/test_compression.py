"""gzip by Accept-Encoding: what the bytes say is the same, and small answers stay as they are."""

import gzip

import httpx2
import pytest

LARGE = "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 2000"
SMALL = "SELECT ?x { VALUES ?x { 1 } }"


def raw(
    client: httpx2.Client, path: str, method: str = "GET", **headers: str
) -> tuple[httpx2.Response, bytes]:
    """Return the response and its bytes as they travelled."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = client.build_request(method, path, headers={"accept-encoding": "identity"} | named)
    response = client.send(request, stream=True)
    try:
        return response, b"".join(response.iter_raw())
    finally:
        response.close()


@pytest.mark.parametrize(
    ("path", "accept"),
    [
        (f"/sparql?query={LARGE}", "text/csv"),
        (f"/sparql?query={LARGE}", "application/sparql-results+xml"),
        (f"/sparql?query={LARGE}", "text/html"),
        ("/sparql", "text/html"),
        ("/", "text/html"),
        ("/doc/city/stuttgart", "text/html"),
        ("/doc/city/stuttgart", "text/turtle"),
        ("/graph/places/cities", "application/rdf+xml"),
        ("/def", "application/ld+json"),
        ("/static/clipgraph.css", "*/*"),
    ],
)
def test_a_large_answer_is_compressed_for_who_asks(client: httpx2.Client, path: str, accept: str) -> None:
    plain, body = raw(client, path, accept=accept)
    packed, smaller = raw(client, path, accept=accept, accept_encoding="br, gzip;q=0.5")
    head, nothing = raw(client, path, "HEAD", accept=accept, accept_encoding="gzip")

    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert len(smaller) < len(body)
    assert sorted(gzip.decompress(smaller).split()) == sorted(body.split())
    assert "Accept-Encoding" in plain.headers["vary"]
    assert packed.headers["vary"] == plain.headers["vary"]
    assert packed.headers["content-type"] == plain.headers["content-type"]
    assert (head.headers["content-encoding"], nothing) == ("gzip", b"")


@pytest.mark.parametrize("path", [f"/sparql?query={SMALL}", "/healthz", "/sparql?query=ASK"])
def test_a_small_answer_stays_plain_unless_the_client_excludes_that(client: httpx2.Client, path: str) -> None:
    plain, body = raw(client, path, accept_encoding="gzip")
    packed, forced = raw(client, path, accept_encoding="gzip, identity;q=0")

    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(forced) == body


@pytest.mark.parametrize("coding", ["gzip;q=0", "identity", "gzip;q=0.1, identity;q=0.2", "br, zstd", ""])
def test_who_does_not_want_it_does_not_get_it(client: httpx2.Client, coding: str) -> None:
    for path in (f"/sparql?query={LARGE}", "/"):
        response, _ = raw(client, path, accept_encoding=coding)

        assert "content-encoding" not in response.headers


def test_the_length_of_a_compressed_answer_is_that_of_its_bytes(client: httpx2.Client) -> None:
    for path in (f"/sparql?query={LARGE}", "/", "/static/clipgraph.css"):
        response, body = raw(client, path, accept_encoding="gzip")

        assert int(response.headers.get("content-length", len(body))) == len(body)
