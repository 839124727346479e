"""The history of a thing: what each release changed of what is said of it."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from conftest import CLIPGRAPH, Running

ID = "https://w3id.org/clipgraph/id/"
CAFE, BAR = ID + "place/cafe", ID + "place/bar"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
PAGE = {"Accept": "text/html"}
Client = httpx2.Client


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("history")


@pytest.fixture(scope="module")
def client(data: Path) -> Iterator[Client]:
    """A maintainer of a service whose releases 2, 3 and 5 change the café, and release 4 something else."""
    (data / "project").mkdir()
    arguments = ["--project", str(data / "project"), "--data", str(data / "var"), "--shapes", "none"]
    running = Running(arguments)
    token = ["token", "create", "me", "--role", "maintainer", "--data", str(data / "var"), "--format", "json"]
    made = subprocess.run(
        [*CLIPGRAPH, *token],
        check=True,
        capture_output=True,
        text=True,
    )
    headers = {"Authorization": f"Bearer {json.loads(made.stdout)['token']}"}
    try:
        with httpx2.Client(base_url=running.url, headers=headers, timeout=60) as client:
            del client.headers["accept"]
            old, new = (f'<{CAFE}> <{LABEL}> "{name}"@en' for name in ("Café <b>One</b>", "Café Two"))
            for update in (
                f"INSERT DATA {{ GRAPH <urn:g> {{ {old} }} }}",
                f"DELETE DATA {{ GRAPH <urn:g> {{ {old} }} }} ; INSERT DATA {{ GRAPH <urn:g> {{ {new} }} }}",
                f'INSERT DATA {{ GRAPH <urn:g> {{ <{BAR}> <{LABEL}> "Bar"@en }} }}',
                f"INSERT DATA {{ GRAPH <urn:g> {{ <{CAFE}/figure/seats> <urn:is> 40 }} }}",
            ):
                client.post("/sparql", data={"update": update}).raise_for_status()
            yield client
    finally:
        running.stop()


def history(client: Client, iri: str = CAFE, **parameters: str) -> list[tuple[int, list[tuple[bool, str]]]]:
    answer = client.get("/history", params={"of": iri, "format": "json"} | parameters)
    releases = answer.raise_for_status().json()["releases"]
    return [
        (each["number"], [(said["added"], said["value"]["value"]) for said in each["statements"]])
        for each in releases
    ]


def test_each_release_tells_what_it_changed_of_the_thing_and_its_parts(client: Client) -> None:
    assert history(client) == [
        (5, [(True, "40")]),
        (3, [(False, "Café <b>One</b>"), (True, "Café Two")]),
        (2, [(True, "Café <b>One</b>")]),
    ]
    assert history(client, BAR) == [(4, [(True, "Bar")])]


def test_a_page_shows_the_same_with_date_author_and_message(client: Client) -> None:
    page = client.get("/history", params={"of": CAFE}, headers=PAGE).raise_for_status().text
    record = json.loads(client.get("/history", params={"of": CAFE, "format": "json"}).text)["releases"][0]

    assert "<title>History of Café Two" in page
    assert page.index('id="release-5"') < page.index('id="release-3"') < page.index('id="release-2"')
    assert 'id="release-4"' not in page
    assert "Café &lt;b&gt;One&lt;/b&gt;" in page
    assert "<b>" not in page
    assert f'<time datetime="{record["created"]}">' in page
    assert record["author"] in page
    assert record["message"] in page
    assert page.count("<ins>") == 3
    assert page.count("<del>") == 1


def test_a_page_of_a_thing_leads_to_its_history(client: Client) -> None:
    page = client.get("/de/doc/place/cafe", headers=PAGE).raise_for_status().text
    target = page.partition('<a href="/de/history?of=')[2].partition('"')[0]

    german = client.get(f"/de/history?of={target}", headers=PAGE).raise_for_status().text
    assert "<title>Verlauf von Café Two" in german


def test_an_older_release_has_the_history_until_then(client: Client) -> None:
    assert [number for number, _ in history(client, release="3")] == [3, 2]


def test_what_is_no_longer_there_still_has_a_history(client: Client) -> None:
    gone = ID + "place/gone"
    for verb in ("INSERT", "DELETE"):
        update = f'{verb} DATA {{ GRAPH <urn:g> {{ <{gone}> <{LABEL}> "Gone"@en }} }}'
        client.post("/sparql", data={"update": update}).raise_for_status()

    assert client.get("/doc/place/gone", headers=PAGE).status_code == 404
    assert [changes for _, changes in history(client, gone)] == [[(False, "Gone")], [(True, "Gone")]]


@pytest.mark.parametrize(
    ("parameters", "status"),
    [
        ({}, 400),
        ({"of": ""}, 400),
        ({"of": "no iri"}, 400),
        ({"of": "https://e.example/\u200bü"}, 404),
        ({"of": "https://e.example/\x7f\x85"}, 400),
        ({"of": ID + "place/nowhere"}, 404),
        ({"of": CAFE, "from": "1000"}, 404),
        ({"of": CAFE, "from": "x"}, 400),
        ({"of": CAFE, "release": "999"}, 404),
    ],
)
@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_what_cannot_be_answered(
    client: Client, parameters: dict[str, str], status: int, accept: str
) -> None:
    assert client.get("/history", params=parameters, headers={"Accept": accept}).status_code == status


def test_a_long_history_is_paged_and_says_where_it_begins(data: Path, client: Client) -> None:
    for number in range(12):
        update = f"INSERT DATA {{ GRAPH <urn:g> {{ <{CAFE}> <urn:number> {number} }} }}"
        client.post("/sparql", data={"update": update}).raise_for_status()
    newest = history(client)
    older = history(client, **{"from": "10"})

    assert [changes for _, changes in newest] == [[(True, str(number))] for number in range(11, 1, -1)]
    assert [changes for _, changes in older][:2] == [[(True, "1")], [(True, "0")]]
    assert older[-1] == (2, [(True, "Café <b>One</b>")])
    first = client.get("/history", params={"of": CAFE}, headers=PAGE).text
    assert 'rel="next"' in first
    assert 'rel="prev"' not in first

    for number in (1, 2, 4):
        shutil.rmtree(data / "var/releases" / str(number))
    page = client.get("/history", params={"of": CAFE, "from": "10"}, headers=PAGE).raise_for_status().text
    assert "Releases before number 3 are no longer kept" in page
    assert "against release 3, those between are no longer kept" in page
    assert 'id="release-3"' not in page
