"""Builds the dataset that a set of named graphs makes: merged default graph and inferences."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from clipgraph.rdf.terms import NamedNode, Quad, Store
from clipgraph.releases.change import Change, difference
from clipgraph.releases.following import Following, TooMany
from clipgraph.releases.inference import forget, materialise
from clipgraph.releases.merge import (
    Merged,
    apply_stated,
    in_default,
    is_merged,
    merge_change,
    still_stated,
)
from clipgraph.releases.rules import read_rules
from clipgraph.sparql.cursor import Unread
from clipgraph.sparql.library import LibraryQuery

_MOST_FOLLOWED = 2_000  # quads of a Change


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


def settle_by_following(
    store: Store, change: Change, merged: Merged, rules: Sequence[LibraryQuery], inferences: str
) -> Settled | None:
    """Do what ``settle`` does in time that grows with the Change, not with the store.

    The default graph and the inferences are those of before, by the same rules. Returns None, with the store
    as it was, where the Change is large, reaches far, or a rule cannot be followed.
    """
    if len(change.added) + len(change.removed) > _MOST_FOLLOWED:
        return None
    try:
        following = Following(store, read_rules(rules), inferences)
    except Unread:
        return None
    try:
        following.state(quad.triple for quad in change.added if is_merged(quad, merged))
        following.retract(
            quad.triple
            for quad in change.removed
            if is_merged(quad, merged) and not still_stated(store, quad, merged)
        )
        return Settled(*following.follow())
    except (TooMany, Unread):
        following.undo()
        return None


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
