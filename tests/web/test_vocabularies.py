"""The pages of ontology, terms, shapes, code lists, named graphs and dataset, over HTTP on the real graph."""

import csv
import json
import re
from collections.abc import Callable
from io import StringIO
from typing import Any

import httpx2
import pytest

Get = Callable[..., httpx2.Response]
PAGES = [
    "/ontology",
    "/ontology/changes",
    "/ontology/practices",
    "/def",
    "/def/Practice",
    "/def/evidence",
    "/shapes",
    "/shapes/PracticeShape",
    "/shapes/ContributedPracticeShape",
    "/scheme",
    "/scheme/sector",
    "/scheme/sector/media",
    "/graph",
    "/graph/actors/authorities",
    "/graph/inferences/rules",
    "/dataset",
]
LISTS = [
    "/ontology",
    "/ontology/changes",
    "/ontology/practices",
    "/def",
    "/shapes",
    "/scheme",
    "/scheme/sector",
    "/graph",
    "/dataset",
]


@pytest.fixture(scope="module")
def page(client: httpx2.Client) -> Get:
    def get(path: str, **headers: str) -> httpx2.Response:
        return client.get(path, headers={"Accept": "text/html"} | headers)

    return get


@pytest.fixture(scope="module")
def data(client: httpx2.Client) -> Callable[[str], Any]:
    def get(path: str) -> Any:  # noqa: ANN401
        answer = client.get(path, headers={"Accept": "application/json"})
        assert answer.headers["content-type"].startswith("application/json"), path
        return answer.json()

    return get


@pytest.fixture(scope="module")
def count(client: httpx2.Client) -> Callable[[str], int]:
    def ask(pattern: str) -> int:
        query = (
            "PREFIX clip: <https://w3id.org/clipgraph/def/> "
            "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
            f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}"
        )
        answer = client.get("/sparql", params={"query": query, "format": "json"})
        return int(answer.json()["results"]["bindings"][0]["n"]["value"])

    return ask


