"""The pages of releases, over HTTP, on a service of three releases."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator

import httpx2
import pytest

from clipgraph.rdf.prefixes import PREFIXES, SCHEME
from clipgraph.rdf.terms import Literal, NamedNode, Quad
from clipgraph.releases.change import Change
from clipgraph.releases.commit import Origin, commit
from clipgraph.releases.edits import known
from clipgraph.releases.policy import Policy
from clipgraph.releases.shelf import Shelf
from conftest import Running
from testing_releases import passes

ATOM = "{http://www.w3.org/2005/Atom}"
GRAPH = NamedNode("https://w3id.org/clipgraph/graph/ontology/clipgraph")
MANY = "https://w3id.org/clipgraph/graph/things/many"
THINGS = 20_050  # more than a page of a graph counts through
CLIP = "https://w3id.org/clipgraph/def/"
LABEL, TYPE = (
    NamedNode("http://www.w3.org/2000/01/rdf-schema#label"),
    NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"),
)
CLASS = NamedNode("http://www.w3.org/2002/07/owl#Class")


def declared(name: str, label: str) -> list[Quad]:
    term = NamedNode(CLIP + name)
    return [Quad(term, TYPE, CLASS, GRAPH), Quad(term, LABEL, Literal(label, language="en"), GRAPH)]


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    """A client of a service with releases 1 to 4; the ontology changes in all but the fourth."""
    root = tmp_path_factory.mktemp("line")
    project = root / "project"
    for folder in ("ontology", "shapes", "data", "queries"):
        (project / folder).mkdir(parents=True)
    shelf = Shelf(root / "data")
    shelf.prepare()
    old, new = declared("Old", "old <b>bold</b>"), declared("New", "new")
    kept = declared("Kept", "kept")
    renamed = Quad(NamedNode(CLIP + "Kept"), LABEL, Literal("kept well", language="en"), GRAPH)
    graph, kind = NamedNode(MANY), NamedNode(CLIP + "Kept")
    many = [Quad(NamedNode(f"urn:thing:{n}"), TYPE, kind, graph) for n in range(THINGS)]
    code, scheme = NamedNode(SCHEME + "mission/many"), NamedNode(SCHEME + "mission")
    many += [Quad(thing.subject, NamedNode(CLIP + "mission"), code, graph) for thing in many]
    many += [Quad(code, NamedNode(PREFIXES["skos"] + "inScheme"), scheme, graph)]
    changes = [
        Change(tuple(old + kept)),
        Change(tuple(new), tuple(old)),
        Change((renamed,), (kept[1],)),
        Change(tuple(many)),
    ]
    for number, change in enumerate(changes, 1):
        with shelf.lock():
            author = "me & <you>" if number > 1 else "unknown"
            commit(shelf, known(change), Policy(), passes, Origin(author, f"change {number} \x01<i>"))
    running = Running(["--project", str(project), "--data", str(shelf.root), "--log", "off"])
    with httpx2.Client(base_url=running.url, timeout=60) as client:
        yield client
    running.stop()


def html(client: httpx2.Client, path: str) -> str:
    answer = client.get(path, headers={"Accept": "text/html", "Accept-Language": "en"})
    assert answer.status_code == 200, answer.text
    return answer.text


def test_the_line_of_releases_is_told_newest_first(line: httpx2.Client) -> None:
    found = line.get("/releases", params={"format": "json"}).json()["releases"]
    text = html(line, "/releases")

    assert [(each["number"], each["parent"], each["statements"]) for each in found] == [
        (4, 3, 5 + 2 * THINGS),
        (3, 2, 4),
        (2, 1, 4),
        (1, None, 4),
    ]
    assert text.index('href="/releases/4"') < text.index('href="/releases/1"')
    assert "me &amp; &lt;you&gt;" in text
    assert "<i>" not in text


def test_graphs_that_changed_have_the_names_of_their_pages(line: httpx2.Client) -> None:
    for path in ("/releases", "/releases/2"):
        assert '<a href="/graph/ontology/clipgraph">Ontology: clipgraph</a>' in html(line, path)
        assert '<a href="/de/graph/ontology/clipgraph">Ontologie: clipgraph</a>' in html(line, f"/de{path}")


def test_an_author_that_nobody_knows_is_told_in_words(line: httpx2.Client) -> None:
    assert '<td data-label="Verfasst von">unbekannt</td>' in html(line, "/de/releases")
    assert "<dd>inconnu</dd>" in html(line, "/fr/releases/1")
    history = html(line, f"/de/history?of={CLIP}Kept")
    assert "von unbekannt" in history
    assert line.get("/releases/1", params={"format": "json"}).json()["author"] == "unknown"


def test_a_release_tells_what_it_changed(line: httpx2.Client) -> None:
    found = line.get("/releases/2", params={"format": "json"}).json()

    assert found["changed_graphs"] == [{"graph": GRAPH.value, "before": 4, "after": 4}]
    assert (found["change"]["added"], found["change"]["removed"]) == (2, 2)
    text = html(line, "/releases/2")
    assert "2 statements added to named graphs, 2 removed" in text
    assert "old &lt;b&gt;bold&lt;/b&gt;" in text
    assert 'href="/releases/1"' in text
    assert 'href="/releases/3"' in text


def test_what_differs_between_any_two_is_told_both_ways(line: httpx2.Client) -> None:
    there = line.get("/releases/1/diff/3", params={"format": "json"}).json()
    back = line.get("/releases/3/diff/1", params={"format": "json"}).json()
    none = line.get("/releases/2/diff/2", params={"format": "json"}).json()

    assert (there["added"], there["removed"]) == (back["removed"], back["added"]) == (3, 3)
    assert (none["added"], none["removed"], none["statements"]) == (0, 0, [])
    assert "Nothing that is stated differs." in html(line, "/releases/2/diff/2")


def test_long_differences_are_paged(line: httpx2.Client) -> None:
    pages = [line.get(f"/releases/4?from={start}&format=json").json()["change"] for start in (0, 100, 40_100)]
    subjects = {each["subject"]["value"] for page in pages for each in page["statements"]}

    assert [len(page["statements"]) for page in pages] == [100, 100, 1]
    assert len(subjects) > 100
    assert "101 to 200 of 40,101" in html(line, "/releases/4?from=100")


def test_a_class_of_many_things_and_a_large_graph_are_shown_in_pages(line: httpx2.Client) -> None:
    first, last = html(line, "/def/Kept"), html(line, "/def/Kept?from=20040")
    graph = html(line, "/graph/things/many")
    further = html(line, "/graph/things/many?from=60")

    assert [text.count("urn:thing:") for text in (first, last, graph, further)] == [60, 10, 60, 60]
    assert "1 to 60 of 20,050" in first
    assert "20,041 to 20,050 of 20,050" in last
    assert "not counted: the graph is large" in graph
    assert len(graph) < 20_000


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/releases/9", 404),
        ("/releases/0", 400),
        ("/releases/x", 400),
        ("/releases/1/diff/9", 404),
        ("/releases/4?from=50", 400),
        ("/releases/4?from=40200", 404),
        ("/releases/99999999999999999999", 400),
    ],
)
def test_what_is_not_there_is_said_to_be_so(line: httpx2.Client, path: str, status: int) -> None:
    assert line.get(path).status_code == status


def test_the_ontology_says_what_changed_since_its_last_version(line: httpx2.Client) -> None:
    since = line.get("/ontology/changes", params={"format": "json"}).json()
    first = line.get("/ontology/changes?since=1&format=json").json()

    assert since["since"] == 2
    assert [(each["iri"], each["change"]) for each in since["changes"]] == [(CLIP + "Kept", "changed")]
    assert since["changes"][0]["properties"] == [
        {
            "property": LABEL.value,
            "removed": [{"type": "literal", "value": "kept", "xml:lang": "en"}],
            "added": [{"type": "literal", "value": "kept well", "xml:lang": "en"}],
        }
    ]
    assert [(each["iri"].rsplit("/", 1)[1], each["change"]) for each in first["changes"]] == [
        ("Kept", "changed"),
        ("New", "added"),
        ("Old", "removed"),
    ]
    assert "old &lt;b&gt;bold&lt;/b&gt;" in html(line, "/ontology/changes?since=1")
    assert "there are 3 states of ontology and shapes" in html(line, "/ontology")


def test_an_earlier_release_has_its_own_pages(line: httpx2.Client) -> None:
    assert "old &lt;b&gt;bold" in html(line, "/def/Old?release=1")
    assert line.get("/def/Old", headers={"Accept": "text/html"}).status_code == 404
    assert "No definition is given." in html(line, "/def/Old?release=1")


def test_a_graph_tells_in_which_releases_it_changed(line: httpx2.Client) -> None:
    text = html(line, "/graph/ontology/clipgraph")

    assert [f'href="/releases/{number}"' in text for number in (1, 2, 3, 4)] == [True, True, True, False]


def test_the_feed_is_atom(line: httpx2.Client) -> None:
    answer = line.get("/feed")
    feed = ET.fromstring(answer.content)  # noqa: S314  # our own
    entries = feed.findall(ATOM + "entry")

    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert len(entries) == 4
    assert len({entry.findtext(ATOM + "id") for entry in entries}) == 4
    assert entries[0].findtext(f"{ATOM}author/{ATOM}name") == "me & <you>"
    assert "change 4 \ufffd<i>" in (entries[0].findtext(ATOM + "summary") or "")
    for element in (feed, *entries):
        assert all(element.find(ATOM + name) is not None for name in ("id", "title", "updated"))
    link = entries[0].find(ATOM + "link")
    assert link is not None
    assert line.get(link.attrib["href"]).status_code == 200


def test_pages_of_a_graph_without_vocabulary_say_so(line: httpx2.Client) -> None:
    assert "This graph has no shapes." in html(line, "/shapes")
    assert "This graph has no code lists." in html(line, "/scheme")
    assert "The graph names no source passages." in html(line, "/dataset")
    assert "not measured" in html(line, "/dataset")


def test_a_code_of_many_things_is_counted_to_a_bound(line: httpx2.Client) -> None:
    text = html(line, "/scheme/mission/many")

    assert "more than 20,000" in text
    assert text.count("urn:thing:") == 60
