"""Entity tags, kept answers, releases by number, and where the time went."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from clipgraph.sparql.repeatable import is_repeatable
from conftest import CLIPGRAPH, Running

QUERY = "SELECT ?o { <urn:a> <urn:b> ?o }"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three releases, of which the first is no longer kept."""
    folder = tmp_path_factory.mktemp("releases")
    (folder / "p/data/t").mkdir(parents=True)
    options = ["--project", str(folder / "p"), "--data", str(folder / "d")]
    for number in (1, 2, 3):
        (folder / "p/data/t/one.ttl").write_text(f"<urn:a> <urn:b> {number} .")
        subprocess.run([*CLIPGRAPH, "publish", "--shapes", "none", *options], check=True)
    subprocess.run([*CLIPGRAPH, "releases", "prune", "--keep", "2", *options], check=True)
    return folder


@pytest.fixture(scope="module")
def small(data: Path) -> Iterator[httpx2.Client]:
    running = Running(["--project", str(data / "p"), "--data", str(data / "d"), "--shapes", "none"])
    with httpx2.Client(base_url=running.url, timeout=60) as client:
        yield client
    running.stop()


def ask(client: httpx2.Client, query: str = QUERY, **more: str) -> httpx2.Response:
    return client.get("/sparql", params={"query": query, "format": "csv", **more})


def test_an_answer_has_a_tag_and_is_not_sent_twice(small: httpx2.Client) -> None:
    first = ask(small)
    again = small.get(
        "/sparql", params={"query": QUERY, "format": "csv"}, headers={"If-None-Match": first.headers["etag"]}
    )

    assert (first.status_code, first.text) == (200, "o\r\n3\r\n")
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert first.headers["cache-control"] == "no-cache"


def test_a_tag_is_of_one_format_query_and_dataset(small: httpx2.Client) -> None:
    tags = {
        ask(small).headers["etag"],
        ask(small, format="json").headers["etag"],
        ask(small, f"{QUERY} ").headers["etag"],
        ask(small, release="2").headers["etag"],
        ask(small, **{"default-graph-uri": "urn:g"}).headers["etag"],
        small.get(
            "/sparql", params={"query": QUERY, "format": "csv"}, headers={"Accept-Encoding": "identity"}
        ).headers["etag"],
    }

    assert len(tags) == 6


def test_what_was_asked_before_comes_from_the_cache(small: httpx2.Client) -> None:
    query = f"# once\n{QUERY}"
    first, second = ask(small, query), ask(small, query)

    assert re.fullmatch(
        r"queue;dur=[\d.]+, eval;dur=[\d.]+, total;dur=[\d.]+", first.headers["server-timing"]
    )
    assert re.fullmatch(r"cache;desc=hit, total;dur=[\d.]+", second.headers["server-timing"])
    assert (first.text, first.headers["etag"]) == (second.text, second.headers["etag"])
    assert 'clipgraph_cache_total{outcome="hit"}' in small.get("/metrics").text


@pytest.mark.parametrize("call", ["NOW()", "rand()", "UUID()", "STRUUID()", "BNODE()"])
def test_what_differs_each_time_has_no_tag_and_is_not_kept(small: httpx2.Client, call: str) -> None:
    query = f"SELECT ({call} AS ?x) {{}}"
    answers = [ask(small, query) for _ in range(2)]

    assert not any("etag" in answer.headers for answer in answers)
    assert not any("hit" in answer.headers["server-timing"] for answer in answers)


