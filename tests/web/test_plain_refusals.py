"""Who reads results as XML and no JSON is refused in plain text; everyone else as before."""

import httpx2
import pytest

XML = "application/sparql-results+xml"
BROKEN = {"query": "SELECT * {\n ?s ?p }"}


@pytest.mark.parametrize("accept", [XML, f"{XML}, text/turtle", "application/xml;q=0.9, text/turtle"])
def test_a_reader_of_xml_is_told_in_plain_text(client: httpx2.Client, accept: str) -> None:
    answer = client.get("/sparql", params=BROKEN, headers={"Accept": accept})

    assert (answer.status_code, answer.headers["content-type"]) == (400, "text/plain; charset=utf-8"), (
        answer.text
    )
    first, *others = answer.text.splitlines()
    assert first.startswith("Bad Request: line 2, column ")
    assert others[-2:] == [" ?s ?p }", " " * (len(others[-1]) - 1) + "^"]


@pytest.mark.parametrize(
    "accept",
    [None, "*/*", "application/json", "text/csv", f"{XML}, application/sparql-results+json, */*;q=0.1"],
)
def test_everyone_else_gets_a_problem_document(client: httpx2.Client, accept: str | None) -> None:
    answer = client.get("/sparql", params=BROKEN, headers={"Accept": accept} if accept else {})

    assert answer.headers["content-type"] == "application/problem+json"
