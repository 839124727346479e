"""The first release, made in memory: the one that a commit would make, or nothing at all."""

import gzip
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from clipgraph.errors import NotValid, Unavailable
from clipgraph.rdf.terms import Literal, NamedNode, Quad, Store
from clipgraph.releases import loader
from clipgraph.releases.change import Change
from clipgraph.releases.collecting import collecting_later
from clipgraph.releases.commit import Origin, commit
from clipgraph.releases.edits import as_stored, exact
from clipgraph.releases.founding import Fill, found
from clipgraph.releases.policy import Policy
from clipgraph.releases.release import OWN, Release
from clipgraph.releases.shelf import Shelf
from clipgraph.sources.graphs import GRAPHS, INFERENCES
from clipgraph.sparql.library import LibraryQuery
from testing_releases import HIDDEN, quad

XSD = "http://www.w3.org/2001/XMLSchema#"
STEP = NamedNode("urn:p")
RULES = [
    LibraryQuery("rules/t", "CONSTRUCT { ?a <urn:p> ?c } { ?a <urn:p> ?b . ?b <urn:p> ?c }", {}),
    LibraryQuery("rules/i", "CONSTRUCT { ?o <urn:q> ?s . ?s <urn:r> ?o } { ?s <urn:p> ?o }", {}),
]
ORIGIN = Origin("me", "why")
ONE, TWO = "urn:one", GRAPHS + "ontology/two"


def said(graph: str, *values: tuple[int, NamedNode | Literal]) -> list[Quad]:
    return [Quad(NamedNode(f"urn:{number}"), STEP, value, NamedNode(graph)) for number, value in values]


QUADS = as_stored(
    [
        *said(ONE, (1, NamedNode("urn:2")), (2, NamedNode("urn:3")), (3, NamedNode("urn:4"))),
        *said(ONE, (1, NamedNode("urn:3")), (9, Literal('a "line"\n . \\ é', language="de"))),
        *said(ONE, (9, Literal("1.50", datatype=NamedNode(XSD + "decimal")))),
        *said(TWO, (1, NamedNode("urn:2")), (4, NamedNode("urn:5"))),
        *said(HIDDEN, (5, NamedNode("urn:6"))),
    ]
)


def filling(quads: Sequence[Quad] = QUADS) -> Fill:
    def fill(store: Store) -> Iterator[str]:
        for graph in dict.fromkeys(each.graph_name for each in quads):
            assert isinstance(graph, NamedNode)
            store.extend(each for each in quads if each.graph_name == graph)
            yield graph.value

    return fill


def passes(_: Store) -> None:
    """Check nothing."""


def policy(**other: object) -> Policy:
    return replace(Policy(RULES, "these", files=frozenset({ONE, TWO, HIDDEN})), **other)  # type: ignore[arg-type]


def make(shelf: Shelf, policy: Policy, *, on_disk: bool = False) -> Release:
    with shelf.lock():
        return found(shelf, filling(), policy, passes, ORIGIN, on_disk=on_disk)


def patch(shelf: Shelf) -> list[str]:
    return gzip.decompress(shelf.patch_path(1).read_bytes()).decode().splitlines()


def undated(release: Release) -> Release:
    graphs = {iri: replace(record, changed="") for iri, record in release.graphs.items()}
    return replace(release, created="", changed="", graphs=graphs)


@pytest.mark.parametrize("on_disk", [False, True])
@pytest.mark.parametrize("other", [{}, {"rules": ()}, {"default_graph": OWN, "rules": ()}])
def test_it_is_the_release_that_a_commit_makes(
    shelf: Shelf, tmp_path: Path, other: dict[str, object], *, on_disk: bool
) -> None:
    like = Shelf(tmp_path / "like")
    like.prepare()

    made = make(shelf, policy(**other), on_disk=on_disk)
    with like.lock():
        committed = commit(like, exact(Change(tuple(QUADS))), policy(**other), lambda _, __: None, ORIGIN)

    assert undated(made) == undated(committed) == undated(shelf.read(1))
    stored, there = (Store.read_only(str(each.store_path(1))) for each in (shelf, like))
    assert set(stored) == set(there)
    assert (patch(shelf)[0], patch(shelf)[-1]) == ("TX .", "TC .")
    assert sorted(patch(shelf)) == sorted(patch(like))
    assert {path.name for path in shelf.store_path(1).parent.iterdir()} == {
        path.name for path in like.store_path(1).parent.iterdir()
    }


def test_inferences_and_a_triple_in_two_graphs_count_once(shelf: Shelf) -> None:
    made = make(shelf, policy())

    store = Store.read_only(str(shelf.store_path(1)))
    default = {each for each in store if not isinstance(each.graph_name, NamedNode)}
    assert made.triples == len(default)
    assert made.graphs[INFERENCES].triples == len(default) - 7


def leaves_a_cycle(store: Store) -> None:
    """Hold the store by what only a search for cycles finds, as a validator of shapes does."""
    cycle: list[object] = [store]
    cycle.append(cycle)


def open_files(folder: str) -> list[str]:
    """Return the files of a folder of this name that the process has open, those that are deleted too."""
    links = [link for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
    paths = [str(link.readlink()) for link in links]
    return [path for path in paths if f"/{folder}/" in path]


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="only Linux tells what is open")
def test_the_store_it_was_made_in_is_closed_before_it_is_taken_away(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken_away: list[list[str]] = []
    rmtree = shutil.rmtree

    def look(path: Path, *, ignore_errors: bool = False) -> None:
        if path.name == "making":
            taken_away.append(open_files("making"))
        rmtree(path, ignore_errors=ignore_errors)

    monkeypatch.setattr(shutil, "rmtree", look)
    with shelf.lock(), collecting_later():
        found(shelf, filling(), policy(), leaves_a_cycle, ORIGIN, on_disk=True)

    assert taken_away == [[]]


@pytest.mark.parametrize("on_disk", [False, True])
def test_what_the_check_refuses_leaves_nothing_behind(shelf: Shelf, *, on_disk: bool) -> None:
    def refuses(store: Store) -> None:
        assert store.query(f"ASK {{ GRAPH <{INFERENCES}> {{ <urn:1> <urn:p> <urn:4> }} }}")
        leaves_a_cycle(store)
        raise NotValid("no", 1)

    with shelf.lock(), collecting_later(), pytest.raises(NotValid):
        found(shelf, filling(), policy(), refuses, ORIGIN, on_disk=on_disk)

    assert (shelf.numbers(), shelf.current(), list(shelf.staging.iterdir())) == ([], None, [])


@pytest.mark.parametrize("graphs", [1, 50])
def test_a_disk_that_cannot_be_written_ends_it(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, graphs: int
) -> None:
    def full(*_: object) -> None:
        raise OSError(5, "broken")

    monkeypatch.setattr(loader, "load_quads", full)
    quads = [quad(number, f"urn:g{number}") for number in range(graphs)]
    with shelf.lock(), pytest.raises(Unavailable, match="could not be written"):
        found(shelf, filling(quads), policy(), passes, ORIGIN)

    assert (shelf.numbers(), list(shelf.staging.iterdir())) == ([], [])
