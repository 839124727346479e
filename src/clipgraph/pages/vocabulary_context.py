"""What the templates of terms, shapes, code lists and graphs need beside their models."""

from typing import Any

from clipgraph.pages.asking import Asking
from clipgraph.pages.messages import N_
from clipgraph.pages.vocabulary import Vocabulary
from clipgraph.rdf.formats import GRAPHS

_MATCHES = {
    "skos:exactMatch": N_("the same as"),
    "skos:closeMatch": N_("close to"),
    "skos:broadMatch": N_("narrower than"),
    "skos:narrowMatch": N_("broader than"),
    "skos:relatedMatch": N_("related to"),
    "owl:equivalentClass": N_("equivalent to"),
    "owl:equivalentProperty": N_("equivalent to"),
    "owl:sameAs": N_("the same as"),
}
_SEVERITIES = {"Violation": N_("must"), "Warning": N_("should"), "Info": N_("may")}
_NODE_KINDS = {
    "IRI": N_("an IRI"),
    "BlankNode": N_("a blank node"),
    "Literal": N_("a literal"),
    "IRIOrLiteral": N_("an IRI or a literal"),
    "BlankNodeOrIRI": N_("an IRI or a blank node"),
    "BlankNodeOrLiteral": N_("a blank node or a literal"),
}
_KINDS = {
    "class": N_("Class"),
    "object property": N_("Object property"),
    "datatype property": N_("Datatype property"),
    "annotation property": N_("Annotation property"),
    "property": N_("Property"),
}
_WORDS = {"matches": _MATCHES, "severities": _SEVERITIES, "node_kinds": _NODE_KINDS, "kinds": _KINDS}


def vocabulary_context(asking: Asking, vocabulary: Vocabulary, path: str = "") -> dict[str, Any]:
    """Return the words, links and forms that they all need; ``path`` is where page and data are."""
    links = vocabulary.links(asking.reader)
    place = {"data": path, "path_here": path}
    return {**_WORDS, **place, "vocabulary": vocabulary, "links": links, "formats": GRAPHS}
