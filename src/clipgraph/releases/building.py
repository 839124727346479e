"""Builds the dataset that a set of named graphs makes: merged default graph and inferences."""

from collections.abc import Iterable, Sequence

from clipgraph.rdf.terms import Quad, Store
from clipgraph.releases.change import Change
from clipgraph.releases.inference import forget, materialise
from clipgraph.releases.merge import Merged, apply_stated, merge_change
from clipgraph.sparql.library import LibraryQuery


def update_dataset(
    store: Store, change: Change, merged: Merged, rules: Sequence[LibraryQuery], inferences: str
) -> int:
    """Bring named graphs, default graph and inferences of a store up to date for a Change.

    Returns:
        The number of inferred triples.
    """
    apply_stated(store, change)
    return settle(store, change, merged, rules, inferences)


def settle(
    store: Store, change: Change, merged: Merged, rules: Sequence[LibraryQuery], inferences: str
) -> int:
    """Bring default graph and inferences up to date for a Change that the named graphs have already.

    Returns:
        The number of inferred triples.
    """
    forget(store, inferences)
    merge_change(store, change, merged)
    return materialise(store, rules, inferences)


def build_dataset(
    quads: Iterable[Quad], merged: Merged, rules: Sequence[LibraryQuery], inferences: str
) -> Store:
    """Return a new store in memory with the quads, the merged default graph and the inferences."""
    store = Store()
    update_dataset(store, Change(added=tuple(quads)), merged, rules, inferences)
    return store
