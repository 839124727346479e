"""The digest of a graph is a sum."""

from clipgraph.rdf.terms import Literal, NamedNode, Quad
from clipgraph.releases.digest import digest
from testing_releases import quad


def test_order_and_graph_do_not_matter() -> None:
    assert digest([quad(1), quad(2), quad(3)]) == digest([quad(3), quad(1, "urn:x"), quad(2)])


def test_it_is_additive() -> None:
    one, other = int(digest([quad(1)]), 16), int(digest([quad(2), quad(3)]), 16)

    assert int(digest([quad(1), quad(2), quad(3)]), 16) == (one + other) % 2**256


def test_an_empty_graph_is_zero() -> None:
    assert digest([]) == "0" * 64


def test_literals_that_look_alike_differ() -> None:
    node, integer = NamedNode("urn:a"), NamedNode("http://www.w3.org/2001/XMLSchema#integer")
    literals = [
        Literal("1"),
        Literal("1", datatype=integer),
        Literal("1", language="en"),
        Literal("01", datatype=integer),
    ]

    assert len({digest([Quad(node, node, literal)]) for literal in literals}) == 4
