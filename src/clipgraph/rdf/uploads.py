"""Reads RDF that came from outside: triples of one graph, and nothing is ever fetched for it.

The parsers load no JSON-LD context, no owl:imports and no external entity. To be called in a worker: some
documents take them minutes.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from uuid import uuid4

import pyoxigraph as ox

from clipgraph.errors import UnreadableBody
from clipgraph.rdf.formats import GRAPHS
from clipgraph.rdf.identity import GENID
from clipgraph.rdf.terms import BlankNode, NamedNode, Quad, Triple

_PARSERS = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
_ELEMENT = re.compile(rb"<[^?!\s]")
# What the parsers say of a document that would have another one fetched.
_FETCHES = {
    "No LoadDocumentCallback": "a @context that stands elsewhere is not fetched: write it into the document",
    "<!ENTITY values": "an entity that stands elsewhere is not fetched: write what it stands for",
}
_NAMES = {form.name: form.media_type for form in GRAPHS}


def read_upload(document: Path | bytes, form: str, base: str) -> list[Triple]:
    """Return the triples of a document.

    Args:
        document: the file that holds it, or its content.
        form: the name of its format, one of rdf.formats.GRAPHS.
        base: what relative IRIs in it are resolved against; empty where there is nothing.

    Raises:
        UnreadableBody: it is not in that format, or names graphs; with line and column where known.
    """
    if form == "rdfxml":
        document = with_line_feeds(document if isinstance(document, bytes) else document.read_bytes())
    try:
        quads = ox.parse(
            document if isinstance(document, bytes) else None,
            path=None if isinstance(document, bytes) else str(document),
            format=_PARSERS[form],
            base_iri=base or None,
            without_named_graphs=True,
            rename_blank_nodes=True,
        )
        triples = [quad.triple for quad in quads]
    except SyntaxError as error:
        words = str(error.msg or error)
        raise UnreadableBody(
            fetched(words) or f"this is not {_NAMES[form]}: {words}", error.lineno or 0, error.offset or 0
        ) from error
    # The parser takes nothing for a document, XML does not (https://www.w3.org/TR/xml/#sec-well-formed).
    if form == "rdfxml" and not triples and not _has_element(document):
        raise UnreadableBody("this is not application/rdf+xml: there is no element in it", 1, 1)
    return triples


def fetched(words: str) -> str:
    """Return what a parser's words on another document that it would need mean; empty for other words."""
    return next((meaning for said, meaning in _FETCHES.items() if said in words), "")


def with_line_feeds(xml: bytes) -> bytes:
    """Return a document with its line ends as XML has them read, which the parser does not see to.

    ``&#13;`` is a carriage return that was meant (https://www.w3.org/TR/xml/#sec-line-ends).
    """
    return xml.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _has_element(document: Path | bytes) -> bool:
    content = document if isinstance(document, bytes) else document.read_bytes()
    return bool(_ELEMENT.search(content))


def fresh(quads: Iterable[Quad]) -> list[Quad]:
    """Return the quads with a new skolem IRI for each blank node.

    See https://www.w3.org/TR/rdf11-concepts/#section-skolemization.
    """
    names: dict[BlankNode, NamedNode] = {}

    def named(term: object) -> object:
        if isinstance(term, BlankNode):
            return names.setdefault(term, NamedNode(f"{GENID}{uuid4().hex}"))
        if isinstance(term, Triple):
            return Triple(named(term.subject), term.predicate, named(term.object))  # type: ignore[arg-type]
        return term

    return [
        Quad(named(q.subject), q.predicate, named(q.object), named(q.graph_name))  # type: ignore[arg-type]
        for q in quads
    ]
