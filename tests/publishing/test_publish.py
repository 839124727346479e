"""Publishing: files become a release, or nothing changes."""

import gzip
from pathlib import Path

import pytest

from clipgraph.publishing.publish import NotPublished, Published, Terms, publish
from clipgraph.rdf.terms import NamedNode, Store
from clipgraph.releases.commit import Origin
from clipgraph.releases.digest import digest
from clipgraph.releases.shelf import Shelf
from clipgraph.sources.graphs import GRAPHS, MADE_DESCRIPTIONS
from clipgraph.sources.project import Project

ONE = '<urn:a> <urn:b> "1" .\n<urn:a> <urn:b> 1.50 .\n'
RULE = "#+ title: rule\nCONSTRUCT { ?o <urn:inverse> ?s } WHERE { ?s <urn:to> ?o }"
SHAPES = """@prefix sh: <http://www.w3.org/ns/shacl#> .
<https://w3id.org/clipgraph/shapes/TestShape> a sh:NodeShape ; sh:targetSubjectsOf <urn:b> ;
  sh:property <https://w3id.org/clipgraph/shapes/Test-c> .
<https://w3id.org/clipgraph/shapes/Test-c> a sh:PropertyShape ;
  sh:path <urn:c> ; sh:minCount 1 ; sh:message "needs urn:c"@en ."""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    for folder in ("ontology", "shapes", "data/t", "data/evidence", "queries/rules"):
        (tmp_path / "p" / folder).mkdir(parents=True)
    (tmp_path / "p/data/t/one.ttl").write_text(ONE)
    return Project(tmp_path / "p")


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "var")


def go(project: Project, shelf: Shelf) -> Published:
    return publish(project, shelf, Origin("tester", "test"), lambda _: None)


def store(shelf: Shelf, number: int) -> Store:
    return Store.read_only(str(shelf.store_path(number)))


def ask(store: Store, pattern: str) -> bool:
    return bool(store.query(f"ASK {{ {pattern} }}"))


def test_the_first_publish_makes_release_1(project: Project, shelf: Shelf) -> None:
    published = go(project, shelf)

    assert (published.new, published.release.number, published.release.parent) == (True, 1, None)
    assert published.release.triples == 2
    assert published.release.author == "tester"


def test_the_same_files_make_no_new_release_even_with_unusual_literals(
    project: Project, shelf: Shelf
) -> None:
    go(project, shelf)

    assert not go(project, shelf).new
    assert shelf.numbers() == [1]


def test_the_first_release_names_blank_nodes_as_the_next_does(project: Project, shelf: Shelf) -> None:
    (project.root / "data/t/two.ttl").write_text("<urn:a> <urn:c> [ <urn:d> 01, ( 2.0 ) ] .")
    published = [
        publish(project, shelf, Origin("tester", "test"), lambda _: None, Terms(shapes=False))
        for _ in range(2)
    ]

    assert [each.new for each in published] == [True, False]
    assert not ask(store(shelf, 1), "?s ?p ?o FILTER(ISBLANK(?s) || ISBLANK(?o))")


def test_what_is_blank_in_a_triple_term_is_in_the_store_what_the_release_says(
    project: Project, shelf: Shelf
) -> None:
    """Its graph holds two nodes: one that only the terms name, and one of which something is said beside."""
    (project.root / "data/t/two.ttl").write_text(
        "<urn:a> <urn:c> <<( [] <urn:d> <<( _:y <urn:e> 01 )>> )>> . _:y <urn:f> 2 ."
    )
    published = [
        publish(project, shelf, Origin("tester", "test"), lambda _: None, Terms(shapes=False))
        for _ in range(2)
    ]

    graph = f"{GRAPHS}t/two"
    assert [each.new for each in published] == [True, False]
    stored = list(store(shelf, 1).quads_for_pattern(None, None, None, NamedNode(graph)))
    assert digest(stored) == published[0].release.graphs[graph].digest
    patch = gzip.decompress(shelf.patch_path(1).read_bytes()).decode()
    assert {f"A {quad} ." for quad in stored} <= set(patch.splitlines())
    same = "?a <urn:c> ?term . ?y <urn:f> 2 FILTER(SUBJECT(OBJECT(?term)) = ?y && SUBJECT(?term) != ?y)"
    assert ask(store(shelf, 1), same)


