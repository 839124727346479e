"""The JSON-LD context: short names for the terms of an ontology (https://www.w3.org/TR/json-ld11/#the-context).

A term is called by its local name; where several have the same, the others keep their prefix. The prefixes of
code lists are not in it: codes are values, which stand as IRIs, and some lists are called as a property is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from clipgraph.rdf.prefixes import OWN, PREFIXES, shorten

KEYWORDS = {"id": "@id", "type": "@type"}
_OWL, _RDFS, _XSD = (PREFIXES[prefix] for prefix in ("owl", "rdfs", "xsd"))
_BY_LANGUAGE, _LINK, _CLASS = PREFIXES["rdf"] + "langString", _OWL + "ObjectProperty", _OWL + "Class"
_KINDS = frozenset((_CLASS, _RDFS + "Class", _LINK, _OWL + "DatatypeProperty", _OWL + "AnnotationProperty"))
# What has a form of its own in JSON, so that a context need not say it.
_NATIVE = frozenset(_XSD + name for name in ("string", "integer", "boolean"))
# Of terms that are called the same, that of the first of these vocabularies has the name for itself.
_ORDER = ("clip", "rdfs", "dct", "skos", "org", "cv", "foaf", "prov")
# What values are, by the vocabularies themselves: for terms that no ontology declares or no shape asks for.
_BUILT_IN = (
    *((_RDFS + name, _BY_LANGUAGE) for name in ("comment", "label")),
    *((_RDFS + name, _LINK) for name in ("domain", "isDefinedBy", "range", "seeAlso")),
    *((_RDFS + name, _LINK) for name in ("subClassOf", "subPropertyOf")),
    *((_OWL + name, _LINK) for name in ("equivalentClass", "equivalentProperty", "inverseOf", "sameAs")),
    *((_OWL + name, _CLASS) for name in ("AnnotationProperty", "Class", "DatatypeProperty", "Ontology")),
    (_OWL + "ObjectProperty", _CLASS),
    (_OWL + "versionInfo", _XSD + "string"),
    *((PREFIXES["skos"] + name, _BY_LANGUAGE) for name in ("altLabel", "definition", "editorialNote")),
    *((PREFIXES["skos"] + name, _BY_LANGUAGE) for name in ("note", "prefLabel", "scopeNote")),
    *((PREFIXES["dct"] + name, _BY_LANGUAGE) for name in ("alternative", "description", "title")),
)


@dataclass(frozen=True)
class TermDefinition:
    """A short name and what its values are: IRIs, texts by language, of one datatype, or (none) anything."""

    name: str
    iri: str
    is_link: bool = False
    by_language: bool = False
    datatype: str = ""

    def to_json(self) -> str | dict[str, str]:
        """Return the definition as a context has it."""
        if self.is_link:
            return {"@id": self.iri, "@type": "@id"}
        if self.by_language:
            return {"@id": self.iri, "@container": "@language"}
        return {"@id": self.iri, "@type": self.datatype} if self.datatype else self.iri


@dataclass(frozen=True)
class Context:
    """Term definitions by IRI, and the prefixes of namespaces that no term is called by."""

    terms: Mapping[str, TermDefinition] = field(default_factory=dict)
    prefixes: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return the context as a document, the same for the same terms."""
        named = {term.name: term.to_json() for term in self.terms.values()}
        return {
            "@context": {**KEYWORDS, **dict(sorted(self.prefixes.items())), **dict(sorted(named.items()))}
        }


def make_context(declared: Iterable[tuple[str, str]]) -> Context:
    """Return the context of an ontology.

    Args:
        declared: IRIs of terms, each with the IRI of a class that it is of (owl:ObjectProperty, say) or of a
            datatype that its values have.
    """
    kinds: dict[str, set[str]] = {}
    for iri, kind in (*declared, *_BUILT_IN):
        if shorten(iri) != iri:
            kinds.setdefault(iri, set()).add(kind)
    named: dict[str, str] = {}
    for iri in sorted(kinds, key=_rank):
        named.setdefault(shorten(iri).split(":", 1)[1], iri)
    found = [_defined(name, iri, kinds[iri]) for name, iri in sorted(named.items()) if name not in KEYWORDS]
    taken = {*named, *KEYWORDS}
    prefixes = {
        prefix: namespace
        for prefix, namespace in PREFIXES.items()
        if prefix not in taken and (prefix not in OWN or prefix in ("clip", "clipsh"))
    }
    return Context({term.iri: term for term in found}, prefixes)


def _rank(iri: str) -> tuple[int, str]:
    """Return the place of a term in the order in which names are given."""
    prefix = shorten(iri).split(":", 1)[0]
    return (_ORDER.index(prefix) if prefix in _ORDER else len(_ORDER), iri)


def _defined(name: str, iri: str, kinds: set[str]) -> TermDefinition:
    datatypes = kinds - _KINDS
    if _LINK in kinds:
        return TermDefinition(name, iri, is_link=not datatypes)
    if datatypes == {_BY_LANGUAGE}:
        return TermDefinition(name, iri, by_language=True)
    one = next(iter(datatypes)) if len(datatypes) == 1 else ""
    return TermDefinition(name, iri, datatype="" if one in _NATIVE else one)
