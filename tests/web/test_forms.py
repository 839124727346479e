"""The forms that pages and lists come in, and addresses that people try."""

import csv
import json
from io import StringIO

import httpx2
import pytest

LISTS = ["/practices", "/cities", "/search?q=housing", "/fields", "/network", "/timeline", "/map", "/scheme"]
TABLE = "text/csv; charset=utf-8; header=present"


def beside(path: str, **more: str) -> str:
    """Return an address with further parameters."""
    told = "&".join(f"{name}={value}" for name, value in more.items())
    return path + ("&" if "?" in path else "?") + told


def table(response: httpx2.Response) -> list[dict[str, str]]:
    """Return the lines of a table by the names of their columns."""
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == TABLE
    return list(csv.DictReader(StringIO(response.text, newline=""), strict=True))


@pytest.mark.parametrize("path", LISTS)
def test_a_list_comes_as_a_table_by_format_and_by_accept(client: httpx2.Client, path: str) -> None:
    lines = table(client.get(beside(path, format="csv")))

    assert lines
    assert all(None not in line and None not in line.values() for line in lines)
    assert table(client.get(path, headers={"Accept": "text/csv"})) == lines


@pytest.mark.parametrize(("path", "member"), [("/practices", "results"), ("/cities", "results")])
def test_a_table_has_the_whole_list(client: httpx2.Client, path: str, member: str) -> None:
    lines = table(client.get(beside(path, format="csv")))
    told, page = [], 1
    while True:
        found = client.get(beside(path, format="json", page=str(page))).raise_for_status().json()
        told += [each["iri"] for each in found[member]]
        if found["next"] is None:
            break
        page += 1

    assert [line["iri"] for line in lines] == told
    assert len(lines) == found["total"]


def test_a_table_names_what_it_has_by_label_and_iri(client: httpx2.Client) -> None:
    lines = {line["iri"]: line for line in table(client.get("/practices?format=csv"))}
    line = lines["https://w3id.org/clipgraph/id/practice/athens-international-radio"]

    assert (line["country"], line["country_iri"]) == (
        "Greece",
        "https://w3id.org/clipgraph/id/country/greece",
    )
    assert line["type"] == "good practice | practice"
    assert line["beginning"] == "2004"


@pytest.mark.parametrize(
    ("language", "period", "sum_of_money"),
    [("en", "since April 2008", "€400,000,000"), ("de", "seit April 2008", "400.000.000 €")],
)
def test_the_practices_tell_periods_and_sums_in_the_reader_s_language(
    client: httpx2.Client, language: str, period: str, sum_of_money: str
) -> None:
    text = client.get(f"/{language}/practices").text.replace("\N{NO-BREAK SPACE}", " ")

    assert period in text
    assert sum_of_money in text


def test_a_table_has_the_places_without_a_point(client: httpx2.Client) -> None:
    lines = table(client.get("/map?format=csv"))
    without = [line for line in lines if not line["longitude"]]

    assert [line["iri"] for line in without] == [
        each["iri"] for each in client.get("/map?format=geojson").json()["without_point"]
    ]
    assert float(lines[0]["latitude"]) > 0


def test_a_code_list_is_a_table_in_three_ways(client: httpx2.Client) -> None:
    first = client.get("/scheme/target-group.csv")

    assert table(first)
    for other in (
        client.get("/scheme/target-group?format=csv"),
        client.get("/scheme/target-group", headers={"Accept": "text/csv"}),
    ):
        assert other.text == first.text
        assert other.headers["content-type"] == TABLE


@pytest.mark.parametrize("path", [*LISTS, "/graph", "/dataset", "/releases"])
def test_lists_as_data_name_their_release(client: httpx2.Client, path: str) -> None:
    told = client.get(beside(path, format="json")).raise_for_status().json()

    assert isinstance(told, dict)
    assert "release" in told or "releases" in told


def test_every_result_has_the_same_members(client: httpx2.Client) -> None:
    results = client.get("/search?q=europe&format=json").json()["results"]

    assert len(results) > 5
    assert len({tuple(each) for each in results}) == 1


@pytest.mark.parametrize(
    ("path", "offered"),
    [
        ("/?format=json", "html"),
        ("/docs?format=csv", "html"),
        ("/map?format=svg", "html, geojson, json, csv"),
        ("/cities?format=ttl", "html, json, csv"),
        ("/dataset?format=csv", "html, json"),
        ("/doc/city/stuttgart?format=xyz", "html, turtle, ntriples, rdfxml, jsonld"),
        ("/scheme/status?format=xyz", "html, json, csv, turtle, ntriples, rdfxml, jsonld"),
        ("/def?format=csv", "html, json, turtle, ntriples, rdfxml, jsonld"),
        ("/catalog?format=xyz", "turtle, ntriples, rdfxml, jsonld, html"),
    ],
)
def test_a_form_that_is_not_offered_is_refused_with_those_that_are(
    client: httpx2.Client, path: str, offered: str
) -> None:
    response = client.get(path)

    assert response.status_code == 400
    assert response.json()["detail"].endswith(f"what is: {offered}")


