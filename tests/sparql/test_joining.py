"""Solutions that begin at a statement: the rows of the engine, without a look at the whole graph."""

from collections.abc import Mapping

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from clipgraph.rdf.terms import BlankNode, Literal, NamedNode, Node, Quad, Store, Triple
from clipgraph.sparql.joining import Bound, solutions
from clipgraph.sparql.patterns import Branch, Edge, Pattern, Table, Variable
from clipgraph.sparql.where import read_where
from testing_groups import EX, NODES, PREFIXES, graphs, same, triples

X, Y, Z = (Variable(name) for name in "xyz")
N0, N1, N2, N3 = NODES
P0, P1 = (NamedNode(f"{EX}p{number}") for number in (0, 1))
Row = frozenset[tuple[str, Node]]


class Graph:
    """Looks up triples; counts how often, and refuses to be read as a whole."""

    def __init__(self, triples: frozenset[Triple]) -> None:
        self._triples = triples
        self.lookups = 0

    def __call__(self, subject: Node | None, predicate: NamedNode | None, value: Node | None) -> list[Triple]:
        """Return the triples that fit."""
        assert subject is not None or value is not None, "every triple was asked for"
        assert not isinstance(subject, Literal)
        self.lookups += 1
        return [
            each
            for each in self._triples
            if subject in (None, each.subject)
            and predicate in (None, each.predicate)
            and value in (None, each.object)
        ]


def anything(_: Bound) -> bool:
    return True


def found(branch: Branch, index: int, triple: Triple, graph: frozenset[Triple]) -> set[Row]:
    """Return the solutions without the helping variables of walks."""
    rows = solutions(branch, index, triple, Graph(graph), anything)
    return {frozenset((name, value) for name, value in row.items() if " " not in name) for row in rows}


def engine(group: str, graph: frozenset[Triple]) -> set[Row]:
    store = Store()
    store.extend(Quad(*triple) for triple in graph)
    rows = store.query(f"PREFIX ex: <{EX}> SELECT * {{ {group} }}")
    assert isinstance(rows, ox.QuerySolutions)
    names = [variable.value for variable in rows.variables]
    return {frozenset((name, row[name]) for name in names if row[name] is not None) for row in rows}


def branch_of(group: str) -> Branch:
    [branch] = read_where(f"SELECT * {{ {group} }}", PREFIXES)
    return branch


# A single step, so that each solution has one statement of the graph for it; and links that one pattern says.
_STEP = st.sampled_from(["ex:p0", "^ex:p0", "ex:p0|ex:p1", "ex:p0|^ex:p1", "?v"])
_LINK = st.sampled_from(
    ["ex:p0", "^ex:p1", "?v", "ex:p0*", "ex:p1+", "ex:p0?", "(ex:p0|^ex:p1)*", "^(ex:p0+)"]
)
_TABLE = st.sampled_from(
    ["", "", "VALUES ?y { ex:n0 ex:n2 }", "VALUES (?x ?y) { (ex:n0 UNDEF) (UNDEF ex:n1) }"]
)


def connected(first: SearchStrategy[str], others: int) -> SearchStrategy[str]:
    """Return patterns each of which begins or ends where one before it does."""
    ends = st.sampled_from(
        ["?x ~ ?y", "?x ~ ?z", "?y ~ ?z", "?z ~ ?y", "?x ~ ?x", "?x ~ ex:n0", "ex:n1 ~ ?y"]
    )
    more = st.lists(st.tuples(ends, _LINK), max_size=others)
    return st.tuples(first, more).map(
        lambda drawn: (
            f"?x {drawn[0]} ?y . " + "".join(f"{end.replace('~', link)} . " for end, link in drawn[1])
        )
    )


@same(200)
@given(st.tuples(connected(_STEP, 3), _TABLE).map("".join), graphs())
def test_all_statements_together_lead_to_the_rows_of_the_engine(group: str, graph: frozenset[Triple]) -> None:
    branch = branch_of(group)

    rows = {row for triple in graph for row in found(branch, 0, triple, graph)}

    assert rows == engine(group, graph)


@same(200)
@given(connected(_LINK, 2), graphs(), triples())
def test_no_row_is_missed_that_a_statement_makes(
    group: str, graph: frozenset[Triple], triple: Triple
) -> None:
    """Also where the statement is somewhere on a walk."""
    # Else no step at all from a node that is new would be one more row, and no pattern says so.
    graph |= {Triple(node, NamedNode(f"{EX}is"), node) for node in NODES}
    branch, more = branch_of(group), graph | {triple}

    new = engine(group, more) - engine(group, graph)

    assert new <= {row for index in range(len(branch.patterns)) for row in found(branch, index, triple, more)}


def test_what_nothing_leads_to_stays_open() -> None:
    graph = frozenset({Triple(N0, P0, N1), Triple(N2, P1, N3)})
    branch = Branch((Pattern(X, (Edge(P0),), Y), Pattern(Z, (Edge(P1),), N3), Pattern(N2, (Edge(P0),), N2)))

    assert found(branch, 0, Triple(N0, P0, N1), graph) == {frozenset({("x", N0), ("y", N1)})}


def test_a_table_that_shares_nothing_is_not_looked_at() -> None:
    triple = Triple(N0, P0, N1)
    branch = Branch((Pattern(X, (Edge(P0),), Y),), 0, (Table(("z",), ()),))

    assert found(branch, 0, triple, frozenset({triple})) == {frozenset({("x", N0), ("y", N1)})}


