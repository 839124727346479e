"""The checks of FOOPS! (https://w3id.org/foops/) that files can answer, by their ids.

Not here, because they ask the web or a registry: FIND2, FIND3, FIND_3_BIS, OM4.2, URI1, VER2, HTTP1,
CN1, RDF1, DOC1; what our own service answers for the last four is in tests/web.
"""

import pytest
from rdflib import DCTERMS, OWL, RDFS, VANN, Graph, Literal, Namespace, URIRef

from clipgraph.rdf.prefixes import PREFIXES, REUSED
from ontology.conftest import CLIP, ONTOLOGY, own_terms

ADMS = Namespace(PREFIXES["adms"])
# What a check asks for; a check passes when all of it is in the header. OM3 also asks for a DOI (nobody has
# given it one, and identifiers are not invented), a logo (that is part of the pages) and a source
# (the ontology is no extract of another).
HEADER = {
    "OM1": {
        DCTERMS.title,
        DCTERMS.description,
        DCTERMS.license,
        OWL.versionIRI,
        DCTERMS.creator,
        DCTERMS.created,
        VANN.preferredNamespaceUri,
    },
    "OM2": {VANN.preferredNamespacePrefix, OWL.versionInfo, DCTERMS.created, DCTERMS.bibliographicCitation},
    "OM3": {DCTERMS.publisher, ADMS.status, DCTERMS.issued, DCTERMS.modified},
    "OM4.1": {DCTERMS.license},
    "OM5.1": {DCTERMS.creator, DCTERMS.created},
    "OM5.2": {DCTERMS.publisher, DCTERMS.issued},
}


@pytest.mark.parametrize("check", HEADER)
def test_the_header_says_what_is_asked(ontology: Graph, check: str) -> None:
    said = set(ontology.predicates(ONTOLOGY))
    assert {str(each) for each in HEADER[check] - said} == set()


def test_find1_the_prefix_is_declared(ontology: Graph) -> None:
    assert ontology.value(ONTOLOGY, VANN.preferredNamespacePrefix) == Literal("clip")
    assert str(ontology.value(ONTOLOGY, VANN.preferredNamespaceUri)) == CLIP == PREFIXES["clip"]


def test_purl1_the_iri_is_persistent() -> None:
    assert ONTOLOGY.startswith("https://w3id.org/")


def test_uri2_the_ids_agree(ontology: Graph) -> None:
    assert list(ontology.subjects(URIRef(PREFIXES["rdf"] + "type"), OWL.Ontology)) == [ONTOLOGY]
    elsewhere = [each for each in own_terms(ontology) if ontology.value(each, RDFS.isDefinedBy) != ONTOLOGY]
    assert elsewhere == []


def test_ver1_the_version_has_an_iri_of_its_own(ontology: Graph) -> None:
    version = ontology.value(ONTOLOGY, OWL.versionIRI)
    assert isinstance(version, URIRef)
    assert version != ONTOLOGY
    assert version.startswith(CLIP)


def test_ver1_versions_before_are_named(ontology: Graph) -> None:
    version, before = ontology.value(ONTOLOGY, OWL.versionInfo), ontology.value(ONTOLOGY, OWL.priorVersion)
    assert str(version) == "0.1.0" or (isinstance(before, URIRef) and before.startswith(CLIP))
    assert before != ontology.value(ONTOLOGY, OWL.versionIRI)


def test_voc1_metadata_come_from_known_vocabularies(ontology: Graph) -> None:
    known = tuple(REUSED.values())
    assert [each for each in ontology.predicates(ONTOLOGY) if not str(each).startswith(known)] == []


def test_voc2_every_class_stands_below_one_of_an_established_vocabulary(ontology: Graph) -> None:
    classes = own_terms(ontology, OWL.Class)
    alone = [
        each
        for each in classes
        if all(str(above).startswith(CLIP) for above in ontology.transitive_objects(each, RDFS.subClassOf))
    ]
    assert classes
    assert alone == []


@pytest.mark.parametrize(("check", "annotation"), [("VOC3", RDFS.label), ("VOC4", RDFS.comment)])
def test_every_term_is_documented(ontology: Graph, check: str, annotation: URIRef) -> None:
    assert [each for each in own_terms(ontology) if (each, annotation, None) not in ontology] == [], check
