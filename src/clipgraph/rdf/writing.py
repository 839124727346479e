"""Writes small graphs of our own making in any RDF format."""

from collections.abc import Iterable, Mapping
from io import BytesIO

import pyoxigraph as ox

from clipgraph.abbreviating import abbreviated
from clipgraph.rdf.formats import JSON_LD, N_TRIPLES, RDF_XML, TURTLE, Format
from clipgraph.rdf.prefixes import PREFIXES
from clipgraph.rdf.terms import Triple

_FORMATS = {
    TURTLE: ox.RdfFormat.TURTLE,
    N_TRIPLES: ox.RdfFormat.N_TRIPLES,
    RDF_XML: ox.RdfFormat.RDF_XML,
    JSON_LD: ox.RdfFormat.JSON_LD,
}


def write(triples: Iterable[Triple], form: Format, further: Mapping[str, str] | None = None) -> bytes:
    """Return the triples in an RDF format, with the prefixes that they use of the table's and these."""
    output = BytesIO()
    gathered, prefixes = abbreviated(triples, PREFIXES | (further or {}))
    ox.serialize(gathered, output, _FORMATS[form], prefixes=prefixes)
    written = output.getvalue()
    # As it is, it would be read as a line feed (https://www.w3.org/TR/xml/#sec-line-ends).
    return written.replace(b"\r", b"&#13;") if form is RDF_XML else written
