"""The pages as a person gets them."""

import httpx2
import pytest


@pytest.mark.parametrize(
    "path",
    [
        *("/releases", "/doc/network/clip", "/def/SourcePassage", "/def/evidence", "/scheme/topic"),
        *("/scheme/topic/language", "/graph/places/cities", "/dumps/"),
    ],
)
def test_a_page_that_begins_behind_the_last_is_not_there(client: httpx2.Client, path: str) -> None:
    german = client.get(f"/de{path}?from=99999", headers={"Accept": "text/html"})

    assert german.status_code == 404
    assert "Ab Nummer 100000 gibt es nichts" in german.text
    assert client.get(f"{path}?from=0", headers={"Accept": "text/html"}).status_code == 200


def test_a_refusal_names_the_page_and_the_parameter_that_were_asked_for(client: httpx2.Client) -> None:
    for path in ("/search", "/timeline"):
        refused = client.get(f"{path}?page=99999", headers={"Accept": "application/json"})
        assert (refused.status_code, "no page 99999:" in refused.json()["detail"]) == (404, True)
    refused = client.get("/ontology/changes?since=x", headers={"Accept": "application/json"})
    assert refused.json()["detail"].startswith("since=x: ")


def test_what_the_dumps_do_not_have_is_refused_at_their_own_address(client: httpx2.Client) -> None:
    for query in ("release=99", "from=99999"):
        assert client.get(f"/dumps/?{query}", headers={"Accept": "text/html"}).status_code == 404


def test_who_opens_the_graph_store_in_a_browser_comes_to_its_graphs(client: httpx2.Client) -> None:
    for path, leads in (("/graphs", "/graph"), ("/fr/graphs", "/fr/graph")):
        opened = client.get(path, headers={"Accept": "text/html"})
        assert (opened.status_code, opened.headers["location"]) == (303, leads)
    assert client.get("/graphs").status_code == 400  # a program has to name one
    assert client.get("/graphs?x", headers={"Accept": "text/html"}).status_code == 400


def test_the_front_page_has_the_numbers_and_ways_in(client: httpx2.Client) -> None:
    page = client.get("/", headers={"Accept": "text/html"})

    assert page.status_code == 200
    for words in (
        "<dd>35</dd>",
        "<dd>9</dd>",
        "<dd>12</dd>",
        "Athens International Radio",
        "Integration through sport",
        "/sparql?query=",
    ):
        assert words in page.text


def test_pages_load_nothing_from_elsewhere(client: httpx2.Client) -> None:
    for path in ("/", "/def", "/sparql", "/doc/practice/athens-international-radio"):
        page = client.get(path, headers={"Accept": "text/html"})
        policy = page.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'")
        # Scripts, styles, fonts and requests: of this host, from files.
        assert {source for rule in policy.split("; ") for source in rule.split()[1:]} == {"'none'", "'self'"}
        assert "unsafe" not in policy
        for part in page.text.split("<")[1:]:
            loads = part.startswith(("script", "img", 'link rel="stylesheet"', "iframe"))
            assert not (loads and "http" in part.split(">")[0]), part


def test_only_a_page_may_run_scripts(client: httpx2.Client) -> None:
    page, data = (
        client.get("/doc/city/athens", headers={"Accept": accept}) for accept in ("text/html", "text/turtle")
    )

    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert "script-src" not in data.headers["content-security-policy"]


def test_what_is_unchanged_keeps_the_policy_that_it_came_with(client: httpx2.Client) -> None:
    page = client.get("/def", headers={"Accept": "text/html"})
    again = client.get("/def", headers={"Accept": "text/html", "If-None-Match": page.headers["etag"]})

    assert again.status_code == 304
    assert "content-security-policy" not in again.headers


def test_a_practice_tells_place_module_and_source(client: httpx2.Client) -> None:
    page = client.get("/doc/practice/athens-international-radio", headers={"Accept": "text/html"}).text

    for words in (
        "<title>Athens International Radio",
        "/doc/city/athens",
        "/doc/module/",
        "Where this comes from",
        'hreflang="de"',
    ):
        assert words in page


def test_health_names_the_release(client: httpx2.Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ready", "release": 1}


def test_assets_are_served(client: httpx2.Client) -> None:
    assert client.get("/static/clipgraph.css").headers["content-type"].startswith("text/css")
    assert client.get("/static/clipgraph.svg").headers["content-type"].startswith("image/svg")


@pytest.mark.parametrize(
    ("path", "accept"),
    [
        ("/doc/city/stuttgart", "text/html"),
        ("/doc/city/stuttgart", "text/turtle"),
        ("/doc/city/stuttgart", "application/ld+json"),
        ("/practices", "application/json"),
        ("/context.jsonld", "*/*"),
        ("/sitemap.xml", "*/*"),
        ("/catalog", "text/turtle"),
        ("/sparql?query=ASK{}", "application/json"),
        ("/dumps/SHA256SUMS", "*/*"),
    ],
)
def test_what_is_not_modified_varies_as_the_whole_answer_does(
    client: httpx2.Client, path: str, accept: str
) -> None:
    headers = {"Accept": accept, "Accept-Encoding": "identity"}
    whole = client.get(path, headers=headers)
    again = client.get(path, headers=headers | {"If-None-Match": whole.headers["etag"]})

    assert (whole.status_code, again.status_code) == (200, 304)
    for name in ("vary", "etag", "cache-control"):
        assert again.headers.get(name) == whole.headers.get(name), name
