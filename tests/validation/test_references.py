"""What a Change does to references: as a look at all of the dataset finds it."""

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from clipgraph.rdf.prefixes import BASE, OWN, SCHEME
from clipgraph.rdf.terms import Literal, NamedNode, Quad, Store
from clipgraph.releases.change import Change
from clipgraph.sources.graphs import INFERENCES
from clipgraph.validation.conversion import EXTERNAL, named
from clipgraph.validation.positions import Positions
from clipgraph.validation.references import reference_findings
from clipgraph.validation.report import Finding
from clipgraph.validation.short_names import IDS
from clipgraph.validation.vocabulary import TYPE, vocabulary_findings
from testing_groups import same

RDF_TYPE = NamedNode(TYPE)
TERM, PROPERTY, CODE = (
    NamedNode(OWN["clip"] + "Thing"),
    NamedNode(OWN["clip"] + "knows"),
    NamedNode(SCHEME + "c/a"),
)
ONE, TWO = NamedNode(IDS + "one"), NamedNode(IDS + "two")
THEIRS, NOT_DECLARED = NamedNode("http://example.org/theirs"), NamedNode("http://example.org/other")
SHAPE = NamedNode(OWN["clipsh"] + "S")
DATA, MORE, OUTSIDE = NamedNode("urn:data"), NamedNode("urn:more"), NamedNode(EXTERNAL)
_CLASS = NamedNode("http://www.w3.org/2002/07/owl#Class")
_THINGS = (TERM, PROPERTY, CODE, ONE, TWO, SHAPE, THEIRS)


def changed(store: Store, change: Change) -> set[Finding]:
    return set(reference_findings(store, change, Positions(), "en"))


def whole(store: Store) -> set[Finding]:
    return set(vocabulary_findings(named(store), Positions(), "en"))


def store_of(quads: Iterable[Quad]) -> Store:
    store = Store()
    store.extend(quads)
    return store


def said(
    subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal, graph: NamedNode = DATA
) -> Quad:
    return Quad(subject, predicate, value, graph)


def quads() -> st.SearchStrategy[Quad]:
    return st.builds(
        Quad,
        st.sampled_from(_THINGS),
        st.sampled_from([RDF_TYPE, RDF_TYPE, PROPERTY, THEIRS]),
        st.sampled_from([*_THINGS, NOT_DECLARED, _CLASS, NamedNode(BASE + "def/0.1.0"), Literal("x")]),
        st.sampled_from([DATA, DATA, MORE, NamedNode(INFERENCES)]),
    )


@same(300)
@given(
    st.sets(quads(), max_size=8),
    st.sets(quads(), max_size=3),
    st.integers(0, 4),
    st.sampled_from([[], [said(THEIRS, RDF_TYPE, _CLASS, OUTSIDE)]]),
)
def test_all_that_is_new_is_found_and_nothing_that_is_not_there(
    before: set[Quad], added: set[Quad], taken: int, external: list[Quad]
) -> None:
    before |= set(external)
    removable = sorted((quad for quad in before if quad.graph_name != OUTSIDE), key=str)
    removed = set(removable[:taken]) - added
    after = store_of((before - removed) | added)

    found = changed(after, Change(tuple(added - before), tuple(removed)))

    assert whole(after) - whole(store_of(before)) <= found <= whole(after)


def test_nothing_changed_nothing_found() -> None:
    store = store_of([said(ONE, PROPERTY, TWO)])

    assert whole(store)
    assert changed(store, Change()) == set()


def test_a_term_that_was_mistyped_is_told_with_the_nearest_of_all() -> None:
    declared = said(TERM, RDF_TYPE, _CLASS)
    mistyped = said(ONE, RDF_TYPE, NamedNode(TERM.value + "s"))
    store = store_of([declared, mistyped])

    [finding] = changed(store, Change(added=(mistyped,)))

    assert finding.component == "undeclared-term"
    assert "clip:Thing" in finding.remedy


def test_what_is_gone_is_missed_by_those_that_point_to_it() -> None:
    gone, link = said(ONE, RDF_TYPE, _CLASS), said(TWO, RDF_TYPE, ONE)
    left = said(ONE, PROPERTY, Literal("x"), MORE)

    found = changed(store_of([link]), Change(removed=(gone,)))

    assert [(each.component, each.focus, each.value) for each in found] == [
        ("dangling-link", TWO.value, str(ONE))
    ]
    # Something is still said of it, in another graph; inferences do not count.
    assert not any(
        each.component == "dangling-link" for each in changed(store_of([link, left]), Change(removed=(gone,)))
    )
    inferred = said(ONE, PROPERTY, Literal("x"), NamedNode(INFERENCES))
    assert changed(store_of([link, inferred]), Change(removed=(gone,))) == found


def test_a_term_is_gone_with_its_type_though_more_is_said_of_it() -> None:
    use, label = said(ONE, PROPERTY, Literal("x")), said(PROPERTY, RDF_TYPE, _CLASS)
    store = store_of(
        [use, said(PROPERTY, NamedNode("http://www.w3.org/2000/01/rdf-schema#label"), Literal("x"))]
    )

    found = changed(store, Change(removed=(label,)))

    assert [(each.component, each.path) for each in found] == [("undeclared-term", PROPERTY.value)]


def test_inferences_are_not_judged() -> None:
    inferred = said(ONE, PROPERTY, TWO, NamedNode(INFERENCES))

    assert changed(store_of([inferred]), Change(added=(inferred,))) == set()
