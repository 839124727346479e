"""What a client hears when the shapes refuse a write: a problem, a page, a SHACL report."""

from collections.abc import Iterator

import httpx2
import pyoxigraph as ox
import pytest

from conftest import Running, make_token

SHAPE = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix s: <https://w3id.org/clipgraph/shapes/> .
s:CShape a sh:NodeShape ; sh:targetClass <urn:C> ; sh:property s:CShape-p .
s:CShape-p a sh:PropertyShape ; sh:path <urn:p> ; sh:minCount 1 ; sh:message "A C says <b>what</b>."@en .
"""
WRONG = b"<urn:x> a <urn:C> ."
SH = "http://www.w3.org/ns/shacl#"


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    """A maintainer of a service with one shape."""
    folder = tmp_path_factory.mktemp("guarded")
    (folder / "p/shapes").mkdir(parents=True)
    (folder / "p/shapes/c.ttl").write_text(SHAPE)
    running = Running(["--project", str(folder / "p"), "--data", str(folder / "d"), "--workers", "2"])
    headers = {"Authorization": f"Bearer {make_token(folder / 'd')}", "Content-Type": "text/turtle"}
    with httpx2.Client(base_url=running.url, headers=headers, timeout=60) as client:
        yield client
    running.stop()


def put(client: httpx2.Client, accept: str) -> httpx2.Response:
    return client.put("/graphs?graph=urn:g", content=WRONG, headers={"Accept": accept})


@pytest.mark.parametrize("accept", ["*/*", "application/json", "application/problem+json, text/turtle;q=0.5"])
def test_a_program_gets_a_problem_with_the_findings(guarded: httpx2.Client, accept: str) -> None:
    refused = put(guarded, accept)

    assert (refused.status_code, refused.headers["content-type"]) == (422, "application/problem+json")
    assert [finding["focus"] for finding in refused.json()["report"]] == ["urn:x"]
    assert guarded.get("/graphs?graph=urn:g").status_code == 404


def test_a_browser_gets_a_page_with_the_findings(guarded: httpx2.Client) -> None:
    refused = put(guarded, "text/html,*/*;q=0.1")

    assert refused.status_code == 422
    assert "A C says &lt;b&gt;what&lt;/b&gt;." in refused.text
    assert "urn:x" in refused.text
    assert "<p></p>" not in refused.text


def test_who_asks_for_turtle_gets_a_shacl_report(guarded: httpx2.Client) -> None:
    refused = put(guarded, "text/turtle")
    found = list(ox.parse(refused.content, format=ox.RdfFormat.TURTLE))
    focus = [each.object for each in found if each.predicate.value == SH + "focusNode"]

    assert (refused.status_code, refused.headers["content-type"].split(";")[0]) == (422, "text/turtle")
    assert [node.value for node in focus if isinstance(node, ox.NamedNode)] == ["urn:x"]


def test_other_refusals_are_problems_whatever_is_asked_for(guarded: httpx2.Client) -> None:
    refused = guarded.put("/graphs?graph=urn:g", content=b"nonsense", headers={"Accept": "text/turtle"})

    assert (refused.status_code, refused.headers["content-type"]) == (400, "application/problem+json")
