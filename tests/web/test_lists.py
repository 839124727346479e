"""The lists as people and programs get them: words, facets that are links, pages, the same as JSON."""

import re
from html import unescape
from http.client import HTTPConnection
from typing import Any

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

HTML = {"Accept": "text/html", "Accept-Language": "en"}
JSON = {"Accept": "application/json", "Accept-Language": "en"}
LISTS = ("/search", "/practices", "/cities")
ID = "https://w3id.org/clipgraph/id/"


def data(client: httpx2.Client, path: str, **parameters: Any) -> dict[str, Any]:  # noqa: ANN401
    answer = client.get(path, params=parameters, headers=JSON)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def names(found: dict[str, Any]) -> list[str]:
    return [each["label"]["value"] for each in found["results"]]


def count(client: httpx2.Client, pattern: str) -> int:
    query = (
        "PREFIX clip: <https://w3id.org/clipgraph/def/> PREFIX dct: <http://purl.org/dc/terms/> "
        "PREFIX org: <http://www.w3.org/ns/org#> "
        "PREFIX tk: <https://w3id.org/clipgraph/scheme/territory-kind/> "
        f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ {pattern} }}"
    )
    answer = client.get("/sparql", params={"query": query, "format": "json"})
    return int(answer.json()["results"]["bindings"][0]["n"]["value"])


@pytest.mark.parametrize(
    ("typed", "first"),
    [("Stutgart", "Stuttgart"), ("malmo", "Malmö"), ("Lüttich", "Liège"), ("rosengard", "Rosengård")],
)
def test_what_people_type_is_found(client: httpx2.Client, typed: str, first: str) -> None:
    assert names(data(client, "/search", q=typed))[0] == first
    page = client.get("/search", params={"q": typed}, headers=HTML)
    assert f'<a href="/doc/{"area" if first == "Rosengård" else "city"}/' in page.text
    assert 'role="status"' in page.text


def test_found_words_are_marked_and_a_typo_is_told(client: httpx2.Client) -> None:
    page = client.get("/search?q=Stutgart", headers=HTML).text

    assert "<mark>Stuttgart</mark>" in page
    assert "<strong><bdi>stuttgart</bdi></strong>" in page
    assert data(client, "/search", q="Stutgart")["read_as"] == "stuttgart"


def test_names_come_in_the_readers_language(client: httpx2.Client) -> None:
    page = client.get("/de/search?q=li%C3%A8ge", headers=HTML).text

    assert '<a href="/de/doc/city/liege">' in page
    assert ">Lüttich</bdi>" in page
    assert "Liste eingrenzen" in page
    assert '/de/search?q=li%C3%A8ge&amp;type=territory-kind%3Acity"' in page
    assert (
        client.get("/fr/cities?q=anvers", headers=JSON).json()["results"][0]["href"] == "/fr/doc/city/antwerp"
    )


@pytest.mark.parametrize(
    ("path", "parameters", "pattern"),
    [
        ("/practices", {}, "?x a clip:Practice"),
        ("/practices", {"type": "GoodPractice"}, "?x a clip:GoodPractice"),
        (
            "/practices",
            {"country": "germany", "told": "Funding"},
            "?x a clip:Practice ; dct:spatial/dct:isPartOf? <" + ID + "country/germany> . [] clip:funds ?x",
        ),
        ("/cities", {"type": "territory-kind:city"}, "?x clip:territoryKind tk:city"),
        (
            "/cities",
            {"type": "territory-kind:city", "has": "Practice"},
            "?x clip:territoryKind tk:city . ?p a clip:Practice ; dct:spatial ?x",
        ),
        (
            "/cities",
            {"network": "clip", "type": "territory-kind:city"},
            f"<{ID}network/clip> org:hasMember ?m . ?m dct:spatial ?x . ?x clip:territoryKind tk:city",
        ),
        ("/search", {"level": "european"}, "?x clip:governanceLevel <https://w3id.org/clipgraph/scheme/governance-level/european>"),
    ],
)  # fmt: skip
def test_totals_are_those_of_sparql(
    client: httpx2.Client, path: str, parameters: dict[str, str], pattern: str
) -> None:
    found = data(client, path, **parameters)

    assert found["total"] == count(client, pattern) > 0