def test_of_a_table_only_the_rows_that_fit() -> None:
    triple = Triple(N0, P0, N1)
    table = Table(("y", "z"), ((N1, N2), (N2, N3), (None, N3), (N1, None)))
    branch = Branch((Pattern(X, (Edge(P0),), Y),), 0, (table,))

    rows = found(branch, 0, triple, frozenset({triple}))

    assert {dict(row).get("z") for row in rows} == {N2, N3, None}
    assert len(rows) == 3
    nothing = Branch((Pattern(X, (Edge(P0),), Y),), 0, (Table(("y",), ()),))
    assert found(nothing, 0, triple, frozenset({triple})) == set()


@pytest.mark.parametrize(
    ("pattern", "triple"),
    [
        (Pattern(X, (Edge(P0),), Y), Triple(N0, P1, N1)),
        (Pattern(N1, (Edge(P0),), Y), Triple(N0, P0, N1)),
        (Pattern(X, (Edge(P0),), N0), Triple(N0, P0, N1)),
        (Pattern(X, (Edge(P0),), X), Triple(N0, P0, N1)),
        (Pattern(X, (Edge(X),), Y), Triple(N0, P0, N1)),
        (Pattern(X, (Edge(P0),), N0), Triple(N0, P0, Literal("n0"))),
        (Pattern(X, (Edge(P0),), Literal("n0")), Triple(N0, P0, N0)),
        (Pattern(N0, (Edge(P0, inverse=True),), Y), Triple(N0, P0, N1)),
    ],
)
def test_a_statement_that_does_not_fit_leads_nowhere(pattern: Pattern, triple: Triple) -> None:
    assert found(Branch((pattern,)), 0, triple, frozenset({triple})) == set()


def test_any_predicate_fits_an_edge_without_one() -> None:
    triple = Triple(N0, P1, N1)

    rows = found(Branch((Pattern(X, (Edge(None),), Y),)), 0, triple, frozenset({triple}))

    assert rows == {frozenset({("x", N0), ("y", N1)})}


def test_the_forms_of_a_literal_are_not_told_apart() -> None:
    decimal = NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    triple = Triple(N0, P0, Literal("1.0", datatype=decimal))
    asked = Pattern(X, (Edge(P0),), Literal("1.00", datatype=decimal))

    assert found(Branch((asked,)), 0, triple, frozenset({triple})) == {frozenset({("x", N0)})}


def test_a_statement_about_a_statement_leads_nowhere() -> None:
    plain, about = Triple(N0, P0, N1), Triple(N1, P0, Triple(N0, P0, N1))
    branch = Branch((Pattern(X, (Edge(P0),), Y), Pattern(Y, (Edge(None),), Z)))

    assert found(branch, 0, about, frozenset({plain, about})) == set()
    assert found(branch, 0, plain, frozenset({plain, about})) == set()


def test_blank_nodes_and_literals_on_the_way() -> None:
    blank, text = BlankNode("b"), Literal("text")
    graph = frozenset({Triple(N0, P0, blank), Triple(blank, P1, text), Triple(N1, P1, text)})
    # From a literal there is only the way back.
    branch = branch_of("?x ex:p0 ?y . ?y ex:p1 ?z . ?z ^ex:p1 ?v")

    rows = found(branch, 0, Triple(N0, P0, blank), graph)

    assert {dict(row)["v"] for row in rows} == {blank, N1}
    assert (
        found(branch_of("?x ex:p0 ?y . ?y ex:p1 ?z . ?z ex:p1 ?v"), 0, Triple(N0, P0, blank), graph) == set()
    )


def test_a_walk_goes_through_circles_once() -> None:
    ring = frozenset(Triple(NODES[n], P0, NODES[(n + 1) % 4]) for n in range(4))
    graph = Graph(ring)

    rows = list(solutions(branch_of("?x ex:p0+ ?y"), 0, Triple(N0, P0, N1), graph, anything))

    assert {(row["x"], row["y"]) for row in rows} == {(one, other) for one in NODES for other in NODES}
    assert graph.lookups < 50


def test_what_is_not_wanted_is_given_up_at_once() -> None:
    graph = frozenset({Triple(N0, P0, N1), *(Triple(N1, P1, NODES[n]) for n in range(4))})
    asked: list[Mapping[str, Node]] = []

    def only_n2(bound: Bound) -> bool:
        asked.append(dict(bound))
        return bound.get("z", N2) == N2

    lookup = Graph(graph)
    rows = list(
        solutions(
            branch_of("?x ex:p0 ?y . ?y ex:p1 ?z . ?z ex:p1 ?v"), 0, Triple(N0, P0, N1), lookup, only_n2
        )
    )

    assert rows == []
    assert asked[0] == {"x": N0, "y": N1}
    assert len(asked) == 5
    assert lookup.lookups == 2
    assert list(solutions(branch_of("?x ex:p0 ?y"), 0, Triple(N0, P0, N1), lookup, lambda _: False)) == []


def test_what_is_said_of_the_statement_comes_before_all_that_points_to_a_hub() -> None:
    hub = frozenset(Triple(NamedNode(f"{EX}many/{n}"), P1, N1) for n in range(200))
    graph = Graph(hub | {Triple(N0, P0, N1)})

    # None of these solutions: it is known after one look that N0 has no P1.
    rows = list(
        solutions(
            branch_of("?x ex:p0 ?y . ?z ex:p1 ?y . ?x ex:p1 ?v"), 0, Triple(N0, P0, N1), graph, anything
        )
    )

    assert rows == []
    assert graph.lookups == 1
