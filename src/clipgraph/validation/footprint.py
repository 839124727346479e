"""What each shape reads of a data graph, as branches that begin at its focus node.

A verdict can only change where a statement changes that the shape reads. SHACL's core reads what stands at
the ends of property paths, and the classes there (https://www.w3.org/TR/shacl/#core-components); a SPARQL
constraint reads its patterns. A shape that reads in another way is *unbounded*: it is asked about all nodes.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count

from rdflib import OWL, RDF, RDFS, SH, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Literal
from rdflib.term import Node as Term

from clipgraph.rdf.terms import NamedNode
from clipgraph.sparql.cursor import Unread
from clipgraph.sparql.paths import Links, alternative, inverse, one, repeated, step
from clipgraph.sparql.patterns import Branch, Edge, End, Pattern, Variable, reaches, renamed, renamed_table
from clipgraph.sparql.where import read_where
from clipgraph.validation.paths import path_expression
from clipgraph.validation.targets import class_targets, targeted

THIS = "this"
TYPE, SUBCLASS = NamedNode(str(RDF.type)), NamedNode(str(RDFS.subClassOf))
# Nothing of these is read from the data, or only the values that the path leads to.
_OF_VALUES = {
    *(SH.path, SH.datatype, SH.nodeKind, SH.minCount, SH.maxCount, SH.minExclusive, SH.minInclusive),
    *(SH.maxExclusive, SH.maxInclusive, SH.minLength, SH.maxLength, SH.pattern, SH.flags, SH.languageIn),
    *(SH.uniqueLang, SH.hasValue, SH["in"], SH.qualifiedMinCount, SH.qualifiedMaxCount, SH.ignoredProperties),
    *(SH.name, SH.description, SH.order, SH.group, SH.defaultValue, SH.message, SH.severity, SH.deactivated),
    *(SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf),
}
_OTHER_PROPERTY = {SH.equals, SH.disjoint, SH.lessThan, SH.lessThanOrEquals}
_NESTED = {SH.node, SH.property, SH["not"], SH.qualifiedValueShape}
_LISTS = {SH["and"], SH["or"], SH.xone}
_REPEATED = {SH.zeroOrMorePath: "*", SH.oneOrMorePath: "+", SH.zeroOrOnePath: "?"}


class Unbounded(Exception):
    """What a shape reads cannot be told."""


@dataclass(frozen=True, slots=True)
class Read:
    """A pattern of a branch; ``kind`` is the class that its object must be or stand below, if any."""

    branch: Branch
    index: int
    kind: NamedNode | None


@dataclass(frozen=True)
class Footprint:
    """What the shapes of a shapes graph read.

    Attributes:
        reads: what watches a predicate; None is any.
        shapes: the shapes that read a branch.
        unbounded: shapes of which nothing is known.
    """

    reads: Mapping[NamedNode | None, tuple[Read, ...]]
    shapes: Mapping[Branch, frozenset[Term]]
    unbounded: frozenset[Term]


def footprint(shapes: Graph) -> Footprint:
    """Return what the shapes with targets read, the targets among it."""
    reading = _Reading(shapes)
    by_branch: dict[Branch, set[Term]] = defaultdict(set)
    unbounded: set[Term] = set()
    for shape in targeted(shapes):
        try:
            for branch in reading.root(shape):
                by_branch[branch].add(shape)
        except (Unbounded, Unread):
            unbounded.add(shape)
    reads: dict[NamedNode | None, list[Read]] = defaultdict(list)
    for branch in by_branch:
        for index in range(branch.own, len(branch.patterns)):
            for predicate in {edge.predicate for edge in branch.patterns[index].edges}:
                key = predicate if isinstance(predicate, NamedNode) else None
                reads[key].append(Read(branch, index, _kind(branch, index)))
    return Footprint(
        {predicate: tuple(found) for predicate, found in reads.items()},
        {branch: frozenset(owners) for branch, owners in by_branch.items()},
        frozenset(unbounded),
    )


def _kind(branch: Branch, index: int) -> NamedNode | None:
    """Return the class that the object of a pattern has to be below, so that others are soon passed over."""
    value = branch.patterns[index].object
    if branch.patterns[index].edges != (Edge(TYPE),) or not isinstance(value, Variable):
        return None
    above = (
        each.object
        for each in branch.patterns
        if each.subject == value and each.edges == (Edge(SUBCLASS),) and each.reflexive and each.transitive
    )
    return next((kind for kind in above if isinstance(kind, NamedNode)), None)


class _Reading:
    """Follows shapes from their focus node on."""

    def __init__(self, shapes: Graph) -> None:
        self._shapes = shapes
        self._prefixes = _prefixes(shapes)
        # A component of one's own may read anything.
        self._own_components = any(
            not str(each).startswith(str(SH)) for each in shapes.subjects(RDF.type, SH.ConstraintComponent)
        ) or bool(list(shapes.subjects(RDFS.subClassOf, SH.ConstraintComponent)))

    def root(self, shape: Term) -> Iterator[Branch]:
        """Yield what a shape with a target reads: what makes a node its target, and what it asks there."""
        if self._own_components:
            raise Unbounded
        start, this = Branch(()), Variable(THIS)
        for each in class_targets(self._shapes, shape):
            yield start.extended(_of_class(this, Variable("class"), each))
        for predicate in self._shapes.objects(shape, SH.targetSubjectsOf):
            yield start.extended([Pattern(this, (Edge(_named(predicate)),), Variable("value"))])
        for predicate in self._shapes.objects(shape, SH.targetObjectsOf):
            yield start.extended([Pattern(this, (Edge(_named(predicate), inverse=True),), Variable("value"))])
        # The same names for the same place in each shape, so that many shapes share a branch.
        yield from self._shape(shape, this, start, frozenset())

    def _shape(
        self, shape: Term, focus: Variable, around: Branch, above: frozenset[Term]
    ) -> Iterator[Branch]:
        if shape in above:
            raise Unbounded  # recursive
        values, inner = focus, around
        path = self._shapes.value(shape, SH.path)
        if path is not None:
            values = _fresh(around)
            inner = around.extended(_along(focus, _links(self._shapes, path), values))
            yield inner
        for parameter, value in self._shapes.predicate_objects(shape):
            if parameter == SH.sparql:
                yield from self._query(value, shape, focus, around)
            elif parameter in _NESTED or parameter in _LISTS:
                for nested in Collection(self._shapes, value) if parameter in _LISTS else (value,):
                    yield from self._shape(nested, values, inner, above | {shape})
            elif parameter == SH.qualifiedValueShapesDisjoint:
                for sibling in self._siblings(shape):
                    yield from self._shape(sibling, values, inner, above | {shape})
            else:
                yield from _read_by(parameter, value, focus, values, around, inner)

    def _siblings(self, shape: Term) -> Iterator[Term]:
        for parent in self._shapes.subjects(SH.property, shape):
            for each in self._shapes.objects(parent, SH.property):
                yield from self._shapes.objects(each, SH.qualifiedValueShape)

    def _query(self, constraint: Term, shape: Term, focus: Variable, around: Branch) -> Iterator[Branch]:
        select = self._shapes.value(constraint, SH.select)
        if select is None:
            raise Unbounded
        text, path = str(select), self._shapes.value(shape, SH.path)
        if path is not None:
            for written in ("$PATH", "?PATH"):
                text = text.replace(written, path_expression(self._shapes, path))
        for branch in read_where(text, self._prefixes, [THIS]):
            yield _placed(branch, focus, around)


def _placed(query: Branch, focus: Variable, around: Branch) -> Branch:
    """Return a branch of a query as one that continues where its focus node is."""
    names = {THIS: focus}
    if around.patterns:  # else its variables cannot meet others
        numbers = count(1)
        used = {name for pattern in query.patterns for name in pattern.variables}
        used |= {name for table in query.tables for name in table.variables}
        for name in sorted(used - {THIS}):
            names[name] = Variable(f"{_depth(around)}.{next(numbers)}")
    patterns = tuple(renamed(pattern, names) for pattern in query.patterns)
    tables = tuple(renamed_table(table, names) for table in query.tables)
    placed = Branch((*around.patterns, *patterns), len(around.patterns) + query.own, tables)
    if not all(reaches(placed, index, [THIS]) for index in range(placed.own, len(placed.patterns))):
        raise Unbounded
    return placed


def _read_by(
    parameter: Term, value: Term, focus: Variable, values: Variable, around: Branch, inner: Branch
) -> Iterator[Branch]:
    """Yield what a parameter of SHACL's core reads beside the value nodes; raises Unbounded for others."""
    if parameter == SH["class"]:
        yield inner.extended(_of_class(values, _fresh(inner), value))
    elif parameter in _OTHER_PROPERTY:
        yield around.extended([Pattern(focus, (Edge(_named(value)),), _fresh(around))])
    elif parameter == SH.closed:
        yield inner.extended([Pattern(values, (Edge(None),), _fresh(inner))])
    elif str(parameter).startswith(str(SH)) and parameter not in _OF_VALUES:
        raise Unbounded


