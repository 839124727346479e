"""Every thing of the graph has a name, a source and a type that others know."""

import pyoxigraph as ox
import pytest

from clipgraph.rdf.prefixes import PREFIXES

# The things that files describe; a passage is a piece of text, which its document and place name.
THINGS = """
  GRAPH ?file { ?thing a ?kind }
  FILTER(STRSTARTS(STR(?thing), "https://w3id.org/clipgraph/id/") && !CONTAINS(STR(?file), "/inferences/"))
  FILTER NOT EXISTS { GRAPH ?evidence { ?thing a clip:SourcePassage } }
"""
# The five documents are the sources themselves: their passages are in them.
SOURCES = {
    "coe-press-release-498b06-2006",
    "congress-recommendation-304-2011",
    "eurocities-press-release-2013",
    "european-pact-brochure-2011",
    "european-pact-factsheet-2011",
}


def ask(graph: ox.Store, lacking: str, things: str = THINGS) -> set[str]:
    prefixes = " ".join(
        f"PREFIX {name}: <{PREFIXES[name]}>" for name in ("clip", "dct", "rdfs", "skos", "owl")
    )
    rows = graph.query(f"{prefixes} SELECT DISTINCT ?thing {{ {things} FILTER NOT EXISTS {{ {lacking} }} }}")
    assert isinstance(rows, ox.QuerySolutions)
    return {row["thing"].value for row in rows}


def test_there_is_something_to_look_at(graph: ox.Store) -> None:
    assert len(ask(graph, "?thing clip:noSuchProperty ?x")) > 1200


def test_every_thing_has_a_name_in_english_or_in_no_language(graph: ox.Store) -> None:
    assert ask(graph, '?thing rdfs:label ?name FILTER(LANG(?name) IN ("en", ""))') == set()


def test_every_thing_has_a_passage_or_a_named_source(graph: ox.Store) -> None:
    found = ask(graph, "?thing clip:evidence|dct:source ?source")

    assert {iri.rsplit("/", 1)[1] for iri in found} == SOURCES


def test_every_thing_has_a_type_of_a_reused_vocabulary(graph: ox.Store) -> None:
    reused = '?thing a ?type FILTER(!STRSTARTS(STR(?type), "https://w3id.org/clipgraph/"))'

    assert ask(graph, reused) == set()


@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_every_term_and_code_has_a_name_in_three_languages(graph: ox.Store, language: str) -> None:
    things = """
      { ?thing rdfs:isDefinedBy <https://w3id.org/clipgraph/def> } UNION
      { ?thing skos:inScheme ?scheme FILTER(STRSTARTS(STR(?thing), "https://w3id.org/clipgraph/scheme/")) }
    """

    assert len(ask(graph, "?thing clip:noSuchProperty ?x", things)) > 400
    assert ask(graph, f'?thing rdfs:label ?name FILTER(LANG(?name) = "{language}")', things) == set()
