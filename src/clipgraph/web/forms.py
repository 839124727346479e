"""Which of its forms a page is asked in: ``format=`` first, then Accept (RFC 9110, section 12)."""

from collections.abc import Sequence

from starlette.requests import Request

from clipgraph.errors import BadRequest, NotAcceptable
from clipgraph.rdf.formats import DATA, GEOJSON, GRAPHS, HTML, TABLE, Format
from clipgraph.sparql.negotiation import named, negotiate

PAGE = (HTML,)
PAGE_OR_DATA = (HTML, DATA)
LIST = (HTML, DATA, TABLE)
MAP = (HTML, GEOJSON, DATA, TABLE)
# What is RDF, too, and has JSON of its own beside JSON-LD.
DOCUMENT_WITH_DATA = (HTML, DATA, *GRAPHS)
CODE_LIST = (HTML, DATA, TABLE, *GRAPHS)


def asked_form(request: Request, offered: Sequence[Format]) -> Format:
    """Return the offered form that a request asks for; the first where it asks for none.

    Raises:
        BadRequest: ``format=`` names none of them.
        NotAcceptable: Accept has none of them.
    """
    wanted = request.query_params.get("format") or request.query_params.get("output") or ""
    if wanted.strip():
        form = named(wanted, offered)
        if form is None:
            names = ", ".join(each.name for each in offered)
            raise BadRequest.worded(
                "format=%(format)s is not offered here; what is: %(names)s", format=wanted[:40], names=names
            )
        return form
    accept = ", ".join(request.headers.getlist("accept"))
    form = negotiate(accept or None, offered)
    if form is None:
        raise NotAcceptable(
            "none of the forms that this has is accepted", [each.media_type for each in offered]
        )
    return form


def accepts_rdf(request: Request) -> bool:
    """Tell whether a request that names no ``format=`` likes RDF better than a page or JSON."""
    accept = ", ".join(request.headers.getlist("accept"))
    if request.query_params.get("format") or not accept:
        return False
    return negotiate(accept, DOCUMENT_WITH_DATA) in GRAPHS
