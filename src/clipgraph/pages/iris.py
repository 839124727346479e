"""IRIs on a page: where a link to one leads, and what one is called that has no label."""

import re
from functools import lru_cache

from clipgraph.rdf.identity import document_path, path_of_iri, slug_of
from clipgraph.rdf.prefixes import BASE, shorten

_PASSAGE = re.compile(
    r"/id/document/(?P<document>[a-z0-9-]+)/passage/(?P<start>\d{1,9})-(?P<end>\d{1,9})", re.ASCII
)


@lru_cache(maxsize=8192)
def href(iri: str) -> str:
    """Return where a link to an IRI goes: our own stay on the serving host, others must be http(s).

    Of a thing it is the document at once: the 303 between them tells a reader nothing.
    """
    own = path_of_iri(iri)
    if own is not None:
        return document_path(own)
    return iri if iri.startswith(("http://", "https://")) else ""


def readable(iri: str) -> str:
    """Return a name for something without a label: its prefixed name, or the last parts of its path."""
    own = path_of_iri(iri)
    if own is not None and (passage := _PASSAGE.fullmatch(own)):
        document = passage["document"].replace("-", " ")
        return f"{document}, {int(passage['start']):,}–{int(passage['end']):,}"
    if own is not None and own.startswith("/id/"):
        return " · ".join(part.replace("-", " ") for part in iri.split("/id/", 1)[1].split("/")[-3:])
    short = shorten(iri)
    return short if short != iri or own is None else slug_of(iri)


def compact(iri: str) -> str:
    """Return an IRI as short as a table cell wants it: prefixed, or ours without the part they all share."""
    short = shorten(iri)
    return iri.removeprefix(BASE) if short == iri else short
