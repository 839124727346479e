"""Copies a store into the plain rdflib graphs that pySHACL judges rightly."""

from collections.abc import Iterable, Iterator
from contextlib import suppress

import rdflib

from clipgraph.rdf.identity import GENID
from clipgraph.rdf.terms import BlankNode, Literal, NamedNode, Node, Quad, Store, Triple
from clipgraph.sources.graphs import DERIVED, DESCRIPTIONS, GRAPHS, INFERENCES

SHAPES = GRAPHS + "shapes/"
# Declares the terms of others: nothing in it is ours to mend, so it is never a target.
EXTERNAL = GRAPHS + "ontology/external"


class Terms:
    """The same terms on both sides: the store's and rdflib's, each made once."""

    def __init__(self) -> None:
        self._there: dict[Node, rdflib.term.Identifier] = {}
        self._back: dict[rdflib.term.Node, Node] = {}

    def copy(self) -> "Terms":
        """Return the same terms, to add others to."""
        copied = Terms()
        copied._there.update(self._there)
        copied._back.update(self._back)
        return copied

    def to_rdflib(self, term: Node) -> rdflib.term.Identifier:
        """Return rdflib's equal of a term; a skolem IRI is the blank node it stands for."""
        found = self._there.get(term)
        if found is None:
            found = self._there[term] = _converted(term)
            self._back[found] = term
        return found

    def to_store(self, node: rdflib.term.Node | None) -> tuple[Node | None, ...]:
        """Return the terms of a store that are this one for rdflib; None, which stands for any, is itself."""
        if node is None:
            return (None,)
        found = self._back.get(node)
        return (found,) if found is not None else tuple(_stored(node))

    def from_rdflib(self, node: rdflib.term.Node | None) -> Node | None:
        """Return the store's term, or None for a node that is not in the store."""
        return None if node is None else self._back.get(node)


def _converted(term: Node) -> rdflib.term.Identifier:
    if isinstance(term, Literal):
        if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        plain = term.datatype.value == str(rdflib.XSD.string)
        # Without normalize=False "01"^^xsd:integer would turn into "1" and its line would not be found.
        return rdflib.Literal(
            term.value, datatype=None if plain else rdflib.URIRef(term.datatype.value), normalize=False
        )
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    skolem = term.value.startswith(GENID)
    return rdflib.BNode(term.value.removeprefix(GENID)) if skolem else rdflib.URIRef(term.value)


def _stored(node: rdflib.term.Node) -> Iterator[Node]:
    with suppress(ValueError):  # what a store does not take is not in it
        if isinstance(node, rdflib.BNode):
            yield NamedNode(GENID + str(node))
            yield BlankNode(str(node))
        elif isinstance(node, rdflib.URIRef):
            yield NamedNode(str(node))
        elif isinstance(node, rdflib.Literal) and node.language:
            yield Literal(str(node), language=node.language)
        elif isinstance(node, rdflib.Literal):
            yield Literal(str(node), datatype=NamedNode(str(node.datatype or rdflib.XSD.string)))


def is_data(graph: str) -> bool:
    """Tell whether a named graph is part of the data graph."""
    return graph != EXTERNAL and not is_shapes(graph) and not graph.startswith(DESCRIPTIONS)


def is_shapes(graph: str) -> bool:
    """Tell whether a named graph holds shapes."""
    return graph.startswith(SHAPES)


def data_and_shapes(store: Store, terms: Terms) -> tuple[rdflib.Graph, rdflib.Graph]:
    """Return the data graph and the shapes graph of a dataset.

    The data are all named graphs but the shapes, the declarations of external terms and what is said of the
    dataset itself: the ontology among them, because SHACL follows its class tree (https://www.w3.org/TR/shacl/#dfn-shacl-instance).
    """
    data, shapes = rdflib.Graph(bind_namespaces="none"), rdflib.Graph(bind_namespaces="none")
    for quad in named(store):
        name = quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""
        if is_data(name):
            _add(data, quad, terms)
        elif is_shapes(name):
            _add(shapes, quad, terms)
    return data, shapes


def shapes_graph(quads: Iterable[Quad], terms: Terms) -> rdflib.Graph:
    """Return the quads of shapes graphs as one graph."""
    shapes = rdflib.Graph(bind_namespaces="none")
    for quad in quads:
        _add(shapes, quad, terms)
    return shapes


def named(store: Store) -> Iterable[Quad]:
    """Yield the quads of the named graphs: the default graph and the descriptions only repeat them."""
    repeating = DERIVED - {INFERENCES}
    for quad in store:
        name = quad.graph_name
        if isinstance(name, NamedNode) and name.value not in repeating:
            yield quad


def _add(graph: rdflib.Graph, quad: Quad, terms: Terms) -> None:
    # A triple term has no place in data/ (the check of blank nodes reports it), and none in rdflib.
    if isinstance(quad.subject, Triple) or isinstance(quad.object, Triple):
        return
    graph.add((terms.to_rdflib(quad.subject), terms.to_rdflib(quad.predicate), terms.to_rdflib(quad.object)))