def _of_class(instance: End, kind: Variable, target: Term) -> list[Pattern]:
    above = Pattern(kind, (Edge(SUBCLASS),), _named(target), transitive=True, reflexive=True)
    return [Pattern(instance, (Edge(TYPE),), kind), above]


def _along(start: End, links: Links, stop: Variable) -> list[Pattern]:
    places = [start, *(Variable(f"{stop.name} {number}") for number in range(1, len(links))), stop]
    return [step(here, link, there) for here, link, there in zip(places, links, places[1:], strict=False)]


def _fresh(branch: Branch) -> Variable:
    return Variable(_depth(branch))


def _depth(branch: Branch) -> str:
    return f"at {len(branch.patterns)}"


def _named(node: Term) -> NamedNode:
    if not isinstance(node, URIRef):
        raise Unbounded
    return NamedNode(str(node))


def _links(shapes: Graph, path: Term) -> Links:
    """Return a SHACL property path (https://www.w3.org/TR/shacl/#property-paths) as links."""
    if isinstance(path, URIRef):
        return one(_named(path))
    if (path, RDF.first, None) in shapes:
        return tuple(link for member in Collection(shapes, path) for link in _links(shapes, member))
    for predicate, sign in _REPEATED.items():
        inner = shapes.value(path, predicate)
        if inner is not None:
            return repeated(_links(shapes, inner), sign)
    inner = shapes.value(path, SH.inversePath)
    if inner is not None:
        return inverse(_links(shapes, inner))
    choices = shapes.value(path, SH.alternativePath)
    if choices is None:
        raise Unbounded
    return alternative([_links(shapes, member) for member in Collection(shapes, choices)])


def _prefixes(shapes: Graph) -> dict[str, str]:
    """Return the prefixes that the queries of a shapes graph may use; one with two meanings has none."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, namespace in (("rdf", RDF), ("rdfs", RDFS), ("owl", OWL)):
        found[name].add(str(namespace))
    for node in shapes.objects(None, SH.declare):
        prefix, meaning = shapes.value(node, SH.prefix), shapes.value(node, SH.namespace)
        if isinstance(prefix, Literal) and meaning is not None:
            found[str(prefix)].add(str(meaning))
    return {prefix: meanings.pop() for prefix, meanings in found.items() if len(meanings) == 1}
