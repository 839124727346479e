"""Makes graphs: statements in prefixed names, each once, together by what they are about."""

from collections.abc import Iterator, Mapping
from itertools import chain

from clipgraph.rdf.prefixes import expand
from clipgraph.rdf.terms import Literal, NamedNode, Node, Triple

_INTEGER = NamedNode(expand("xsd:integer"))


class Triples:
    """The statements made so far; subjects, and what is said of each, in the order in which that was done."""

    def __init__(self) -> None:
        self._made: dict[str, dict[Triple, None]] = {}

    def __iter__(self) -> Iterator[Triple]:
        """Yield them."""
        return chain.from_iterable(self._made.values())

    def say(self, subject: str, name: str, *values: Node | str) -> None:
        """State a property, a prefixed name, with these values; a text is an IRI."""
        for value in values:
            self.copy(subject, expand(name), NamedNode(value) if isinstance(value, str) else value)

    def types(self, subject: str, *names: str) -> None:
        """State that a subject is of these classes, prefixed names."""
        self.say(subject, "rdf:type", *map(expand, names))

    def count(self, subject: str, name: str, number: int) -> None:
        """State a number, an xsd:integer."""
        self.say(subject, name, Literal(str(number), datatype=_INTEGER))

    def words(self, subject: str, name: str, words: Mapping[str, str]) -> None:
        """State what a subject is called, by language."""
        self.say(subject, name, *(Literal(text, language=tag) for tag, text in words.items()))

    def value(self, subject: str, name: str, text: str, datatype: str = "xsd:string") -> None:
        """State a literal of a datatype, a prefixed name."""
        self.say(subject, name, Literal(text, datatype=NamedNode(expand(datatype))))

    def copy(self, subject: str, predicate: str, value: Node) -> None:
        """State what is said elsewhere; the property is an IRI."""
        triple = Triple(NamedNode(subject), NamedNode(predicate), value)
        self._made.setdefault(subject, {})[triple] = None
