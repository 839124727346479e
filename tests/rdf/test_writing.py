"""What we write, the engine reads back."""

import pyoxigraph as ox
import pytest

from clipgraph.rdf.formats import GRAPHS, RDF_XML, TURTLE, Format
from clipgraph.rdf.terms import Literal, NamedNode, Triple
from clipgraph.rdf.writing import write

TRIPLES = [
    Triple(
        NamedNode("urn:a"), NamedNode("http://www.w3.org/2002/07/owl#sameAs"), NamedNode("http://a/b?c=d&e")
    ),
    Triple(NamedNode("urn:a"), NamedNode("http://a/p"), Literal('é "<&>\n\\ 😀', language="de")),
    Triple(NamedNode("urn:a"), NamedNode("http://a/p"), Literal("a\r\nb\rc")),
]


@pytest.mark.parametrize("form", GRAPHS, ids=lambda form: form.name)
def test_every_format_holds_the_triples(form: Format) -> None:
    read = ox.parse(write(TRIPLES, form), format=ox.RdfFormat.from_media_type(form.media_type))

    assert {quad.triple for quad in read} == set(TRIPLES)


def test_a_carriage_return_is_no_line_end_of_the_xml() -> None:
    assert b"a&#13;\nb&#13;c" in write(TRIPLES, RDF_XML)


def test_turtle_uses_the_table() -> None:
    assert b"owl:sameAs" in write(TRIPLES, TURTLE)
