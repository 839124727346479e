"""The rules of the SEMIC style guide (1.0.0) that files can show, by their numbers."""

import re
from collections.abc import Iterator

import pytest
from rdflib import OWL, RDF, RDFS, SH, SKOS, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from clipgraph.rdf.prefixes import PREFIXES, REUSED
from conftest import ROOT
from ontology.conftest import CLIP, ONTOLOGY, own_terms

PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
LANGUAGES = {"en", "de", "fr"}
SEMVER = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?")
# Spelt in the American way; British English is the rule (GC-R4).
AMERICAN = re.compile(r"\b(?:\w{3,}(?:ization|ize[sd]?)|color|labor|center|program)\b", re.IGNORECASE)
# Words of cardinality, which shapes say (GC-R7).
OBLIGATION = re.compile(r"\b(?:mandatory|optional|required|obligatory|must|shall)\b", re.IGNORECASE)


def texts(graph: Graph, term: Node, predicate: URIRef, language: str | None = None) -> list[str]:
    """Return what a term says with an annotation, in one language or in all."""
    said = [each for each in graph.objects(term, predicate) if isinstance(each, Literal)]
    return [str(each) for each in said if language in (None, each.language)]


def english(graph: Graph, *kinds: URIRef) -> list[str]:
    """Return the English labels of our terms of some kinds."""
    return [label for term in own_terms(graph, *kinds) for label in texts(graph, term, RDFS.label, "en")]


def local(term: Node) -> str:
    return str(term).removeprefix(CLIP)


def test_gc_r2_terms_above_ours_come_from_maintained_vocabularies(ontology: Graph) -> None:
    above = {each for path in (RDFS.subClassOf, RDFS.subPropertyOf) for each in ontology.objects(None, path)}
    known = (CLIP, *REUSED.values())
    assert above
    assert [each for each in above if not str(each).startswith(known)] == []


def test_gc_r3_every_term_has_a_label_and_a_definition(ontology: Graph) -> None:
    terms = own_terms(ontology)
    assert len(terms) > 20
    for annotation in (RDFS.label, RDFS.comment):
        bare = [
            local(term)
            for term in terms
            if {each.language for each in ontology.objects(term, annotation) if isinstance(each, Literal)}
            != LANGUAGES
        ]
        assert bare == [], annotation


def test_gc_r4_class_labels_are_singular_and_lower_case(ontology: Graph) -> None:
    labels = english(ontology, OWL.Class)
    heads = [(label, re.split(r" (?:of|in|for) ", label)[0].split()[-1]) for label in labels]
    assert [label for label, head in heads if re.search(r"(?<![su])s$", head)] == []
    assert [label for label in labels if label[0].isupper() and not label[1].isupper()] == []


def test_gc_r4_property_labels_are_verbs_in_the_present_tense(ontology: Graph) -> None:
    labels = [
        label
        for term in own_terms(ontology, *PROPERTIES)
        for label in texts(ontology, term, RDFS.label, "en")
    ]
    assert labels
    assert [label for label in labels if not re.match(r"[a-z]+s\b", label)] == []


def test_gc_r4_english_is_british_and_without_abbreviations(ontology: Graph) -> None:
    said = [
        text
        for term in own_terms(ontology)
        for annotation in (RDFS.label, RDFS.comment, SKOS.scopeNote)
        for text in texts(ontology, term, annotation, "en")
    ]
    assert [text for text in said if AMERICAN.search(text)] == []
    assert [text for text in said if re.search(r"\b(?:e\.g|i\.e|etc|resp|incl)\b", text)] == []


def definitions(ontology: Graph) -> Iterator[tuple[str, str, str]]:
    """Yield term, language and definition."""
    for term in own_terms(ontology):
        for language in sorted(LANGUAGES):
            for text in texts(ontology, term, RDFS.comment, language):
                yield local(term), language, text


def test_gc_r5_a_definition_is_one_sentence_with_capital_and_full_stop(ontology: Graph) -> None:
    said = list(definitions(ontology))
    assert [(term, text) for term, _, text in said if not text[0].isupper()] == []
    assert [(term, text) for term, _, text in said if not text.endswith(".")] == []
    assert [(term, text) for term, _, text in said if re.search(r"[.!?] [A-ZÄÖÜÀÉ]", text)] == []


def test_gc_r5_a_definition_does_not_start_with_its_own_name(ontology: Graph) -> None:
    circular = []
    for term in own_terms(ontology):
        for language in LANGUAGES:
            names = [re.escape(name.casefold()) for name in texts(ontology, term, RDFS.label, language)]
            for text in texts(ontology, term, RDFS.comment, language):
                plain = re.sub(r"^(?:an?|the|eine?|der|die|das|une?|les?|la|l’)\s*\b", "", text.casefold())
                circular += [
                    (local(term), text) for name in names if re.match(rf"{re.escape(name)}\b", plain)
                ]
    assert circular == []


def test_gc_r5_no_two_terms_share_a_definition(ontology: Graph) -> None:
    said = [(language, text) for _, language, text in definitions(ontology)]
    assert len(said) == len(set(said))


def test_gc_r6_shapes_are_open(all_shapes: Graph) -> None:
    assert not [each for each in all_shapes.objects(None, SH.closed) if bool(each)]


def test_gc_r7_definitions_say_nothing_of_obligation(ontology: Graph) -> None:
    assert [(term, text) for term, language, text in definitions(ontology) if OBLIGATION.search(text)] == []


