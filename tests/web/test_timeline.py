"""/timeline over HTTP: every date that the graph has, in order, by kind and page."""

import re

import httpx2

PREFIXES = """PREFIX clip: <https://w3id.org/clipgraph/def/> PREFIX cv: <http://data.europa.eu/m8g/>
PREFIX dct: <http://purl.org/dc/terms/> PREFIX time: <http://www.w3.org/2006/time#> """
HTML = {"Accept": "text/html"}
TIMED = """?x time:hasTime ?t . ?t time:hasBeginning? ?i .
?i time:inXSDDate|time:inXSDgYearMonth|time:inXSDgYear ?when"""
ISSUED = "{ ?x a clip:Document } UNION { ?x a clip:PolicyInstrument } ?x dct:issued|dct:created ?when"


def count(client: httpx2.Client, pattern: str) -> int:
    query = f"{PREFIXES} SELECT DISTINCT ?x ?when WHERE {{ {pattern} }}"
    answer = client.get("/sparql", params={"query": query, "format": "json"})
    return len(answer.json()["results"]["bindings"])


def test_every_date_of_the_graph_is_there_in_order(client: httpx2.Client) -> None:
    data = client.get("/timeline?format=json").json()
    whens = [entry["when"] for entry in data["results"]]

    assert data["total"] == count(client, f"{{ {TIMED} }} UNION {{ {ISSUED} }}") > 40
    assert [when[:4] for when in whens] == sorted(when[:4] for when in whens)
    assert {len(when) for when in whens} == {4, 7, 10}


def test_a_kind_leaves_what_sparql_counts(client: httpx2.Client) -> None:
    kinds = {"event": "cv:PublicEvent", "founding": "clip:Founding", "signature": "clip:Signature"}
    for kind, iri in kinds.items():
        data = client.get("/timeline", params={"kind": kind, "format": "json"}).json()
        assert data["total"] == count(client, f"{TIMED} . ?x a {iri}") > 0
        assert {entry["kind"] for entry in data["results"]} == {kind}


def test_dates_are_told_in_the_readers_language_and_precision(client: httpx2.Client) -> None:
    page = client.get("/de/timeline?kind=founding", headers=HTML).text
    french = client.get("/fr/timeline?kind=event", headers=HTML).text

    assert "September 2006" in page
    assert '<time datetime="2006-09">' in page
    assert "11 septembre 2006" in french
    assert '<html lang="fr">' in french


def test_a_period_has_its_end(client: httpx2.Client) -> None:
    [entry] = client.get("/timeline?kind=funding&format=json").json()["results"]

    assert (entry["when"], entry["until"], entry["lasts"]) == ("1999", "2004", True)
    page = client.get("/en/timeline?kind=funding", headers=HTML).text
    assert re.search(r'<time datetime="1999">1999</time> to <time datetime="2004">2004</time>', page)


def test_odd_pages_and_choices_are_refused(client: httpx2.Client) -> None:
    for query in ("page=0", "page=99999999999999999999", "page=x", "page=-1", "page=%D9%A2"):
        assert client.get(f"/timeline?format=json&{query}").status_code == 400
    nothing = client.get("/timeline", params={"kind": "<script>"}, headers=HTML)
    assert nothing.status_code == 400
    assert "<script>" not in nothing.text


def test_what_nothing_fits_says_so(client: httpx2.Client) -> None:
    nothing = client.get("/timeline", params={"kind": "funding", "state": "proposed"}, headers=HTML)

    assert nothing.status_code == 200
    assert "Nothing fits" in nothing.text


def test_the_dates_of_one_thing_are_those_linked_to_it(client: httpx2.Client) -> None:
    clip = "https://w3id.org/clipgraph/id/network/clip"
    linked = f"{{ {TIMED} }} UNION {{ {ISSUED} }} {{ ?x ?p <{clip}> }} UNION {{ <{clip}> ?q ?x }}"
    data = client.get("/timeline", params={"about": "/id/network/clip", "format": "json"}).json()

    assert data["total"] == count(client, linked) > 3
    assert "Founding of the CLIP network" in [entry["label"]["value"] for entry in data["results"]]
    page = client.get("/en/timeline?about=/id/network/clip", headers=HTML).text
    assert "Dates of CLIP" in page
    assert 'href="/en/doc/network/clip"' in page
    assert client.get("/timeline?about=nonsense&format=json").status_code == 404


def test_an_organisation_leads_to_its_neighbours_and_dates(client: httpx2.Client) -> None:
    page = client.get("/en/doc/network/clip", headers=HTML).text

    for link in ("/en/network?actor=/id/network/clip", "/en/timeline?about=/id/network/clip"):
        assert f'href="{link}"' in page
        assert client.get(link, headers=HTML).status_code == 200


def test_dates_of_what_is_nothing_are_not_there(client: httpx2.Client) -> None:
    for form in ("", "&format=json"):
        assert client.get(f"/timeline?about=/id/nonsense{form}").status_code == 404
    assert client.get("/timeline?about=/id/organisation/efms").status_code == 200
