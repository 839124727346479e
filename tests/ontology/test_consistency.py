"""Ontology and data contradict each other nowhere, under an OWL RL reasoner."""

import pytest
from rdflib import Graph

from clipgraph.rdf.prefixes import PREFIXES
from clipgraph.rdf.terms import DefaultGraph, Store
from conftest import ROOT
from ontology.reasoning import Statement, contradictions

AXIOMS = ROOT / "tests" / "ontology" / "axioms.ttl"
HEAD = f"@base <https://w3id.org/clipgraph/id/> . @prefix clip: <{PREFIXES['clip']}> . " + " ".join(
    f"@prefix {name}: <{PREFIXES[name]}> ." for name in ("dct", "foaf", "org", "owl", "rdfs", "skos")
)
FAULTS = {
    "cls-nothing2": "<x> a owl:Nothing .",
    "cls-nothing2 ": "clip:Odd rdfs:subClassOf owl:Nothing . <x> a clip:Odd .",
    "cax-dw": "<x> a dct:Location , org:Organization .",
    "cax-dw ": "clip:GoodPractice rdfs:subClassOf clip:Practice . <x> a clip:GoodPractice , foaf:Agent .",
    "eq-diff1": "<x> owl:sameAs <y> ; owl:differentFrom <y> .",
    "prp-irp": "<x> skos:broader <x> .",
    "prp-asyp": "clip:after a owl:AsymmetricProperty . <x> clip:after <y> . <y> clip:after <x> .",
    "prp-pdw": "clip:a owl:propertyDisjointWith clip:b . <x> clip:a <y> ; clip:b <y> .",
}


@pytest.fixture(scope="module")
def axioms() -> list[Statement]:
    return list(Graph().parse(AXIOMS, format="turtle"))


def test_the_graph_does_not_contradict_itself(graph: Store, axioms: list[Statement]) -> None:
    merged = "\n".join(
        f"{quad.triple} ." for quad in graph.quads_for_pattern(None, None, None, DefaultGraph())
    )
    held = list(Graph().parse(data=merged, format="nt"))

    assert len(held) > 1000
    assert contradictions([*held, *axioms]) == set()


@pytest.mark.parametrize("rule", FAULTS)
def test_a_planted_contradiction_is_found(rule: str, axioms: list[Statement]) -> None:
    planted = list(Graph().parse(data=HEAD + FAULTS[rule], format="turtle"))

    assert rule.strip() in {found for found, _, _ in contradictions([*planted, *axioms])}


def test_the_axioms_alone_are_sound(axioms: list[Statement]) -> None:
    assert axioms
    assert contradictions(axioms) == set()
