"""A query that is refused, in a browser: the form, the query and why, together."""

import json

import httpx2
import pytest

HTML = {"Accept": "text/html"}


@pytest.mark.parametrize(
    ("prefix", "language", "told"),
    [
        ("", "en", "No query begins with &#34;foo&#34;"),
        ("/de", "de", "Keine Abfrage beginnt mit „foo“"),
        ("/fr", "fr", "Aucune requête ne commence par «\N{NO-BREAK SPACE}foo\N{NO-BREAK SPACE}»"),
    ],
)
def test_a_bad_query_stays_in_the_form(client: httpx2.Client, prefix: str, language: str, told: str) -> None:
    response = client.get(f"{prefix}/sparql", params={"query": "foo"}, headers=HTML)

    assert response.status_code == 400
    assert response.headers["content-language"] == language
    assert ">foo</textarea>" in response.text
    assert told in response.text
    assert 'role="alert"' in response.text


def test_so_does_one_that_takes_too_long(client: httpx2.Client) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    response = client.post("/sparql", data={"query": query, "timeout": "0.2"}, headers=HTML)

    assert response.status_code == 504
    assert query in response.text
    assert 'role="alert"' in response.text


def test_markup_in_a_bad_query_is_text(client: httpx2.Client) -> None:
    response = client.get("/sparql", params={"query": "</textarea><script>alert(1)</script>"}, headers=HTML)

    assert response.status_code == 400
    assert "<script>alert" not in response.text


def test_completion_reads_the_terms_of_the_description(client: httpx2.Client) -> None:
    page = client.get("/sparql", headers=HTML).text
    settings = page.partition('id="workbench-settings"')[2].partition(">")[2].partition("</script>")[0]
    described, counted = (
        {
            (row["kind"]["value"], row["term"]["value"])
            for row in client.get("/sparql", params={"query": query, "format": "json"}).json()["results"][
                "bindings"
            ]
        }
        for query in json.loads(settings)["completion"]
    )

    assert ("class", "https://w3id.org/clipgraph/def/GoodPractice") in described
    assert counted <= described


def test_a_program_gets_a_problem_document_as_before(client: httpx2.Client) -> None:
    response = client.get("/sparql", params={"query": "SELECT * WHERE { ?s ?p "})

    assert response.status_code == 400
    told = response.json()
    assert (told["line"], told["column"]) == (1, 16)
    assert told["detail"] == 'line 1, column 16: the "{" here is not closed'
    assert told["hint"] == 'write "}" where it ends'
