"""Reads a request of the Graph Store HTTP Protocol: https://www.w3.org/TR/sparql11-http-rdf-update/.

Pure functions of method, query string and headers.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote
from uuid import uuid4

from clipgraph.errors import BadRequest, UnsupportedMediaType
from clipgraph.rdf.formats import GRAPHS, RDF_XML, Format
from clipgraph.rdf.prefixes import BASE
from clipgraph.sparql.parameters import content_type, decode, graphs, values

_BOUNDARY = re.compile(
    r"""multipart/form-data\s*;.*\bboundary=(?:"([^"\\]{1,70})"|([\w'()+,./:=?-]{1,70}))""",
    re.IGNORECASE | re.ASCII,
)
_MINTED = BASE + "graph/service/"


@dataclass(frozen=True)
class Target:
    """The graph that a request is about: its IRI, empty for the default graph."""

    graph: str

    @property
    def location(self) -> str:
        """The address at which the graph can be read, relative to the graph store."""
        return f"/graphs?graph={quote(self.graph, safe='')}" if self.graph else "/graphs?default"


def read_target(method: str, query_string: bytes) -> Target:
    """Return which graph ``?graph=IRI`` or ``?default`` names.

    A POST that names none is for a new graph, whose IRI is made here.

    Raises:
        BadRequest: it names none, or several, or one that is no absolute IRI.
    """
    parameters = decode(query_string)
    iris = graphs(parameters, "graph")
    default = values(parameters, "default")
    if method == "POST" and not iris and not default:
        return Target(f"{_MINTED}{uuid4()}")
    if len(iris) + len(default) != 1 or any(default):
        raise BadRequest("name exactly one graph: ?graph=IRI (percent-encoded), or ?default")
    return Target(iris[0] if iris else "")


def upload_boundary(headers: Mapping[str, str]) -> str:
    """Return what stands between the documents of a form; empty where a request carries one document.

    Raises:
        BadRequest: it is a form and does not say.
        UnsupportedMediaType: it is compressed.
    """
    _check_plain(headers)
    header = headers.get("content-type", "").strip()
    if not header.lower().startswith("multipart/form-data"):
        return ""
    match = _BOUNDARY.match(header)
    if not match:
        raise BadRequest("Content-Type: multipart/form-data needs a boundary")
    return match[1] or match[2]


def _check_plain(headers: Mapping[str, str]) -> None:
    if headers.get("content-encoding", "identity").lower() != "identity":
        raise UnsupportedMediaType("a compressed body is not read here; send it plain")


def upload_format(headers: Mapping[str, str], file_name: str = "") -> Format:
    """Return the format of a document, by its headers; where they do not say, by its file's name.

    Without either it is RDF/XML (https://www.w3.org/TR/sparql11-http-rdf-update/#graph-management).

    Raises:
        UnsupportedMediaType: it is not RDF of one graph in UTF-8, or it is compressed.
    """
    _check_plain(headers)
    known = ", ".join(each.media_type for each in GRAPHS)
    media_type, charset = content_type(headers.get("content-type", ""))
    for form in GRAPHS:
        if media_type in (form.media_type, *form.aliases) and media_type != "text/plain":
            if charset not in ("utf-8", "ascii"):
                raise UnsupportedMediaType("RDF is read in UTF-8 only")
            return form
    if media_type in ("", "application/octet-stream"):
        named = (form for form in GRAPHS if file_name.lower().endswith(f".{form.extension}"))
        return next(named, RDF_XML)
    raise UnsupportedMediaType(f"RDF in {media_type} is not read here; send Content-Type: one of {known}")
