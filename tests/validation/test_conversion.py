"""From the store to rdflib: the same terms, the right graphs."""

import pytest
import rdflib

from clipgraph.rdf.identity import GENID
from clipgraph.rdf.terms import DefaultGraph, Literal, NamedNode, Node, Quad, Store
from clipgraph.sources.graphs import GRAPHS
from clipgraph.validation.conversion import EXTERNAL, Terms, data_and_shapes, is_shapes

XSD = "http://www.w3.org/2001/XMLSchema#"
S, P = NamedNode("http://example.org/s"), NamedNode("http://example.org/p")


@pytest.mark.parametrize(
    ("term", "equal"),
    [
        (S, rdflib.URIRef("http://example.org/s")),
        (Literal("x"), rdflib.Literal("x")),
        (Literal("Straße", language="de"), rdflib.Literal("Straße", lang="de")),
        (
            Literal("01", datatype=NamedNode(XSD + "integer")),
            rdflib.Literal("01", datatype=rdflib.XSD.integer, normalize=False),
        ),
        (NamedNode(GENID + "abc"), rdflib.BNode("abc")),
    ],
)
def test_a_term_is_the_same_on_both_sides(term: Node, equal: rdflib.term.Identifier) -> None:
    terms = Terms()
    assert terms.to_rdflib(term) == equal
    assert terms.from_rdflib(equal) == term


def test_a_node_that_is_not_in_the_store_has_no_term() -> None:
    assert Terms().from_rdflib(rdflib.Literal("x")) is None
    assert Terms().from_rdflib(None) is None


def test_shapes_are_apart_and_declarations_of_others_are_no_data() -> None:
    names = {"data/x": "d", "ontology/clipgraph": "o", "shapes/x": "s", "ontology/external": "e"}
    store = Store()
    store.extend(Quad(S, P, Literal(value), NamedNode(GRAPHS + name)) for name, value in names.items())
    store.add(Quad(S, P, Literal("default"), DefaultGraph()))
    data, shapes = data_and_shapes(store, Terms())
    assert {str(value) for value in data.objects()} == {"d", "o"}
    assert {str(value) for value in shapes.objects()} == {"s"}


def test_which_graph_holds_shapes() -> None:
    assert is_shapes(GRAPHS + "shapes/practice")
    assert not is_shapes(EXTERNAL)
