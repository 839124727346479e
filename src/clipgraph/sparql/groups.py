"""Groups of a WHERE clause (https://www.w3.org/TR/sparql11-query/#GroupPatterns), made into branches.

A group has a scope of its own: a variable that it only may bind can have another value there than around it.
What stands in OPTIONAL, MINUS or EXISTS therefore shares with the rest only the variables that are bound for
certain where it is evaluated; every other one becomes a variable of its own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from clipgraph.sparql.cursor import Unread
from clipgraph.sparql.patterns import Branch, Pattern, Table, Variable, renamed, renamed_table

MOST_BRANCHES = 100


@dataclass
class Group:
    """A group graph pattern: what all of its solutions fit, and what can make or undo some of them.

    Attributes:
        patterns: its triple patterns.
        tables: its inline data.
        unions: for each union its alternatives; a group in a group is a union of one.
        inner: the groups of OPTIONAL and MINUS, and those that BIND asks for, each with the variables
            bound for certain by what stands before it.
        filters: the groups that its filters ask for, wherever they stand in it.
    """

    patterns: list[Pattern] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    unions: list[list["Group"]] = field(default_factory=list)
    inner: list[tuple["Group", frozenset[str]]] = field(default_factory=list)
    filters: list["Group"] = field(default_factory=list)

    def certain(self) -> frozenset[str]:
        """Return the variables that all solutions bind, of what has been read so far."""
        names = frozenset(name for pattern in self.patterns for name in pattern.variables)
        names = names.union(*(table.bound for table in self.tables))
        for union in self.unions:
            names |= frozenset.intersection(*(alternative.certain() for alternative in union))
        return names

    def variables(self) -> frozenset[str]:
        """Return all variables in it, those of groups inside as well."""
        names = frozenset(name for pattern in self.patterns for name in pattern.variables)
        names |= {name for table in self.tables for name in table.variables}
        return names.union(*(group.variables() for group in self._inside()))

    def _inside(self) -> Iterator["Group"]:
        for union in self.unions:
            yield from union
        yield from (group for group, _ in self.inner)
        yield from self.filters

    def renamed(self, names: Mapping[str, Variable]) -> "Group":
        """Return the group with other names for some variables."""
        return Group(
            [renamed(pattern, names) for pattern in self.patterns],
            [renamed_table(table, names) for table in self.tables],
            [[alternative.renamed(names) for alternative in union] for union in self.unions],
            [(group.renamed(names), _renamed(shared, names)) for group, shared in self.inner],
            [group.renamed(names) for group in self.filters],
        )


def _renamed(shared: frozenset[str], names: Mapping[str, Variable]) -> frozenset[str]:
    return frozenset(names[name].name if name in names else name for name in shared)


def branches(group: Group, around: Branch, given: frozenset[str]) -> Iterator[Branch]:
    """Yield the branches of a group, those of the groups inside as well.

    Args:
        group: what is read.
        around: what its solutions fit beside it.
        given: variables that have the same value everywhere.

    Raises:
        Unread: its unions have too many alternatives.
    """
    for base, inside in _bases(group, around):
        yield base
        for each, shared in inside:
            own = each.variables() - shared - given
            apart = {name: Variable(f"{name} inside {len(base.patterns)}") for name in own}
            yield from branches(each.renamed(apart), base.extended(()), given)


_Base = tuple[Branch, tuple[tuple[Group, frozenset[str]], ...]]


def _bases(group: Group, around: Branch) -> list[_Base]:
    """Return one branch for each choice among the alternatives, and the groups inside of those chosen."""
    branch = Branch((*around.patterns, *group.patterns), around.own, (*around.tables, *group.tables))
    certain = group.certain()
    chosen: list[_Base] = [(branch, (*group.inner, *((each, certain) for each in group.filters)))]
    for union in group.unions:
        chosen = [
            (more, (*inside, *others))
            for base, inside in chosen
            for alternative in union
            for more, others in _bases(alternative, base)
        ]
        if len(chosen) > MOST_BRANCHES:
            raise Unread("too many alternatives")
    return chosen
