"""What pages say in the words of schema.org, read as a search engine or an RDF library reads it."""

import json
import re
from collections import defaultdict
from typing import Any

import httpx2
import pyoxigraph as ox
import pytest

BASE = "https://w3id.org/clipgraph/"
SCHEMA = "https://schema.org/"
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def said(client: httpx2.Client, path: str, language: str = "en") -> dict[str, Any]:
    text = client.get(path, headers={"Accept": "text/html", "Accept-Language": language}).text
    [script] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    told: dict[str, Any] = json.loads(script)
    return told


def statements(told: dict[str, Any]) -> dict[tuple[ox.NamedNode, str], set[str]]:
    """Return what is said by subject and property; the context that schema.org would send is not fetched."""
    context = {"@vocab": SCHEMA, "url": {"@type": "@id"}}
    found: dict[tuple[ox.NamedNode, str], set[str]] = defaultdict(set)
    for quad in ox.parse(json.dumps(told | {"@context": context}), format=ox.RdfFormat.JSON_LD):
        if isinstance(quad.subject, ox.NamedNode):
            found[quad.subject, quad.predicate.value].add(str(quad.object))
    return found


@pytest.mark.parametrize(
    ("path", "kind", "iri"),
    [
        ("/def/GoodPractice", "DefinedTerm", "def/GoodPractice"),
        ("/scheme/territory-kind", "DefinedTermSet", "scheme/territory-kind"),
        ("/scheme/territory-kind/city", "DefinedTerm", "scheme/territory-kind/city"),
        ("/doc/disagreement/names-of-the-congress", "Thing", "id/disagreement/names-of-the-congress"),
        ("/doc/award/cities-for-peace-prize", "Thing", "id/award/cities-for-peace-prize"),
        ("/doc/practice/bokaler", "CreativeWork", "id/practice/bokaler"),
        ("/dataset", "Dataset", "catalog#dataset"),
    ],
)
def test_a_page_says_what_it_is_about(client: httpx2.Client, path: str, kind: str, iri: str) -> None:
    found = statements(said(client, path))

    subject = ox.NamedNode(BASE + iri)
    assert found[subject, TYPE.value] == {f"<{SCHEMA}{kind}>"}
    assert found[subject, SCHEMA + "name"]
    assert found[subject, SCHEMA + "url"]


def test_terms_and_codes_say_where_they_are_defined_in_the_readers_language(client: httpx2.Client) -> None:
    term, code = said(client, "/def/GoodPractice", "de"), said(client, "/scheme/territory-kind/city", "fr")

    assert (term["name"], term["inDefinedTermSet"]) == ("gutes Praxisbeispiel", {"@id": BASE + "def"})
    assert "good practice" in term["alternateName"]
    assert (code["name"], code["inDefinedTermSet"]) == ("ville", {"@id": BASE + "scheme/territory-kind"})


def test_the_dataset_is_told_as_search_engines_for_data_ask(client: httpx2.Client) -> None:
    told = said(client, "/dataset", "de")

    assert told["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert 50 <= len(told["description"]) <= 5000
    assert "Wer auf welcher Ebene" in told["description"]
    release = client.get("/dataset", headers={"Accept": "application/json"}).json()
    assert (told["version"], told["dateModified"]) == (str(release["release"]), release["created"])
    for download in told["distribution"]:
        path = "/dumps/" + download["contentUrl"].split("/dumps/")[1]
        assert client.head(path).status_code == 200, path
