"""Reads the WHERE clause of a trusted query into branches, or says that it cannot.

A small part of the grammar (https://www.w3.org/TR/sparql11-query/#sparqlGrammar): groups, UNION, OPTIONAL,
MINUS, EXISTS, FILTER, BIND, VALUES, property paths. Whoever asks has a slower way for anything else.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from clipgraph.rdf.terms import Literal, NamedNode
from clipgraph.sparql.cursor import Cursor, Unread
from clipgraph.sparql.groups import MOST_BRANCHES, Group, branches
from clipgraph.sparql.paths import Links, read_path, step
from clipgraph.sparql.patterns import Branch, Edge, End, Pattern, Table, Variable

_DEEPEST = 20
# After one of these in an expression ``<`` is less than; what follows can look like an IRI (?a<?b&&?c>?d).
_OPERANDS = {"variable", "iri", "name", "string", "language", "number", "word", ")", "}"}


def read_where(
    text: str, prefixes: Mapping[str, str] | None = None, given: Iterable[str] = ()
) -> tuple[Branch, ...]:
    """Return the branches of the WHERE clause of a SELECT or ASK query.

    Args:
        text: a query that the engine can read.
        prefixes: those declared elsewhere, with their namespaces.
        given: the names of variables whose values are known before the query is asked; in all of its groups.

    Raises:
        Unread: it has something that is not read here.
    """
    cursor = Cursor(text, prefixes or {})
    cursor.skip_to_group(cursor.prologue())
    cursor.expect("{")
    group = _Reader(cursor).group()
    cursor.expect_end()
    found = tuple(islice(branches(group, Branch(()), frozenset(given)), MOST_BRANCHES + 1))
    if len(found) > MOST_BRANCHES:
        raise Unread("too many alternatives")
    return found


class _Reader:
    """Reads groups off a cursor."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor
        self._depth = 0
        self._fresh = 0

    def group(self) -> Group:
        """Return the group whose opening bracket was just read, up to its closing one."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Unread("nested too deeply")
        group = Group()
        while not self._cursor.take("}"):
            self._part(group)
        self._depth -= 1
        return group

    def _part(self, group: Group) -> None:
        cursor = self._cursor
        if cursor.take("FILTER"):
            self._filter(group)
        elif cursor.take("OPTIONAL") or cursor.take("MINUS"):
            before = group.certain()
            group.inner.append((self._bracketed(), before))
        elif cursor.take("BIND"):
            cursor.expect("(")
            before = group.certain()
            group.inner.extend((each, before) for each in self._expression())
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

    def _bracketed(self) -> Group:
        self._cursor.expect("{")
        return self.group()

    def _filter(self, group: Group) -> None:
        cursor = self._cursor
        if cursor.take("NOT"):
            cursor.expect("EXISTS")
            group.filters.append(self._bracketed())
        elif cursor.take("EXISTS"):
            group.filters.append(self._bracketed())
        else:
            if not cursor.sees("("):
                cursor.advance()  # the name of a function
            cursor.expect("(")
            group.filters.extend(self._expression())

    def _expression(self) -> Iterator[Group]:
        """Skip an expression up to its closing bracket; yield the groups that it asks for."""
        cursor, depth, last = self._cursor, 1, ""
        while depth:
            if cursor.take("EXISTS"):
                yield self._bracketed()
                last = "}"
                continue
            if cursor.sees("{") or cursor.sees("}"):
                raise Unread("a group in an expression")
            token = cursor.advance()
            if token.kind == "iri" and last in _OPERANDS:
                raise Unread("less than, or an IRI")
            depth += {"(": 1, ")": -1}.get(token.text, 0)
            last = token.kind if token.kind != "other" else token.text

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
