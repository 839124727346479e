"""Which nodes a Change reaches: all whose verdict it changes, found without a look at the whole graph."""

from collections.abc import Iterable

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, SH, URIRef

from clipgraph.errors import InputError
from clipgraph.rdf.terms import DefaultGraph, Literal, NamedNode, Node, Quad, Store, Triple
from clipgraph.releases.change import Change
from clipgraph.sources.graphs import GRAPHS
from clipgraph.validation.conversion import EXTERNAL, Terms, shapes_graph
from clipgraph.validation.footprint import SUBCLASS, TYPE, footprint
from clipgraph.validation.live import Data
from clipgraph.validation.reach import Both, Targets, TooMany, affected, data_triples
from clipgraph.validation.shacl import validate
from clipgraph.validation.targets import TARGETS, targets
from testing_groups import EX, NODES, same
from testing_shapes import HEAD, shapes

SHAPE = URIRef(EX + "S")
DATA = NamedNode("urn:data")
A: Node = Literal("a")
B: Node = Literal("b")
N0, N1, N2, N3 = NODES
P0, P1 = (NamedNode(f"{EX}p{number}") for number in (0, 1))
MANY = 10**6


def quads(triples: Iterable[Triple]) -> list[Quad]:
    return [Quad(t.subject, t.predicate, t.object, DATA) for t in triples]


class Judged:
    """A shapes graph with the data after a Change."""

    def __init__(self, text: str, data: Iterable[Triple]) -> None:
        self.terms = Terms()
        # As in a service: the shapes come out of a store.
        written = Store()
        written.load((HEAD + text).encode(), format=ox.RdfFormat.TURTLE, to_graph=DATA)
        self.shapes = shapes_graph(written, self.terms)
        store = Store()
        store.extend(quads(data))
        self.data = Data(store)
        self.targets = Targets(self.shapes, self.data, self.terms)

    def affected(
        self,
        added: Iterable[Triple] = (),
        removed: Iterable[Triple] = (),
        most: int = MANY,
        budget: int = MANY,
    ) -> set[Node]:
        """Return the nodes that SHAPE has to be asked about."""
        change = Change(tuple(quads(added)), tuple(quads(removed)))
        both = Both(self.data, budget)
        return affected(change, footprint(self.shapes), self.targets, both, most)[SHAPE]


def _triples() -> st.SearchStrategy[Triple]:
    predicates = st.sampled_from([P0, P0, P1, P1, TYPE, SUBCLASS])
    return st.builds(Triple, st.sampled_from(NODES[:3]), predicates, st.sampled_from(NODES[:3]))


def failing(asked: rdflib.Graph, triples: Iterable[Triple]) -> set[Node]:
    """Return the nodes that do not fit SHAPE, as pySHACL judges."""
    data = shapes_graph(quads(triples), Terms())
    found = {result.focus for result in validate(data, asked) if str(result.shape).startswith(EX + "asks/")}
    return {node for node in NODES if URIRef(node.value) in found}


def asking(shapes_: rdflib.Graph) -> rdflib.Graph:
    """Return the shapes with one more for each node, that only asks whether the node fits SHAPE."""
    asked = rdflib.Graph()
    for triple in shapes_:
        if triple[1] not in TARGETS:
            asked.add(triple)
    for number, node in enumerate(NODES):
        shape = URIRef(f"{EX}asks/{number}")
        for predicate, value in (
            (RDF.type, SH.NodeShape),
            (SH.targetNode, URIRef(node.value)),
            (SH.node, SHAPE),
        ):
            asked.add((shape, predicate, value))
    return asked


@pytest.mark.timeout(120)
@same(100, shrink=False)
@given(shapes(), st.frozensets(_triples(), max_size=8), _triples())
def test_every_node_is_reached_whose_verdict_changes(
    text: str, graph: frozenset[Triple], triple: Triple
) -> None:
    body, less, more = text.removeprefix(HEAD), graph - {triple}, graph | {triple}
    with_it, without_it = Judged(body, more), Judged(body, less)
    asked = asking(with_it.shapes)
    try:
        changed = failing(asked, more) ^ failing(asked, less)
    except InputError:  # pySHACL does not take every combination
        return

    assert {node for node in changed if SHAPE in with_it.targets.of(node)} <= with_it.affected(added=[triple])
    assert {node for node in changed if SHAPE in without_it.targets.of(node)} <= without_it.affected(
        removed=[triple]
    )


