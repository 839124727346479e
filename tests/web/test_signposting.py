"""FAIR Signposting: who lands on a page finds identifier, metadata, licence and files by its header."""

from collections import defaultdict

import httpx2
import pyoxigraph as ox
import pytest

from clipgraph.rdf.prefixes import BASE
from clipgraph.rdf.terms import NamedNode

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
PAGE = {"Accept": "text/html"}


def links(answer: httpx2.Response) -> dict[str, list[tuple[str, str]]]:
    """Return targets and media types of the links by relation."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for part in ", ".join(answer.headers.get_list("link")).split(", <"):
        target, *parameters = part.removeprefix("<").replace(">;", ";").split("; ")
        told = dict(each.split("=", 1) for each in parameters)
        found[told["rel"].strip('"')].append((target, told.get("type", "").strip('"')))
    return found


@pytest.mark.parametrize(
    "path", ["/doc/city/stuttgart", "/doc/practice/bokaler", "/def/sector", "/scheme/role/member", "/def"]
)
def test_a_page_tells_its_identifier_and_where_its_metadata_is(client: httpx2.Client, path: str) -> None:
    answer = client.get(path, headers=PAGE)
    found = links(answer)
    identifier = BASE.rstrip("/") + path.replace("/doc/", "/id/")

    assert answer.status_code == 200
    assert found["cite-as"] == [(identifier, "")]
    assert found["type"] == [("https://schema.org/AboutPage", "")]
    assert found["license"] == [(LICENCE, "")]
    described = [each for each in found["describedby"] if each[0].startswith(path)]
    assert [media_type for _, media_type in described] == [
        *("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json")
    ]
    for target, media_type in described:
        metadata = client.get(target)
        assert metadata.headers["content-type"].split(";")[0] == media_type
        assert ("describes", [(path, "text/html")]) in links(metadata).items()


def test_the_metadata_speaks_of_what_is_cited(client: httpx2.Client) -> None:
    found = links(client.get("/doc/city/stuttgart", headers=PAGE))
    turtle = next(target for target, kind in found["describedby"] if kind == "text/turtle")
    triples = list(ox.parse(client.get(turtle).content, format=ox.RdfFormat.TURTLE))

    assert any(triple.subject == NamedNode(found["cite-as"][0][0]) for triple in triples)


def test_the_dataset_leads_to_its_files_and_they_lead_back(client: httpx2.Client) -> None:
    found = links(client.get("/dataset", headers=PAGE))

    assert found["cite-as"] == [(BASE, "")]
    assert ("https://schema.org/Dataset", "") in found["type"]
    assert found["item"] == [(f"/dumps/clipgraph.{form}.gz", "application/gzip") for form in ("nq", "trig")]
    for target, media_type in found["item"]:
        dump = client.head(target)
        assert dump.headers["content-type"] == media_type
        assert links(dump)["collection"] == [("/dataset", "text/html")]


def test_catalogue_and_void_describe_the_dataset(client: httpx2.Client) -> None:
    found = links(client.get("/dataset", headers=PAGE))
    described = dict(found["describedby"])

    assert described["/catalog.ttl"] == described["/.well-known/void.ttl"] == "text/turtle"
    for target, media_type in found["describedby"]:
        metadata = client.get(target)
        assert metadata.headers["content-type"].split(";")[0] == media_type
        assert links(metadata)["describes"] == [("/dataset", "text/html")]


def test_links_keep_to_the_release_that_is_asked_for(client: httpx2.Client) -> None:
    found = links(client.get("/doc/city/stuttgart?release=1", headers=PAGE))

    assert ("/doc/city/stuttgart.ttl?release=1", "text/turtle") in found["describedby"]


def test_they_come_with_what_is_not_sent_again(client: httpx2.Client) -> None:
    for headers in (PAGE, {"Accept": "text/turtle"}):
        first = client.get("/doc/city/stuttgart", headers=headers)
        again = client.get("/doc/city/stuttgart", headers=headers | {"If-None-Match": first.headers["etag"]})
        assert again.status_code == 304
        assert links(again) == links(first)


def test_hostile_paths_stay_within_the_angle_brackets(client: httpx2.Client) -> None:
    answer = client.get("/doc/city/stuttgart%3E;%20rel=%22license%22.ttl", headers=PAGE)

    assert answer.status_code == 404
    assert "license" not in answer.headers.get("link", "")
