"""Puts faults into a data graph: for each property shape, things that lack values or have strange ones."""

from collections.abc import Iterable, Iterator

from rdflib import RDF, RDFS, SH, XSD, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

NOWHERE = URIRef("http://example.org/nowhere")
# Of each kind of term; the wrong language, datatype, number and text; what XML Schema does not take.
STRANGE = (
    BNode("fault"),
    NOWHERE,
    URIRef("https://w3id.org/clipgraph/id/city/of-nobody"),
    Literal("x"),
    Literal("two\nlines", lang="en"),
    Literal("once more", lang="en"),
    Literal("mal anders", lang="de"),
    Literal("in no language of ours", lang="xx"),
    Literal(-1),
    Literal("01", datatype=XSD.integer, normalize=False),
    Literal("1.50", datatype=XSD.decimal, normalize=False),
    Literal("many", datatype=XSD.integer, normalize=False),
    Literal("2011-02-30", datatype=XSD.date, normalize=False),
    Literal("1850-01-01", datatype=XSD.date),
    Literal("2999-12-31", datatype=XSD.date),
    Literal("2011", datatype=XSD.gYear, normalize=False),
    Literal("2011-13-01T00:00:00", datatype=XSD.dateTime, normalize=False),
)
# What Python takes for false.
FALSE = (Literal(""), Literal(0), Literal(False))  # noqa: FBT003


def put_faults(data: Graph, shapes: Graph) -> set[Node]:
    """Change the data, the same way each time; return what got values that Python takes for false.

    For each property of each node shape, one of the things that it is about loses all values, another
    gets one of each strange kind, and a third gets those. Some things lose a class or get one more.
    """
    with_false = set()
    for number, (subject, kind) in enumerate(sorted(data.subject_objects(RDF.type))):
        if number % 97 == 0:
            data.remove((subject, RDF.type, kind))
        elif number % 101 == 0:
            data.add((subject, RDF.type, NOWHERE))
    for number, (node_shape, predicate, inverse) in enumerate(_properties(shapes)):
        about = _about(data, shapes, node_shape)
        if not about:
            continue
        lacking, strange, third = (about[(number * 3 + each) % len(about)] for each in range(3))
        data.remove((None, predicate, lacking) if inverse else (lacking, predicate, None))
        _add(data, predicate, strange, STRANGE, inverse=inverse)
        if not inverse and predicate != RDF.type:  # no shape minds a type that is a literal
            _add(data, predicate, third, FALSE, inverse=False)
            with_false.add(third)
    return with_false


def _properties(shapes: Graph) -> Iterator[tuple[Node, URIRef, bool]]:
    """Yield node shape and predicate of each property shape, and whether it is followed backwards."""
    for node_shape, property_shape in sorted(shapes.subject_objects(SH.property)):
        path = shapes.value(property_shape, SH.path)
        inner = shapes.value(path, SH.inversePath)
        either = shapes.value(path, SH.alternativePath)
        for each in Collection(shapes, either) if either is not None else (path, inner):
            if isinstance(each, URIRef):
                yield node_shape, each, each == inner


def _about(data: Graph, shapes: Graph, node_shape: Node) -> list[Node]:
    """Return what a shape's target classes have as instances."""
    found = {
        instance
        for target in shapes.objects(node_shape, SH.targetClass)
        for kind in data.transitive_subjects(RDFS.subClassOf, target)
        for instance in data.subjects(RDF.type, kind)
    }
    return sorted(found, key=lambda node: node.n3())


def _add(data: Graph, predicate: URIRef, node: Node, values: Iterable[Node], *, inverse: bool) -> None:
    for value in values:
        if not inverse:
            data.add((node, predicate, value))
        elif not isinstance(value, Literal):
            data.add((value, predicate, node))
