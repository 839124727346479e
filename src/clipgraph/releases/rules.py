"""Rules of inference taken apart: what each concludes, and from which patterns of the graph."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from clipgraph.rdf.terms import Literal, NamedNode, Node, Triple
from clipgraph.sparql.cursor import Unread
from clipgraph.sparql.joining import Bound
from clipgraph.sparql.library import LibraryQuery
from clipgraph.sparql.patterns import Branch, End, Pattern, Variable
from clipgraph.sparql.tokens import tokens
from clipgraph.sparql.where import read_where


@dataclass(frozen=True)
class Rule:
    """A CONSTRUCT query.

    Attributes:
        ask: asks whether anything fits its WHERE clause.
        heads: the patterns that it makes triples of, each of one edge.
        branches: what its WHERE clause reads, that of negated groups included.
    """

    ask: str
    heads: tuple[Pattern, ...]
    branches: tuple[Branch, ...]

    def concludes(self, bound: Bound) -> list[Triple]:
        """Return the triples that it makes of values of its variables.

        Raises:
            Unread: these are not all of the values that it takes.
        """
        found = []
        for head in self.heads:
            subject, predicate, object_ = (_value(end, bound) for end in _ends(head))
            if isinstance(predicate, NamedNode) and not isinstance(subject, Literal):
                found.append(Triple(subject, predicate, object_))
        return found

    def makes(self, triple: Triple) -> list[dict[str, Node]]:
        """Return the values of its variables by which it makes this triple, for each head that can."""
        values = (_matched(head, triple) for head in self.heads)
        return [each for each in values if each is not None]


def read_rules(rules: Sequence[LibraryQuery]) -> tuple[Rule, ...]:
    """Return rules taken apart; raises Unread where one has something that is not read here."""
    return tuple(_read(rule.text) for rule in rules)


@lru_cache(64)
def _read(text: str) -> Rule:
    prologue, template, where = _parts(text)
    made = read_where(f"{prologue} SELECT * WHERE {template}")
    if len(made) != 1 or any(len(pattern.edges) != 1 or pattern.transitive for pattern in made[0].patterns):
        raise Unread("a template that is none")
    return Rule(f"{prologue} ASK {where}", made[0].patterns, read_where(f"{prologue} SELECT * {where}"))


def _parts(text: str) -> tuple[str, str, str]:
    """Return what stands before CONSTRUCT, its template in braces, and what comes behind."""
    start = opened = -1
    for token in tokens(text):
        if start < 0 and token.kind == "word" and token.text.upper() == "CONSTRUCT":
            start = token.start
        elif start >= 0 and token.text == "{" and opened < 0:
            opened = token.start
        elif opened >= 0 and token.text == "}":
            return text[:start], text[opened : token.start + 1], text[token.start + 1 :]
    raise Unread("no CONSTRUCT with a template")


def _ends(head: Pattern) -> tuple[End, End, End]:
    predicate = head.edges[0].predicate
    if predicate is None or head.edges[0].inverse:
        raise Unread("a template that is none")
    return head.subject, predicate, head.object


def _value(end: End, bound: Bound) -> Node:
    if not isinstance(end, Variable):
        return end
    if end.name not in bound:
        raise Unread(f"nothing leads to ?{end.name}")
    return bound[end.name]


def _matched(head: Pattern, triple: Triple) -> dict[str, Node] | None:
    values: dict[str, Node] = {}
    terms = (triple.subject, triple.predicate, triple.object)
    for end, term in zip(_ends(head), terms, strict=True):
        if isinstance(term, Triple):
            return None
        if isinstance(end, Variable):
            if values.setdefault(end.name, term) != term:
                return None
        elif end != term:
            return None
    return values
