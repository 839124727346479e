"""What the service wrote: kept by a publish, refused where it would be lost, exported into files."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from clipgraph.publishing.export import changed_live, export
from clipgraph.publishing.publish import LiveChanges, Published, Terms, publish
from clipgraph.rdf.terms import Store
from clipgraph.releases.commit import Origin, commit
from clipgraph.releases.edits import compared
from clipgraph.releases.history import rollback, stated_difference
from clipgraph.releases.policy import Policy
from clipgraph.releases.release import GraphRecord, Release
from clipgraph.releases.shelf import Shelf
from clipgraph.sources.graphs import MADE_DESCRIPTIONS
from clipgraph.sources.project import Project
from clipgraph.sparql.library import rules_digest
from testing_releases import passes

GRAPH = "https://w3id.org/clipgraph/graph/"
ONE = """@base <https://w3id.org/clipgraph/id/> .

# Kept.
<t/1> <urn:p> "1" .

<t/2> <urn:p> "2" .
"""
Update = Callable[[str], Release]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "p/data/t").mkdir(parents=True)
    (tmp_path / "p/data/t/one.ttl").write_text(ONE)
    return Project(tmp_path / "p")


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "var")


def go(project: Project, shelf: Shelf, *, discard: bool = False) -> Published:
    return publish(project, shelf, Origin("me", "why"), lambda _: None, Terms(shapes=False, discard=discard))


@pytest.fixture
def update(shelf: Shelf) -> Update:
    def update(text: str) -> Release:
        with shelf.lock():
            policy = Policy(rules_digest=rules_digest(()))
            return commit(shelf, compared(lambda store: store.update(text)), policy, passes, Origin("", ""))

    return update


def said(shelf: Shelf) -> set[str]:
    """Return what the current release states, without what describes it, which names the release."""
    number = shelf.current_number() or 0
    quads = Store.read_only(str(shelf.store_path(number)))
    described = {f"<{iri}>" for iri in MADE_DESCRIPTIONS}
    return {f"{q.graph_name} {q.triple}" for q in quads if str(q.graph_name) not in described}


def graphs(release: Release) -> dict[str, GraphRecord]:
    """Return the records of the graphs that are stated, without when they became so."""
    return {
        iri: replace(record, changed="")
        for iri, record in release.graphs.items()
        if iri not in MADE_DESCRIPTIONS
    }


def test_graphs_of_the_service_survive_a_publish_byte_for_byte(
    project: Project, shelf: Shelf, update: Update
) -> None:
    go(project, shelf)
    before = update("INSERT DATA { GRAPH <urn:live> { <urn:a> <urn:b> 1 } }").graphs["urn:live"]
    (project.root / "data/t/one.ttl").write_text('<urn:x> <urn:p> "3" .')
    release = go(project, shelf).release

    assert release.graphs["urn:live"] == before
    assert before.owner == "service"
    assert any("urn:live" in each for each in said(shelf))


@pytest.mark.parametrize(
    "change",
    [
        f"INSERT DATA {{ GRAPH <{GRAPH}t/one> {{ <urn:a> <urn:b> 1 }} }}",
        f"DELETE WHERE {{ GRAPH <{GRAPH}t/one> {{ ?s ?p '1' }} }}",
        f"DROP GRAPH <{GRAPH}t/one>",
    ],
)
@pytest.mark.parametrize("file", ["as it was", "changed", "gone"])
def test_a_file_graph_that_was_changed_live_stops_a_publish(
    project: Project, shelf: Shelf, update: Update, change: str, file: str
) -> None:
    go(project, shelf)
    (project.root / "data/t/two.ttl").write_text("<urn:x> <urn:y> 2 .")
    go(project, shelf)
    live = update(change)
    if file == "changed":
        (project.root / "data/t/one.ttl").write_text('<urn:x> <urn:p> "3" .')
    if file == "gone":
        (project.root / "data/t/one.ttl").unlink()
        if change.startswith("DROP"):
            go(project, shelf)  # both say that it is gone
            return

    with pytest.raises(LiveChanges) as refusal:
        go(project, shelf)
    assert [each.graph for each in refusal.value.conflicts] == [f"{GRAPH}t/one"]
    assert shelf.current() == live

    go(project, shelf, discard=True)
    assert not go(project, shelf).new
    assert not any("urn:b" in each for each in said(shelf))


def test_a_file_for_a_graph_of_the_service_has_to_say_the_same(
    project: Project, shelf: Shelf, update: Update
) -> None:
    go(project, shelf)
    update(f"INSERT DATA {{ GRAPH <{GRAPH}t/new> {{ <urn:a> <urn:b> 1 }} }}")
    file = project.root / "data/t/new.ttl"
    file.write_text("<urn:a> <urn:b> 2 .")
    with pytest.raises(LiveChanges):
        go(project, shelf)
    file.write_text("<urn:a> <urn:b> 1 .")

    assert go(project, shelf).release.graphs[f"{GRAPH}t/new"].owner == "files"


def test_what_was_changed_live_goes_into_its_files_and_leaves_the_rest(
    project: Project, shelf: Shelf, update: Update
) -> None:
    go(project, shelf)
    update(
        f"DELETE WHERE {{ GRAPH <{GRAPH}t/one> {{ ?s ?p '2' }} }} ; "
        f"INSERT DATA {{ GRAPH <{GRAPH}t/one> {{ <https://w3id.org/clipgraph/id/t/3> <urn:p> '3' }} "
        f"GRAPH <{GRAPH}evidence/new> {{ <urn:a> <urn:b> 1 }} "
        "GRAPH <urn:elsewhere> { <urn:a> <urn:b> 2 } }"
    )
    release = shelf.current()
    assert release is not None
    found = changed_live(project, release)
    export(shelf, release, found)

    assert [(each.graph, each.path is None) for each in found] == [
        (f"{GRAPH}evidence/new", False),
        (f"{GRAPH}t/one", False),
        ("urn:elsewhere", True),
    ]
    text = (project.root / "data/t/one.ttl").read_text()
    assert '# Kept.\n<t/1> <urn:p> "1" .' in text
    assert '<t/3> <urn:p> "3" .' in text
    assert '"2"' not in text
    before = said(shelf)
    go(project, shelf)
    assert said(shelf) == before
    after = shelf.current()
    assert after is not None
    assert [each.graph for each in changed_live(project, after)] == ["urn:elsewhere"]


def test_a_graph_that_was_emptied_takes_its_file_away(project: Project, shelf: Shelf, update: Update) -> None:
    go(project, shelf)
    (project.root / "data/t/two.ttl").write_text("<urn:x> <urn:y> 2 .")
    go(project, shelf)
    release = update(f"DROP GRAPH <{GRAPH}t/two>")
    export(shelf, release, changed_live(project, release))

    assert not (project.root / "data/t/two.ttl").exists()
    assert f"{GRAPH}t/two" not in go(project, shelf).release.graphs


def test_going_back_makes_a_release_with_the_old_content(
    project: Project, shelf: Shelf, update: Update
) -> None:
    first = go(project, shelf).release
    before = said(shelf)
    update(
        f"INSERT DATA {{ GRAPH <{GRAPH}t/one> {{ <urn:a> <urn:b> 1 }} "
        "GRAPH <urn:live> { <urn:a> <urn:b> 2 } }"
    )
    assert len(stated_difference(shelf, 1, 2).added) == 2
    back = rollback(shelf, 1, [], Origin("me", "back"))

    assert (back.number, back.parent, back.digest) == (3, 2, first.digest)
    assert graphs(back) == graphs(first)
    assert said(shelf) == before
    assert not stated_difference(shelf, 1, 3)
    assert not go(project, shelf).new
    assert rollback(shelf, 3, [], Origin("me", "again")) == back


def test_going_back_before_a_file_was_there_leaves_no_conflict(project: Project, shelf: Shelf) -> None:
    go(project, shelf)
    (project.root / "data/t/two.ttl").write_text("<urn:x> <urn:y> 2 .")
    go(project, shelf)
    back = rollback(shelf, 1, [], Origin("me", "back"))

    assert list(graphs(back)) == [f"{GRAPH}t/one"]
    assert f"{GRAPH}t/two" in go(project, shelf).release.graphs
