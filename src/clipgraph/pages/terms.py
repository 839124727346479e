"""The terms of the ontology as people read them: classes and properties with all that is said of them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from clipgraph.engines.rows import Value
from clipgraph.pages.property_paths import Path
from clipgraph.pages.shapes import PropertyRules, Shape
from clipgraph.pages.statements import Statements, full
from clipgraph.rdf.prefixes import PREFIXES

CLASS = "class"
_KINDS = {
    "owl:Class": CLASS,
    "rdfs:Class": CLASS,
    "owl:ObjectProperty": "object property",
    "owl:DatatypeProperty": "datatype property",
    "owl:AnnotationProperty": "annotation property",
    "rdf:Property": "property",
}
_MATCHES = ("skos:exactMatch", "skos:closeMatch", "skos:broadMatch", "skos:narrowMatch", "skos:relatedMatch")
_EQUIVALENTS = ("owl:equivalentClass", "owl:equivalentProperty", "owl:sameAs")
_PARENTS = ("rdfs:subClassOf", "rdfs:subPropertyOf")


@dataclass(frozen=True)
class Term:
    """A class or property of ours; ``alignments`` are pairs of a property and what it matches elsewhere."""

    iri: str
    kind: str
    labels: list[Value]
    definitions: list[Value]
    notes: list[Value]
    examples: list[Value]
    parents: list[str]
    children: list[str]
    alignments: list[tuple[str, str]]
    inverses: list[str]
    domains: list[str]
    ranges: list[str]
    deprecated: bool
    replaced_by: list[str]
    statuses: list[str]

    @property
    def is_class(self) -> bool:
        """Whether it is a class, else a property."""
        return self.kind == CLASS

    @property
    def name(self) -> str:
        """The last part of its IRI, by which pages point to it."""
        return self.iri.removeprefix(PREFIXES["clip"])


@dataclass(frozen=True)
class Use:
    """What one shape says of a property: of which classes' things, and what it asks."""

    shape: Shape
    rules: PropertyRules
    path: Path


def read_terms(statements: Statements) -> dict[str, Term]:
    """Return the classes and properties of our namespace, by IRI in the order of the alphabet."""
    kinds: dict[str, str] = {}
    for name, kind in _KINDS.items():
        for iri in statements.subjects("rdf:type", full(name)):
            if iri.startswith(PREFIXES["clip"]):
                kinds.setdefault(iri, kind)
    ordered = sorted(kinds, key=lambda iri: (iri.casefold(), iri))
    return {iri: _term(statements, iri, kinds[iri]) for iri in ordered}


def _term(statements: Statements, iri: str, kind: str) -> Term:
    nodes = statements.nodes
    matches = [(name, other) for name in (*_EQUIVALENTS, *_MATCHES) for other in nodes(iri, name)]
    children = {child for name in _PARENTS for child in statements.subjects(name, iri)}
    inverse = {*nodes(iri, "owl:inverseOf"), *statements.subjects("owl:inverseOf", iri)}
    return Term(
        iri,
        kind,
        statements.values(iri, "rdfs:label", "skos:prefLabel"),
        statements.values(iri, "rdfs:comment", "skos:definition", "dct:description"),
        statements.values(iri, "skos:scopeNote", "skos:editorialNote", "skos:changeNote", "skos:historyNote"),
        statements.values(iri, "skos:example", "vann:example"),
        sorted(set(nodes(iri, *_PARENTS))),
        sorted(children),
        matches,
        sorted(inverse),
        nodes(iri, "rdfs:domain"),
        nodes(iri, "rdfs:range"),
        any(value.text in ("true", "1") for value in statements.values(iri, "owl:deprecated")),
        nodes(iri, "dct:isReplacedBy"),
        nodes(iri, "adms:status"),
    )


def uses_of(shapes: Iterable[Shape]) -> dict[str, list[Use]]:
    """Return what shapes say of each property, by the IRI of the property."""
    found: dict[str, list[Use]] = defaultdict(list)
    for shape in shapes:
        for rules in shape.properties:
            for iri in dict.fromkeys(rules.path.predicates()):
                found[iri].append(Use(shape, rules, rules.path))
    return found
