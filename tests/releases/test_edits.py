"""Edits: the exact Change, found or known, and what is refused of derived graphs."""

import random
from collections.abc import Callable

import pytest

from clipgraph.errors import Refused
from clipgraph.rdf.terms import DefaultGraph, Literal, NamedNode, Quad, Store
from clipgraph.releases.change import Change, difference
from clipgraph.releases.commit import Origin, commit
from clipgraph.releases.digest import digest
from clipgraph.releases.edits import compare, compared, known
from clipgraph.releases.policy import Policy
from clipgraph.releases.release import Release
from clipgraph.releases.shelf import Shelf
from clipgraph.sources.graphs import INFERENCES
from clipgraph.sparql.library import LibraryQuery
from testing_releases import HIDDEN, passes, quad

INVERSE = LibraryQuery("rules/i", "CONSTRUCT { ?o <urn:back> ?s } { ?s <urn:p> ?o }", {})
MERGED = Policy(rules=(INVERSE,), rules_digest="1")
Update = Callable[..., Release]


def in_default(number: int) -> Quad:
    each = quad(number)
    return Quad(each.subject, each.predicate, each.object, DefaultGraph())


@pytest.mark.parametrize("seed", range(20))
def test_comparing_two_stores_gives_their_difference(seed: int) -> None:
    source = random.Random(seed)  # noqa: S311
    universe = [
        *(quad(number, graph) for number in range(40) for graph in ("urn:a", "urn:b")),
        *(in_default(number) for number in range(40)),
    ]
    before, after = (source.sample(universe, source.randint(0, 120)) for _ in range(2))
    stores = Store(), Store()
    for store, quads in zip(stores, (before, after), strict=True):
        store.extend(quads)

    found, wanted = compare(*stores), difference(before, after)

    assert (set(found.added), set(found.removed)) == (set(wanted.added), set(wanted.removed))
    assert len(found.added) == len(wanted.added)


def test_of_a_known_change_only_what_is_new_counts() -> None:
    store = Store()
    store.extend([quad(1), quad(2)])

    exact = known(Change((quad(1), quad(3), quad(3)), (quad(2), quad(4))))(store, Store())

    assert exact == Change((quad(3),), (quad(2),))
    assert set(store) == {quad(1), quad(3)}


@pytest.fixture
def update(shelf: Shelf) -> Update:
    """Commit a SPARQL Update on a graph with a rule, after <urn:1> <urn:p> <urn:1> is stated in <urn:g>."""

    def update(text: str, policy: Policy = MERGED) -> Release:
        with shelf.lock():
            return commit(shelf, compared(lambda store: store.update(text)), policy, passes, Origin("", ""))

    return update


def content(shelf: Shelf, release: Release) -> set[Quad]:
    return set(Store.read_only(str(shelf.store_path(release.number))))


