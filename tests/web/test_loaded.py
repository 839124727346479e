"""serve --load: the institution's own graphs are asked beside ours, and become part of nothing of ours."""

import gzip
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from clipgraph.rdf.terms import NamedNode
from clipgraph.releases.history import open_release
from clipgraph.releases.shelf import Shelf
from conftest import CLIPGRAPH, ROOT, Running, make_token

MINE, NAMED = "https://example.org/graph/mine", "urn:clipgraph:loaded:named"
STUTTGART = "https://w3id.org/clipgraph/id/city/stuttgart"
PREFIXES = "PREFIX dct: <http://purl.org/dc/terms/> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
JOINED = (
    PREFIXES + "SELECT ?title ?name { GRAPH ?g { ?project dct:title ?title ; dct:spatial ?city } "
    "?city rdfs:label ?name FILTER(LANG(?name) = 'de' && ?g = <%s>) }"
)
Client = httpx2.Client


@pytest.fixture(scope="module")
def folder(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Releases of its own and two files of an institution."""
    made = tmp_path_factory.mktemp("loaded")
    Shelf(made / "data").prepare()
    subprocess.run(["/bin/cp", "-rT", published, made / "data"], check=True)
    text = (
        f'{{}} <http://purl.org/dc/terms/title> "{{}}" ; <http://purl.org/dc/terms/spatial> <{STUTTGART}> .'
    )
    (made / "mine.ttl").write_text(text.format("<#project>", "Our own project"))
    (made / "named.trig").write_text(text.format("<urn:other>", "Another project"))
    return made


@pytest.fixture(scope="module")
def maintainer(folder: Path) -> Iterator[Client]:
    """A maintainer of a service beside whose releases two files are loaded."""
    load = ["--load", f"{MINE}={folder / 'mine.ttl'}", "--load", str(folder / "named.trig")]
    running = Running(["--project", str(ROOT), "--data", str(folder / "data"), "--workers", "2", *load])
    headers = {"Authorization": f"Bearer {make_token(folder / 'data')}"}
    with httpx2.Client(base_url=running.url, headers=headers, timeout=60) as client:
        yield client
    running.stop()


def rows(client: Client, query: str, **parameters: str) -> list[str]:
    answer = client.get("/sparql", params={"query": query, "format": "csv", **parameters})
    assert answer.status_code == 200, answer.text
    return answer.text.split("\r\n")[1:-1]


def update(client: Client, text: str) -> httpx2.Response:
    return client.post("/sparql", data={"update": text})


def test_they_are_joined_in_one_query_without_service(maintainer: Client) -> None:
    assert rows(maintainer, JOINED % MINE) == ["Our own project,Stuttgart"]
    assert rows(maintainer, JOINED % NAMED) == ["Another project,Stuttgart"]


def test_what_was_relative_is_in_the_graph_it_was_named_for(maintainer: Client) -> None:
    assert rows(maintainer, f"SELECT DISTINCT ?s {{ GRAPH <{MINE}> {{ ?s ?p ?o }} }}") == [f"{MINE}#project"]


def test_from_makes_them_the_default_graph(maintainer: Client) -> None:
    own = "https://w3id.org/clipgraph/graph/places/cities"
    dataset = [f"FROM <{MINE}>", f"FROM <{own}>"]
    query = " ".join([PREFIXES, "SELECT ?name", *dataset, "{ ?x dct:spatial/rdfs:label ?name }"])

    assert "Stuttgart" in rows(maintainer, query)


def test_nothing_that_we_publish_has_them(maintainer: Client, folder: Path) -> None:
    everything = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER(CONTAINS(STR(?o), 'project')) "
    graphs = maintainer.get("/graph", params={"format": "json"}).text
    page = maintainer.get("/doc/city/stuttgart", headers={"Accept": "text/turtle"}).text
    dump = gzip.decompress(maintainer.get("/dumps/clipgraph.nq.gz").content).decode()

    assert rows(maintainer, everything + "FILTER(STRSTARTS(STR(?s), 'https://example.org')) }") == ["0"]
    assert MINE not in graphs + page + dump
    assert NAMED not in dump
    assert "places/cities" in graphs
    assert "/graph/places/cities> .\n" in dump
    assert STUTTGART.rpartition("/")[2] in page
    shelf = Shelf(folder / "data")
    store = open_release(shelf, shelf.current_number() or 0)
    assert not any(store.quads_for_pattern(None, None, None, NamedNode(MINE)))


def test_the_graph_store_sends_them_with_a_tag(maintainer: Client) -> None:
    first = maintainer.get("/graphs", params={"graph": MINE}, headers={"Accept": "application/n-triples"})
    again = maintainer.get(
        "/graphs",
        params={"graph": MINE},
        headers={"Accept": "application/n-triples", "If-None-Match": first.headers["etag"]},
    )

    assert '"Our own project"' in first.text
    assert again.status_code == 304


def test_they_stay_beside_every_release(maintainer: Client) -> None:
    before = rows(maintainer, JOINED % MINE)
    written = update(maintainer, "INSERT DATA { GRAPH <urn:new> { <urn:s> <urn:p> <urn:new-one> } }").json()

    assert rows(maintainer, "SELECT ?o { GRAPH <urn:new> { ?s ?p ?o } }") == ["urn:new-one"]
    assert rows(maintainer, "SELECT ?o { <urn:s> <urn:p> ?o }") == ["urn:new-one"]
    assert rows(maintainer, JOINED % MINE) == before
    assert rows(maintainer, JOINED % MINE, release=str(written["release"] - 1)) == before
    assert not rows(maintainer, "SELECT ?o { <urn:s> <urn:p> ?o }", release=str(written["release"] - 1))


@pytest.mark.parametrize(
    "text",
    [
        f"INSERT DATA {{ GRAPH <{MINE}> {{ <urn:s> <urn:p> <urn:o> }} }}",
        f"ADD <https://w3id.org/clipgraph/graph/places/cities> TO <{MINE}>",
    ],
)
def test_no_update_writes_to_them(maintainer: Client, text: str) -> None:
    refused = update(maintainer, text)

    assert refused.status_code == 403
    assert f"the graph <{MINE}> is loaded from a file at the start (--load)" in refused.json()["detail"]


def test_nor_does_the_graph_store(maintainer: Client) -> None:
    refused = maintainer.put(
        "/graphs",
        params={"graph": NAMED},
        content="<urn:s> <urn:p> 1 .",
        headers={"Content-Type": "text/turtle"},
    )

    assert refused.status_code == 403
    assert "change that file" in refused.json()["detail"]


def started(data: Path, *load: str) -> tuple[int, list[str]]:
    """Return how a service ended that could not begin, and what it said."""
    arguments = [part for argument in load for part in ("--load", argument)]
    done = subprocess.run(
        [*CLIPGRAPH, "serve", "--port", "0", "--project", str(ROOT), "--data", str(data), *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.returncode, done.stderr.splitlines()


def test_files_that_cannot_be_read_stop_the_start_with_a_line_for_each(
    published: Path, tmp_path: Path
) -> None:
    (tmp_path / "a.ttl").write_text("<urn:s> <urn:p> 1 .\n<urn:s> <urn:p> .")
    (tmp_path / "b.nt").write_text("<urn:s> <urn:p> 1 .")

    code, told = started(published, str(tmp_path / "a.ttl"), str(tmp_path / "b.nt"))

    assert code == 2
    assert [line.split(": ")[1] for line in told] == [
        f"{tmp_path / 'a.ttl'}:2:17",
        f"{tmp_path / 'b.nt'}:1:17",
    ]
