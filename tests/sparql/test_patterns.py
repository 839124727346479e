"""Patterns, tables and branches: what their variables are and what leads to which of them."""

import pytest

from clipgraph.rdf.terms import Literal, NamedNode
from clipgraph.sparql.patterns import (
    Branch,
    Edge,
    End,
    Pattern,
    Table,
    Variable,
    reaches,
    renamed,
    renamed_table,
)

P, A, B = NamedNode("urn:p"), NamedNode("urn:a"), NamedNode("urn:b")
V, W, X, Y = (Variable(name) for name in "vwxy")


def pattern(subject: End, value: End, predicate: NamedNode | Variable | None = P) -> Pattern:
    return Pattern(subject, (Edge(predicate),), value)


def test_the_variables_at_the_ends_and_those_of_the_predicate() -> None:
    both = Pattern(X, (Edge(V), Edge(W, inverse=True), Edge(P), Edge(None)), Y)

    assert both.ends == {"x", "y"}
    assert both.variables == {"x", "y", "v", "w"}
    assert pattern(A, Literal("x")).variables == frozenset()
    assert pattern(X, X).ends == {"x"}


def test_a_table_binds_the_columns_without_an_open_cell() -> None:
    assert Table(("x", "y"), ((A, None), (A, B))).bound == {"x"}
    assert Table(("x", "y"), ((A, B),)).bound == {"x", "y"}
    assert Table(("x",), ((None,),)).bound == frozenset()
    assert Table(("x",), ()).bound == {"x"}
    assert Table((), ((),)).bound == frozenset()


def test_an_extended_branch_watches_only_what_was_added() -> None:
    table = Table(("x",), ((A,),))
    branch = Branch((pattern(X, Y),), 0, (table,))

    longer = branch.extended([pattern(Y, V), pattern(V, W)])

    assert longer.patterns == (pattern(X, Y), pattern(Y, V), pattern(V, W))
    assert longer.own == 1
    assert longer.tables == (table,)
    assert longer.extended([]).own == 3


@pytest.mark.parametrize(
    ("patterns", "tables", "name", "expected"),
    [
        ([pattern(X, Y)], [], "y", True),
        ([pattern(X, Y)], [], "v", False),
        ([pattern(X, Y), pattern(Y, V)], [], "v", True),
        ([pattern(X, Y), pattern(V, Y), pattern(V, W)], [], "w", True),
        ([pattern(X, Y), pattern(V, W)], [], "w", False),
        # A predicate is led to, and leads nowhere.
        ([pattern(X, Y, V)], [], "v", True),
        ([pattern(X, Y, V), pattern(A, W, V)], [], "w", False),
        # A term is not a way: what else it stands in is too much to look at.
        ([pattern(X, A), pattern(A, W)], [], "w", False),
        ([pattern(X, Y)], [Table(("y", "w"), ((A, B),))], "w", True),
        ([pattern(X, Y)], [Table(("y", "w"), ((None, B),))], "w", True),
        ([pattern(X, Y)], [Table(("y", "w"), ((A, B), (A, None)))], "w", False),
        ([pattern(X, Y)], [Table(("v", "w"), ((A, B),))], "w", False),
        ([pattern(X, Y), pattern(V, W)], [Table(("y", "v"), ((A, B),))], "w", True),
    ],
)
def test_what_a_statement_leads_to(
    patterns: list[Pattern], tables: list[Table], name: str, *, expected: bool
) -> None:
    assert reaches(Branch(tuple(patterns), 0, tuple(tables)), 0, [name]) is expected


def test_all_names_have_to_be_reached() -> None:
    branch = Branch((pattern(X, Y), pattern(V, W)))

    assert reaches(branch, 0, ["x", "y"])
    assert not reaches(branch, 0, ["x", "v"])
    assert reaches(branch, 1, ["v"])
    assert reaches(branch, 0, [])


def test_other_names_for_variables_wherever_they_stand() -> None:
    old = Pattern(X, (Edge(V, inverse=True), Edge(P), Edge(None)), X, transitive=True, reflexive=True)

    new = renamed(old, {"x": Y, "v": W, "y": V})

    assert new == Pattern(Y, (Edge(W, inverse=True), Edge(P), Edge(None)), Y, transitive=True, reflexive=True)
    assert renamed(old, {}) == old
    assert renamed(pattern(A, Literal("x")), {"x": Y}) == pattern(A, Literal("x"))


def test_a_term_in_place_of_a_variable() -> None:
    assert renamed(Pattern(X, (Edge(V),), Y), {"x": A, "v": P}) == pattern(A, Y)
    # No predicate is a literal: any other could be meant.
    assert renamed(Pattern(X, (Edge(V),), Y), {"v": Literal("p")}) == pattern(X, Y, None)


def test_other_names_for_the_columns_of_a_table() -> None:
    assert renamed_table(Table(("x", "y"), ((A, None),)), {"x": V, "w": W}) == Table(("v", "y"), ((A, None),))