def test_an_update_keeps_the_merge_and_the_inferences(shelf: Shelf, update: Update) -> None:
    first = update("INSERT DATA { GRAPH <urn:g> { <urn:1> <urn:p> <urn:2> } }")
    second = update(
        "DELETE { GRAPH ?g { ?s ?p ?o } } INSERT { GRAPH ?g { ?o ?p ?s } } WHERE { GRAPH ?g "
        "{ ?s ?p ?o FILTER(?p = <urn:p>) } }"
    )

    def expected(start: str, end: str) -> set[Quad]:
        s, p, o, b = (NamedNode(f"urn:{name}") for name in (start, "p", end, "back"))
        graph, inferred = NamedNode("urn:g"), NamedNode(INFERENCES)
        default = DefaultGraph()
        return {Quad(s, p, o, graph), Quad(s, p, o, default), Quad(o, b, s, inferred), Quad(o, b, s, default)}

    assert content(shelf, first) == expected("1", "2")
    assert content(shelf, second) == expected("2", "1")
    assert (second.triples, second.graphs["urn:g"].triples) == (2, 1)
    assert second.graphs["urn:g"].digest != first.graphs["urn:g"].digest


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <urn:3> <urn:p> <urn:4> }",
        "DELETE DATA { <urn:1> <urn:p> <urn:2> }",
        "DELETE WHERE { ?s ?p ?o }",
        f"INSERT DATA {{ GRAPH <{INFERENCES}> {{ <urn:3> <urn:p> <urn:4> }} }}",
        f"CLEAR GRAPH <{INFERENCES}>",
        "CLEAR DEFAULT",
        "MOVE <urn:h> TO DEFAULT",
        f"INSERT DATA {{ GRAPH <{HIDDEN}> {{ <urn:3> <urn:p> <urn:4> }} }} ; ADD <{HIDDEN}> TO DEFAULT",
    ],
)
def test_writing_to_what_is_derived_is_refused(shelf: Shelf, update: Update, text: str) -> None:
    release = update(
        "INSERT DATA { GRAPH <urn:g> { <urn:1> <urn:p> <urn:2> } GRAPH <urn:h> { <urn:5> <urn:q> 1 } }"
    )
    before = content(shelf, release)

    with pytest.raises(Refused, match="GRAPH <iri>"):
        update(text)
    assert shelf.current() == release
    assert content(shelf, release) == before


@pytest.mark.parametrize(
    "text", ["CLEAR ALL", "DROP ALL", "DROP NAMED", "DELETE WHERE { GRAPH ?g { ?s ?p ?o } }"]
)
def test_emptying_everything_empties_what_is_derived_too(shelf: Shelf, update: Update, text: str) -> None:
    update("INSERT DATA { GRAPH <urn:g> { <urn:1> <urn:p> <urn:2> } }")

    release = update(text)

    assert content(shelf, release) == set()
    assert (release.triples, release.graphs) == (0, {})


def test_what_changes_nothing_makes_no_release(shelf: Shelf, update: Update) -> None:
    first = update("INSERT DATA { GRAPH <urn:g> { <urn:1> <urn:p> <urn:2> } }")

    assert update("INSERT DATA { GRAPH <urn:g> { <urn:1> <urn:p> <urn:2> } }") == first
    assert update("CREATE GRAPH <urn:new>") == first
    assert shelf.numbers() == [1]


def test_an_own_default_graph_is_a_graph_like_any_other(shelf: Shelf, update: Update) -> None:
    own = Policy(default_graph="own")
    update("INSERT DATA { <urn:1> <urn:p> <urn:2> . GRAPH <urn:g> { <urn:3> <urn:p> <urn:4> } }", own)
    release = update("DELETE WHERE { <urn:1> ?p ?o }", own)

    assert content(shelf, release) == {
        Quad(NamedNode("urn:3"), NamedNode("urn:p"), NamedNode("urn:4"), NamedNode("urn:g"))
    }


def literal(text: str, kind: str) -> Quad:
    value = Literal(text, datatype=NamedNode(f"http://www.w3.org/2001/XMLSchema#{kind}"))
    return Quad(NamedNode("urn:s"), NamedNode("urn:p"), value, NamedNode("urn:g"))


def test_what_is_written_in_another_way_is_the_same(shelf: Shelf) -> None:
    odd = (literal("1.50", "decimal"), literal("01", "integer"), literal("1", "boolean"))
    plain = (literal("1.5", "decimal"), literal("1", "integer"), literal("true", "boolean"))
    with shelf.lock():
        first = commit(shelf, known(Change(odd)), Policy(), passes, Origin("", ""))
        again = commit(shelf, known(Change(plain)), Policy(), passes, Origin("", ""))
        swapped = commit(shelf, known(Change(plain, odd)), Policy(), passes, Origin("", ""))

    stored = [quad for quad in content(shelf, first) if quad.graph_name == NamedNode("urn:g")]
    assert first == again == swapped
    assert (first.graphs["urn:g"].digest, first.graphs["urn:g"].triples) == (digest(stored), 3)
