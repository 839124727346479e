"""The default graph is the merge, as a set, of the merged named graphs."""

import random

import pytest

from clipgraph.rdf.terms import NamedNode, Quad, Store
from clipgraph.releases.change import Change, difference
from clipgraph.releases.merge import DEFAULT, apply_change
from testing_releases import quad


def merged(iri: str) -> bool:
    return iri != "urn:hidden"


def default(store: Store) -> list[Quad]:
    return list(store.quads_for_pattern(None, None, None, DEFAULT))


def stored(*changes: Change) -> Store:
    store = Store()
    for change in changes:
        apply_change(store, change, merged)
    return store


BOTH = Change(added=(quad(1, "urn:a"), quad(1, "urn:b")))


@pytest.mark.parametrize(
    ("removed", "left"), [((), 1), (("urn:a",), 1), (("urn:b",), 1), (("urn:a", "urn:b"), 0)]
)
def test_a_triple_of_two_graphs_comes_once_and_stays_while_one_states_it(
    removed: tuple[str, ...], left: int
) -> None:
    store = stored(BOTH, Change(removed=tuple(quad(1, graph) for graph in removed)))

    assert len(default(store)) == left
    assert len(list(store.query("SELECT * { ?s ?p ?o }"))) == left  # type: ignore[arg-type]


def test_an_unmerged_graph_neither_shows_nor_keeps() -> None:
    store = stored(Change(added=(quad(1, "urn:hidden"),)))
    assert default(store) == []

    apply_change(store, Change(added=(quad(1, "urn:a"),)), merged)
    apply_change(store, Change(removed=(quad(1, "urn:a"),)), merged)
    assert default(store) == []
    assert quad(1, "urn:hidden") in store


def test_taking_from_an_unmerged_graph_takes_nothing_else() -> None:
    store = stored(
        Change(added=(quad(1, "urn:a"), quad(1, "urn:hidden"))), Change(removed=(quad(1, "urn:hidden"),))
    )

    assert len(default(store)) == 1


def test_an_empty_graph_is_no_graph() -> None:
    store = stored(BOTH, Change(removed=(quad(1, "urn:a"),)))

    assert list(store.named_graphs()) == [NamedNode("urn:b")]


@pytest.mark.parametrize("seed", range(10))
def test_any_history_gives_what_building_anew_gives(seed: int) -> None:
    source = random.Random(seed)  # noqa: S311
    universe = [quad(number, graph) for number in range(1, 6) for graph in ("urn:a", "urn:b", "urn:hidden")]
    store, now = Store(), set[Quad]()
    for _ in range(30):
        after = set(source.sample(universe, source.randint(0, len(universe))))
        apply_change(store, difference(now, after), merged)
        now = after

        assert set(store) == set(stored(Change(added=tuple(now))))
