"""/map over HTTP: the page, its GeoJSON, and that both say what the graph says."""

import json
from typing import Any

import httpx2

PREFIXES = """PREFIX clip: <https://w3id.org/clipgraph/def/> PREFIX dct: <http://purl.org/dc/terms/>
PREFIX geo: <http://www.opengis.net/ont/geosparql#> PREFIX org: <http://www.w3.org/ns/org#> """
HTML = {"Accept": "text/html"}


def count(client: httpx2.Client, pattern: str) -> int:
    query = (
        f"{PREFIXES} SELECT (COUNT(DISTINCT ?place) AS ?n) WHERE {{ ?place geo:hasGeometry ?g . {pattern} }}"
    )
    answer = client.get("/sparql", params={"query": query, "format": "json"})
    return int(answer.json()["results"]["bindings"][0]["n"]["value"])


def features(client: httpx2.Client, **asked: str) -> list[dict[str, Any]]:
    answer = client.get("/map", params=asked, headers={"Accept": "application/geo+json"})
    assert answer.headers["content-type"] == "application/geo+json"
    found: list[dict[str, Any]] = answer.json()["features"]
    return found


def test_every_place_with_a_point_is_a_feature_and_a_link(client: httpx2.Client) -> None:
    places = features(client)
    page = client.get("/map", headers=HTML)

    assert page.status_code == 200
    assert len(places) == count(client, "") > 30
    for place in places:
        assert f'href="/doc/{place["id"].split("/id/")[1]}"' in page.text
        longitude, latitude = place["geometry"]["coordinates"]
        assert -180 <= longitude < 180
        assert -90 <= latitude <= 90


def test_choices_leave_what_sparql_counts(client: httpx2.Client) -> None:
    clip = "https://w3id.org/clipgraph/id/network/clip"
    member = f"?a dct:spatial ?place ; org:memberOf <{clip}> ."
    germany = "?place dct:isPartOf <https://w3id.org/clipgraph/id/country/germany> ."
    practice = "?p dct:spatial ?place ; a clip:Practice ."

    assert len(features(client, network="/id/network/clip")) == count(client, member) > 0
    assert len(features(client, country="/id/country/germany")) == count(client, germany) > 0
    assert len(features(client, practices="yes")) == count(client, practice) > 0
    both = features(client, network=clip, country="/id/country/germany")
    assert len(both) == count(client, member + germany) > 0


def test_the_page_is_in_the_language_of_its_address(client: httpx2.Client) -> None:
    page = client.get("/de/map?practices=yes").text

    assert '<html lang="de">' in page
    assert "Athen" in page
    assert 'href="/de/map"' in page
    assert "Karte" in page


def test_places_without_a_point_are_named(client: httpx2.Client) -> None:
    without = client.get("/map", params={"format": "json"}).json()["without_point"]

    assert "https://w3id.org/clipgraph/id/borough/kirklees" in [place["iri"] for place in without]
    assert "/doc/borough/kirklees" in client.get("/map", headers=HTML).text


def test_json_by_accept_and_by_format(client: httpx2.Client) -> None:
    asked = client.get("/map", headers={"Accept": "application/json"})

    assert asked.headers["content-type"] == "application/json"
    assert asked.json() == client.get("/map?format=geojson").json()
    assert client.get("/map", headers={"Accept": "image/png"}).status_code == 406
    assert "geo+json" in json.dumps(client.get("/openapi.json").json()["paths"]["/map"])


def test_a_choice_that_nothing_fits_says_so(client: httpx2.Client) -> None:
    page = client.get("/map", params={"country": '"><script>x</script>'}, headers=HTML)

    assert page.status_code == 200
    assert "No place fits" in page.text
    assert "<script>x" not in page.text


def test_it_is_not_sent_twice(client: httpx2.Client) -> None:
    first = client.get("/map", headers=HTML)
    again = client.get("/map", headers={**HTML, "If-None-Match": first.headers["etag"]})

    assert again.status_code == 304
