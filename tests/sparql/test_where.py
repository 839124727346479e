"""The branches of a WHERE clause: all of them, and none of the solutions that a statement makes is missed."""

from collections import Counter

import pyoxigraph as ox
import pytest
from hypothesis import given

from clipgraph.rdf.terms import Literal, NamedNode, Node, Quad, Store, Triple
from clipgraph.sparql.cursor import Unread
from clipgraph.sparql.joining import Lookup, solutions
from clipgraph.sparql.patterns import Branch, Edge, End, Pattern, Table, Variable, reaches
from clipgraph.sparql.where import read_where
from testing_groups import EX, NODES, PREFIXES, graphs, groups, same, scopes

THIS, X, Y, Z = (Variable(name) for name in ("this", "x", "y", "z"))
N0, N1, N2 = NODES[:3]
P0, P1, P2 = (NamedNode(f"{EX}p{number}") for number in range(3))


def read(group: str) -> tuple[Branch, ...]:
    return read_where(f"SELECT $this WHERE {{ {group} }}", PREFIXES, ["this"])


def p(subject: End, predicate: NamedNode | Variable, value: End, *, inverse: bool = False) -> Pattern:
    return Pattern(subject, (Edge(predicate, inverse),), value)


FIRST = p(THIS, P0, X)


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        ("$this ex:p0 ?x", [FIRST]),
        ("?this ex:p0 ?x .", [FIRST]),
        ("$this ex:p0 ?x . ?x ex:p1 ex:n0", [FIRST, p(X, P1, N0)]),
        ("$this ex:p0 ?x ; ex:p1 ?y , 'a' ; ; .", [FIRST, p(THIS, P1, Y), p(THIS, P1, Literal("a"))]),
        ("$this ex:p0 ?x ; FILTER(?x = 1) ?x ex:p1 ?y", [FIRST, p(X, P1, Y)]),
        ("$this ?y ?x", [p(THIS, Y, X)]),
        (
            "$this ex:p0/^ex:p1 ?x",
            [p(THIS, P0, Variable("1 between")), p(Variable("1 between"), P1, X, inverse=True)],
        ),
        ("$this ex:p0 ?x . # } { FILTER(\n ?x ex:p1 ?y", [FIRST, p(X, P1, Y)]),
        (
            "$this ex:p0 '} UNION {' , '''} # ' {'''",
            [p(THIS, P0, Literal("} UNION {")), p(THIS, P0, Literal("} # ' {"))],
        ),
        ("{ $this ex:p0 ?x } ?x ex:p1 ?y", [p(X, P1, Y), FIRST]),
        ("{ { { $this ex:p0 ?x } } }", [FIRST]),
        ("BIND(STR(?x) AS ?y) $this ex:p0 ?x", [FIRST]),
        ("BIND(<urn:a> AS ?y) $this ex:p0 ?x", [FIRST]),
        ("FILTER((?x IN (<urn:a>, ex:n0)) && regex(str(?x), ')')) $this ex:p0 ?x", [FIRST]),
        ("FILTER isIRI(?x) FILTER ex:f(?x, (1)) FILTER <urn:f>(?x) $this ex:p0 ?x", [FIRST]),
        ("FILTER(?x < ?y && ?z > ?y) $this ex:p0 ?x", [FIRST]),
        ("filter(1=1)$this ex:p0 ?x", [FIRST]),
        ("", []),
    ],
)
def test_one_branch(group: str, expected: list[Pattern]) -> None:
    assert read(group) == (Branch(tuple(expected)),)


def test_no_two_sequences_meet_in_between() -> None:
    [branch] = read("$this ex:p0/ex:p1 ?x . $this ex:p0/ex:p1 ?y")

    assert len({name for pattern in branch.patterns for name in pattern.variables}) == 5


def test_a_branch_for_each_choice() -> None:
    found = read(
        "{ $this ex:p0 ?x } UNION { $this ex:p1 ?x } UNION { $this ex:p2 ?x } "
        "{ ?x ex:p0 ?y } UNION { ?x ex:p1 ?y }"
    )

    assert {branch.patterns for branch in found} == {
        (p(THIS, first, X), p(X, second, Y)) for first in (P0, P1, P2) for second in (P0, P1)
    }
    assert {branch.own for branch in found} == {0}


