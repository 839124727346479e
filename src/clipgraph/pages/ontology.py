"""What the ontology says of itself and of its terms, for pages and as data."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from clipgraph.engines.rows import Value
from clipgraph.pages.labels import best
from clipgraph.pages.messages import N_
from clipgraph.pages.reader import Reader
from clipgraph.pages.statements import full
from clipgraph.pages.terms import Term
from clipgraph.pages.vocabulary import Vocabulary
from clipgraph.rdf.prefixes import BASE

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


def as_data(vocabulary: Vocabulary, reader: Reader, terms: Iterable[Term] | None = None) -> dict[str, Any]:
    """Return the ontology as JSON has it, all of its terms or these."""
    head = header(vocabulary, reader)
    shown = vocabulary.terms.values() if terms is None else terms
    return {
        "iri": ONTOLOGY,
        "version": head.version,
        "version_iri": head.version_iri,
        "license": head.licences,
        "terms": [term_as_data(vocabulary, term) for term in shown],
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
        "used_with": [
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