@pytest.mark.parametrize(
    ("text", "repeatable"),
    [
        ("SELECT * { ?now ?p 'RAND()' } # BNODE", True),
        ("SELECT * { <urn:uuid:1> ?p ?o }", True),
        ("SELECT * { ?s ?p <https://e.example/public-service#now> }", True),
        ("SELECT * { FILTER(?a<?b&&RAND()>1) }", False),
        ("SELECT * { FILTER(true&&NOW()=?x) }", False),
        ("SELECT * { FILTER(1<RAND()) }", False),
        ("SELECT * { BIND(bnode() AS ?x) }", False),
        ("SELECT * { SERVICE SILENT <urn:x> {} }", False),
        ("SELECT (0.5<RAND()&&1>0 AS ?z) {}", False),
        ("SELECT * { BIND('a'UUID() AS ?x) }", False),
        ("SELECT * { ?s ex:known ?o }", False),  # not sure: a name that holds the keyword
    ],
)
def test_whether_a_query_may_be_kept(text: str, repeatable: bool) -> None:  # noqa: FBT001
    assert is_repeatable(text) is repeatable


@pytest.mark.parametrize("path", ["/sparql", "/graphs"])
def test_a_release_can_be_named(small: httpx2.Client, path: str) -> None:
    graph = {"graph": "https://w3id.org/clipgraph/graph/t/one"} if path == "/graphs" else {"query": QUERY}
    answers = {
        number: small.get(path, params=graph | {"release": number})
        for number in ("1", "2", "3", "4", "0", "x")
    }

    assert {number: answer.status_code for number, answer in answers.items()} == {
        "1": 410,
        "2": 200,
        "3": 200,
        "4": 404,
        "0": 400,
        "x": 400,
    }
    assert "2" in answers["2"].text.replace("2.0", "")
    assert answers["1"].json()["code"] == "gone"


def test_an_answer_of_a_release_that_is_gone_is_not_given_from_what_was_kept(
    small: httpx2.Client, data: Path
) -> None:
    """It was asked for while the release was there; a folder that is moved away stands for one pruned."""
    before = ask(small, release="2")
    document = small.get("/graph/t/one", params={"release": "2"})
    folder, away = data / "d/releases/2", data / "away"
    folder.rename(away)
    try:
        again = ask(small, release="2")
        tags = {"If-None-Match": before.headers["etag"]}
        same = small.get("/sparql", params={"query": QUERY, "format": "csv", "release": "2"}, headers=tags)
        tags = {"If-None-Match": document.headers["etag"]}
        page = small.get("/graph/t/one", params={"release": "2"}, headers=tags)
    finally:
        away.rename(folder)

    assert (before.status_code, document.status_code) == (200, 200)
    assert (again.status_code, same.status_code, page.status_code) == (410, 410, 410)


@pytest.mark.parametrize("accept", ["text/html", "text/turtle"])
def test_documents_have_tags_and_releases(small: httpx2.Client, accept: str) -> None:
    path, headers = "/graph/t/one", {"Accept": accept}
    now = small.get(path, headers=headers)
    same = small.get(path, headers=headers | {"If-None-Match": now.headers["etag"]})
    before = small.get(path, params={"release": "2"}, headers=headers)

    assert (now.status_code, same.status_code, before.status_code) == (200, 304, 200)
    assert now.headers["etag"] != before.headers["etag"]
    assert small.get(path, params={"release": "1"}, headers=headers).status_code == 410
    assert small.get(path, params={"release": "9"}, headers=headers).status_code == 404


def test_the_front_page_has_a_tag(small: httpx2.Client) -> None:
    page = small.get("/", headers={"Accept": "text/html"})

    assert page.headers["etag"]
    assert small.get("/", headers={"If-None-Match": page.headers["etag"]}).status_code == 304


def test_nothing_is_unchanged_that_is_not_there(small: httpx2.Client) -> None:
    star = {"If-None-Match": "*"}
    tag = {"If-None-Match": ask(small).headers["etag"]}

    assert small.get("/sparql", params={"query": "nonsense"}, headers=star).status_code == 400
    assert small.get("/sparql", params={"query": QUERY, "release": "99"}, headers=star).status_code == 404
    assert small.get("/id/city/atlantis", headers=star).status_code == 404
    assert small.post("/sparql", data={"query": QUERY, "format": "csv"}, headers=tag).status_code == 200