@pytest.mark.parametrize("path", LISTS)
def test_every_link_of_a_facet_leads_to_as_many_as_it_says(client: httpx2.Client, path: str) -> None:
    page = client.get(path, params={"country": "germany"}, headers=HTML).text
    links = re.findall(
        r'<a href="([^"]+)"( class="chosen")? rel="nofollow">.*?class="count">(\d+)</span>', page
    )

    assert len(links) > 5
    for link, chosen, number in links[:25]:
        total = client.get(unescape(link), headers=JSON).json()["total"]
        if "country=" not in link.replace("country=germany", "", 1) and not chosen:
            assert total == int(number), link
    without = next(unescape(link) for link, chosen, _ in links if chosen)
    assert without == path


def test_values_of_a_facet_add_up_and_facets_narrow(client: httpx2.Client) -> None:
    germany, france = (data(client, "/cities", country=each)["total"] for each in ("germany", "france"))

    assert data(client, "/cities", country=["germany", "france"])["total"] == germany + france
    both = data(client, "/cities", country="germany", network="clip")
    assert 0 < both["total"] <= germany


def test_pages_follow_each_other_and_show_all(client: httpx2.Client) -> None:
    found, seen = data(client, "/cities"), set[str]()
    while True:
        seen |= {each["iri"] for each in found["results"]}
        if found["next"] is None:
            break
        found = client.get(found["next"], headers=JSON).json()

    assert len(seen) == found["total"] > 20
    page = client.get("/cities?page=2", headers=HTML).text
    assert '<a rel="prev" href="/cities">' in page


def test_a_practice_tells_who_pays_judges_and_can_be_asked(client: httpx2.Client) -> None:
    page = client.get("/practices?q=young+muslim+leaders", headers=HTML).text

    for words in ("/doc/city/stuttgart", "/doc/organisation/bamf", "mailto:sip@stuttgart.de", "small-map"):
        assert words in page
    (told,) = data(client, "/practices", q="young muslim leaders", told="Funding")["results"]
    assert told["funder"][0]["iri"] == ID + "organisation/bamf"
    assert "evaluation" in data(client, "/practices", told="evaluation", q="athens")["results"][0]


def test_fields_show_what_stands_at_each_and_the_gaps(client: httpx2.Client) -> None:
    found = client.get("/fields", headers=JSON).json()

    assert [len(pact["fields"]) for pact in found["pacts"]] == [12, 15]
    counts = {each["number"]: each["counts"]["Practice"] for each in found["pacts"][0]["fields"]}
    gaps = [number for number, practices in counts.items() if not practices]
    assert len(gaps) == count(
        client,
        "?x clip:fieldOf <https://w3id.org/clipgraph/id/instrument/european-pact> "
        "FILTER NOT EXISTS { ?p a clip:Practice ; clip:coversField ?x }",
    )
    page = client.get("/fields", headers=HTML).text
    links = re.findall(r'<a href="(/(?:practices|search)\?[^"]+)">(\d+)<span', page)
    assert len(links) > 20
    for link, number in links:
        assert client.get(unescape(link), headers=JSON).json()["total"] == int(number), link
    assert page.count('class="number gap"') == sum(
        not number for each in found["pacts"][0]["fields"] for number in each["counts"].values()
    )


def test_suggestions_are_few_and_lead_to_pages(client: httpx2.Client) -> None:
    found = client.get("/de/search/suggest", params={"q": "stuttgrat"}).json()["results"]

    assert 0 < len(found) <= 8
    assert found[0]["href"].startswith("/de/doc/")
    assert client.get(found[0]["href"], headers=HTML).status_code == 200
    assert client.get("/search/suggest").json() == {"release": 1, "query": "", "results": []}


def test_a_suggestion_has_the_words_of_a_result(client: httpx2.Client) -> None:
    suggested = client.get("/de/search/suggest", params={"q": "stuttgart"}).json()
    listed = client.get("/de/search", params={"q": "stuttgart"}, headers=JSON).json()

    assert suggested.keys() <= listed.keys()
    results = {each["iri"]: each for each in listed["results"]}
    found = [each for each in suggested["results"] if each["iri"] in results]
    assert found
    for each in found:
        assert each.items() <= results[each["iri"]].items()
        assert {*each["type"][0], "count", "chosen"} == {*listed["facets"]["type"][0]}


