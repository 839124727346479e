"""What a Change touches is judged as the whole graph is: nothing missed, nothing added."""

from collections.abc import Iterable
from itertools import chain

import pytest

from clipgraph.rdf.reading import Statement, in_graph, read_turtle
from clipgraph.rdf.skolem import skolemise
from clipgraph.rdf.terms import Literal, NamedNode, Quad, Store
from clipgraph.releases.building import build_dataset, settle
from clipgraph.releases.change import Change
from clipgraph.releases.merge import apply_stated
from clipgraph.sources.graphs import GRAPHS, INFERENCES, graph_files, role_of
from clipgraph.sources.project import Project
from clipgraph.sparql.library import read_library
from clipgraph.validation import neighbourhood
from clipgraph.validation.checking import check_dataset
from clipgraph.validation.neighbourhood import check_change
from clipgraph.validation.reading import gather, read_file
from clipgraph.validation.report import Finding, Report
from shapes.cases import INVALID, ROOT, VALID
from validation.changes import Changes

RULES = read_library(Project(ROOT).queries, "rules")
CITY = "https://w3id.org/clipgraph/id/city/stuttgart"


@pytest.fixture(scope="module")
def whole() -> list[Quad]:
    """All quads of the real graph."""
    together = gather([read_file(file) for file in graph_files(Project(ROOT))])
    return list(build_dataset(together.quads, lambda iri: role_of(iri).merged, RULES, INFERENCES))


@pytest.fixture
def store(whole: list[Quad]) -> Store:
    """The real graph, to be changed."""
    copy = Store()
    copy.extend(whole)
    return copy


def applied(store: Store, change: Change) -> Change:
    """Apply a Change and return it with what follows from it."""
    apply_stated(store, change)
    inferred = settle(store, change, lambda iri: role_of(iri).merged, RULES, INFERENCES).inferred
    return Change(change.added + inferred.added, change.removed + inferred.removed)


def checked(store: Store, changes: Iterable[Change]) -> set[Finding]:
    """Apply changes one after the other and return all that is found about what each of them touches."""
    return {finding for change in changes for finding in check_change(store, applied(store, change)).findings}


@pytest.fixture
def never_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test fail where the whole graph is validated in place of a neighbourhood."""

    def refuse(*_: object, **__: object) -> Report:
        raise AssertionError("the whole graph was validated")

    monkeypatch.setattr(neighbourhood, "check_dataset", refuse)


@pytest.mark.timeout(400)
@pytest.mark.usefixtures("never_whole")
def test_every_planted_fault_is_found_as_in_the_whole_graph(store: Store) -> None:
    quads = [
        [
            in_graph(Statement(triple, 0), f"{GRAPHS}contribution/{number}")
            for triple in skolemise(statement.triple for statement in read_turtle(case))
        ]
        for number, case in enumerate([*VALID, *INVALID])
    ]

    found = checked(
        store,
        (
            Change(added=tuple(dict.fromkeys(chain(*quads[start : start + 12]))))
            for start in range(0, len(quads), 12)
        ),
    )

    assert found == set(check_dataset(store).findings)
    assert len(found) > len(INVALID)


@pytest.mark.timeout(400)
@pytest.mark.usefixtures("never_whole")
@pytest.mark.parametrize("seed", [101, 103])
def test_random_damage_is_found_as_in_the_whole_graph(store: Store, seed: int) -> None:
    source = Changes(store, seed)
    changes = (change for change in (source.next() for _ in range(25)) if change)

    found = checked(store, changes)

    assert found == set(check_dataset(store).findings)
    assert found


@pytest.mark.usefixtures("never_whole")
def test_what_is_right_has_no_finding(store: Store) -> None:
    note = NamedNode("http://www.w3.org/2004/02/skos/core#editorialNote")
    added = Quad(NamedNode(CITY), note, Literal("A note.", language="en"), NamedNode("urn:notes"))

    assert checked(store, [Change(added=(added,))]) == set()


@pytest.mark.usefixtures("never_whole")
def test_what_points_at_a_thing_that_is_gone_is_found(store: Store) -> None:
    gone = tuple(
        quad
        for quad in store.quads_for_pattern(NamedNode(CITY), None, None, None)
        if isinstance(quad.graph_name, NamedNode) and quad.graph_name.value != INFERENCES
    )

    found = checked(store, [Change(removed=gone)])

    assert {finding.component for finding in found} >= {"dangling-link"}
    assert any(finding.focus != CITY for finding in found)


def test_a_change_of_a_shape_is_judged_on_the_whole_graph(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = Report(findings=())
    monkeypatch.setattr(neighbourhood, "check_dataset", lambda *_, **__: everything)
    quad = next(quad for quad in store if str(quad.graph_name).startswith(f"<{GRAPHS}shapes/"))

    assert check_change(store, applied(store, Change(removed=(quad,)))) is everything


def test_too_large_a_change_is_judged_on_the_whole_graph(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = Report(findings=())
    monkeypatch.setattr(neighbourhood, "check_dataset", lambda *_, **__: everything)
    monkeypatch.setattr(neighbourhood, "MOST_NODES", 3)
    cities = tuple(store.quads_for_pattern(None, None, None, NamedNode(f"{GRAPHS}places/cities")))

    assert check_change(store, applied(store, Change(removed=cities))) is everything
