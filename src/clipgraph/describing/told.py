"""The figures of a release, read from the VoID that a publish put into it: counting takes a pass over all.

The opposite of void.py. To be called in a worker, for a release whose descriptions are of its content (see
releases/descriptions.py).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from clipgraph.describing.figures import Figures, GraphFigures, Links, PropertyFigures, Use
from clipgraph.describing.identifiers import DATASET, part_of_void
from clipgraph.rdf.prefixes import expand
from clipgraph.rdf.terms import Literal, NamedNode, Store
from clipgraph.sources.graphs import VOID_GRAPH

_TRIPLES = "void:triples"
# Kinds of parts: what leads to one, and what says of which class, property or datatype it is.
_KINDS = {
    "class": ("void:classPartition", "void:class"),
    "property": ("void:propertyPartition", "void:property"),
    "datatype": ("void-ext:datatypePartition", "void-ext:datatype"),
}


class _OtherwiseToldError(Exception):
    """The description does not say all that is counted, or says something twice."""


def told_figures(store: Store, graphs: Iterable[str]) -> Figures | None:
    """Return the figures that the description in a store tells, None where it does not tell them all.

    That is where a graph uses too many classes or properties to list them, or where what is said of the
    dataset by hand stands between the figures. Of properties in named graphs (the IRIs ``graphs``) it does
    not tell how many subjects and objects they have: these are 0.
    """
    told = _Told(store)
    try:
        named = {iri: told.graph(iri, in_short=True) for iri in sorted(graphs)}
        figures = Figures(told.graph(DATASET), named, tuple(told.uses()), tuple(told.links()))
        told.must_be_all()
    except _OtherwiseToldError:
        return None
    return figures


class _Told:
    """What the description says, by subject and property, and which of its parts were read."""

    def __init__(self, store: Store) -> None:
        said: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for subject, predicate, value, _ in store.quads_for_pattern(None, None, None, NamedNode(VOID_GRAPH)):
            if isinstance(subject, NamedNode) and isinstance(value, NamedNode | Literal):
                said[subject.value, predicate.value].append(value.value)
        self._said = dict(said)
        self._read: set[str] = set()

    def graph(self, iri: str, *, in_short: bool = False) -> GraphFigures:
        """Return what is told of a graph; see ``void.add_figures`` and ``void.add_partitions``."""
        classes = {of: self._number(part, "void:entities") for of, part in self._parts("class", iri, iri)}
        properties = {
            name: PropertyFigures(*((self._number(part, _TRIPLES), 0, 0) if in_short else self._three(part)))
            for name, part in self._parts("property", iri, iri)
        }
        listed = (len(classes), len(properties))
        if listed != (self._number(iri, "void:classes"), self._number(iri, "void:properties")):
            raise _OtherwiseToldError
        triples, subjects, objects = self._three(iri)
        entities = self._number(iri, "void:entities")
        return GraphFigures(triples, subjects, objects, entities, classes, properties)

    def uses(self) -> Iterator[Use]:
        """Yield how things of each class use each property; see ``void._use``."""
        for of, whole in self._parts("class", DATASET, DATASET):
            for name, part in self._parts("property", whole, DATASET, "class", of):
                names = (DATASET, "class", of, "property", name)
                classes, datatypes = (
                    {iri: self._number(values, _TRIPLES) for iri, values in parts}
                    for parts in (self._parts("class", part, *names), self._parts("datatype", part, *names))
                )
                yield Use(of, name, self._number(part, _TRIPLES), classes, datatypes)

    def links(self) -> list[Links]:
        """Return the links to other datasets; what links by several properties has a part for each."""
        found = []
        for (subject, predicate), names in self._said.items():
            if predicate == expand("void:linkPredicate") and len(names) == 1:
                target = self._one(subject, "void:objectsTarget")
                if subject not in (part_of_void("links", target), part_of_void("links", target, names[0])):
                    raise _OtherwiseToldError
                found.append(Links(target, names[0], self._number(subject, _TRIPLES)))
        return sorted(found, key=lambda each: (each.target, each.property))

    def must_be_all(self) -> None:
        """Raise _OtherwiseToldError where the description has a part that was not read."""
        of = {expand(name) for _, name in _KINDS.values()}
        if any(predicate in of and subject not in self._read for subject, predicate in self._said):
            raise _OtherwiseToldError

    def _parts(self, kind: str, of: str, *names: str) -> list[tuple[str, str]]:
        """Return the parts of ``of``: classes, properties or datatypes in order, each with the part's IRI."""
        leading, name = _KINDS[kind]
        parts = [(self._one(part, name), part) for part in self._said.get((of, expand(leading)), ())]
        if any(part != part_of_void(*names, kind, iri) for iri, part in parts):
            raise _OtherwiseToldError
        self._read.update(part for _, part in parts)
        return sorted(parts)

    def _three(self, subject: str) -> tuple[int, int, int]:
        """Return the numbers of triples, subjects and objects."""
        return (
            self._number(subject, _TRIPLES),
            self._number(subject, "void:distinctSubjects"),
            self._number(subject, "void:distinctObjects"),
        )

    def _number(self, subject: str, name: str) -> int:
        told = self._one(subject, name)
        if not told.isascii() or not told.isdigit():
            raise _OtherwiseToldError
        return int(told)

    def _one(self, subject: str, name: str) -> str:
        told = self._said.get((subject, expand(name)), ())
        if len(told) != 1:
            raise _OtherwiseToldError
        return told[0]
