"""Property paths: at least the pairs that the engine finds, and exactly those where one link says it all."""

import pyoxigraph as ox
import pytest
from hypothesis import given

from clipgraph.rdf.terms import NamedNode, Node, Quad, Store, Triple
from clipgraph.sparql.cursor import Cursor, Unread
from clipgraph.sparql.paths import Link, Links, read_path
from clipgraph.sparql.patterns import Edge
from testing_groups import EX, NODES, PREFIXES, graphs, paths, same

P0, P1 = (NamedNode(f"{EX}p{number}") for number in (0, 1))
FORTH, BACK, OTHER = Edge(P0), Edge(P0, inverse=True), Edge(P1)
Pairs = set[tuple[Node, Node]]


def read(text: str) -> Links:
    cursor = Cursor(text, PREFIXES)
    found = read_path(cursor)
    cursor.expect_end()
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ex:p0", (Link((FORTH,)),)),
        ("<http://example.org/p0>", (Link((FORTH,)),)),
        ("^ex:p0", (Link((BACK,)),)),
        ("^(^ex:p0)", (Link((FORTH,)),)),
        ("((ex:p0))", (Link((FORTH,)),)),
        ("ex:p0/ex:p1", (Link((FORTH,)), Link((OTHER,)))),
        ("^(ex:p1/ex:p0)", (Link((BACK,)), Link((Edge(P1, inverse=True),)))),
        ("ex:p0|ex:p1", (Link((FORTH, OTHER)),)),
        ("ex:p0|^ex:p0|ex:p0", (Link((FORTH, BACK)),)),
        ("ex:p0*", (Link((FORTH,), transitive=True, reflexive=True),)),
        ("ex:p0+", (Link((FORTH,), transitive=True),)),
        ("ex:p0?", (Link((FORTH,), reflexive=True),)),
        ("^ex:p0*", (Link((BACK,), transitive=True, reflexive=True),)),
        ("(ex:p0?)+", (Link((FORTH,), transitive=True, reflexive=True),)),
        ("ex:p0|ex:p1/ex:p0", (Link((FORTH, OTHER), transitive=True),)),
        ("ex:p0|ex:p1?", (Link((FORTH, OTHER), reflexive=True),)),
        # Of a sequence no step at all will do only where it will for each of its members.
        ("ex:p0|ex:p1?/ex:p0", (Link((FORTH, OTHER), transitive=True),)),
        ("ex:p0|ex:p1?/ex:p0*", (Link((FORTH, OTHER), transitive=True, reflexive=True),)),
        ("(ex:p0/ex:p1)+", (Link((FORTH, OTHER), transitive=True),)),
        ("(ex:p0/ex:p1)?", (Link((FORTH, OTHER), transitive=True, reflexive=True),)),
        ("a", (Link((Edge(NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")),)),)),
        ("ex:p0 # }\n / ex:p1", (Link((FORTH,)), Link((OTHER,)))),
    ],
)
def test_a_path_as_links(text: str, expected: Links) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "!ex:p0",
        "!(ex:p0|^ex:p1)",
        "(ex:p0",
        "ex:p0/",
        "|ex:p0",
        "ex:p0|",
        "'a'",
        "?x",
        "ex:p0/?x",
        "^",
        "()",
        "*",
    ],
)
def test_what_is_no_path_here(text: str) -> None:
    with pytest.raises(Unread):
        read(text)


@pytest.mark.parametrize("text", ["ex:p0**", "ex:p0{2}", "ex:p0 ex:p1", "ex:p0)"])
def test_a_path_ends_before_what_is_not_of_it(text: str) -> None:
    with pytest.raises(Unread):
        read(text)


def related(link: Link, graph: frozenset[Triple]) -> Pairs:
    """Return the pairs that a link relates, straight from its definition."""
    found: Pairs = set()
    for edge in link.edges:
        for subject, predicate, value in graph:
            if (
                edge.predicate == predicate
                and not isinstance(subject, Triple)
                and not isinstance(value, Triple)
            ):
                found.add((value, subject) if edge.inverse else (subject, value))
    while link.transitive and (more := joined(found, found) - found):
        found |= more
    # To the engine no step at all is one of the nodes in the graph.
    there = {
        end for triple in graph for end in (triple.subject, triple.object) if not isinstance(end, Triple)
    }
    return found | {(node, node) for node in there} if link.reflexive else found


def joined(left: Pairs, right: Pairs) -> Pairs:
    return {(first, last) for first, middle in left for other, last in right if middle == other}


def engine(path: str, graph: frozenset[Triple]) -> Pairs:
    store = Store()
    store.extend(Quad(*triple) for triple in graph)
    nodes = " ".join(map(str, NODES))
    found = store.query(
        f"PREFIX ex: <{EX}> SELECT ?s ?o {{ VALUES ?s {{ {nodes} }} VALUES ?o {{ {nodes} }} ?s {path} ?o }}"
    )
    assert isinstance(found, ox.QuerySolutions)
    return {(row["s"], row["o"]) for row in found}


@same(200)
@given(paths(), graphs())
def test_no_pair_is_missed(path: str, graph: frozenset[Triple]) -> None:
    links = read(path)

    found = related(links[0], graph)
    for link in links[1:]:
        found = joined(found, related(link, graph))

    assert found >= engine(path, graph)
    # Only what repeats or chooses among sequences is taken for more than it is.
    if "/" not in path and not ("|" in path and any(sign in path for sign in "*+?")):
        assert found == engine(path, graph)