@pytest.mark.parametrize(
    "part",
    [
        "OPTIONAL { ?x ex:p1 ?y }",
        "MINUS { ?x ex:p1 ?y }",
        "FILTER EXISTS { ?x ex:p1 ?y }",
        "FILTER NOT EXISTS { ?x ex:p1 ?y }",
        "FILTER(?x = 1 || NOT EXISTS { ?x ex:p1 ?y })",
        "FILTER COALESCE(1, EXISTS { ?x ex:p1 ?y }, (2))",
        "BIND(EXISTS { ?x ex:p1 ?y } AS ?z)",
    ],
)
def test_what_can_make_or_undo_a_solution_is_watched_by_a_branch_of_its_own(part: str) -> None:
    outer, inner = read(f"$this ex:p0 ?x . {part}")

    assert outer == Branch((FIRST,))
    assert inner.own == 1
    [watched] = inner.patterns[1:]
    assert (watched.subject, watched.edges) == (X, (Edge(P1),))


def test_several_groups_in_one_expression() -> None:
    found = read("$this ex:p0 ?x FILTER(EXISTS { ?x ex:p1 ?y } && !(EXISTS { ?x ex:p2 ?y }))")

    assert [branch.patterns[-1].edges[0].predicate for branch in found] == [P0, P1, P2]


def shared(group: str) -> frozenset[str]:
    """Return the variables that the last branch's own patterns share with what is around them."""
    last = read(group)[-1]
    own, around = last.patterns[last.own :], last.patterns[: last.own]
    names = [{name for pattern in patterns for name in pattern.variables} for patterns in (own, around)]
    return frozenset(names[0] & names[1])


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        ("?x ex:p0 ?y OPTIONAL { ?x ex:p1 ?y }", "xy"),
        # What stands behind is joined with the result: ?y may be left open, or stand in the way.
        ("?x ex:p0 ?z OPTIONAL { ?x ex:p1 ?y } ?z ex:p0 ?y", "x"),
        ("?x ex:p0 ?z MINUS { ?x ex:p1 ?y } ?z ex:p0 ?y", "x"),
        ("?x ex:p0 ?z BIND(EXISTS { ?x ex:p1 ?y } AS ?b) ?z ex:p0 ?y", "x"),
        # A filter is of its whole group, wherever it stands there, and of no other.
        ("FILTER EXISTS { ?x ex:p1 ?y } ?x ex:p0 ?y", "xy"),
        ("?x ex:p0 ?y { ?x ex:p0 ?z FILTER NOT EXISTS { ?x ex:p1 ?y } }", "x"),
        # Bound in one alternative only, or in one row only, or perhaps by an OPTIONAL.
        ("{ ?x ex:p0 ?y } UNION { ?x ex:p0 ?z } OPTIONAL { ?x ex:p1 ?y }", "x"),
        ("{ ?x ex:p0 ?y } UNION { ?y ex:p0 ?x } OPTIONAL { ?x ex:p1 ?y }", "xy"),
        ("?x ex:p0 ?z OPTIONAL { ?x ex:p2 ?y } OPTIONAL { ?x ex:p1 ?y }", "x"),
        # What is given is the same everywhere.
        ("?x ex:p0 ?z { FILTER EXISTS { $this ex:p1 ?x } }", ""),
        ("$this ex:p0 ?z { FILTER EXISTS { $this ex:p1 ?x } }", "this"),
        # Apart from what is two groups further out, unless the group between has it for certain.
        ("?x ex:p0 ?y OPTIONAL { ?x ex:p0 ?z OPTIONAL { ?x ex:p1 ?y } }", "x"),
        ("?x ex:p0 ?y OPTIONAL { ?x ex:p0 ?y OPTIONAL { ?x ex:p1 ?y } }", "xy"),
    ],
)
def test_a_group_inside_shares_what_is_bound_for_certain(group: str, expected: str) -> None:
    assert shared(group) == (frozenset({expected}) if expected == "this" else frozenset(expected))


def test_the_names_of_a_group_inside_are_kept_together() -> None:
    inner = read("$this ex:p0 ?z OPTIONAL { $this ex:p1 ?y VALUES (?y ?x) { (ex:n0 ex:n1) } } ?z ex:p0 ?y")[
        -1
    ]

    [own] = inner.patterns[inner.own :]
    [table] = inner.tables
    assert isinstance(own.object, Variable)
    assert own.object.name == table.variables[0] != "y"
    assert table.rows == ((N0, N1),)


