"""Pages about hostile data: everything is shown as text, bounded, and answers as data too."""

import subprocess
from collections.abc import Iterator
from urllib.parse import quote

import httpx2
import pyoxigraph as ox
import pytest

import testing_hostile as hostile
from clipgraph.rdf.identity import document_path, path_of_iri
from conftest import CLIPGRAPH, Running
from testing_pages import read_page

MOST = 400_000  # bytes of a page, whatever is said of a thing
PAGE = {"Accept": "text/html"}
TURTLE = {"Accept": "text/turtle"}
WORDS = [f"{hostile.ID}word/{number}" for number in range(len(hostile.MARKUP) + 3)]
MUCH = [
    hostile.ID + name
    for name in ("much/values", "much/pointed", "much/properties", "much/labels", "much/long")
]
CIRCLES = [
    hostile.ID + name
    for name in ("ring/a", "ring/b", "ring/a/claim/x", "ring/a/claim/y", "ring" + "/deep/er" * 39)
]
PASSAGES = [
    hostile.ID + "document/d",
    *(
        f"{hostile.ID}document/d/passage/{name}"
        for name in ("negative", "backwards", "huge", "words", "longheading")
    ),
]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    root = tmp_path_factory.mktemp("hostile")
    hostile.write(root)
    texts = root / "texts"
    texts.mkdir()
    command = [*CLIPGRAPH, "publish", "--project", str(root), "--data", str(root / "var"), "--shapes", "none"]
    subprocess.run(command, check=True)
    running = Running(["--project", str(root), "--data", str(root / "var"), "--sources", str(texts)])
    try:
        with httpx2.Client(base_url=running.url, timeout=60) as client:
            yield client
    finally:
        running.stop()


def path(iri: str) -> str:
    found = path_of_iri(iri)
    assert found
    return document_path(found)


@pytest.mark.parametrize("iri", [*WORDS, *MUCH, *CIRCLES, *PASSAGES])
def test_a_page_shows_hostile_words_as_text(client: httpx2.Client, iri: str) -> None:
    response = client.get(path(iri), headers=PAGE)
    page = read_page(response.text)

    assert response.status_code == 200
    assert page.faults == []
    assert all(source.startswith("/static/") for source in page.scripts)
    assert not [
        link.target
        for link in page.links
        if not link.target.startswith(("/", "#", "?", "http://", "https://"))
    ]
    assert not [link.target for link in page.links if link.target.startswith("//")]
    assert len(response.content) < MOST
    assert page.title.strip()


@pytest.mark.parametrize("number", range(len(hostile.MARKUP)))
def test_markup_is_read_as_it_was_written(client: httpx2.Client, number: int) -> None:
    page = read_page(client.get(path(WORDS[number]), headers=PAGE).text)

    assert page.title.startswith(hostile.MARKUP[number])
    assert page.headings[0].text.strip() == hostile.MARKUP[number]


@pytest.mark.parametrize("name", hostile.ODD_NAMES)
def test_an_odd_iri_answers_as_page_and_data(client: httpx2.Client, name: str) -> None:
    iri = f"{hostile.ID}odd/{name}"
    thing = path_of_iri(iri)
    assert thing
    redirect = client.get(thing, headers=PAGE)
    page = client.get(redirect.headers["location"], headers=PAGE)
    data = client.get(path(iri), headers=TURTLE)

    assert (redirect.status_code, page.status_code, data.status_code) == (303, 200, 200)
    label = next(f"odd {number}" for number, other in enumerate(hostile.ODD_NAMES) if other == name)
    assert page.text.count(f"<title>{label} ·") == 1
    assert read_page(page.text).faults == []
    triples = list(ox.parse(data.content, format=ox.RdfFormat.TURTLE))
    assert any(triple.subject == ox.NamedNode(iri) for triple in triples)
    for link in read_page(page.text).links:
        if "/doc/odd/" in link.target:
            assert client.get(link.target, headers=PAGE).status_code == 200, link.target


@pytest.mark.parametrize("iri", [*WORDS, *MUCH, *CIRCLES, *PASSAGES])
def test_it_is_data_too(client: httpx2.Client, iri: str) -> None:
    data = client.get(path(iri), headers=TURTLE)

    assert data.status_code == 200
    assert any(triple for triple in ox.parse(data.content, format=ox.RdfFormat.TURTLE))


@pytest.mark.parametrize("iri", [WORDS[0], MUCH[0], MUCH[4]])
def test_its_history_is_text_and_bounded(client: httpx2.Client, iri: str) -> None:
    response = client.get("/history", params={"of": iri}, headers=PAGE)

    assert response.status_code == 200
    assert read_page(response.text).faults == []
    assert len(response.content) < MOST


@pytest.mark.parametrize("text", [*hostile.MARKUP, hostile.TURNED, hostile.UNSEEN, "\x00", "%", "x" * 10_000])
@pytest.mark.parametrize(
    "address", ["/search?q=", "/practices?q=", "/doc/", "/history?of=", "/sparql?query=", "/nowhere/"]
)
def test_hostile_words_in_an_address_come_back_as_text(
    client: httpx2.Client, address: str, text: str
) -> None:
    response = client.get(address + quote(text, safe=""), headers=PAGE)
    page = read_page(response.text)

    assert response.status_code < 500
    assert page.faults == []
    assert all(source.startswith("/static/") for source in page.scripts)
