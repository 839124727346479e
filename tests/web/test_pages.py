"""The pages as a person gets them."""

import httpx2


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
