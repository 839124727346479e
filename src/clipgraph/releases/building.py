"""Builds the dataset that a set of named graphs makes: merged default graph and inferences."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from clipgraph.rdf.terms import NamedNode, Quad, Store
from clipgraph.releases.change import Change, difference
from clipgraph.releases.inference import forget, materialise
from clipgraph.releases.merge import Merged, apply_stated, in_default, merge_change
from clipgraph.sparql.library import LibraryQuery


@dataclass(frozen=True)
class Settled:
    """What follows from a Change: the exact Changes of the inferences, and of the default graph."""

    inferred: Change
    default: Change


def update_dataset(
    store: Store, change: Change, merged: Merged, rules: Sequence[LibraryQuery], inferences: str
) -> Settled:
    """Bring named graphs, default graph and inferences of a store up to date for a Change."""
    apply_stated(store, change)
    return settle(store, change, merged, rules, inferences)


def settle(
    store: Store, change: Change, merged: Merged, rules: Sequence[LibraryQuery], inferences: str
) -> Settled:
    """Bring default graph and inferences up to date for a Change that the named graphs have already."""
    before = _quads(store, inferences)
    forget(store, inferences)
    stated = merge_change(store, change, merged)  # what is inferred is not in the default graph now
    materialise(store, rules, inferences)
    inferred = difference(before, _quads(store, inferences))
    follows = Change(tuple(in_default(inferred.added)), tuple(in_default(inferred.removed)))
    return Settled(inferred, _together(stated, follows))


def _quads(store: Store, graph: str) -> list[Quad]:
    return list(store.quads_for_pattern(None, None, None, NamedNode(graph)))


def _together(first: Change, second: Change) -> Change:
    """Return two Changes of different quads as one; what one takes out and the other puts in cancels out."""
    added, removed = {*first.added, *second.added}, {*first.removed, *second.removed}
    return Change(tuple(added - removed), tuple(removed - added))


def build_dataset(
    quads: Iterable[Quad], merged: Merged, rules: Sequence[LibraryQuery], inferences: str
) -> Store:
    """Return a new store in memory with the quads, the merged default graph and the inferences."""
    store = Store()
    update_dataset(store, Change(added=tuple(quads)), merged, rules, inferences)
    return store
