"""Statements of a graph in memory, found by subject and by value: the ontology and its shapes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from clipgraph.engines.rows import Value
from clipgraph.rdf.prefixes import expand

_MOST_MEMBERS = 1000
full = expand
_FIRST, _REST, _NIL = full("rdf:first"), full("rdf:rest"), full("rdf:nil")


class Statements:
    """Triples of IRIs and values; properties are given as prefixed names."""

    def __init__(self, triples: Iterable[tuple[str, str, Value]]) -> None:
        self._of: dict[str, dict[str, list[Value]]] = defaultdict(dict)
        self._with: dict[tuple[str, str], list[str]] = defaultdict(list)
        for subject, predicate, value in triples:
            self._of[subject].setdefault(predicate, []).append(value)
            if value.kind != "literal":
                self._with[predicate, value.text].append(subject)

    def __contains__(self, subject: str) -> bool:
        """Tell whether anything is said of it."""
        return subject in self._of

    def all(self) -> Iterable[str]:
        """Return everything that something is said of."""
        return self._of.keys()

    def mentioned(self) -> set[str]:
        """Return every IRI that stands anywhere."""
        properties = {name for said in self._of.values() for name in said}
        return properties | self._of.keys() | {iri for _, iri in self._with}

    def about(self, subject: str) -> dict[str, list[Value]]:
        """Return all that is said of it: values by the IRI of the property."""
        return self._of.get(subject, {})

    def values(self, subject: str, *names: str) -> list[Value]:
        """Return the values of some properties, in their order."""
        said = self.about(subject)
        return [value for name in names for value in said.get(full(name), ())]

    def nodes(self, subject: str, *names: str) -> list[str]:
        """Return the values that are no literals, as IRIs or labels of blank nodes."""
        return [value.text for value in self.values(subject, *names) if value.kind != "literal"]

    def first(self, subject: str, *names: str) -> Value | None:
        """Return a value, None where there is none."""
        return next(iter(self.values(subject, *names)), None)

    def number(self, subject: str, name: str) -> int | None:
        """Return a value that is a whole number, else None."""
        value = self.first(subject, name)
        try:
            return int(value.text) if value else None
        except ValueError:
            return None

    def subjects(self, name: str, iri: str) -> list[str]:
        """Return what has the IRI as value of a property."""
        return self._with.get((full(name), iri), [])

    def members(self, head: str) -> list[Value]:
        """Return the members of a list, as many as hang together (https://www.w3.org/TR/rdf-schema/#ch_list)."""
        return list(self._members(head))

    def is_list(self, node: str) -> bool:
        """Tell whether a node begins a list."""
        return node == _NIL or _FIRST in self.about(node)

    def _members(self, node: str) -> Iterator[Value]:
        seen: set[str] = set()
        while node != _NIL and node not in seen and len(seen) < _MOST_MEMBERS:
            seen.add(node)
            said = self.about(node)
            yield from said.get(_FIRST, ())[:1]
            node = next((value.text for value in said.get(_REST, ()) if value.kind != "literal"), _NIL)
