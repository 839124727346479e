"""SHACL property paths as trees: to be said in words, and written as SPARQL writes them."""

from collections.abc import Iterator
from dataclasses import dataclass

from clipgraph.engines.rows import Value
from clipgraph.pages.statements import Statements
from clipgraph.rdf.prefixes import shorten

PREDICATE, SEQUENCE, ALTERNATIVE, INVERSE = "predicate", "sequence", "alternative", "inverse"
ZERO_OR_MORE, ONE_OR_MORE, ZERO_OR_ONE, UNKNOWN = "zero-or-more", "one-or-more", "zero-or-one", "unknown"
_OPERATORS = {
    "sh:inversePath": (INVERSE, "^{}"),
    "sh:zeroOrMorePath": (ZERO_OR_MORE, "{}*"),
    "sh:oneOrMorePath": (ONE_OR_MORE, "{}+"),
    "sh:zeroOrOnePath": (ZERO_OR_ONE, "{}?"),
}
_FORMS = dict(_OPERATORS.values())
_DEEPEST = 20


@dataclass(frozen=True)
class Path:
    """A path (https://www.w3.org/TR/shacl/#property-paths): a predicate's ``iri``, or ``parts`` of a kind."""

    kind: str
    iri: str = ""
    parts: tuple["Path", ...] = ()

    def predicates(self) -> Iterator[str]:
        """Yield the predicates in it."""
        if self.kind == PREDICATE:
            yield self.iri
        for part in self.parts:
            yield from part.predicates()

    def sparql(self) -> str:
        """Return it in the syntax of SPARQL (https://www.w3.org/TR/sparql11-query/#propertypaths)."""
        if self.kind == PREDICATE:
            short = shorten(self.iri)
            return short if short != self.iri else f"<{self.iri}>"
        inner = [part.sparql() for part in self.parts]
        if self.kind in _FORMS:
            return _FORMS[self.kind].format(inner[0])
        return f"({('/' if self.kind == SEQUENCE else '|').join(inner)})" if inner else "?"


def read_path(statements: Statements, node: Value | None, depth: int = 0) -> Path:
    """Return the path that a node of the shapes graph is; one that is none is of kind ``unknown``."""
    if node is None or node.kind == "literal" or depth > _DEEPEST:
        return Path(UNKNOWN)
    for name, (kind, _) in _OPERATORS.items():
        inner = statements.first(node.text, name)
        if inner:
            return Path(kind, parts=(read_path(statements, inner, depth + 1),))
    alternatives = statements.first(node.text, "sh:alternativePath")
    if alternatives:
        return _joined(statements, ALTERNATIVE, alternatives.text, depth)
    if statements.is_list(node.text):
        return _joined(statements, SEQUENCE, node.text, depth)
    return Path(PREDICATE, node.text) if node.kind == "uri" else Path(UNKNOWN)


def _joined(statements: Statements, kind: str, head: str, depth: int) -> Path:
    members = statements.members(head)
    return Path(kind, parts=tuple(read_path(statements, member, depth + 1) for member in members))
