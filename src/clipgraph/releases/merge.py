"""Keeps the default graph the merge, as a set, of the merged named graphs (design: datasets)."""

from collections.abc import Callable, Collection, Iterable

from clipgraph.rdf.terms import BlankNode, DefaultGraph, NamedNode, Quad, Store
from clipgraph.releases.change import Change

DEFAULT = DefaultGraph()
Merged = Callable[[str], bool]
_MANY = 10_000  # quads


def apply_change(store: Store, change: Change, merged: Merged) -> None:
    """Apply a Change to the named graphs and bring the default graph up to date for it.

    Args:
        store: the staged store, changed in place.
        change: the quads to take out and to put in, each in a named graph.
        merged: whether the default graph holds the triples of the graph with this IRI.
    """
    apply_stated(store, change)
    merge_change(store, change, merged)


def apply_stated(store: Store, change: Change) -> None:
    """Take out and put in the quads of a Change, and nothing else."""
    for quad in change.removed:
        store.remove(quad)
    put(store, change.added)
    for graph in {quad.graph_name for quad in change.removed}:
        if not isinstance(graph, DefaultGraph) and is_empty(store, graph):
            store.remove_graph(graph)  # an empty graph is no graph


def put(store: Store, quads: Collection[Quad]) -> None:
    """Put quads into a staged store.

    Many are loaded in bulk: that is several times as fast, and leaves no journal of their size behind. It is
    no transaction, which nothing needs here: a store that is not finished is thrown away.
    """
    if len(quads) < _MANY:
        store.extend(quads)
    else:
        store.bulk_extend(quads)


def is_empty(store: Store, graph: NamedNode | BlankNode) -> bool:
    """Tell whether a graph of the store has no triple."""
    return next(store.quads_for_pattern(None, None, None, graph), None) is None


def merge_change(store: Store, change: Change, merged: Merged) -> Change:
    """Bring the default graph up to date for a Change that the named graphs have already.

    Returns:
        The exact Change of the default graph.
    """
    new = dict.fromkeys(in_default(quad for quad in change.added if is_merged(quad, merged)))
    added = tuple(quad for quad in new if quad not in store)
    put(store, added)
    gone = in_default(
        quad for quad in change.removed if is_merged(quad, merged) and not still_stated(store, quad, merged)
    )
    removed = tuple(quad for quad in dict.fromkeys(gone) if quad in store)
    for quad in removed:
        store.remove(quad)
    return Change(added, removed)


def in_default(quads: Iterable[Quad]) -> Iterable[Quad]:
    """Yield the triples of the quads as quads of the default graph."""
    return (Quad(quad.subject, quad.predicate, quad.object, DEFAULT) for quad in quads)


def is_merged(quad: Quad, merged: Merged) -> bool:
    """Tell whether the default graph holds a quad's triple for the quad's sake."""
    return isinstance(quad.graph_name, NamedNode) and merged(quad.graph_name.value)


def still_stated(store: Store, quad: Quad, merged: Merged) -> bool:
    """Tell whether another merged named graph states the triple."""
    same = store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
    return any(is_merged(other, merged) for other in same)
