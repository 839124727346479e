"""Which nodes a Change can give another verdict: found by walking back along what the shapes read."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from rdflib import SH, Graph
from rdflib.term import Node as Term

from clipgraph.rdf.terms import BlankNode, Literal, NamedNode, Node, Quad, Triple
from clipgraph.releases.change import Change
from clipgraph.sparql.joining import Bound, solutions
from clipgraph.validation.conversion import Terms, is_data
from clipgraph.validation.footprint import SUBCLASS, THIS, TYPE, Footprint
from clipgraph.validation.live import Data
from clipgraph.validation.targets import class_targets, targeted


class TooMany(Exception):
    """More can have changed than is worth being looked for."""


@dataclass
class Both:
    """The data before and after a Change together: all that a verdict of one of them may have rested on.

    ``budget`` is the number of triples that may be looked at before TooMany is raised.
    """

    data: Data
    budget: int
    _removed: dict[Node | None, list[Triple]] = field(default_factory=lambda: defaultdict(list))
    _above: dict[Node, set[Node]] = field(default_factory=dict)

    def remember(self, triples: Iterable[Triple]) -> None:
        """Add triples that the Change took out."""
        for triple in triples:
            for key in (triple.subject, triple.object, None):
                if not isinstance(key, Triple):
                    self._removed[key].append(triple)

    def above(self, kind: Node | Triple) -> set[Node]:
        """Return a class with all that are or were above it."""
        if isinstance(kind, Triple):
            return set()
        found = self._above.get(kind)
        if found is None:
            found = _closure(kind, lambda each: [t.object for t in self(each, SUBCLASS, None)])
            self._above[kind] = found
        return found

    def __call__(self, subject: Node | None, predicate: NamedNode | None, value: Node | None) -> list[Triple]:
        """Return the triples that fit, of which None is any."""
        found = self.data(subject, predicate, value)
        key = value if subject is None else subject
        found += [each for each in self._removed.get(key, ()) if _fits(each, subject, predicate, value)]
        self.budget -= 1 + len(found)
        if self.budget < 0:
            raise TooMany
        return found


def _fits(triple: Triple, subject: Node | None, predicate: NamedNode | None, value: Node | None) -> bool:
    return (
        (subject is None or triple.subject == subject)
        and (predicate is None or triple.predicate == predicate)
        and (value is None or triple.object == value)
    )


class Targets:
    """Which shapes ask about which nodes (https://www.w3.org/TR/shacl/#targets)."""

    def __init__(self, shapes: Graph, data: Data, terms: Terms) -> None:
        self._data = data
        self._shapes = targeted(shapes)
        self._classes = {
            shape: [terms.from_rdflib(each) for each in class_targets(shapes, shape)]
            for shape in self._shapes
        }
        self._stated = {
            predicate: [
                (shape, terms.from_rdflib(value)) for shape, value in shapes.subject_objects(predicate)
            ]
            for predicate in (SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
        }
        self._by_class: dict[Node | None, list[Term]] = defaultdict(list)
        for shape, classes in self._classes.items():
            for each in classes:
                self._by_class[each].append(shape)
        self._above: dict[Node, frozenset[Term]] = {}
        self._known: dict[Node, frozenset[Term]] = {}

    def of(self, node: Node) -> frozenset[Term]:
        """Return the shapes that have the node as a target."""
        found = self._known.get(node)
        if found is None:
            found = self._known[node] = frozenset(self._found(node))
        return found

    def _found(self, node: Node) -> Iterator[Term]:
        for triple in self._data(node, TYPE, None):
            yield from self._of_class(triple.object)
        yield from (shape for shape, value in self._stated[SH.targetNode] if value == node)
        for shape, predicate in self._stated[SH.targetSubjectsOf]:
            if self._data(node, predicate, None):
                yield shape
        for shape, predicate in self._stated[SH.targetObjectsOf]:
            if self._data(None, predicate, node):
                yield shape

    def _of_class(self, kind: Node | Triple) -> frozenset[Term]:
        """Return the shapes that target a class or one above it."""
        if isinstance(kind, Triple):
            return frozenset()
        found = self._above.get(kind)
        if found is None:
            above = _closure(kind, lambda each: [t.object for t in self._data(each, SUBCLASS, None)])
            found = self._above[kind] = frozenset(s for each in above for s in self._by_class.get(each, ()))
        return found

    def nodes(self, shape: Term) -> Iterator[Node]:
        """Yield every target of a shape, some of them twice."""
        for target in self._classes.get(shape, ()):
            if target is not None:
                for kind in _closure(
                    target, lambda each: [t.subject for t in self._data(None, SUBCLASS, each)]
                ):
                    yield from _nodes(t.subject for t in self._data(None, TYPE, kind))
        for predicate, stated in self._stated.items():
            for owner, value in stated:
                if owner != shape or value is None:
                    continue
                if predicate == SH.targetNode:
                    yield value
                elif predicate == SH.targetSubjectsOf:
                    yield from _nodes(t.subject for t in self._data(None, value, None))
                else:
                    yield from _nodes(t.object for t in self._data(None, value, None))

    def lost(self, removed: Iterable[Triple]) -> set[Term]:
        """Return the shapes that some of the triples gave a target, and that have none left."""
        kinds = {t.object for t in removed if t.predicate == TYPE}
        shapes = {shape for kind in kinds for shape in self._of_class(kind)}
        predicates = {t.predicate for t in removed}
        for stated in (SH.targetSubjectsOf, SH.targetObjectsOf):
            shapes |= {shape for shape, value in self._stated[stated] if value in predicates}
        if SUBCLASS in predicates:
            shapes = set(self._shapes)
        return {shape for shape in shapes if next(self.nodes(shape), None) is None}


def _nodes(terms: Iterable[Node | Triple]) -> Iterator[Node]:
    return (term for term in terms if isinstance(term, NamedNode | BlankNode | Literal))


def _closure(start: Node, further: Callable[[Node], Iterable[Node | Triple]]) -> set[Node]:
    seen, todo = {start}, [start]
    while todo:
        for each in _nodes(further(todo.pop())):
            if each not in seen:
                seen.add(each)
                todo.append(each)
    return seen


def affected(
    change: Change, footprint: Footprint, targets: Targets, both: Both, most: int
) -> Mapping[Term, set[Node]]:
    """Return, for each shape, the nodes that it has to be asked about after a Change.

    Raises:
        TooMany: they are more than ``most``, or finding them takes too long.
    """
    found: dict[Term, set[Node]] = defaultdict(set)
    removed = list(data_triples(change.removed))
    both.remember(removed)
    nodes: set[Node] = set()
    for triple in dict.fromkeys((*data_triples(change.added), *removed)):
        for node, shapes in _reached(triple, footprint, targets, both, found):
            nodes.add(node)
            for shape in shapes:
                found[shape].add(node)
            if len(nodes) > most:
                raise TooMany
    for shape in footprint.unbounded:
        for node in targets.nodes(shape):
            nodes.add(node)
            found[shape].add(node)
            if len(nodes) > most:
                raise TooMany
    return found


def _reached(
    triple: Triple, footprint: Footprint, targets: Targets, both: Both, found: Mapping[Term, set[Node]]
) -> Iterator[tuple[Node, frozenset[Term]]]:
    for key in (triple.predicate, None):
        for read in footprint.reads.get(key, ()):
            if read.kind and read.kind not in both.above(triple.object):
                continue
            asking = footprint.shapes[read.branch]

            def open_yet(bound: Bound, asking: frozenset[Term] = asking) -> bool:
                node = bound.get(THIS)
                if node is None:
                    return True
                shapes = asking & targets.of(node)
                return any(node not in found[shape] for shape in shapes)

            for bound in solutions(read.branch, read.index, triple, both, open_yet):
                node = bound[THIS]
                yield node, asking & targets.of(node)


def data_triples(quads: Iterable[Quad]) -> Iterator[Triple]:
    """Yield the triples of the quads that stand in the data graph."""
    for quad in quads:
        name = quad.graph_name
        if isinstance(name, NamedNode) and is_data(name.value) and not isinstance(quad.object, Triple):
            yield quad.triple
