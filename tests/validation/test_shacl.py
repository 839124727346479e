"""pySHACL behind one function: what it says, and what it must never say wrong."""

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.sparql import prepareQuery

from clipgraph.errors import InputError
from clipgraph.validation.paths import path_text
from clipgraph.validation.queries import parsed
from clipgraph.validation.shacl import Result, validate
from clipgraph.validation.targets import targets
from testing_endpoints import Listener

PREFIXES = """@prefix ex: <http://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def graph(text: str) -> Graph:
    return Graph().parse(data=PREFIXES + text, format="turtle")


def judged(data: str, shapes: str) -> list[Result]:
    return validate(graph(data), graph(shapes))


def test_a_named_property_shape_is_not_skipped() -> None:
    shapes = (
        "ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property ex:P . ex:P sh:path ex:p ; sh:minCount 1 ."
    )
    [result] = judged("ex:a a ex:C .", shapes)
    assert (result.focus, result.path) == (URIRef("http://example.org/a"), "http://example.org/p")


def test_a_plain_string_is_a_member_of_a_list_of_plain_strings() -> None:
    shapes = 'ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:in ( "b" ) ] .'
    assert judged('ex:a a ex:C ; ex:p "b" .', shapes) == []
    [result] = judged('ex:a a ex:C ; ex:p "c" .', shapes)
    assert result.value == Literal("c")


def test_instances_of_subclasses_are_judged() -> None:
    shapes = "ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:minCount 1 ] ."
    assert len(judged("ex:D rdfs:subClassOf ex:C . ex:a a ex:D .", shapes)) == 1


def test_dates_are_compared_in_sparql_constraints() -> None:
    late = 'SELECT $this WHERE { $this ex:p ?d . FILTER (?d > "2011-01-01"^^xsd:date) }'
    shapes = f"""ex:S a sh:NodeShape ; sh:targetClass ex:C ;
        sh:sparql [ sh:select '{late}' ; sh:prefixes ex: ] .
    ex: sh:declare [ sh:prefix "ex" ; sh:namespace "http://example.org/"^^xsd:anyURI ] ,
        [ sh:prefix "xsd" ; sh:namespace "http://www.w3.org/2001/XMLSchema#"^^xsd:anyURI ] ."""
    data = 'ex:a a ex:C ; ex:p "2012-01-01"^^xsd:date . ex:b a ex:C ; ex:p "2010-01-01"^^xsd:date .'
    assert [result.focus for result in judged(data, shapes)] == [URIRef("http://example.org/a")]


def test_numbers_that_are_none_end_no_validation() -> None:
    wide = "SELECT $this WHERE { $this ex:from ?a ; ex:to ?b . FILTER (?b - ?a > 5) }"
    shapes = f"""ex:S a sh:NodeShape ; sh:targetClass ex:C ;
        sh:sparql [ sh:select '{wide}' ; sh:prefixes ex: ] .
    ex: sh:declare [ sh:prefix "ex" ; sh:namespace "http://example.org/"^^xsd:anyURI ] ."""
    data = "ex:a a ex:C ; ex:from 1 ; ex:to 7 ."
    ill_typed = 'ex:b a ex:C ; ex:from "few"^^xsd:integer ; ex:to "many"^^xsd:integer .'
    assert [result.focus for result in judged(data + ill_typed, shapes)] == [URIRef("http://example.org/a")]


def test_shapes_that_cannot_be_used_are_an_error() -> None:
    with pytest.raises(InputError, match="the shapes cannot be used"):
        judged("ex:a a ex:C .", "ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:minCount 1 ] .")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("ex:p", "http://example.org/p"),
        ("[ sh:inversePath ex:p ]", "^<http://example.org/p>"),
        ("( ex:p [ sh:zeroOrMorePath ex:q ] )", "(<http://example.org/p>/<http://example.org/q>*)"),
        ("[ sh:alternativePath ( ex:p ex:q ) ]", "(<http://example.org/p>|<http://example.org/q>)"),
        ("[ sh:oneOrMorePath ex:p ]", "<http://example.org/p>+"),
        ("[ sh:zeroOrOnePath ex:p ]", "<http://example.org/p>?"),
    ],
)
def test_a_path_is_written_as_sparql_writes_it(path: str, text: str) -> None:
    shapes = graph(f"ex:P sh:path {path} .")
    [node] = shapes.objects(URIRef("http://example.org/P"), URIRef("http://www.w3.org/ns/shacl#path"))
    assert path_text(shapes, node) == text


def test_a_query_is_parsed_once() -> None:
    parsed.cache_clear()
    data = graph("ex:a ex:p ex:b .")
    for _ in range(3):
        assert len(data.query("SELECT ?x WHERE { ?x ?p ?o }")) == 1
    assert parsed.cache_info().misses == 1


def test_a_query_that_is_parsed_already_is_evaluated_too() -> None:
    query = prepareQuery("ASK { ?x ?p ?o }")
    assert graph("ex:a ex:p ex:b .").query(query).askAnswer is True


@pytest.mark.parametrize(
    ("target", "count"),
    [
        ("sh:targetClass ex:C", 2),
        ("sh:targetNode ex:nobody", 1),
        ("sh:targetSubjectsOf ex:p", 1),
        ("sh:targetObjectsOf ex:p", 1),
        ("a owl:Class", 0),
    ],
)
def test_focus_nodes_are_counted_per_shape(target: str, count: int) -> None:
    shapes = graph(f"ex:S a sh:NodeShape ; {target} .")
    data = graph("ex:a a ex:C . ex:D rdfs:subClassOf ex:C . ex:b a ex:D ; ex:p ex:c .")
    assert targets(data, shapes) == {URIRef("http://example.org/S"): count}


def test_neither_data_nor_shapes_cause_a_fetch() -> None:
    with Listener() as listener:
        imports = (
            f"ex:o a owl:Ontology ; owl:imports <{listener.url}/a> ; sh:shapesGraph <{listener.url}/b> ; "
            f"rdfs:isDefinedBy <{listener.url}/c> . "
            f"ex:a a <{listener.url}/C> ; rdfs:seeAlso <{listener.url}/d> ."
        )
        shapes = f"ex:S a sh:NodeShape ; sh:targetClass <{listener.url}/C> ; sh:nodeKind sh:Literal ."

        assert len(judged(imports, imports + shapes)) == 1
        assert listener.connections == 0
