"""Keeps the default graph the merge, as a set, of the merged named graphs (design: datasets)."""

from collections.abc import Callable, Iterable

from clipgraph.rdf.terms import DefaultGraph, NamedNode, Quad, Store
from clipgraph.releases.change import Change

DEFAULT = DefaultGraph()
Merged = Callable[[str], bool]


def apply_change(store: Store, change: Change, merged: Merged) -> None:
    """Apply a Change to the named graphs and bring the default graph up to date for it.

    Args:
        store: the staged store, changed in place.
        change: the quads to take out and to put in, each in a named graph.
        merged: whether the default graph holds the triples of the graph with this IRI.
    """
    for quad in change.removed:
        store.remove(quad)
    store.extend(change.added)
    store.extend(_in_default(quad for quad in change.added if _is_merged(quad, merged)))
    for quad in change.removed:
        if _is_merged(quad, merged) and not _still_stated(store, quad, merged):
            store.remove(Quad(quad.subject, quad.predicate, quad.object, DEFAULT))
    for graph in {quad.graph_name for quad in change.removed}:
        if next(store.quads_for_pattern(None, None, None, graph), None) is None:
            store.remove_graph(graph)  # an empty graph is no graph


def _in_default(quads: Iterable[Quad]) -> Iterable[Quad]:
    return (Quad(quad.subject, quad.predicate, quad.object, DEFAULT) for quad in quads)


def _is_merged(quad: Quad, merged: Merged) -> bool:
    return isinstance(quad.graph_name, NamedNode) and merged(quad.graph_name.value)


def _still_stated(store: Store, quad: Quad, merged: Merged) -> bool:
    """Tell whether another merged named graph states the triple."""
    same = store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
    return any(_is_merged(other, merged) for other in same)