ASKED = (
    "ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:path ( ex:p0 ex:p1 ) ; sh:minCount 1 ] ."
)
C, D, E = (NamedNode(EX + name) for name in "CDE")
OF_CLASS = Triple(N0, TYPE, C)


def test_back_along_a_path_to_the_targets() -> None:
    link, value = Triple(N0, P0, N1), Triple(N1, P1, N2)
    judged = Judged(ASKED, [OF_CLASS, link, value, Triple(N3, P0, N1)])

    assert judged.affected(added=[value]) == {N0}
    assert judged.affected(added=[link]) == {N0}
    # N3 is no target, and N2 has nothing that leads to one.
    assert judged.affected(added=[Triple(N2, P1, N3)]) == set()
    assert judged.affected(added=[Triple(N0, P1, N1)]) == set()
    assert judged.affected() == set()


def test_by_way_of_what_was_taken_out_together() -> None:
    link, value = Triple(N0, P0, N1), Triple(N1, P1, N2)
    judged = Judged(ASKED, [OF_CLASS])

    assert judged.affected(removed=[link, value]) == {N0}
    assert judged.affected(removed=[value]) == set()


def test_a_node_that_becomes_a_target_by_the_class_tree() -> None:
    judged = Judged(
        ASKED, [Triple(N0, TYPE, D), Triple(D, SUBCLASS, E), Triple(E, SUBCLASS, C), Triple(N1, TYPE, D)]
    )

    assert judged.affected(added=[Triple(E, SUBCLASS, C)]) == {N0, N1}
    assert judged.affected(added=[Triple(N0, TYPE, D)]) == {N0}


def test_a_class_that_was_above_before() -> None:
    text = "ex:S sh:targetNode ex:n0 ; sh:property [ sh:path ex:p0 ; sh:class ex:C ] ."
    below, link, kind = Triple(D, SUBCLASS, C), Triple(N0, P0, N1), Triple(N1, TYPE, D)

    # All three are gone at once, so that only the state before knows why it was right.
    assert Judged(text, [link]).affected(removed=[below, kind]) == {N0}
    assert Judged(text, [link, kind]).affected(removed=[below]) == {N0}
    assert Judged(text, [link]).affected(removed=[Triple(N1, TYPE, E)]) == set()


def test_a_shape_that_nobody_can_tell_is_asked_about_all_its_targets() -> None:
    judged = Judged(
        ASKED.replace("sh:property", "sh:expression [] ; sh:property"), [OF_CLASS, Triple(N1, TYPE, C)]
    )

    assert judged.affected(added=[Triple(N2, P1, N3)]) == {N0, N1}
    with pytest.raises(TooMany):
        judged.affected(added=[Triple(N2, P1, N3)], most=1)


def test_more_nodes_than_are_worth_it() -> None:
    link = Triple(N3, P1, N2)
    judged = Judged(
        ASKED, [link, *(Triple(n, TYPE, C) for n in NODES[:3]), *(Triple(n, P0, N3) for n in NODES[:3])]
    )

    assert judged.affected(added=[link], most=3) == {N0, N1, N2}
    with pytest.raises(TooMany):
        judged.affected(added=[link], most=2)


def test_more_triples_than_are_worth_it() -> None:
    value = Triple(N1, P1, N2)
    judged = Judged(ASKED, [OF_CLASS, Triple(N0, P0, N1), value])

    assert judged.affected(added=[value], budget=2) == {N0}
    with pytest.raises(TooMany):
        judged.affected(added=[value], budget=1)


