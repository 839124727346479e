"""The ontology, what it reuses, its shapes and the data, as the tests of its quality read them."""

import os
from pathlib import Path
from typing import NoReturn

import pytest
from rdflib import OWL, RDF, Graph, URIRef

from clipgraph.rdf.prefixes import PREFIXES
from conftest import ROOT

CLIP = PREFIXES["clip"]
ONTOLOGY = URIRef(CLIP.removesuffix("/"))
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)


@pytest.fixture(scope="session")
def ontology() -> Graph:
    """The ontology alone."""
    return Graph().parse(ROOT / "ontology" / "clipgraph.ttl", format="turtle")


@pytest.fixture(scope="session")
def reused() -> Graph:
    """The declarations of the terms of other vocabularies."""
    return Graph().parse(ROOT / "ontology" / "external.ttl", format="turtle")


@pytest.fixture(scope="session")
def all_shapes() -> Graph:
    graph = Graph()
    for file in sorted((ROOT / "shapes").glob("*.ttl")):
        graph.parse(file, format="turtle")
    return graph


@pytest.fixture(scope="session")
def style() -> Path:
    """The folder of the SEMIC style guide as SHACL, which is not in the repository."""
    reference = Path(os.environ.get("CLIPGRAPH_REFERENCE") or ROOT.parent / "shared" / "reference")
    folder = reference / "semic-style-shapes"
    if not folder.is_dir():
        _missing(f"the SEMIC style shapes are not there: {folder} (set CLIPGRAPH_REFERENCE)")
    return folder


def _missing(reason: str) -> NoReturn:
    if os.environ.get("CLIPGRAPH_REQUIRE_ALL") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def own_terms(graph: Graph, *kinds: URIRef) -> list[URIRef]:
    """Return the terms of our namespace that are of one of the kinds; of any kind where none is given."""
    found = {each for kind in kinds or KINDS for each in graph.subjects(RDF.type, kind)}
    return sorted(each for each in found if isinstance(each, URIRef) and each.startswith(CLIP))
