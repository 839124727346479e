"""Names and remedies in plain words."""

from string import Formatter

import pytest
from rdflib import Graph, Literal, URIRef

from clipgraph.validation.names import Names, best, literal
from clipgraph.validation.phrases import LANGUAGES, PHRASES, say
from clipgraph.validation.remedies import component_name, remedy
from clipgraph.validation.shacl import validate
from clipgraph.validation.short_names import short

PREFIXES = """@prefix clip: <https://w3id.org/clipgraph/def/> .
@prefix clipsh: <https://w3id.org/clipgraph/shapes/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@base <https://w3id.org/clipgraph/id/> .
"""
CITY = '<city/bologna> a clip:City ; rdfs:label "Bologna"@en ; clip:p {} .'
SHAPE = """clipsh:S a sh:NodeShape ; sh:targetClass clip:City ; sh:property clipsh:P .
clipsh:P sh:path clip:p ; {} ."""


def graph(text: str) -> Graph:
    return Graph().parse(data=PREFIXES + text, format="turtle")


def advised(constraint: str, value: str = '"x"', language: str = "en") -> str:
    shapes = graph(SHAPE.format(constraint))
    data = graph(CITY.format(value))
    [result] = validate(data, shapes)
    return remedy(result, shapes, Names(data, language))


@pytest.mark.parametrize(
    ("constraint", "value", "said"),
    [
        ("sh:minCount 2", '"x"', "Add clip:p to <city/bologna> (Bologna): at least 2."),
        ("sh:maxCount 1", '"x", "y"', "Keep at most 1 of clip:p"),
        ("sh:datatype xsd:date", '"x"', '"2011-07-31"^^xsd:date'),
        ("sh:class clip:Practice", "<city/none>", "clip:Practice; <city/none>"),
        ("sh:nodeKind sh:IRI", '"x"', 'Replace "x" by an IRI.'),
        ("sh:nodeKind sh:Literal", "<city/none>", "by a text, number or date."),
        ('sh:in ( "a" "b" )', '"x"', 'Take one of: "a", "b".'),
        ("sh:in ( 1 2 3 4 5 6 7 8 9 10 )", '"x"', "… and 2 more"),
        ('sh:hasValue "a"', '"x"', 'Add clip:p "a" to'),
        ('sh:pattern "^[0-9]+$"', '"x"', '"^[0-9]+$"'),
        ("sh:minLength 5", '"x"', "at least 5 characters"),
        ("sh:maxLength 0", '"x"', "to 0 characters"),
        ("sh:minInclusive 5", "1", "5 or more"),
        ("sh:maxInclusive 0", "1", "0 or less"),
        ("sh:minExclusive 1", "1", "greater than 1"),
        ('sh:languageIn ( "en" "de" )', '"x"@fr', 'one of the languages @en, @de, like this: "…"@en.'),
        ("sh:uniqueLang true", '"x"@en, "y"@en', "Keep one value of clip:p per language"),
        (
            'sh:qualifiedMinCount 1 ; sh:qualifiedValueShape [ sh:languageIn ( "de" ) ]',
            '"x"@en',
            "Add clip:p in German to",
        ),
        ("sh:node [ sh:nodeKind sh:IRI ; sh:message 'Take a code.' ]", '"x"', 'Replace "x": Take a code.'),
        (
            "sh:or ( [ sh:nodeKind sh:IRI ; sh:message 'Link.' ] [ sh:minLength 2 ; sh:message 'Longer.' ] )",
            '"x"',
            "Link. / Longer.",
        ),
        ("sh:equals clip:q", '"x"', "fits the shape clipsh:P"),
    ],
)
def test_what_to_do_follows_from_the_constraint(constraint: str, value: str, said: str) -> None:
    assert said in advised(constraint, value)


def test_it_is_said_in_the_readers_language() -> None:
    assert (
        advised("sh:minCount 2", language="fr") == "Ajouter clip:p à <city/bologna> (Bologna) : au moins 2."
    )


def test_a_query_says_itself_what_to_do() -> None:
    query = "'SELECT $this WHERE { $this clip:p ?o }'".replace("clip:p", "<https://w3id.org/clipgraph/def/p>")
    text = f"sh:sparql [ sh:select {query} ; rdfs:comment 'Mend it.'@en , 'Répare-le.'@fr ]"
    assert advised(text) == "Mend it."
    assert advised(text, language="fr") == "Répare-le."


def test_the_name_of_a_component() -> None:
    assert component_name(URIRef("http://www.w3.org/ns/shacl#MinCountConstraintComponent")) == "MinCount"


@pytest.mark.parametrize(
    ("iri", "name"),
    [
        ("https://w3id.org/clipgraph/id/city/stuttgart", "<city/stuttgart>"),
        ("https://w3id.org/clipgraph/def/evidence", "clip:evidence"),
        ("http://example.org/x", "<http://example.org/x>"),
    ],
)
def test_an_iri_is_shown_as_a_file_writes_it(iri: str, name: str) -> None:
    assert short(iri) == name


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Literal('say "x"'), '"say \\"x\\""'),
        (Literal("Straße", lang="de"), '"Straße"@de'),
        (Literal("2011", datatype=URIRef("http://www.w3.org/2001/XMLSchema#gYear")), '"2011"^^xsd:gYear'),
    ],
)
def test_a_literal_is_shown_as_a_file_writes_it(value: Literal, shown: str) -> None:
    assert literal(value) == shown


def test_a_long_literal_is_shortened() -> None:
    assert len(literal(Literal("x" * 500))) == 62


def test_the_best_text_is_in_the_readers_language_else_english_else_any() -> None:
    both = [Literal("Praktik", lang="de"), Literal("practice", lang="en")]
    assert best(both, "de") == "Praktik"
    assert best(both, "fr") == "practice"
    assert best(both[:1], "fr") == "Praktik"
    assert best([], "en") == ""


def test_every_sentence_has_the_same_parts_in_each_language() -> None:
    for key, sentences in PHRASES.items():
        assert len(sentences) == len(LANGUAGES), key
        parts = {frozenset(name for _, name, _, _ in Formatter().parse(each) if name) for each in sentences}
        assert len(parts) == 1, key


def test_a_language_that_is_not_spoken_is_answered_in_english() -> None:
    assert say("none", "it") == "none"
