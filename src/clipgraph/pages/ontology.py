"""The page of the ontology: by theme a diagram and the terms, an index, the header, namespaces, versions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clipgraph.engines.rows import Value
from clipgraph.pages.asking import Asking
from clipgraph.pages.diagram import common, draw
from clipgraph.pages.labels import best
from clipgraph.pages.messages import N_
from clipgraph.pages.reader import Reader
from clipgraph.pages.relations import Relation
from clipgraph.pages.statements import full
from clipgraph.pages.terms import Term
from clipgraph.pages.themes import grouped
from clipgraph.pages.vocabulary import Vocabulary
from clipgraph.pages.vocabulary_context import vocabulary_context
from clipgraph.rdf.prefixes import BASE
from clipgraph.releases.release import Release

ONTOLOGY = BASE + "def"


@dataclass(frozen=True)
class Header:
    """What the ontology says of itself; ``dates`` and ``people`` are pairs of a message and a value."""

    iri: str
    title: Value
    description: Value | None
    version: str
    version_iri: str
    statuses: list[str]
    dates: list[tuple[str, Value]]
    people: list[tuple[str, Value]]
    licences: list[str]
    prefix: str
    namespace: str
    imports: list[str]
    citation: Value | None


def version_of(vocabulary: Vocabulary) -> str:
    """Return the IRI of the ontology's version, empty where it has none."""
    return next(iter(vocabulary.statements.nodes(ONTOLOGY, "owl:versionIRI")), "")


def header(vocabulary: Vocabulary, reader: Reader) -> Header:
    """Return the header of the ontology, for one that has none its IRI alone."""
    said = vocabulary.statements

    def text(name: str) -> str:
        value = said.first(ONTOLOGY, name)
        return value.text if value else ""

    def pairs(*names: tuple[str, str]) -> list[tuple[str, Value]]:
        return [(message, value) for message, name in names for value in said.values(ONTOLOGY, name)]

    return Header(
        ONTOLOGY,
        best(said.values(ONTOLOGY, "dct:title", "rdfs:label"), reader) or Value("literal", ONTOLOGY),
        best(said.values(ONTOLOGY, "dct:description", "rdfs:comment"), reader),
        text("owl:versionInfo"),
        version_of(vocabulary),
        said.nodes(ONTOLOGY, "adms:status"),
        pairs(
            (N_("Date of creation"), "dct:created"),
            (N_("Issued"), "dct:issued"),
            (N_("Last changed"), "dct:modified"),
        ),
        pairs((N_("Creator"), "dct:creator"), (N_("Publisher"), "dct:publisher")),
        said.nodes(ONTOLOGY, "dct:license"),
        text("vann:preferredNamespacePrefix"),
        text("vann:preferredNamespaceUri"),
        said.nodes(ONTOLOGY, "owl:imports"),
        best(said.values(ONTOLOGY, "dct:bibliographicCitation"), reader),
    )


def ontology_page(asking: Asking, vocabulary: Vocabulary, versions: Sequence[Release]) -> str:
    """Return the page; ``versions`` are the kept releases in which the ontology or its shapes changed."""
    found = vocabulary.relations
    left_out = common(found)
    drawn = [relation for relation in found if relation.property not in left_out]
    groups = [(group, draw(vocabulary, group, drawn, asking.reader)) for group in grouped(vocabulary)]
    terms = list(vocabulary.terms.values())
    classes, properties = [t for t in terms if t.is_class], [t for t in terms if not t.is_class]
    sections = [("classes", N_("Classes"), classes), ("properties", N_("Properties"), properties)]
    return asking.render(
        "ontology.html",
        **vocabulary_context(asking, vocabulary),
        header=header(vocabulary, asking.reader),
        groups=groups,
        left_out=sorted(left_out),
        table=[(term, _leading(found, term)) for term in classes],
        sections=[section for section in sections if section[2]],
        class_count=len(classes),
        property_count=len(properties),
        namespaces=vocabulary.namespaces,
        versions=versions,
    )


def _leading(found: Sequence[Relation], term: Term) -> list[tuple[str, list[str]]]:
    """Return where a class leads, by property."""
    targets: dict[str, list[str]] = {}
    for relation in found:
        if relation.source == term.iri:
            targets.setdefault(relation.property, []).append(relation.target)
    return list(targets.items())


def as_data(vocabulary: Vocabulary, reader: Reader) -> dict[str, Any]:
    """Return the ontology as JSON has it."""
    head = header(vocabulary, reader)
    return {
        "iri": ONTOLOGY,
        "version": head.version,
        "versionIRI": head.version_iri,
        "license": head.licences,
        "terms": [term_as_data(vocabulary, term) for term in vocabulary.terms.values()],
    }


def term_as_data(vocabulary: Vocabulary, term: Term) -> dict[str, Any]:
    """Return a term as JSON has it."""
    return {
        "iri": term.iri,
        "kind": term.kind,
        "label": {value.language: value.text for value in term.labels},
        "definition": {value.language: value.text for value in term.definitions},
        "specialises": term.parents,
        "alignments": [{"property": full(name), "iri": iri} for name, iri in term.alignments],
        "deprecated": term.deprecated,
        "shapes": [shape.iri for shape in vocabulary.shapes_of(term.iri)] if term.is_class else [],
        "usedWith": [
            {
                "shape": use.shape.iri,
                "classes": use.shape.classes,
                "min": use.rules.least,
                "max": use.rules.most,
            }
            for use in vocabulary.used_with.get(term.iri, ())
        ],
        "uses": {
            "default": vocabulary.count(term.iri).default,
            "evidence": vocabulary.count(term.iri).evidence,
        },
    }