def test_cmc_r3_r4_names_are_ascii_in_camel_case(ontology: Graph) -> None:
    assert [
        each
        for each in map(local, own_terms(ontology, OWL.Class))
        if not re.fullmatch("[A-Z][A-Za-z]+", each)
    ] == []
    names = map(local, own_terms(ontology, *PROPERTIES))
    assert [each for each in names if not re.fullmatch("[a-z][A-Za-z0-9]+", each)] == []


def test_cmc_r14_each_code_list_is_a_file_of_its_own() -> None:
    lists = {}
    for file in sorted((ROOT / "ontology" / "schemes").glob("*.ttl")):
        graph = Graph().parse(file, format="turtle")
        lists[file.stem] = [
            str(each).rsplit("/", 1)[-1] for each in graph.subjects(RDF.type, SKOS.ConceptScheme)
        ]
        concepts = set(graph.subjects(RDF.type, SKOS.Concept))
        assert concepts == set(graph.subjects(SKOS.inScheme, None)), file.name
    assert lists == {name: [name] for name in lists}
    assert lists


def test_cmc_r18_shapes_ask_for_datatypes_of_xsd_and_rdf_only(all_shapes: Graph) -> None:
    used = set(all_shapes.objects(None, SH.datatype))
    assert used
    assert [each for each in used if not (str(each).startswith(str(XSD)) or each == RDF.langString)] == []


def test_sc_r2_no_domain_no_range_no_axiom_beyond_subsumption(ontology: Graph, reused: Graph) -> None:
    heavy = {
        RDFS.domain,
        RDFS.range,
        OWL.disjointWith,
        OWL.equivalentClass,
        OWL.inverseOf,
        OWL.unionOf,
        OWL.onProperty,
    }
    assert {each for graph in (ontology, reused) for each in graph.predicates()} & heavy == set()
    kinds = {OWL.Ontology, OWL.Class, *PROPERTIES}
    assert {each for graph in (ontology, reused) for each in graph.objects(None, RDF.type)} <= kinds


def test_sc_r3_terms_are_named_in_one_way(ontology: Graph) -> None:
    twice = [
        local(term)
        for term in own_terms(ontology)
        if any((term, other, None) in ontology for other in (SKOS.prefLabel, SKOS.definition))
    ]
    assert twice == []


@pytest.mark.parametrize("path", [RDFS.subClassOf, RDFS.subPropertyOf])
def test_sc_r5_nothing_is_above_itself(ontology: Graph, reused: Graph, path: URIRef) -> None:
    graph = ontology + reused
    circles = [each for each in set(graph.subjects(path, None)) if each in _above(graph, each, path)]
    assert circles == []


def _above(graph: Graph, term: Node, path: URIRef) -> set[Node]:
    found: set[Node] = set()
    ahead = list(graph.objects(term, path))
    while ahead:
        each = ahead.pop()
        if each not in found:
            found.add(each)
            ahead += graph.objects(each, path)
    return found


def test_sc_r5_a_planted_circle_is_found() -> None:
    head = f"@prefix clip: <{CLIP}> . @prefix rdfs: <{PREFIXES['rdfs']}> . "
    graph = Graph().parse(data=head + "clip:A rdfs:subClassOf clip:B . clip:B rdfs:subClassOf clip:A .")
    term = URIRef(CLIP + "A")
    assert term in _above(graph, term, RDFS.subClassOf)


def test_dsc_r4_each_class_is_mirrored_by_one_shape_in_a_namespace_of_its_own(
    ontology: Graph, all_shapes: Graph
) -> None:
    mirrors = {
        term: {str(each) for each in all_shapes.subjects(SH.targetClass, term) if isinstance(each, URIRef)}
        for term in own_terms(ontology, OWL.Class)
    }
    namespace = PREFIXES["clipsh"]
    wrong = {
        local(term): shapes
        for term, shapes in mirrors.items()
        if shapes != {f"{namespace}{local(term)}Shape"}
    }
    assert wrong == {}
    assert not set(own_terms(ontology)) & set(all_shapes.subjects(RDF.type, SH.NodeShape))


def test_dsc_r5_severity_is_said_on_purpose(all_shapes: Graph) -> None:
    shapes = {*all_shapes.subjects(RDF.type, SH.NodeShape), *all_shapes.objects(None, SH.property)}
    assert shapes
    assert [each for each in shapes if all_shapes.value(each, SH.severity) is None] == []


def test_pc_r3_versions_are_semantic(ontology: Graph) -> None:
    version = str(ontology.value(ONTOLOGY, OWL.versionInfo))
    assert SEMVER.fullmatch(version)
    assert str(ontology.value(ONTOLOGY, OWL.versionIRI)) == f"{CLIP}{version}"


def test_pc_r4_only_the_whole_has_a_version(ontology: Graph, all_shapes: Graph) -> None:
    wholes = {each for graph in (ontology, all_shapes) for each in graph.subjects(RDF.type, OWL.Ontology)}
    for graph in (ontology, all_shapes):
        versioned = {
            each for path in (OWL.versionInfo, OWL.versionIRI) for each in graph.subjects(path, None)
        }
        assert versioned <= wholes
    assert [each for each in own_terms(ontology) if re.search(r"\d+\.\d+|[vV]\d", local(each))] == []
