"""Reads the WHERE clause of a trusted query into branches, or says that it cannot.

A small part of the grammar (https://www.w3.org/TR/sparql11-query/#sparqlGrammar): groups, UNION, OPTIONAL,
MINUS, EXISTS, FILTER, BIND, VALUES, property paths. Whoever asks has a slower way for anything else.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from clipgraph.rdf.terms import Literal, NamedNode
from clipgraph.sparql.cursor import Cursor, Unread
from clipgraph.sparql.paths import Links, read_path, step
from clipgraph.sparql.patterns import Branch, Edge, End, Pattern, Table, Variable

_DEEPEST = 20
_MOST_BRANCHES = 100


@dataclass
class _Group:
    """A group graph pattern: what all of its solutions fit, and what some may."""

    patterns: list[Pattern] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    unions: list[list["_Group"]] = field(default_factory=list)
    inner: list[tuple["_Group", bool]] = field(default_factory=list)


@dataclass(frozen=True)
class Where:
    """What was read of a query.

    Attributes:
        template: the triples of CONSTRUCT; empty for any other query.
        branches: of the WHERE clause.
        opening: where in the text the clause begins: after its bracket.
    """

    template: tuple[Pattern, ...]
    branches: tuple[Branch, ...]
    opening: int


def read_where(text: str, prefixes: Mapping[str, str] | None = None) -> Where:
    """Return the branches of a SELECT, ASK or CONSTRUCT query.

    Args:
        text: a query that the engine can read.
        prefixes: those declared elsewhere, with their namespaces.

    Raises:
        Unread: it has something that is not read here.
    """
    cursor = Cursor(text, prefixes or {})
    reader = _Reader(cursor)
    template: list[Pattern] = []
    form = cursor.prologue()
    if form == "CONSTRUCT":
        cursor.expect("{")
        reader.triples(template)
        cursor.expect("}")
    cursor.skip_to_group(form)
    opening = cursor.expect("{")
    group = reader.group()
    cursor.expect_end()
    branches = tuple(_branches(group, Branch(())))
    return Where(tuple(template), branches, opening)


def _branches(group: _Group, around: Branch) -> Iterator[Branch]:
    for count, base in enumerate(_bases(group, around)):
        if count >= _MOST_BRANCHES:
            raise Unread("too many alternatives")
        yield base
        for each, negated in _inner(group, base):
            yield from _branches(each, base.extended((), negated=negated))


def _bases(group: _Group, around: Branch) -> Iterator[Branch]:
    """Yield one branch for each choice among the alternatives of the group."""
    tables = (*around.tables, *group.tables)
    start = Branch((*around.patterns, *group.patterns), around.own, tables, negated=around.negated)
    chosen = [start]
    for union in group.unions:
        chosen = [base for one in chosen for alternative in union for base in _bases(alternative, one)]
        if len(chosen) > _MOST_BRANCHES:
            raise Unread("too many alternatives")
    yield from chosen


def _inner(group: _Group, base: Branch) -> Iterator[tuple[_Group, bool]]:
    """Yield the groups that some solutions fit, those of alternatives as well."""
    yield from group.inner
    for union in group.unions:
        for alternative in union:
            yield from _inner(alternative, base)


class _Reader:
    """Reads groups off a cursor."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor
        self._depth = 0
        self._fresh = 0

    def group(self) -> _Group:
        """Return the group whose opening bracket was just read, up to its closing one."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Unread("nested too deeply")
        group = _Group()
        while not self._cursor.take("}"):
            self._part(group)
        self._depth -= 1
        return group

    def _part(self, group: _Group) -> None:
        cursor = self._cursor
        if cursor.take("FILTER"):
            self._filter(group)
        elif cursor.take("OPTIONAL") or cursor.take("MINUS"):
            group.inner.append((self._bracketed(), True))
        elif cursor.take("BIND"):
            cursor.expect("(")
            self._expression(group)
        elif cursor.take("VALUES"):
            group.tables.append(self._values())
        elif cursor.sees("{"):
            union = [self._bracketed()]
            while cursor.take("UNION"):
                union.append(self._bracketed())
            group.unions.append(union)
        elif cursor.sees_keyword():
            raise Unread(cursor.advance().text)
        elif not cursor.take("."):
            self.triples(group.patterns)

    def _bracketed(self) -> _Group:
        self._cursor.expect("{")
        return self.group()

    def _filter(self, group: _Group) -> None:
        cursor = self._cursor
        if cursor.take("NOT"):
            cursor.expect("EXISTS")
            group.inner.append((self._bracketed(), True))
        elif cursor.take("EXISTS"):
            group.inner.append((self._bracketed(), False))
        else:
            if not cursor.sees("("):
                cursor.advance()  # the name of a function
            cursor.expect("(")
            self._expression(group)

    def _expression(self, group: _Group) -> None:
        """Skip an expression up to its closing bracket; a pattern in it is read."""
        cursor, depth = self._cursor, 1
        while depth:
            if cursor.take("EXISTS"):
                group.inner.append((self._bracketed(), True))
                continue
            if cursor.sees("{") or cursor.sees("}"):
                raise Unread("a group in an expression")
            depth += {"(": 1, ")": -1}.get(cursor.advance().text, 0)

    def _values(self) -> Table:
        cursor = self._cursor
        several = cursor.take("(")
        names: list[str] = []
        while not (cursor.take(")") if several else names):
            names.append(cursor.variable().name)
        cursor.expect("{")
        rows = []
        while not cursor.take("}"):
            if several:
                cursor.expect("(")
            rows.append(tuple(self._value() for _ in names))
            if several:
                cursor.expect(")")
        return Table(tuple(names), tuple(rows))

    def _value(self) -> NamedNode | Literal | None:
        if self._cursor.take("UNDEF"):
            return None
        term = self._cursor.end()
        if isinstance(term, Variable):
            raise Unread("a variable among values")
        return term

    def triples(self, found: list[Pattern]) -> None:
        """Read triples with the same subjects, up to what is not one."""
        cursor = self._cursor
        while not (cursor.sees("}") or cursor.sees("{") or cursor.sees_keyword()):
            subject = cursor.end()
            self._predicates(subject, found)
            if not cursor.take("."):
                return

    def _predicates(self, subject: End, found: list[Pattern]) -> None:
        cursor = self._cursor
        while True:
            path = cursor.variable() if cursor.sees_variable() else read_path(cursor)
            while True:
                found.extend(self._spelled(subject, path, cursor.end()))
                if not cursor.take(","):
                    break
            if not cursor.take(";"):
                return
            while cursor.take(";"):
                pass
            if cursor.sees(".") or cursor.sees("}") or cursor.sees_keyword():
                return

    def _spelled(self, subject: End, path: Links | Variable, value: End) -> Iterator[Pattern]:
        """Yield a pattern for each member of a sequence, with variables of their own between them."""
        if isinstance(path, Variable):
            yield Pattern(subject, (Edge(path),), value)
            return
        here = subject
        for member in path[:-1]:
            self._fresh += 1
            there = Variable(f"{self._fresh} between")  # no query can name it
            yield step(here, member, there)
            here = there
        yield step(here, path[-1], value)
