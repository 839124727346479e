"""The data graph of a store, looked up in place: what a whole copy would answer, without the copy."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import rdflib
from rdflib.store import Store as RdflibStore

from clipgraph.rdf.terms import Literal, NamedNode, Node, Quad, Store, Triple
from clipgraph.validation.conversion import Terms, is_data

_Found = dict[tuple[Any, Any, Any], None]


class Data:
    """The triples of all named graphs that are data, each once, in a store that does not change."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[object, bool] = {}

    def __call__(self, subject: Node | None, predicate: Node | None, value: Node | None) -> list[Triple]:
        """Return the triples that fit, of which None is any."""
        if isinstance(subject, Literal) or not isinstance(predicate, NamedNode | None):
            return []
        quads = self._store.quads_for_pattern(subject, predicate, value, None)
        return list(dict.fromkeys(quad.triple for quad in quads if self._is_data(quad)))

    def _is_data(self, quad: Quad) -> bool:
        name = quad.graph_name
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = isinstance(name, NamedNode) and is_data(name.value)
        return known


class LiveStore(RdflibStore):
    """Makes an rdflib graph of the data without copying them.

    Terms are those that copying would make (see Terms), so that pySHACL judges as on the copy. It does not
    with pySHACL's or oxrdflib's own ways to a store, which change plain strings.
    """

    # pySHACL takes no other stores; all that it asks is of this one graph.
    context_aware = True
    graph_aware = True

    def __init__(self, data: Data, terms: Terms) -> None:
        super().__init__()
        self._data, self._terms = data, terms
        self._found: dict[tuple[object, ...], _Found] = {}

    def triples(
        self,
        triple_pattern: tuple[Any, Any, Any],
        context: object = None,  # noqa: ARG002
    ) -> Iterator[tuple[tuple[Any, Any, Any], Iterator[None]]]:
        """Yield the triples that fit a pattern, each with no contexts."""
        subject, predicate, value = triple_pattern
        all_values = self._found.get((subject, predicate, None))
        if value is not None and all_values is not None:
            if triple_pattern in all_values:
                yield triple_pattern, iter(())
            return
        for triple in self._matches(subject, predicate, value):
            yield triple, iter(())

    def __len__(self, context: object = None) -> int:
        """Return 1: pySHACL only asks whether there is a graph at all, a hundred times over."""
        return 1

    def _matches(self, subject: Any, predicate: Any, value: Any) -> _Found:  # noqa: ANN401
        key = (subject, predicate, value)
        found = self._found.get(key)
        if found is None:
            found = dict.fromkeys(self._looked_up(subject, predicate, value))
            if predicate is not None and (subject is not None or value is not None):
                self._found[key] = found
        return found

    def _looked_up(self, subject: Any, predicate: Any, value: Any) -> Iterator[tuple[Any, Any, Any]]:  # noqa: ANN401
        convert = self._terms.to_rdflib
        to_store = self._terms.to_store
        for first, verb, last in product(to_store(subject), to_store(predicate), to_store(value)):
            for triple in self._data(first, verb, last):
                if not (isinstance(triple.subject, Triple) or isinstance(triple.object, Triple)):
                    there = convert(triple.object)
                    # The engine takes 1 and 01 for the same number, rdflib does not.
                    if value is None or there == value:
                        yield convert(triple.subject), convert(triple.predicate), there


def live_graph(data: Data, terms: Terms) -> rdflib.Graph:
    """Return the data as an rdflib graph that reads the store."""
    return rdflib.Graph(store=LiveStore(data, terms), bind_namespaces="none")