@pytest.mark.parametrize("language", ["en", "de", "fr"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_answers_in_every_language(page: Get, path: str, language: str) -> None:
    answer = page(f"/{language}{path}")

    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text
    assert answer.headers["content-language"] == language
    same = page(f"/{language}{path}", **{"If-None-Match": answer.headers["etag"]})
    assert same.status_code == 304


@pytest.mark.parametrize("path", LISTS)
def test_lists_are_json_at_the_same_address(
    client: httpx2.Client, data: Callable[[str], Any], path: str
) -> None:
    assert data(path) == client.get(path, params={"format": "json"}).json()
    assert client.get(path, headers={"Accept": "text/html"}).headers["content-type"].startswith("text/html")


def test_the_ontology_tells_of_every_term_as_often_as_sparql_counts_it(
    data: Callable[[str], Any], count: Callable[[str], int], page: Get
) -> None:
    terms = {term["iri"].rsplit("/", 1)[-1]: term for term in data("/ontology")["terms"]}
    text = page("/ontology").text

    assert len(terms) == count(
        "GRAPH <https://w3id.org/clipgraph/graph/ontology/clipgraph> { ?term a ?kind } "
        'FILTER (STRSTARTS(STR(?term), "https://w3id.org/clipgraph/def/"))'
    )
    assert all(f'id="{name}"' in text for name in terms)
    for name in ("Practice", "Statement", "FieldOfAction"):
        assert terms[name]["uses"]["default"] == count(f"?thing a clip:{name}") > 0
    for name in ("implementedBy", "evidence", "locator"):
        assert terms[name]["uses"]["default"] == count(f"?thing clip:{name} ?value")
    passages = "GRAPH ?graph { ?thing a clip:SourcePassage }"
    assert terms["SourcePassage"]["uses"] == {"default": 0, "evidence": count(passages)}


def test_each_term_is_on_the_page_of_one_theme(data: Callable[[str], Any], page: Get) -> None:
    themes = sorted(set(re.findall(r'href="/en/ontology/(\w+)"', page("/en/ontology").text)))
    found: list[str] = []
    for theme in themes:
        text = page(f"/ontology/{theme}").text
        terms = [term["iri"] for term in data(f"/ontology/{theme}")["terms"]]
        assert all(f'id="{iri.rsplit("/", 1)[-1]}"' in text for iri in terms), theme
        found += terms

    assert sorted(found) == sorted(term["iri"] for term in data("/ontology")["terms"])


def test_a_class_leads_to_its_shape_and_back(page: Get) -> None:
    term, shape = page("/def/Practice").text, page("/shapes/PracticeShape").text

    assert 'href="/shapes/PracticeShape"' in term
    assert 'href="/def/Practice"' in shape
    assert "clip:documentedInModule" in shape
    assert "a clip:GoodPractice" in shape or "a clip:Practice" in shape  # the example
    assert "FILTER NOT EXISTS" in shape  # a rule that is a query


def test_long_lists_of_things_are_paged(page: Get, count: Callable[[str], int]) -> None:
    total = count("?thing a clip:Statement")
    found: set[str] = set()
    for start in range(0, total, 60):
        text = page(f"/def/Statement?from={start}").text
        shown = {line.split('"')[0] for line in text.split('href="/doc/statement/')[1:]}
        assert 0 < len(shown) <= 60
        assert f"{start + 1} to {min(start + 60, total)} of {total}" in text
        found |= shown

    assert len(found) == total


def test_a_code_list_is_the_same_as_page_json_and_csv(
    client: httpx2.Client, data: Callable[[str], Any], count: Callable[[str], int]
) -> None:
    codes = data("/scheme/sector")["codes"]
    answer = client.get("/scheme/sector.csv")
    lines = list(csv.DictReader(StringIO(answer.text)))

    assert answer.headers["content-type"].startswith("text/csv")
    assert [line["iri"] for line in lines] == [code["iri"] for code in codes]
    assert len(codes) == count("?code skos:inScheme <https://w3id.org/clipgraph/scheme/sector>")
    for code, line in zip(codes, lines, strict=True):
        used = count(
            f"SELECT DISTINCT ?thing WHERE {{ GRAPH ?g {{ ?thing clip:sector <{code['iri']}> }} "
            'FILTER (!STRSTARTS(STR(?g), "https://w3id.org/clipgraph/graph/shapes/") && '
            "?g != <https://w3id.org/clipgraph/graph/inferences/rules>) }"
        )
        assert int(line["uses"]) == sum(code["uses"].values()) == used
        assert line["label_de"] == code["label"]["de"]


def test_fields_of_action_keep_the_page_of_a_thing(page: Get) -> None:
    answer = page("/scheme/european-pact-field/education")

    assert answer.status_code == 200
    assert "/static/vocabulary.css" not in answer.text


def test_a_graph_says_what_its_file_holds(page: Get, count: Callable[[str], int]) -> None:
    iri = "https://w3id.org/clipgraph/graph/actors/authorities"
    text = page("/graph/actors/authorities").text

    assert f"<dd>{count(f'GRAPH <{iri}> {{ ?s ?p ?o }}')}</dd>" in text
    assert "<code>data/actors/authorities.ttl</code>" in text
    assert 'href="/releases/1"' in text


def test_the_graphs_are_all_there(data: Callable[[str], Any], count: Callable[[str], int]) -> None:
    graphs = data("/graph")["graphs"]

    assert len(graphs) == count("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
    assert sum(graph["statements"] for graph in graphs) == count("GRAPH ?g { ?s ?p ?o }")


def test_the_dataset_counts_as_sparql_does(data: Callable[[str], Any], count: Callable[[str], int]) -> None:
    found = data("/dataset")

    assert found["numbers"]["statements"] == count("?s ?p ?o")
    assert found["numbers"]["things"] == count("SELECT DISTINCT ?s WHERE { ?s ?p ?o }")
    assert found["numbers"]["disagreements"] == count("?s a clip:Disagreement")
    assert sum(source["passages"] for source in found["sources"]) == count(
        "GRAPH ?g { ?s a clip:SourcePassage }"
    )
    assert all(source["coverage"]["open"] == 0 for source in found["sources"])


def test_every_download_that_the_dataset_names_is_there(client: httpx2.Client, page: Get) -> None:
    links = {part.split('"')[0] for part in page("/dataset").text.split('href="/')[1:]}
    own = {
        f"/{link.replace('&amp;', '&')}"
        for link in links
        if not link.startswith(("search", "de", "fr", "en"))
    }

    assert any("format=turtle" in link for link in own)
    for link in sorted(own):
        with client.stream("GET", link.split("#")[0]) as answer:
            assert answer.status_code < 400, link


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/def/Nothing", 404),
        ("/ontology/nothing", 404),
        ("/shapes/NothingShape", 404),
        ("/scheme/nothing", 404),
        ("/scheme/nothing.csv", 404),
        ("/scheme/sector/nothing", 404),
        ("/graph/no/where", 404),
        ("/scheme/a%0Bb", 404),
        ("/def/Practice?from=x", 400),
        ("/ontology/changes?since=1", 400),
        ("/ontology/changes?since=x", 400),
        ("/ontology?release=9999", 404),
    ],
)
def test_what_is_not_there_is_said_to_be_so(page: Get, path: str, status: int) -> None:
    assert page(path).status_code == status


def test_a_page_past_the_end_of_a_list_is_not_there(client: httpx2.Client) -> None:
    answer = client.get("/def/Practice?from=60000", headers={"Accept": "text/html"})

    assert answer.status_code == 404
    assert "There is nothing from number 60001 on" in answer.text


def test_without_an_earlier_version_no_change_is_made_up(page: Get, data: Callable[[str], Any]) -> None:
    assert data("/ontology/changes") == {"since": None, "changes": []}
    assert "There is no earlier version among the kept releases." in page("/en/ontology/changes").text


def test_rdf_is_answered_as_before(client: httpx2.Client) -> None:
    for path in ("/def", "/def/Practice", "/shapes/PracticeShape", "/scheme/sector", "/graph/actors/persons"):
        answer = client.get(path, headers={"Accept": "text/turtle"})
        assert answer.headers["content-type"].startswith("text/turtle"), path
        assert json.dumps(answer.text)


def test_shapes_of_profiles_are_data_too(client: httpx2.Client, page: Get) -> None:
    for path in ("/shapes/ContributedPracticeShape", "/shapes/ContributedPractice-goal"):
        for suffix, begin in ((".ttl", "@prefix"), (".nt", "<https://w3id.org/clipgraph/shapes/Contributed")):
            answer = client.get(path + suffix)
            assert answer.status_code == 200, path
            assert answer.text.startswith(begin)
        assert (
            client.get(path, headers={"Accept": "text/turtle"})
            .headers["content-type"]
            .startswith("text/turtle")
        )
        assert "profile contribution" in page(f"/en{path}").text
    assert client.get("/shapes/ContributedNothing.ttl").status_code == 404


def test_parts_of_shapes_and_the_version_of_the_ontology_have_pages(page: Get) -> None:
    for path in ("/shapes/Practice-spatial", "/shapes/Practice-moduleCoversField"):
        assert 'href="/shapes/PracticeShape"' in page(path).text
    assert 'id="Practice"' in page("/def/0.1.0").text


def test_terms_shapes_and_codes_lead_to_their_history(client: httpx2.Client, page: Get) -> None:
    for path in ("/def/Practice", "/shapes/PracticeShape", "/scheme/sector", "/scheme/sector/media"):
        link = page(path).text.split('href="/history', 1)[1].split('"', 1)[0]
        assert client.get("/history" + link, headers={"Accept": "text/html"}).status_code == 200, path


@pytest.mark.parametrize(
    "path", ["/ontology", "/ontology/practices", "/def/Practice", "/shapes/PracticeShape"]
)
def test_no_place_on_a_page_is_named_twice_and_links_lead_to_one(page: Get, path: str) -> None:
    text = page(path).text
    names = re.findall(r'\sid="([^"]*)"', text)
    wanted = set(re.findall(r'href="#([^"]*)"', text))

    assert len(names) == len(set(names))
    assert wanted <= set(names)
