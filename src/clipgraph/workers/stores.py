"""The stores that a query worker has open: finished releases, and merged copies of some of their graphs.

Standard library and engine only: a worker imports this.
"""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyoxigraph as ox

from clipgraph.workers.datasets import Dataset

_OPEN_RELEASES = 2
_KEPT_COPIES = 2
# A copy takes some 250 to 550 bytes a triple; a larger one is let go of, so that it is not taken from the
# memory of the queries that follow.
_LARGEST_KEPT = 200_000
_MOST_REMEMBERED = 1000


class Unreadable(Exception):
    """A release's store cannot be opened."""


@dataclass
class _Open:
    """A release's store, and what was found out about its graphs."""

    store: ox.Store
    disjoint: dict[tuple[str, ...], bool] = field(default_factory=dict)
    copies: OrderedDict[Dataset, ox.Store] = field(default_factory=OrderedDict)


class Stores:
    """The releases that this worker has open: the last two it was asked for."""

    def __init__(self) -> None:
        self._open: OrderedDict[str, _Open] = OrderedDict()

    def open(self, path: str) -> ox.Store:
        """Return the finished store at ``path``, opened read-only; raises Unreadable."""
        return self._release(path).store

    def _release(self, path: str) -> _Open:
        release = self._open.get(path)
        if release is None:
            try:
                release = self._open[path] = _Open(ox.Store.read_only(path))
            except (OSError, ValueError, RuntimeError) as error:
                raise Unreadable(f"{path}: {error}") from error
            if len(self._open) > _OPEN_RELEASES:
                self._open.popitem(last=False)
        self._open.move_to_end(path)
        return release

    def query(self, path: str, text: str, base: str | None, dataset: Dataset | None) -> Any:  # noqa: ANN401
        """Evaluate a query on a release, on the dataset where one is given; raises what the engine raises.

        The default graph of a dataset is the merge of its graphs
        (https://www.w3.org/TR/sparql11-query/#specifyingDataset), where a triple stands once. The engine
        gives a triple once for each graph that it stands in, so where one does stand in several, the query
        is evaluated on a copy in memory.
        """
        release = self._release(path)
        if dataset is None:
            return release.store.query(text, base_iri=base)
        named = _nodes(dataset.named)
        if len(dataset.default) < 2 or _disjoint(release, dataset.default):  # noqa: PLR2004
            default = _nodes(dataset.default)
            return release.store.query(text, base_iri=base, default_graph=default, named_graphs=named)
        copy = _copy(release, dataset)
        return copy.query(text, base_iri=base, default_graph=ox.DefaultGraph(), named_graphs=named)


def _nodes(iris: Iterable[str]) -> list[Any]:
    return [ox.NamedNode(iri) for iri in iris]


def _disjoint(release: _Open, graphs: tuple[str, ...]) -> bool:
    """Tell whether no triple stands in two of the graphs; found out once."""
    key = tuple(sorted(graphs))
    if key not in release.disjoint:
        if len(release.disjoint) >= _MOST_REMEMBERED:
            release.disjoint.clear()
        counts = [
            _count(release.store, f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}", key)
            for pattern in ("?s ?p ?o", "SELECT DISTINCT ?s ?p ?o { ?s ?p ?o }")
        ]
        release.disjoint[key] = counts[0] == counts[1]
    return release.disjoint[key]


def _count(store: ox.Store, text: str, graphs: Sequence[str]) -> int:
    rows: Any = store.query(text, default_graph=_nodes(graphs))
    return int(next(rows)["n"].value)


def _copy(release: _Open, dataset: Dataset) -> ox.Store:
    """Return a store with the merge as its default graph, and the named graphs."""
    key = Dataset(tuple(sorted(dataset.default)), tuple(sorted(dataset.named)))
    copy = release.copies.get(key)
    if copy is None:
        copy = ox.Store()
        copy.bulk_extend(_quads(release.store, key))
        if len(copy) <= _LARGEST_KEPT:
            release.copies[key] = copy
            if len(release.copies) > _KEPT_COPIES:
                release.copies.popitem(last=False)
    else:
        release.copies.move_to_end(key)
    return copy


def _quads(store: ox.Store, dataset: Dataset) -> Iterator[ox.Quad]:
    for graph in _nodes(dataset.default):
        for quad in store.quads_for_pattern(None, None, None, graph):
            yield ox.Quad(quad.subject, quad.predicate, quad.object)
    for graph in _nodes(dataset.named):
        yield from store.quads_for_pattern(None, None, None, graph)
