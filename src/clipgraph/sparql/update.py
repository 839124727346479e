"""Reads an update request: https://www.w3.org/TR/sparql11-protocol/#update-operation.

A pure function of method, query string, headers and body.
"""

from dataclasses import dataclass

from clipgraph.errors import BadRequest
from clipgraph.sparql.negotiation import read_seconds
from clipgraph.sparql.parameters import (
    FORM,
    Request,
    content_type,
    decode,
    graphs,
    read_message,
    refuse_release,
    text_of,
    values,
)

UPDATE = "application/sparql-update"


@dataclass(frozen=True)
class Update:
    """An update to carry out.

    ``using`` and ``using_named`` are the dataset that the protocol names for its WHERE clauses;
    ``message`` says why, for the history; ``deadline`` is in seconds.
    """

    text: str
    deadline: float
    using: tuple[str, ...] = ()
    using_named: tuple[str, ...] = ()
    message: str = ""


def is_update(request: Request) -> bool:
    """Tell whether a request is an update operation: a POST of one, or of a form that holds one."""
    if request.method != "POST":
        return False
    media_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
    return media_type == UPDATE or (media_type == FORM and bool(values(_form(request), "update")))


def _form(request: Request) -> list[tuple[str, str]]:
    _, charset = content_type(request.headers.get("content-type", ""))
    return decode(request.body, charset)


def read_update(request: Request, deadline: float) -> Update:
    """Return the update of a request for which ``is_update`` holds.

    Args:
        request: the request.
        deadline: the most seconds the server gives an update.

    Raises:
        BadRequest: several updates, a query beside it, a release, broken encoding, a graph that is no IRI.
        UnsupportedMediaType: a charset that is not read here.
    """
    media_type, charset = content_type(request.headers.get("content-type", ""))
    parameters = decode(request.query_string)
    if media_type == UPDATE:
        texts = [text_of(request.body, charset), *values(parameters, "update")]
    else:
        parameters += decode(request.body, charset)
        texts = values(parameters, "update")
    if len(texts) != 1 or values(parameters, "query"):
        raise BadRequest("give exactly one update, and no query beside it")
    refuse_release(parameters)
    timeout = values(parameters, "timeout")
    return Update(
        texts[0].removeprefix("\ufeff"),  # a byte order mark, which some editors put there
        read_seconds(timeout[-1], deadline) if timeout else deadline,
        graphs(parameters, "using-graph-uri"),
        graphs(parameters, "using-named-graph-uri"),
        read_message(values(parameters, "message")),
    )