@pytest.mark.parametrize("path", ["/", "/docs", "/cities", "/scheme/status", "/doc/city/stuttgart", "/def"])
def test_what_is_not_accepted_is_told_with_what_there_is(client: httpx2.Client, path: str) -> None:
    response = client.get(path, headers={"Accept": "image/png"})

    assert response.status_code == 406
    for media_type in response.json()["available"]:
        answer = client.get(path, headers={"Accept": media_type})
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith(media_type)


def test_who_asks_the_front_page_for_rdf_gets_the_catalogue(client: httpx2.Client) -> None:
    response = client.get("/", headers={"Accept": "text/turtle"}, follow_redirects=False)

    assert (response.status_code, response.headers["location"]) == (303, "/catalog")


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/def/", "/def"),
        ("/shapes/", "/shapes"),
        ("/scheme/", "/scheme"),
        ("/de/scheme/status/?format=json", "/de/scheme/status?format=json"),
        ("/doc/city/stuttgart/", "/doc/city/stuttgart"),
        ("//example.org/", "/example.org"),
        ("/%5Cexample.org/", "/%5Cexample.org"),
    ],
)
def test_a_slash_at_the_end_is_taken_off(client: httpx2.Client, path: str, target: str) -> None:
    url = httpx2.URL(str(client.base_url).rstrip("/") + path)
    for method, accept in (
        ("GET", "text/html"),
        ("HEAD", "text/html"),
        ("GET", "text/turtle"),
        ("GET", "*/*"),
    ):
        headers = {} if "?format" in path else {"Accept": accept}
        response = client.request(method, url, headers=headers, follow_redirects=False)
        assert (response.status_code, response.headers["location"]) == (308, target)
    assert client.post(url, follow_redirects=False).status_code in (404, 405)


def test_the_roots_of_languages_and_dumps_keep_their_slash(client: httpx2.Client) -> None:
    for path in ("/", "/de/", "/dumps/"):
        assert client.get(path, follow_redirects=False).status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/timeline?page=0", 400),
        ("/timeline?page=x", 400),
        ("/timeline?page=999", 404),
        ("/practices?page=999", 404),
        ("/practices?format=csv&page=2", 404),
        ("/timeline?kind=abc", 400),
        ("/timeline?state=abc", 400),
        ("/timeline?about=/id/nonsense", 404),
        ("/map?practices=maybe", 400),
        (f"/map?country={'x' * 5000}", 400),
    ],
)
def test_parameters_are_checked(client: httpx2.Client, path: str, status: int) -> None:
    response = client.get(path)

    assert response.status_code == status
    assert len(response.text) < 1000


@pytest.mark.parametrize("path", [f"/search?q={'a' * 20000}", f"/doc/city/{'a' * 20000}"])
def test_a_long_address_is_not_repeated(client: httpx2.Client, path: str) -> None:
    response = client.get(path, headers={"Accept": "text/html"})

    assert len(response.text) < 20_000


def test_any_page_is_there_for_who_has_any(client: httpx2.Client) -> None:
    for path in ("/cities", "/", "/doc/city/stuttgart"):
        assert client.get(path, headers={"If-None-Match": "*"}).status_code == 304
    assert client.get("/doc/city/none", headers={"If-None-Match": "*"}).status_code == 404


def test_own_files_may_be_kept_where_their_address_tells_their_content(client: httpx2.Client) -> None:
    page = client.get("/", headers={"Accept": "text/html"}).text
    address = page.partition('<link rel="stylesheet" href="')[2].partition('"')[0]

    assert address.startswith("/static/clipgraph.css?v=")
    assert "immutable" in client.get(address).headers["cache-control"]
    assert client.get("/static/clipgraph.css").headers["cache-control"] == "no-cache"
    assert client.get("/favicon.ico", follow_redirects=True).headers["content-type"] == "image/svg+xml"


def test_pages_describe_themselves(client: httpx2.Client) -> None:
    for path in ("/", "/de/cities", "/doc/city/stuttgart"):
        page = client.get(path, headers={"Accept": "text/html"}).text
        told = page.partition('<meta name="description" content="')[2].partition('"')[0]
        assert len(told) > 40
        assert json.dumps(told)
