"""Which IRI a path of the service answers for, and back.

The IRIs are fixed, whatever host serves them (docs/guide: IRI policy): a service at any address answers
``GET /id/city/stuttgart`` for ``https://w3id.org/clipgraph/id/city/stuttgart``.
"""

import re
from urllib.parse import quote, unquote

from clipgraph.rdf.prefixes import BASE

# First path segments under which the graph mints IRIs.
SPACES = ("id", "def", "scheme", "shapes", "graph")
GENID = BASE + ".well-known/genid/"


# What an IRI cannot hold unescaped, and what would mean something else there: these stay percent-encoded.
_KEPT = frozenset((*range(0x21), *b'"<>\\^`{|}%/', 0x7F))
_PLAIN_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_ESCAPES = re.compile(r"%25[0-9A-Fa-f]{2}|(?:%[0-9A-Fa-f]{2})+")


def iri_of_path(path: str) -> str:
    """Return the IRI for the path of a request, as it was sent: ``/id/…``, ``/def/…`` and so on.

    Letters that a path has to encode are themselves in the IRI (https://www.rfc-editor.org/rfc/rfc3987#section-3.2);
    what cannot stand in an IRI stays encoded.
    """
    return BASE + _ESCAPES.sub(_unescaped, path.removeprefix("/"))


def _unescaped(found: re.Match[str]) -> str:
    escapes = found[0]
    if escapes[:3] == "%25" and escapes[3:4] not in ("", "%"):  # an escape that the IRI itself has
        return escapes if int(escapes[3:], 16) in _KEPT else "%" + escapes[3:]
    octets = bytes.fromhex(escapes.replace("%", ""))
    try:
        octets.decode()
    except UnicodeDecodeError:
        return escapes
    parts = (f"%{octet:02X}" if octet in _KEPT else chr(octet) for octet in octets)
    return "".join(parts).encode("latin-1").decode()


def path_of_iri(iri: str) -> str | None:
    """Return the path that answers for one of our IRIs, percent-encoded, or None for any other IRI."""
    if not iri.startswith(BASE):
        return None
    path = iri.removeprefix(BASE)
    if path.split("/")[0] not in SPACES:
        return None
    return "/" + quote(_PLAIN_ESCAPE.sub(_escaped, path), safe="/~-._!$&'()*+,;=:@%")


def _escaped(found: re.Match[str]) -> str:
    """Return an escape of an IRI as its path needs it: one that no path would keep is escaped itself."""
    return found[0] if int(found[1], 16) in _KEPT else "%25" + found[1]


def document_path(path: str) -> str:
    """Return the path of the document about a thing: ``/id/x`` → ``/doc/x``; other paths as they are."""
    return "/doc/" + path.removeprefix("/id/") if path.startswith("/id/") else path


def thing_path(path: str) -> str:
    """Return the path of the thing that a document is about: ``/doc/x`` → ``/id/x``."""
    return "/id/" + path.removeprefix("/doc/") if path.startswith("/doc/") else path


def is_ours(iri: str) -> bool:
    """Tell whether the graph itself must describe this IRI."""
    return path_of_iri(iri) is not None


def slug_of(iri: str) -> str:
    """Return the last readable part of an IRI, for a thing without a label."""
    return unquote(iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]) or iri
