"""A publish makes the graphs that describe it."""

from pathlib import Path

import pytest

from clipgraph.publishing.publish import Published, Terms, publish
from clipgraph.rdf.terms import NamedNode, Store, Triple
from clipgraph.releases.commit import Origin
from clipgraph.releases.release import OWN, Release
from clipgraph.releases.shelf import Shelf
from clipgraph.sources.graphs import CATALOGUE_GRAPH, MADE_DESCRIPTIONS, SERVICE_GRAPH, VOID_GRAPH
from clipgraph.sources.project import Project

VOID, DCAT = "http://rdfs.org/ns/void#", "http://www.w3.org/ns/dcat#"
SAID = """@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix void: <http://rdfs.org/ns/void#> .
<https://w3id.org/clipgraph/catalog#dataset> a dcat:Dataset ;
  dct:title "Two things"@en ; void:uriSpace "urn:" .
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    for folder in ("ontology", "shapes", "data/t", "data/description", "queries/rules"):
        (tmp_path / "p" / folder).mkdir(parents=True)
    (tmp_path / "p/data/t/one.ttl").write_text(
        "<urn:a> a <urn:C> ; <urn:p> <urn:b> , 1 . <urn:b> a <urn:C> ."
    )
    (tmp_path / "p/data/description/dataset.ttl").write_text(SAID)
    return Project(tmp_path / "p")


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "var")


def go(project: Project, shelf: Shelf, terms: Terms | None = None) -> Published:
    return publish(project, shelf, Origin("tester", "test"), lambda _: None, terms or Terms())


def graph(shelf: Shelf, release: Release, iri: str) -> set[Triple]:
    store = Store.read_only(str(shelf.store_path(release.number)))
    return {quad.triple for quad in store.quads_for_pattern(None, None, None, NamedNode(iri))}


def values(triples: set[Triple], predicate: str) -> set[str]:
    return {str(each.object) for each in triples if each.predicate.value == predicate}


def test_they_are_named_graphs_of_the_release_and_only_that(project: Project, shelf: Shelf) -> None:
    release = go(project, shelf).release
    void, catalogue = graph(shelf, release, VOID_GRAPH), graph(shelf, release, CATALOGUE_GRAPH)
    store = Store.read_only(str(shelf.store_path(1)))

    assert values(void, VOID + "uriSpace") == {'"urn:"'}
    assert '"4"^^<http://www.w3.org/2001/XMLSchema#integer>' in values(void, VOID + "triples")
    assert '"2"^^<http://www.w3.org/2001/XMLSchema#integer>' in values(void, VOID + "entities")
    assert values(catalogue, DCAT + "version") == {'"1"'}
    assert graph(shelf, release, SERVICE_GRAPH)
    assert release.triples == 4
    assert not store.query(f"ASK {{ ?dataset a <{VOID}Dataset> }}")


def test_the_same_files_make_no_new_release(project: Project, shelf: Shelf) -> None:
    go(project, shelf)

    assert not go(project, shelf).new
    (project.root / "data/t/two.ttl").write_text("<urn:c> a <urn:C> .")
    again = go(project, shelf).release
    assert values(graph(shelf, again, CATALOGUE_GRAPH), DCAT + "version") == {'"2"'}
    assert not go(project, shelf).new


def test_what_is_said_by_hand_is_in_them_at_the_next_publish(project: Project, shelf: Shelf) -> None:
    go(project, shelf)
    file = project.root / "data/description/dataset.ttl"
    file.write_text(SAID.replace("Two things", "Three things"))
    release = go(project, shelf).release

    titles = values(graph(shelf, release, CATALOGUE_GRAPH), "http://purl.org/dc/terms/title")
    assert '"Three things"@en' in titles
    assert '"Two things"@en' not in titles


def test_two_shelves_say_the_same_of_the_same_files(project: Project, shelf: Shelf, tmp_path: Path) -> None:
    other = Shelf(tmp_path / "other")
    one, two = go(project, shelf).release, go(project, other).release

    def without_time(shelf: Shelf, release: Release) -> set[str]:
        time = release.created.replace("+00:00", "Z")
        found = [str(each) for iri in MADE_DESCRIPTIONS for each in graph(shelf, release, iri)]
        assert any(time in each for each in found)
        return {each.replace(time, "") for each in found}

    assert one.digest == two.digest
    assert without_time(shelf, one) == without_time(other, two)


@pytest.mark.parametrize("terms", [Terms(described=False), Terms(default_graph=OWN)])
def test_a_bare_release_has_none(project: Project, shelf: Shelf, terms: Terms) -> None:
    assert not go(project, shelf, terms).release.graphs.keys() & set(MADE_DESCRIPTIONS)
