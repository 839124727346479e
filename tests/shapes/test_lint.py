"""The shapes themselves: named, in three languages, one for each class of the ontology, well-formed."""

from collections import Counter
from collections.abc import Iterable

import pyshacl
import pytest
from rdflib import OWL, RDF, RDFS, SH, Graph, URIRef
from rdflib.term import Literal, Node

from clipgraph.rdf.prefixes import PREFIXES
from clipgraph.validation.phrases import LANGUAGES
from shapes.cases import ROOT

CLIP, CLIPSH = PREFIXES["clip"], PREFIXES["clipsh"]


@pytest.fixture(scope="module")
def shapes() -> Graph:
    graph = Graph()
    for file in sorted((ROOT / "shapes").glob("*.ttl")):
        graph.parse(file, format="turtle")
    return graph


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(ROOT / "ontology" / "clipgraph.ttl", format="turtle")


def _property_shapes(shapes: Graph) -> set[Node]:
    return set(shapes.objects(None, SH.property)) | set(shapes.subjects(SH.path, None))


def _constraints(shapes: Graph) -> set[Node]:
    return set(shapes.objects(None, SH.sparql))


def _all_languages(graph: Graph, nodes: Iterable[Node], predicate: Node) -> list[Node]:
    """Return the nodes that lack the predicate in a language or have it twice."""
    wanted = Counter(LANGUAGES)
    return [
        node
        for node in nodes
        if Counter(each.language for each in graph.objects(node, predicate) if isinstance(each, Literal))
        != wanted
    ]


def test_every_shape_and_constraint_has_a_name_in_the_namespace_of_shapes(shapes: Graph) -> None:
    nodes = {*_property_shapes(shapes), *_constraints(shapes), *shapes.subjects(RDF.type, SH.NodeShape)}
    assert [node for node in nodes if not (isinstance(node, URIRef) and node.startswith(CLIPSH))] == []


def test_every_property_shape_is_described_and_used(shapes: Graph) -> None:
    described = {
        node for node in shapes.subjects(RDF.type, SH.PropertyShape) if (node, SH.path, None) in shapes
    }
    assert set(shapes.objects(None, SH.property)) == described


def test_property_shapes_are_named_after_their_node_shape(shapes: Graph) -> None:
    pairs = [(str(owner), str(each)) for owner, each in shapes.subject_objects(SH.property)]
    assert [each for owner, each in pairs if not each.startswith(owner.removesuffix("Shape") + "-")] == []


def test_names_messages_and_remedies_come_in_three_languages(shapes: Graph) -> None:
    assert _all_languages(shapes, _property_shapes(shapes), SH.message) == []
    assert _all_languages(shapes, _property_shapes(shapes), SH.name) == []
    assert _all_languages(shapes, shapes.subjects(RDF.type, SH.NodeShape), SH.name) == []
    assert _all_languages(shapes, _constraints(shapes), SH.message) == []
    assert _all_languages(shapes, _constraints(shapes), RDFS.comment) == []


def test_every_shape_says_how_grave_it_is(shapes: Graph) -> None:
    nodes = {*_property_shapes(shapes), *shapes.subjects(RDF.type, SH.NodeShape)}
    known = {SH.Violation, SH.Warning, SH.Info}
    assert [node for node in nodes if shapes.value(node, SH.severity) not in known] == []


def test_the_core_is_open(shapes: Graph) -> None:
    assert (None, SH.closed, Literal(True)) not in shapes  # noqa: FBT003


def test_each_class_of_the_ontology_has_one_node_shape_of_its_name(shapes: Graph, ontology: Graph) -> None:
    classes = {str(each) for each in ontology.subjects(RDF.type, OWL.Class) if str(each).startswith(CLIP)}
    mirrored = {(str(shape), str(each)) for shape, each in shapes.subject_objects(SH.targetClass)}
    own = {(shape, each) for shape, each in mirrored if each.startswith(CLIP)}
    assert own == {(f"{CLIPSH}{each.removeprefix(CLIP)}Shape", each) for each in classes}


def test_no_pattern_needs_what_only_some_engines_know(shapes: Graph) -> None:
    assert [each for each in shapes.objects(None, SH.pattern) if "\\p{" in str(each)] == []


def test_queries_use_prefixes_that_are_declared_as_everywhere(shapes: Graph) -> None:
    declared = {
        str(shapes.value(node, SH.prefix)): str(shapes.value(node, SH.namespace))
        for node in shapes.objects(None, SH.declare)
    }
    assert declared
    assert declared.items() <= PREFIXES.items()


def test_the_shapes_fit_the_shapes_of_shapes(shapes: Graph) -> None:
    conforms, _, text = pyshacl.validate(Graph(), shacl_graph=shapes, meta_shacl=True)
    assert conforms, text