def test_only_statements_of_data_graphs_count() -> None:
    graphs_ = (DATA, NamedNode(GRAPHS + "shapes/x"), NamedNode(EXTERNAL), DefaultGraph())
    about = Quad(N0, P0, Triple(N0, P0, N1), DATA)

    assert list(data_triples([*(Quad(N0, P0, N1, graph) for graph in graphs_), about])) == [
        Triple(N0, P0, N1)
    ]


def both(*now: Triple, gone: Iterable[Triple] = ()) -> Both:
    store = Store()
    store.extend(quads(now))
    found = Both(Data(store), MANY)
    found.remember(gone)
    return found


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ((N0, None, None), {"now", "gone"}),
        ((N0, P0, None), {"now"}),
        ((None, P1, N2), {"gone"}),
        ((None, P1, N1), set()),
        ((N0, P1, N2), {"gone"}),
        ((None, None, None), {"now", "gone"}),
        ((None, P1, None), {"gone"}),
        ((N1, None, None), set()),
    ],
)
def test_what_was_taken_out_is_found_with_what_is_there(
    pattern: tuple[NamedNode | None, NamedNode | None, NamedNode | None], expected: set[str]
) -> None:
    names = {Triple(N0, P0, N1): "now", Triple(N0, P1, N2): "gone"}
    found = both(Triple(N0, P0, N1), gone=[Triple(N0, P1, N2)])

    assert {names[triple] for triple in found(*pattern)} == expected


def test_the_classes_above_before_and_after() -> None:
    found = both(Triple(C, SUBCLASS, D), gone=[Triple(D, SUBCLASS, E), Triple(E, SUBCLASS, C)])

    assert found.above(C) == {C, D, E}
    assert found.above(N0) == {N0}
    assert found.above(Triple(C, SUBCLASS, D)) == set()


TARGETED = """
ex:S a sh:NodeShape ; sh:targetClass ex:C .
ex:C a sh:NodeShape , rdfs:Class .
ex:T sh:targetSubjectsOf ex:p0 .
ex:U sh:targetObjectsOf ex:p0 .
ex:V sh:targetNode ex:n0 , "a" .
"""


def names_of(shapes_: Iterable[rdflib.term.Node]) -> str:
    return "".join(sorted(str(shape).removeprefix(EX) for shape in shapes_))


def test_the_shapes_of_a_node() -> None:
    judged = Judged(
        TARGETED, [Triple(N1, TYPE, D), Triple(D, SUBCLASS, C), Triple(N2, P0, N3), Triple(N3, TYPE, E)]
    )

    found = {node: names_of(judged.targets.of(node)) for node in (*NODES, A, B)}

    assert found == {N0: "V", N1: "CS", N2: "T", N3: "U", A: "V", B: ""}


@same(100)
@given(st.frozensets(_triples(), max_size=8))
def test_targets_are_those_that_are_counted(graph: frozenset[Triple]) -> None:
    judged = Judged(TARGETED.replace("ex:C", "ex:n1"), graph)
    data = shapes_graph(quads(graph), Terms())

    nodes = {shape: set(judged.targets.nodes(shape)) for shape in targets(data, judged.shapes)}

    assert {shape: len(found) for shape, found in nodes.items()} == targets(data, judged.shapes)
    for shape, found in nodes.items():
        assert {node for node in (*NODES, A) if shape in judged.targets.of(node)} == found


def test_shapes_that_have_lost_their_last_target() -> None:
    kind, below, link = Triple(N1, TYPE, D), Triple(D, SUBCLASS, C), Triple(N2, P0, N3)

    def lost(left: list[Triple], *removed: Triple) -> str:
        return names_of(Judged(TARGETED, left).targets.lost(removed))

    assert lost([below, link], kind) == "CS"
    assert lost([kind, link], below) == "CS"
    assert lost([kind, below], link) == "TU"
    assert lost([kind, below, Triple(N0, P0, N0)], link) == ""
    assert lost([below, link, Triple(N2, TYPE, C)], kind) == ""
    # What never had a target has lost none; one by its name is never lost.
    assert lost([kind, below], Triple(N2, P1, N3)) == ""
    assert "V" not in lost([], kind, below, link)