def test_a_removed_file_takes_its_graph_away(project: Project, shelf: Shelf) -> None:
    go(project, shelf)
    (project.root / "data/t/two.ttl").write_text("<urn:a> <urn:b> 2 .")
    (project.root / "data/t/one.ttl").unlink()
    release = go(project, shelf).release

    stated = [iri for iri in release.graphs if iri not in MADE_DESCRIPTIONS]
    assert stated == ["https://w3id.org/clipgraph/graph/t/two"]
    assert release.triples == 1
    assert not ask(store(shelf, 2), '?s ?p "1"')
    assert ask(store(shelf, 1), '?s ?p "1"')  # the release before is as it was


def test_a_triple_in_two_files_stays_until_both_lose_it(project: Project, shelf: Shelf) -> None:
    (project.root / "data/t/two.ttl").write_text('<urn:a> <urn:b> "1" .')
    go(project, shelf)
    (project.root / "data/t/two.ttl").unlink()
    go(project, shelf)
    (project.root / "data/t/one.ttl").write_text("<urn:x> <urn:y> 1 .")
    go(project, shelf)

    assert [ask(store(shelf, number), '<urn:a> <urn:b> "1"') for number in (1, 2, 3)] == [True, True, False]


def test_rules_fill_the_inferences_and_a_changed_rule_makes_a_release(project: Project, shelf: Shelf) -> None:
    (project.root / "data/t/two.ttl").write_text("<urn:a> <urn:to> <urn:b> .")
    go(project, shelf)
    (project.root / "queries/rules/inverse.rq").write_text(RULE)
    go(project, shelf)

    assert not ask(store(shelf, 1), "<urn:b> <urn:inverse> <urn:a>")
    assert ask(store(shelf, 2), "<urn:b> <urn:inverse> <urn:a>")
    assert ask(
        store(shelf, 2), "GRAPH <https://w3id.org/clipgraph/graph/inferences/rules> { ?s <urn:inverse> ?o }"
    )


def test_evidence_and_shapes_stay_out_of_the_default_graph(project: Project, shelf: Shelf) -> None:
    (project.root / "data/evidence/doc.ttl").write_text("<urn:passage> <urn:says> <urn:x> .")
    release = go(project, shelf).release

    assert release.triples == 2
    assert not ask(store(shelf, 1), "<urn:passage> ?p ?o")
    assert ask(store(shelf, 1), "GRAPH ?g { <urn:passage> ?p ?o }")


def test_findings_stop_it_and_leave_nothing_behind(project: Project, shelf: Shelf) -> None:
    go(project, shelf)
    (project.root / "shapes/test.ttl").write_text(SHAPES)
    with pytest.raises(NotPublished) as refusal:
        go(project, shelf)

    finding = refusal.value.report.findings[0]
    assert (finding.file, finding.line, finding.message) == ("data/t/one.ttl", 1, "needs urn:c")
    assert shelf.numbers() == [1]
    assert shelf.current_number() == 1
    assert not list(shelf.staging.iterdir())


def test_all_broken_files_are_named_at_once(project: Project, shelf: Shelf) -> None:
    (project.root / "data/t/one.ttl").write_text("<urn:a> <urn:b> \n")
    (project.root / "data/t/two.ttl").write_bytes(b'<urn:a> <urn:b> "\xff" .')
    with pytest.raises(NotPublished) as refusal:
        go(project, shelf)

    assert {finding.file for finding in refusal.value.report.findings} == {"data/t/one.ttl", "data/t/two.ttl"}
    assert shelf.current_number() is None


def test_an_empty_project_publishes_an_empty_release(project: Project, shelf: Shelf) -> None:
    (project.root / "data/t/one.ttl").unlink()

    assert go(project, shelf).release.triples == 0
