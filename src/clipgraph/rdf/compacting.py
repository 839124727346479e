"""Writes what is said of a thing as JSON-LD that reads as JSON: a tree from the thing, in short names.

Compacted document form (https://www.w3.org/TR/json-ld11/#compacted-document-form) with the part of the
context that it needs in it, so that nobody fetches one. What other nodes say stands within the first that
leads to them; what only points at a node, under ``@reverse`` there.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from clipgraph.rdf.arranging import Edge, Tree, arrange
from clipgraph.rdf.context import Context, TermDefinition
from clipgraph.rdf.prefixes import PREFIXES, shorten
from clipgraph.rdf.terms import BlankNode, Literal, NamedNode, Node, Subject, Triple

_TYPE, _XSD = PREFIXES["rdf"] + "type", PREFIXES["xsd"]
# Every reader of JSON takes these as they are: https://www.rfc-editor.org/rfc/rfc8259#section-6
_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,14}")
# What a person looks for first.
_FIRST = ("id", "type", "label", "prefLabel", "title", "name", "altLabel", "description", "definition")
_Value = Node | Triple


class NoForm(Exception):
    """There is a triple term, which JSON-LD has no form for."""


def compacted(triples: Iterable[Triple], root: Subject, context: Context) -> dict[str, Any]:
    """Return the document; raises NoForm."""
    tree = arrange(triples, root)
    names = _Names(context, _schemes(tree))
    writer = _Writer(tree, names)
    document = writer.node(root)
    if tree.others:
        document = {"@graph": [document, *map(writer.node, tree.others)]}
    return names.context() | document


def _schemes(tree: Tree) -> set[str]:
    """Return what could be taken for a prefix in the IRIs of a tree: ``geo`` of ``geo:50,8``."""
    found: set[str] = set()
    for node, said in tree.about.items():
        for term in (node, *said, *(value for values in said.values() for value in values)):
            iri = term.datatype.value if isinstance(term, Literal) else str(term)[1:-1]
            scheme, _, rest = iri.partition(":")
            found |= {scheme} if not rest.startswith("//") else set()
    return found


class _Names:
    """Gives short names, but for ``banned`` ones, and remembers which it gave."""

    def __init__(self, context: Context, banned: set[str]) -> None:
        self._known, self._banned = context, banned
        self._terms: dict[str, TermDefinition] = {}
        self._prefixes: dict[str, str] = {}

    def context(self) -> dict[str, Any]:
        """Return the context of the names that were given."""
        return Context(self._terms, self._prefixes).to_json()

    def term(self, iri: str) -> TermDefinition | None:
        """Return the short name of a term, None where it has none."""
        found = self._known.terms.get(iri)
        if found is None or found.name in self._banned:
            return None
        return self._terms.setdefault(iri, found)

    def plain(self, iri: str) -> str:
        """Return a prefixed name, or the IRI, under which values stand just as they are written."""
        prefix = shorten(iri).partition(":")[0]
        if shorten(iri) == iri or prefix not in self._known.prefixes or prefix in self._banned:
            return iri
        self._prefixes[prefix] = PREFIXES[prefix]
        return shorten(iri)

    def of_class(self, iri: str) -> str:
        """Return the name of a class, as ``type`` takes it."""
        term = self.term(iri)
        return term.name if term else self.plain(iri)


class _Writer:
    """Writes the nodes of a tree."""

    def __init__(self, tree: Tree, names: _Names) -> None:
        self._tree, self._within, self._names = tree, tree.within, names

    def node(self, node: Subject, told: Edge | None = None) -> dict[str, Any]:
        """Return all that is said of a node, but for the statement that is told by where it stands."""
        written: dict[str, Any] = {}
        for predicate, values in self._tree.about.get(node, {}).items():
            left = [value for value in values if (node, predicate, value) != told]
            if left:
                written |= self._property(node, predicate, left)
        ranked = sorted(written, key=lambda key: (_FIRST.index(key) if key in _FIRST else len(_FIRST), key))
        reverse: dict[str, list[Any]] = {}
        for edge in self._tree.pointing.get(node, ()):
            reverse.setdefault(self._pointing(edge[1].value), []).append(self.node(edge[0], edge))
        found = {"id": _id(node)} | {key: written[key] for key in ranked}
        return found | ({"@reverse": dict(sorted(reverse.items()))} if reverse else {})

    def _pointing(self, iri: str) -> str:
        term = self._names.term(iri)
        return term.name if term and term.is_link else self._names.plain(iri)

    def _property(self, node: Subject, predicate: NamedNode, values: Sequence[_Value]) -> dict[str, Any]:
        """Return a property under its short name, and what does not fit there under another."""
        if predicate.value == _TYPE:
            return self._types(node, predicate, values)
        term = self._names.term(predicate.value)
        fitting = [value for value in values if term and _fits(value, term)]
        others = [value for value in values if value not in fitting]
        found: dict[str, Any] = {}
        if term and fitting:
            found[term.name] = self._fitting(node, predicate, fitting, term)
        if others:
            written = [self._value(node, predicate, value, None) for value in others]
            found[self._names.plain(predicate.value)] = _one_or_more(written)
        return found

    def _types(self, node: Subject, predicate: NamedNode, values: Sequence[_Value]) -> dict[str, Any]:
        """Return the names of classes, and beside them in full those of which something is said here."""
        named = [value for value in values if isinstance(value, NamedNode)]
        told = [value for value in values if value not in named or (node, predicate, value) in self._within]
        found: dict[str, Any] = {}
        if named:
            found["type"] = _one_or_more([self._names.of_class(value.value) for value in named])
        if told:
            written = [self._value(node, predicate, value, None) for value in told]
            found[self._names.plain(_TYPE)] = _one_or_more(written)
        return found

    def _fitting(
        self, node: Subject, predicate: NamedNode, values: Sequence[_Value], term: TermDefinition
    ) -> Any:  # noqa: ANN401
        if term.by_language:
            return _by_language(values)
        return _one_or_more([self._value(node, predicate, value, term) for value in values])

    def _value(self, node: Subject, predicate: NamedNode, value: _Value, term: TermDefinition | None) -> Any:  # noqa: ANN401
        if isinstance(value, Triple):
            raise NoForm
        if isinstance(value, Literal):
            return value.value if term and term.datatype else self._literal(value)
        if (node, predicate, value) in self._within:
            return self.node(value)
        return _id(value) if term and term.is_link else {"id": _id(value)}

    def _literal(self, literal: Literal) -> Any:  # noqa: ANN401
        """Return a literal as a value of JSON that is read as that literal."""
        text, datatype = literal.value, literal.datatype.value
        if literal.language:
            told = {"@value": text, "@language": literal.language}
            return told | ({"@direction": str(literal.direction)} if literal.direction else {})
        if datatype == _XSD + "string":
            return text
        if datatype == _XSD + "boolean" and text in ("true", "false"):
            return text == "true"
        if datatype == _XSD + "integer" and _WHOLE.fullmatch(text):
            return int(text)
        return {"@value": text, "@type": self._names.plain(datatype)}


def _fits(value: _Value, term: TermDefinition) -> bool:
    """Tell whether a value can stand under a short name, given what that says of its values."""
    if term.is_link:
        return isinstance(value, NamedNode | BlankNode)
    if term.by_language:
        return isinstance(value, Literal) and bool(value.language) and not value.direction
    return not term.datatype or (isinstance(value, Literal) and value.datatype.value == term.datatype)


def _id(node: Subject) -> str:
    return node.value if isinstance(node, NamedNode) else str(node)


def _by_language(values: Iterable[_Value]) -> dict[str, Any]:
    found: dict[str, list[str]] = {}
    for value in values:
        if isinstance(value, Literal):
            found.setdefault(value.language or "", []).append(value.value)
    return {tag: _one_or_more(texts) for tag, texts in sorted(found.items())}


def _one_or_more(values: list[Any]) -> Any:  # noqa: ANN401
    return values[0] if len(values) == 1 else values
