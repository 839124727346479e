"""Typing mistakes, dangling links, blank nodes."""

import pytest

from clipgraph.rdf.terms import BlankNode, NamedNode, Quad, Triple
from clipgraph.sources.graphs import GRAPHS, INFERENCES, SAID_OF_DATASET, VOID_GRAPH
from clipgraph.validation.conversion import EXTERNAL
from clipgraph.validation.positions import Positions
from clipgraph.validation.vocabulary import vocabulary_findings

DEF, ID = "https://w3id.org/clipgraph/def/", "https://w3id.org/clipgraph/id/"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
OWL_CLASS = "http://www.w3.org/2002/07/owl#Class"
DCT = "http://purl.org/dc/terms/"


def quad(subject: str, predicate: str, value: str, graph: str = GRAPHS + "places/cities") -> Quad:
    return Quad(NamedNode(subject), NamedNode(predicate), NamedNode(value), NamedNode(graph))


def found(*quads: Quad) -> list[tuple[str, str]]:
    known = [
        quad(DEF + "Practice", TYPE, OWL_CLASS, GRAPHS + "ontology/clipgraph"),
        quad(DCT + "isPartOf", TYPE, OWL_CLASS, EXTERNAL),
        quad(ID + "city/bologna", TYPE, DEF + "Practice"),
    ]
    findings = vocabulary_findings([*known, *quads], Positions(), "en")
    return [(finding.component, finding.remedy) for finding in findings]


def test_what_is_declared_and_described_is_fine() -> None:
    assert found(quad(ID + "city/a", DCT + "isPartOf", ID + "city/bologna")) == []


def test_a_mistyped_class_is_found_and_the_right_one_named() -> None:
    [(check, remedy)] = found(quad(ID + "city/a", TYPE, DEF + "Practise"))
    assert check == "undeclared-term"
    assert "did you mean clip:Practice?" in remedy


def test_a_mistyped_property_is_found() -> None:
    assert [check for check, _ in found(quad(ID + "city/a", DEF + "evidnce", ID + "city/a"))] == [
        "undeclared-term"
    ]


def test_a_link_to_nothing_is_found_and_the_nearest_named() -> None:
    [(check, remedy)] = found(quad(ID + "city/a", DCT + "isPartOf", ID + "city/bolonga"))
    assert check == "dangling-link"
    assert "<city/bologna>" in remedy


def test_a_property_of_others_must_be_declared_and_their_things_need_not() -> None:
    assert [check for check, _ in found(quad(ID + "city/a", DCT + "isPartof", ID + "city/a"))] == [
        "external-term"
    ]
    assert found(quad(ID + "city/a", DCT + "isPartOf", "http://sws.geonames.org/1/")) == []


def test_a_version_of_the_ontology_is_no_term() -> None:
    assert found(quad(DEF.rstrip("/"), "http://www.w3.org/2002/07/owl#versionIRI", DEF + "0.1.0")) == []


@pytest.mark.parametrize(
    ("graph", "count"), [("places/cities", 1), ("ontology/clipgraph", 0), ("shapes/x", 0)]
)
def test_blank_nodes_are_for_ontology_and_shapes(graph: str, count: int) -> None:
    blank = Quad(
        NamedNode(ID + "city/a"), NamedNode(DCT + "isPartOf"), BlankNode(), NamedNode(GRAPHS + graph)
    )
    assert [check for check, _ in found(blank)] == ["blank-node"] * count


def test_a_triple_term_has_no_place_in_data() -> None:
    inner = Triple(NamedNode(ID + "city/a"), NamedNode(DCT + "isPartOf"), NamedNode(ID + "city/b"))
    graph = NamedNode(GRAPHS + "places/cities")
    stated = Quad(NamedNode(ID + "city/a"), NamedNode(DCT + "isPartOf"), inner, graph)
    assert [check for check, _ in found(stated)] == ["triple-term"]


def test_inferences_are_not_told_again() -> None:
    assert found(quad(ID + "city/a", DCT + "isPartOf", ID + "city/none", INFERENCES)) == []


def test_what_is_said_of_the_dataset_is_in_other_words_but_names_what_is_there() -> None:
    """It is in those of catalogues, which the ontology does not declare."""
    dataset, example = "https://w3id.org/clipgraph/catalog#dataset", "http://rdfs.org/ns/void#exampleResource"

    assert found(quad(dataset, example, ID + "city/bologna", SAID_OF_DATASET)) == []
    [(check, _)] = found(quad(dataset, example, ID + "city/bologne", SAID_OF_DATASET))
    assert check == "dangling-link"
    assert [check for check, _ in found(quad(dataset, example, ID + "city/bologna"))] == ["external-term"]


def test_what_a_publish_makes_is_not_checked() -> None:
    assert found(quad("urn:part", "urn:unknown", ID + "nothing", VOID_GRAPH)) == []
