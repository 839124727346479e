"""A project of a dozen lines, so that a validation takes milliseconds."""

from pathlib import Path

import pytest

from clipgraph.sources.project import Project

ONTOLOGY = """@prefix clip: <https://w3id.org/clipgraph/def/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

clip:Practice a owl:Class ;
    rdfs:label "practice"@en , "Praktik"@de .

clip:evidence a owl:ObjectProperty ;
    rdfs:label "is evidenced by"@en .
"""
SHAPES = """@prefix clip: <https://w3id.org/clipgraph/def/> .
@prefix clipsh: <https://w3id.org/clipgraph/shapes/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .

clipsh:PracticeShape a sh:NodeShape ;
    sh:targetClass clip:Practice ;
    sh:property clipsh:Practice-evidence .

clipsh:Practice-evidence a sh:PropertyShape ;
    sh:path clip:evidence ;
    sh:minCount 1 ;
    sh:message "A practice needs evidence."@en , "Eine Praktik braucht einen Beleg."@de .
"""
PRACTICES = """@base <https://w3id.org/clipgraph/id/> .
@prefix clip: <https://w3id.org/clipgraph/def/> .

<practice/radio> a clip:Practice ;
    clip:evidence <practice/radio> .
"""
# Has no evidence: one Violation, on line 4.
UNPROVEN = """@base <https://w3id.org/clipgraph/id/> .
@prefix clip: <https://w3id.org/clipgraph/def/> .

<practice/unproven> a clip:Practice .
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A valid project: an ontology, a shape, a file of data."""
    root = tmp_path / "project"
    for name, text in (
        ("ontology/clipgraph.ttl", ONTOLOGY),
        ("shapes/practice.ttl", SHAPES),
        ("data/practices/practices.ttl", PRACTICES),
    ):
        (root / name).parent.mkdir(parents=True)
        (root / name).write_text(text)
    return Project(root)


@pytest.fixture
def unproven(tmp_path: Path) -> Path:
    """A file outside of the project that breaks its shape."""
    file = tmp_path / "unproven.ttl"
    file.write_text(UNPROVEN)
    return file
