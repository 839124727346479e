"""Reads RDF that came from outside: triples of one graph, and nothing is ever fetched for it.

The parsers load no JSON-LD context, no owl:imports and no external entity. To be called in a worker: some
documents take them minutes.
"""

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
_NAMES = {form.name: form.media_type for form in GRAPHS}


def read_upload(path: Path, form: str, base: str) -> list[Triple]:
    """Return the triples of a document.

    Args:
        path: the file that holds it.
        form: the name of its format, one of rdf.formats.GRAPHS.
        base: what relative IRIs in it are resolved against; empty where there is nothing.

    Raises:
        UnreadableBody: it is not in that format, or names graphs; with line and column where known.
    """
    try:
        quads = ox.parse(
            path=str(path),
            format=_PARSERS[form],
            base_iri=base or None,
            without_named_graphs=True,
            rename_blank_nodes=True,
        )
        return [quad.triple for quad in quads]
    except SyntaxError as error:
        reason = f"this is not {_NAMES[form]}: {error.msg or error}"
        raise UnreadableBody(reason, error.lineno or 0, error.offset or 0) from error


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
