"""Reads a request of the Graph Store HTTP Protocol: https://www.w3.org/TR/sparql11-http-rdf-update/.

Pure functions of method, query string and headers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote
from uuid import uuid4

from clipgraph.errors import BadRequest, UnsupportedMediaType
from clipgraph.rdf.formats import GRAPHS, Format
from clipgraph.rdf.prefixes import BASE
from clipgraph.sparql.parameters import content_type, decode, graphs, values

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


def upload_format(headers: Mapping[str, str]) -> Format:
    """Return the format of the document that a request carries.

    Raises:
        UnsupportedMediaType: it is not RDF of one graph in UTF-8, or it is compressed.
    """
    known = ", ".join(each.media_type for each in GRAPHS)
    media_type, charset = content_type(headers.get("content-type", ""))
    if headers.get("content-encoding", "identity").lower() != "identity":
        raise UnsupportedMediaType("a compressed body is not read here; send it plain")
    for form in GRAPHS:
        if media_type in (form.media_type, *form.aliases) and media_type != "text/plain":
            if charset not in ("utf-8", "ascii"):
                raise UnsupportedMediaType("RDF is read in UTF-8 only")
            return form
    raise UnsupportedMediaType(
        f"RDF in {media_type or 'no media type'} is not read here; send Content-Type: one of {known}"
    )
