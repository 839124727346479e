"""Counts the nodes that each shape is asked about: a shape that finds none checks nothing."""

from collections.abc import Iterator

from rdflib import OWL, RDF, RDFS, SH, Graph
from rdflib.term import Node

TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)


def targets(data: Graph, shapes: Graph) -> dict[Node, int]:
    """Return the number of focus nodes of every shape with a target (https://www.w3.org/TR/shacl/#targets)."""
    return {shape: len(set(_focus_nodes(data, shapes, shape))) for shape in targeted(shapes)}


def targeted(shapes: Graph) -> set[Node]:
    """Return the shapes that have a target, an implicit class target among them."""
    declared = {shape for predicate in TARGETS for shape in shapes.subjects(predicate, None)}
    return declared | {shape for shape in shapes.subjects(RDF.type, SH.NodeShape) if _is_class(shapes, shape)}


def _is_class(shapes: Graph, shape: Node) -> bool:
    return any((shape, RDF.type, kind) in shapes for kind in (RDFS.Class, OWL.Class))


def class_targets(shapes: Graph, shape: Node) -> list[Node]:
    """Return the classes whose instances a shape targets, itself where it is a class."""
    return [*shapes.objects(shape, SH.targetClass), *([shape] if _is_class(shapes, shape) else [])]


def _focus_nodes(data: Graph, shapes: Graph, shape: Node) -> Iterator[Node]:
    yield from shapes.objects(shape, SH.targetNode)
    for predicate in shapes.objects(shape, SH.targetSubjectsOf):
        yield from data.subjects(predicate, None)
    for predicate in shapes.objects(shape, SH.targetObjectsOf):
        yield from data.objects(None, predicate)
    for target in class_targets(shapes, shape):
        for below in data.transitive_subjects(RDFS.subClassOf, target):
            yield from data.subjects(RDF.type, below)
