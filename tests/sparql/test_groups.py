"""Groups: which variables they bind for certain, and that other names change nothing else."""

import pytest

from clipgraph.rdf.terms import NamedNode
from clipgraph.sparql.cursor import Unread
from clipgraph.sparql.groups import Group, branches
from clipgraph.sparql.patterns import Branch, Edge, Pattern, Table, Variable

P, A = NamedNode("urn:p"), NamedNode("urn:a")


def pattern(*names: str) -> Pattern:
    subject, value = map(Variable, names)
    return Pattern(subject, (Edge(P),), value)


def one(*names: str) -> Group:
    return Group([pattern(*names)])


WHOLE = Group(
    patterns=[pattern("a", "b")],
    tables=[Table(("c", "d"), ((A, None),))],
    unions=[[one("e", "f"), one("e", "g")], [one("h", "i")]],
    inner=[(one("j", "a"), frozenset({"a"}))],
    filters=[one("k", "b")],
)


def test_bound_for_certain_is_what_all_solutions_bind() -> None:
    assert WHOLE.certain() == set("abcehi")
    assert Group().certain() == frozenset()
    assert Group(patterns=[Pattern(Variable("x"), (Edge(Variable("y")),), A)]).certain() == set("xy")


def test_all_variables_are_those_of_the_groups_inside_as_well() -> None:
    assert WHOLE.variables() == set("abcdefghijk")


def test_other_names_reach_the_groups_inside() -> None:
    names = {name: Variable(name.upper()) for name in "abcdefghijk"}

    changed = WHOLE.renamed(names)

    assert changed.variables() == set("ABCDEFGHIJK")
    assert changed.certain() == set("ABCEHI")
    assert [shared for _, shared in changed.inner] == [{"A"}]
    assert changed.renamed({name.name: Variable(old) for old, name in names.items()}) == WHOLE
    assert WHOLE.renamed({}) == WHOLE


def test_a_group_inside_is_set_apart_but_for_what_it_shares_and_what_is_given() -> None:
    group = Group(
        patterns=[pattern("a", "b")], inner=[(Group([pattern("a", "b"), pattern("b", "c")]), frozenset("a"))]
    )

    apart = list(branches(group, Branch(()), frozenset()))[-1]
    given = list(branches(group, Branch(()), frozenset("b")))[-1]

    assert apart.patterns[0] == given.patterns[0] == pattern("a", "b")
    assert [each.ends & set("abc") for each in apart.patterns[1:]] == [{"a"}, set()]
    assert [each.ends & set("abc") for each in given.patterns[1:]] == [{"a", "b"}, {"b"}]
    # Within the group its own names stay one.
    assert len({name for each in apart.patterns[1:] for name in each.ends}) == 3


def test_a_branch_for_each_choice_and_group_inside() -> None:
    found = list(branches(WHOLE, Branch(()), frozenset()))

    # Two alternatives, each with the group of an OPTIONAL and that of a filter.
    assert [(len(branch.patterns), branch.own) for branch in found] == [(3, 0), (4, 3), (4, 3)] * 2


def test_too_many_alternatives() -> None:
    with pytest.raises(Unread):
        list(branches(Group(unions=[[one("a", "b"), one("a", "c")]] * 7), Branch(()), frozenset()))
