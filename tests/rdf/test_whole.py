"""Whole graphs as text: into a store and out of it as statement by statement."""

import pytest

from clipgraph.rdf.lines import line
from clipgraph.rdf.terms import NamedNode, Quad, Store
from clipgraph.rdf.whole import lines_of, load_quads, load_turtle, quads_of

G = "urn:g"


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_turtle_goes_into_its_graph(mark: str) -> None:
    store = Store()

    assert load_turtle(store, f"{mark}<urn:a> <urn:b> 1.50, 'é . \\n', \"_:x\" .".encode(), G)
    assert {str(quad.graph_name) for quad in store} == {"<urn:g>"}
    assert lines_of(store, G).decode().splitlines() == [line(quad) for quad in store]
    assert len(list(store)) == 3


@pytest.mark.parametrize(
    "content",
    [
        b"<urn:a> <urn:b> 1 . <urn:a> ",
        b"<urn:a> <urn:b> <relative> .",
        b"<urn:a> <urn:b> 1 . # \xff",
        b"<urn:a> <urn:b> 1 ; <urn:c> [ <urn:d> 2 ] .",
        b"_:a <urn:b> 1 .",
        b"<urn:a> <urn:b> ( 1 ) .",
        b"<urn:a> <urn:b> <<( <urn:c> <urn:d> <<( _:x <urn:e> 1 )>> )>> .",
    ],
    ids=["broken", "relative", "no UTF-8", "nested", "labelled", "list", "triple term"],
)
def test_of_what_is_broken_or_has_blank_nodes_nothing_stays(content: bytes) -> None:
    store = Store()

    assert not load_turtle(store, content, G)
    assert (list(store), list(store.named_graphs())) == ([], [])


@pytest.mark.parametrize("number", [3, 40_000])
def test_quads_are_loaded_however_many(number: int) -> None:
    node, graph = NamedNode("urn:n"), NamedNode(G)
    lines = b"".join(f'<urn:n> <urn:n> "{each} ." .\n'.encode() for each in range(number))
    store = Store()

    load_quads(store, [quads_of(lines, G), b"", lines])

    assert sum(1 for _ in store.quads_for_pattern(node, node, None, graph)) == number
    assert sum(1 for _ in store) == 2 * number
    first: Quad = next(store.quads_for_pattern(None, None, None, graph))
    assert first.object.value.endswith(" .")  # type: ignore[union-attr]
