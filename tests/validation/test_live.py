"""The live graph: what a copy of the data would answer, in whatever order it is asked."""

from itertools import product
from random import Random

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib import XSD, BNode, URIRef

from clipgraph.rdf.identity import GENID
from clipgraph.rdf.terms import BlankNode, DefaultGraph, Literal, NamedNode, Node, Quad, Store, Triple
from clipgraph.validation.conversion import EXTERNAL, SHAPES, Terms, data_and_shapes
from clipgraph.validation.live import Data, LiveStore, live_graph
from testing_groups import NODES, PREDICATES, same

DATA, OTHER = NamedNode("urn:data"), NamedNode("urn:other")
NOT_DATA = (NamedNode(SHAPES + "x"), NamedNode(EXTERNAL), DefaultGraph())
N0, N1 = NODES[:2]
P0, P1 = PREDICATES[:2]
_SUBJECTS: tuple[NamedNode | BlankNode, ...] = (*NODES[:2], NamedNode(GENID + "s1"), BlankNode("b1"))
_INTEGER = NamedNode(str(XSD.integer))
_VALUES: tuple[Node, ...] = (
    *_SUBJECTS,
    *(Literal(""), Literal("1"), Literal("1", language="en"), Literal("x", datatype=_INTEGER)),
    *(Literal("1", datatype=_INTEGER), Literal("01", datatype=_INTEGER), Literal(1.0)),
)


def store_of(*quads: Quad) -> Store:
    store = Store()
    store.extend(quads)
    return store


def quads() -> st.SearchStrategy[Quad]:
    return st.builds(
        Quad,
        st.sampled_from(_SUBJECTS),
        st.sampled_from(PREDICATES),
        st.sampled_from(_VALUES),
        st.sampled_from([DATA, OTHER, *NOT_DATA]),
    )


@same(100)
@given(st.lists(quads(), max_size=12), st.randoms(use_true_random=False))
def test_it_answers_as_a_copy(said: list[Quad], order: Random) -> None:
    store, terms = store_of(*said), Terms()
    copy, _ = data_and_shapes(store, Terms())
    nodes = {term for triple in copy for term in triple}
    asked: list[tuple[rdflib.term.Node | None, ...]] = list(
        product([*copy.subjects(), None], [*copy.predicates(), None], [*nodes, None])
    )
    live = live_graph(Data(store), terms)

    # Each twice: the second time, what was found before is used.
    for pattern in order.sample(asked * 2, k=min(len(asked) * 2, 300)):
        found = list(live.triples(pattern))  # type: ignore[arg-type]
        assert len(found) == len(set(found))
        assert set(found) == set(copy.triples(pattern))  # type: ignore[arg-type]


def test_only_named_graphs_of_data_count_and_each_triple_once() -> None:
    data = Data(store_of(*(Quad(N0, P0, N1, graph) for graph in (DATA, OTHER, *NOT_DATA))))

    assert data(None, None, None) == [Triple(N0, P0, N1)]
    for graph in NOT_DATA:
        assert Data(store_of(Quad(N0, P0, N1, graph)))(N0, None, None) == []


@pytest.mark.parametrize(
    ("subject", "predicate", "value", "count"),
    [
        (None, None, None, 3),
        (N0, None, None, 2),
        (N0, P0, None, 2),
        (None, P0, N1, 2),
        (None, None, Literal("a"), 1),
        (N1, P1, None, 0),
        # What can stand nowhere is found nowhere.
        (Literal("a"), None, None, 0),
        (None, Literal("a"), None, 0),
        (None, BlankNode("b1"), None, 0),
    ],
)
def test_what_fits(subject: Node | None, predicate: Node | None, value: Node | None, count: int) -> None:
    data = Data(store_of(Quad(N0, P0, N1, DATA), Quad(N0, P0, Literal("a"), DATA), Quad(N1, P0, N1, OTHER)))

    assert len(data(subject, predicate, value)) == count


def test_statements_about_statements_are_left_out() -> None:
    about = Quad(N0, P0, Triple(N0, P0, N1), DATA)
    live = live_graph(Data(store_of(about, Quad(N0, P0, N1, DATA))), Terms())

    assert list(live) == [(URIRef(N0.value), URIRef(P0.value), URIRef(N1.value))]


def test_a_blank_node_is_asked_for_under_both_of_its_names() -> None:
    skolem, blank = NamedNode(GENID + "s1"), BlankNode("b1")
    live = live_graph(Data(store_of(Quad(skolem, P0, N0, DATA), Quad(blank, P0, N1, DATA))), Terms())

    assert list(live.objects(BNode("s1"))) == [URIRef(N0.value)]
    assert list(live.objects(BNode("b1"))) == [URIRef(N1.value)]
    assert list(live.objects(BNode("s2"))) == []


def test_a_node_that_no_store_takes_is_not_there() -> None:
    live = live_graph(Data(store_of(Quad(N0, P0, N1, DATA))), Terms())

    assert list(live.triples((URIRef("not an IRI"), None, None))) == []
    assert list(live.triples((None, None, rdflib.Literal("a", lang="not-a-language-tag")))) == []


def test_a_number_in_another_form_is_another_term() -> None:
    """The engine takes both for one; SHACL judges what is written."""
    live = live_graph(Data(store_of(Quad(N0, P0, Literal("1", datatype=_INTEGER), DATA))), Terms())
    here, verb = URIRef(N0.value), URIRef(P0.value)

    assert list(live.subjects(verb, rdflib.Literal("1", datatype=XSD.integer))) == [here]
    assert list(live.subjects(verb, rdflib.Literal("01", datatype=XSD.integer, normalize=False))) == []


def test_what_was_found_is_not_looked_up_again() -> None:
    class Counting(Data):
        asked = 0

        def __call__(self, subject: Node | None, predicate: Node | None, value: Node | None) -> list[Triple]:
            self.asked += 1
            return super().__call__(subject, predicate, value)

    data = Counting(store_of(Quad(N0, P0, N1, DATA)))
    live = live_graph(data, Terms())
    here, verb, there = URIRef(N0.value), URIRef(P0.value), URIRef(N1.value)

    for _ in range(3):
        assert list(live.objects(here, verb)) == [there]
        assert (here, verb, there) in live
        assert (here, verb, here) not in live
    assert data.asked == 1


def test_the_store_is_never_empty_to_who_asks_for_its_size() -> None:
    assert len(LiveStore(Data(Store()), Terms())) == 1
