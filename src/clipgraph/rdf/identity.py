"""Which IRI a path of the service answers for, and back.

The IRIs are fixed, whatever host serves them (docs/guide: IRI policy): a service at any address answers
``GET /id/city/stuttgart`` for ``https://w3id.org/clipgraph/id/city/stuttgart``.
"""

from urllib.parse import quote, unquote

from clipgraph.rdf.prefixes import BASE

# First path segments under which the graph mints IRIs.
SPACES = ("id", "def", "scheme", "shapes", "graph")
GENID = BASE + ".well-known/genid/"


def iri_of_path(path: str) -> str:
    """Return the IRI for the (already decoded) request path ``/id/…``, ``/def/…`` and so on."""
    return BASE + path.removeprefix("/")


def path_of_iri(iri: str) -> str | None:
    """Return the path that answers for one of our IRIs, percent-encoded, or None for any other IRI."""
    if not iri.startswith(BASE):
        return None
    path = iri.removeprefix(BASE)
    return "/" + quote(path, safe="/~-._!$&'()*+,;=:@%") if path.split("/")[0] in SPACES else None


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