def test_a_group_inside_one_alternative_stays_with_it() -> None:
    found = read("{ $this ex:p0 ?x OPTIONAL { ?x ex:p2 ?y } } UNION { $this ex:p1 ?z }")

    assert [len(branch.patterns) for branch in found] == [1, 2, 1]
    assert found[1].patterns[0] == FIRST


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        ("VALUES ?x { 1 'a' ex:n0 }", Table(("x",), ((Literal(1),), (Literal("a"),), (N0,)))),
        ("VALUES ?x { UNDEF }", Table(("x",), ((None,),))),
        ("VALUES ?x { }", Table(("x",), ())),
        ("VALUES (?x ?y) { (ex:n0 UNDEF) (undef ex:n1) }", Table(("x", "y"), ((N0, None), (None, N1)))),
        ("VALUES (?x) { (<urn:a>) }", Table(("x",), ((NamedNode("urn:a"),),))),
        ("VALUES () { () () }", Table((), ((), ()))),
    ],
)
def test_inline_data(group: str, expected: Table) -> None:
    [branch] = read(f"$this ex:p0 ?x {group}")

    assert branch.tables == (expected,)


@pytest.mark.parametrize(
    "group",
    [
        *("GRAPH ?g { ?s ?p ?o }", "SERVICE <urn:x> { }", "{ SELECT * { } }", "?s !ex:p ?o", "?s ex:p [] ."),
        *("?s ex:p _:b", "?s ex:p (1 2)", "[ ex:p 1 ]", "?s ex:p 1e3", "?s ex:p -1", "?s other:p ?o"),
        *(
            "VALUES ?x { ?y }",
            "VALUES (?x) { (1 2) }",
            "VALUES (?x ?y) { (1) }",
            "VALUES ex:p { 1 }",
            "VALUES ?x { (1) }",
        ),
        *(
            "{",
            "}",
            ")",
            "FILTER(1",
            "FILTER(1))",
            "FILTER({ })",
            "OPTIONAL ?s",
            "MINUS",
            "FILTER NOT { }",
            "BIND ?x",
        ),
        *(
            "?s",
            "?s ex:p",
            "?s ex:p ?o ex:q",
            "'s' 'p' 'o'",
            "?s ex:p ?o {| ex:q 1 |}",
            "<<?s ?p ?o>> ex:p 1",
            "ex:p ?o .",
        ),
        *("UNION { }", "LATERAL { }", "?s ex:p ?o ; { }", "FILTER EXISTS"),
    ],
)
def test_what_is_not_read(group: str) -> None:
    with pytest.raises(Unread):
        read(group)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { } LIMIT 1",
        "SELECT * { } GROUP BY ?x",
        "SELECT * { } VALUES ?x { 1 }",
        "SELECT *",
        "ASK { } }",
        "",
        "CONSTRUCT WHERE { }",
    ],
)
def test_what_is_not_read_around_the_clause(text: str) -> None:
    with pytest.raises(Unread):
        read_where(text)


@pytest.mark.parametrize(
    "group",
    [
        # The engine reads less-than here, and its brackets are not those that a token shows.
        "FILTER((?x<?y)&&?z>?x) ?x ex:p1 ?y . FILTER(?x<(?y)&&(?z>?x))",
        "FILTER(1<?y&&?z>1) ?x ex:p1 ?y",
        "FILTER(STR(?x)<?y&&?z>1)",
        "FILTER(true<?y&&?z>1)",
        "FILTER(?x<?y#>)\n)",
        "FILTER(EXISTS { ?x ex:p1 ?y }<?y&&?z>1)",
    ],
)
def test_a_comparison_that_looks_like_an_iri_is_not_guessed_at(group: str) -> None:
    Store().query(f"PREFIX ex: <{EX}> SELECT * {{ $this ex:p0 ?x . {group} }}")

    with pytest.raises(Unread):
        read(f"$this ex:p0 ?x . {group}")


def nested(depth: int) -> str:
    return "{" * depth + "$this ex:p0 ?x" + "}" * depth


def test_bounds() -> None:
    choice = "{ $this ex:p0 ?x } UNION { $this ex:p1 ?x } "
    inside = "OPTIONAL { " + choice * 3
    assert read(nested(19)) == (Branch((FIRST,)),)
    assert len(read(choice * 6)) == 64
    assert len(read(choice * 2 + inside + "}")) == 4 + 4 * 8
    for group in (nested(20), nested(5000), choice * 7, choice * 3 + inside + inside + "} }"):
        with pytest.raises(Unread):
            read(group)


