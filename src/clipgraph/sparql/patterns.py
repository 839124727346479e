"""What a query reads of a graph: triple patterns, and the branches that they form together.

Only what decides which statements can matter is kept. A branch has at least the solutions of its part of
the query: filters are left out, and a long property path is taken for any walk over its properties.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from clipgraph.rdf.terms import Literal, NamedNode


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable, by its name without the sign."""

    name: str


End = NamedNode | Literal | Variable


@dataclass(frozen=True, slots=True)
class Edge:
    """One step of a path: a predicate, forwards or against its direction; None is any predicate."""

    predicate: NamedNode | Variable | None
    inverse: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """Two ends and what leads from the first to the second.

    ``edges`` are alternatives. ``transitive`` allows any number of steps from one, ``reflexive`` no step at
    all, in which case both ends are the same.
    """

    subject: End
    edges: tuple[Edge, ...]
    object: End
    transitive: bool = False
    reflexive: bool = False

    @property
    def ends(self) -> frozenset[str]:
        """The names of the variables at its two ends."""
        return frozenset(end.name for end in (self.subject, self.object) if isinstance(end, Variable))

    @property
    def variables(self) -> frozenset[str]:
        """The names of its variables."""
        predicates = (edge.predicate for edge in self.edges)
        return self.ends | {each.name for each in predicates if isinstance(each, Variable)}


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of values (https://www.w3.org/TR/sparql11-query/#inline-data); None leaves a variable open."""

    variables: tuple[str, ...]
    rows: tuple[tuple[NamedNode | Literal | None, ...], ...]

    @property
    def bound(self) -> frozenset[str]:
        """The names of the variables that every row binds."""
        open_ = {
            name
            for row in self.rows
            for name, value in zip(self.variables, row, strict=True)
            if value is None
        }
        return frozenset(self.variables) - open_


@dataclass(frozen=True, slots=True)
class Branch:
    """Patterns that one solution fits all together.

    Attributes:
        patterns: those of the groups around it first, then its own.
        own: the index of the first one of its own: those before are watched by the branch they stem from.
        tables: rows that the solution fits, too.
    """

    patterns: tuple[Pattern, ...]
    own: int = 0
    tables: tuple[Table, ...] = ()

    def extended(self, patterns: Iterable[Pattern]) -> "Branch":
        """Return the branch that adds patterns to this one and watches them alone."""
        return Branch((*self.patterns, *patterns), len(self.patterns), self.tables)


def reaches(branch: Branch, start: int, names: Iterable[str]) -> bool:
    """Tell whether a statement that fits one pattern leads to the variables with these names.

    From a known end of a pattern to its other end and its predicate, and along the rows of tables.
    """
    known = set(branch.patterns[start].variables)
    wanted = frozenset(names)
    ways = [(pattern.ends, pattern.variables) for pattern in branch.patterns]
    ways += [(frozenset(table.variables), table.bound) for table in branch.tables]
    while not wanted <= known:
        found = {name for from_, to in ways if from_ & known for name in to} - known
        if not found:
            return False
        known |= found
    return True


def renamed(pattern: Pattern, names: Mapping[str, End]) -> Pattern:
    """Return the pattern with other ends in place of its variables; a predicate, another variable."""

    def changed(end: End) -> End:
        return names.get(end.name, end) if isinstance(end, Variable) else end

    def turned(edge: Edge) -> Edge:
        predicate = edge.predicate
        new = changed(predicate) if isinstance(predicate, Variable) else predicate
        return Edge(None if isinstance(new, Literal) else new, edge.inverse)

    edges = tuple(turned(edge) for edge in pattern.edges)
    return replace(pattern, subject=changed(pattern.subject), edges=edges, object=changed(pattern.object))


def renamed_table(table: Table, names: Mapping[str, Variable]) -> Table:
    """Return the table with other names for its variables."""
    variables = (names[name].name if name in names else name for name in table.variables)
    return replace(table, variables=tuple(variables))