def test_nothing_found_helps(client: httpx2.Client) -> None:
    nothing = client.get("/search?q=xqzzkwv", headers=HTML).text
    assert 'href="/practices"' in nothing
    assert "Nothing for" in nothing
    narrowed = client.get("/search?q=malmo&country=germany", headers=HTML).text
    assert "With nothing chosen there would be" in narrowed
    assert '<a href="/search?q=malmo">Take all off</a>' in narrowed


def test_a_list_is_not_sent_twice(client: httpx2.Client) -> None:
    for headers in (HTML, JSON):
        first = client.get("/search?q=malmo", headers=headers)
        again = client.get("/search?q=malmo", headers=headers | {"If-None-Match": first.headers["etag"]})
        assert (first.status_code, again.status_code) == (200, 304)
    assert client.get("/search?q=malmo", headers=HTML).headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize("path", [*LISTS, "/search/suggest"])
def test_what_is_no_release_or_page_is_refused(client: httpx2.Client, path: str) -> None:
    assert client.get(path, params={"release": "x"}).status_code == 400
    assert client.get(path, params={"release": "99"}).status_code in (404, 410)
    if path != "/search/suggest":
        assert client.get(path, params={"page": "x"}).status_code == 400


HOSTILE = [
    *('"', "' OR 1=1 --", "a AND (b", "NEAR(a b)", "label:x", "*", "\0", "a\0b", "\u202emalmo\u202c"),
    *("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}", "%s%(x)s%", "\u200f" * 50),
    *("a" * 5000, "\U0001f3d9\ufe0f", "\ufffe", "a\u0301" * 80, "javascript:alert(1)", "&lt;b&gt;"),
]


@pytest.mark.parametrize("typed", HOSTILE)
def test_whatever_is_typed_is_text(client: httpx2.Client, typed: str) -> None:
    for path in LISTS:
        page = client.get(
            path, params={"q": typed, "country": typed[:400], "type": typed[:400]}, headers=HTML
        )
        assert page.status_code == 200
        for tag in ("<script", "<img src=x", "<b>"):
            assert tag not in page.text.replace('<img src="/static', "").replace("<script type", "").lower()
        assert ">49<" not in page.text
    assert client.get("/search/suggest", params={"q": typed}).status_code == 200


def test_a_megabyte_is_refused_and_the_service_lives(client: httpx2.Client) -> None:
    host = client.base_url
    connection = HTTPConnection(host.host, host.port, timeout=60)
    connection.request("GET", "/search?q=" + "a" * 2**20, headers=HTML)
    assert connection.getresponse().status == 414
    connection.close()
    assert client.get("/search?q=malmo", headers=HTML).status_code == 200


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.text(max_size=60),
    facet=st.sampled_from(["type", "country", "field"]),
    value=st.text(max_size=20),
)
def test_no_words_make_an_error(client: httpx2.Client, words: str, facet: str, value: str) -> None:
    for path in (*LISTS, "/search/suggest"):
        assert client.get(path, params={"q": words, facet: value}, headers=HTML).status_code == 200


def test_the_document_of_the_api_names_the_lists(client: httpx2.Client) -> None:
    paths = client.get("/openapi.json").json()["paths"]

    assert {*LISTS, "/fields", "/search/suggest"} <= set(paths)
    parameters = {each["name"] for each in paths["/search"]["get"]["parameters"]}
    assert {
        "q",
        "type",
        "level",
        "sector",
        "country",
        "field",
        "module",
        "network",
        "page",
        "format",
    } <= parameters


def test_good_practices_and_proposals_can_be_told_in_the_list(client: httpx2.Client) -> None:
    text = " ".join(client.get("/practices?q=Topstad", headers={"Accept": "text/html"}).text.split())
    assert '<span class="tag"><bdi>good practice</bdi></span>' in text
    text = client.get("/practices?q=pilot+projects+pact", headers={"Accept": "text/html"}).text
    assert 'class="tag status-proposed"' in text


def test_kinds_of_things_have_the_words_of_their_pages(client: httpx2.Client) -> None:
    text = client.get("/de/search", headers={"Accept": "text/html"}).text

    for outside in (
        "Public Organisation",
        "owl:ObjectProperty",
        ">Document<",
        ">Location<",
    ):
        assert outside not in text
    assert "Öffentliche Stelle" in text
    assert "Webseite" in text