def rows(graph: frozenset[Triple], group: str) -> dict[Node, Counter[tuple[str, ...]]]:
    """Return the engine's solutions, as often as there are, with each node in the place of ``$this``."""
    store = Store()
    store.extend(Quad(*triple) for triple in graph)
    return {node: _rows(store, group.replace("$this", str(node))) for node in NODES}


def _rows(store: Store, group: str) -> Counter[tuple[str, ...]]:
    found = store.query(f"PREFIX ex: <{EX}> SELECT * {{ {group} }}")
    assert isinstance(found, ox.QuerySolutions)
    names = sorted(variable.value for variable in found.variables)
    return Counter(tuple(str(row[name]) for name in names) for row in found)


def lookup(graph: frozenset[Triple]) -> Lookup:
    def found(subject: Node | None, predicate: NamedNode | None, value: Node | None) -> list[Triple]:
        wanted = (subject, predicate, value)
        return [
            each
            for each in graph
            if all(term in (None, there) for term, there in zip(wanted, each, strict=True))
        ]

    return found


def anything(_: object) -> bool:
    return True


def reached(group: str, graph: frozenset[Triple], triple: Triple) -> set[Node]:
    """Return the nodes that a triple of the graph leads to by way of the branches."""
    found: set[Node] = set()
    for branch in read(group):
        for index in range(branch.own, len(branch.patterns)):
            if not reaches(branch, index, ["this"]):
                return set(NODES)
            found |= {each["this"] for each in solutions(branch, index, triple, lookup(graph), anything)}
    return found


def missed(group: str, graph: frozenset[Triple]) -> list[Triple]:
    """Return the statements without which a node has other solutions, and that do not lead to it."""
    whole, changed = rows(graph, group), {}
    for triple in graph:
        without = rows(graph - {triple}, group)
        changed[triple] = {node for node in NODES if without[node] != whole[node]}
    return [triple for triple, found in changed.items() if not found <= reached(group, graph, triple)]


@same(150)
@given(groups().map("$this ex:p0 ?x . {}".format), graphs(2))
def test_no_solution_that_a_statement_changes_is_missed(group: str, graph: frozenset[Triple]) -> None:
    assert missed(group, graph) == []


@same(250)
@given(scopes().map("$this ex:p0 ?x . {}".format), graphs(3))
def test_nor_is_one_by_way_of_a_variable_that_is_another_inside(group: str, graph: frozenset[Triple]) -> None:
    assert missed(group, graph) == []


OPEN_Y = "?x ex:p1 ?y }"


@pytest.mark.parametrize(
    ("group", "graph", "triple"),
    [
        # An OPTIONAL that is fulfilled now stands in the way of what follows.
        (f"OPTIONAL {{ {OPEN_Y} ?z ex:p2 ?y", [(0, 0, 1), (2, 2, 3)], (1, 1, 2)),
        (f"MINUS {{ {OPEN_Y} ?z ex:p2 ?y", [(0, 0, 1), (2, 2, 3)], (1, 1, 2)),
        (f"OPTIONAL {{ {OPEN_Y} VALUES ?y {{ ex:n3 }}", [(0, 0, 1)], (1, 1, 2)),
        (
            f"VALUES (?x ?y) {{ (ex:n1 UNDEF) }} OPTIONAL {{ {OPEN_Y} ?z ex:p2 ?y",
            [(0, 0, 1), (2, 2, 3)],
            (1, 1, 2),
        ),
        # In a group of its own the filter does not know ?x.
        ("{ FILTER NOT EXISTS { FILTER NOT EXISTS { $this ex:p1 ?x } } }", [(0, 0, 0)], (0, 1, 1)),
    ],
)
def test_scopes(group: str, graph: list[tuple[int, int, int]], triple: tuple[int, int, int]) -> None:
    group = f"$this ex:p0 ?x . {group}"
    before = frozenset(_triple(*each) for each in graph)
    after = before | {_triple(*triple)}

    assert rows(before, group)[N0] != rows(after, group)[N0]
    assert N0 in reached(group, after, _triple(*triple))


def _triple(subject: int, predicate: int, value: int) -> Triple:
    return Triple(NODES[subject], NamedNode(f"{EX}p{predicate}"), NODES[value])
