"""The SEMIC style guide as SHACL, unchanged, over ontology and shapes; what we do otherwise has its reason.

The shapes are not in the repository: CLIPGRAPH_REFERENCE names the folder above semic-style-shapes/.
"""

import re
from pathlib import Path

import pyshacl
import pytest
from rdflib import RDF, SH, Graph, URIRef

from clipgraph.rdf.prefixes import PREFIXES

Broken = tuple[str, str]  # rule, and the property or constraint that breaks it

HEADER = "PC-R6 and FOOPS! ask for more in the header than the shape knows; each is an annotation"
ONTOLOGY_EXCEPTIONS: dict[Broken, str] = {
    (
        "SC-R2",
        "license DatatypeConstraintComponent",
    ): "a licence is named by its IRI (DCAT-AP); the shape wants text",
    ("SC-R2", "publisher DatatypeConstraintComponent"): "a publisher may be named by its IRI, as in DCAT-AP",
    **{
        ("SC-R2", f"{name} ClosedConstraintComponent"): HEADER
        for name in (
            "creator",
            "contributor",
            "modified",
            "bibliographicCitation",
            "preferredNamespacePrefix",
            "preferredNamespaceUri",
            "versionInfo",
            "priorVersion",
            "backwardCompatibleWith",
            "status",
            "seeAlso",
        )
    },
    ("SC-R2", "seeAlso SPARQLConstraintComponent"): "a pointer to the W3C term that means nearly the same",
}
SHAPES_EXCEPTIONS: dict[Broken, str] = {
    (
        "DSC-R1",
        "type InConstraintComponent",
    ): "SPARQL constraints have names, so that a report can point to them",
    (
        "DSC-R5",
        "XoneConstraintComponent",
    ): "the shape wants a severity on the node shape or on one property shape, not "
    "on both; here each has its own",
}
HEAD = " ".join(f"@prefix {name}: <{PREFIXES[name]}> ." for name in ("clip", "owl", "rdfs"))
PLANTED = {
    ("SC-R2", "domain MaxCountConstraintComponent"): "clip:evidence rdfs:domain clip:Practice .",
    ("SC-R2", "NodeKindConstraintComponent"): "clip:Pact rdfs:subClassOf [ a owl:Class ] .",
    ("PC-R4", "versionInfo MaxCountConstraintComponent"): 'clip:Pact owl:versionInfo "2.0.0" .',
    ("PC-R3", "versionInfo PatternConstraintComponent"): 'clip:O a owl:Ontology ; owl:versionInfo "first" .',
}


def broken(data: Graph, shapes: Path) -> set[Broken]:
    """Return which rules a graph breaks and where."""
    _, report, _ = pyshacl.validate(data, shacl_graph=Graph().parse(shapes, format="turtle"))
    assert isinstance(report, Graph)
    found = set()
    for result in report.subjects(RDF.type, SH.ValidationResult):
        rule = re.search(r"[A-Z]+-R\d+", str(report.value(result, SH.resultMessage)))
        path = report.value(result, SH.resultPath)
        name = re.split(r"[/#]", path)[-1] if isinstance(path, URIRef) else ""  # else one of several
        component = str(report.value(result, SH.sourceConstraintComponent)).rsplit("#", 1)[-1]
        found.add((rule[0] if rule else "standard practice", f"{name} {component}".strip()))
    return found


def test_the_ontology_keeps_the_style(ontology: Graph, style: Path) -> None:
    assert broken(ontology, style / "semic-shapes_owl.ttl") - ONTOLOGY_EXCEPTIONS.keys() == set()


def test_the_shapes_keep_the_style(all_shapes: Graph, style: Path) -> None:
    assert broken(all_shapes, style / "semic-shapes_shacl.ttl") - SHAPES_EXCEPTIONS.keys() == set()


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_breach_is_found(ontology: Graph, style: Path, fault: Broken) -> None:
    planted = ontology + Graph().parse(data=HEAD + PLANTED[fault], format="turtle")

    assert fault in broken(planted, style / "semic-shapes_owl.ttl")
    assert fault not in ONTOLOGY_EXCEPTIONS
