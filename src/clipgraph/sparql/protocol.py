"""Reads a SPARQL Protocol request: https://www.w3.org/TR/sparql11-protocol/#query-operation.

A pure function of method, query string, headers and body.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from clipgraph.errors import BadRequest, ReadOnly, UnsupportedMediaType
from clipgraph.rdf.formats import GRAPHS, RESULTS, Format
from clipgraph.sparql.binding import is_iri
from clipgraph.sparql.negotiation import named, negotiate, read_seconds

_FORM, _QUERY, _UPDATE = (
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
)
_MOST_PARAMETERS = 1000
# The protocol knows UTF-8 alone. Python knows charsets that unpack a body to any size, so none is looked up.
_CHARSETS = {"utf-8": "utf-8", "utf8": "utf-8", "us-ascii": "ascii", "iso-8859-1": "latin-1"}
Parameters = list[tuple[str, str]]


@dataclass(frozen=True)
class Query:
    """A query to evaluate.

    ``default_graphs`` and ``named_graphs`` are the dataset the protocol names, both None where it names
    none; ``results`` and ``graph`` the format for either kind of answer, None where none is acceptable;
    ``deadline`` is in seconds; ``base`` is what relative IRIs are resolved against where the query has no
    BASE of its own (https://www.w3.org/TR/sparql11-protocol/#base-iri).
    """

    text: str
    results: Format | None
    graph: Format | None
    deadline: float
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    base: str | None = None


@dataclass(frozen=True)
class Request:
    """What reading needs of an HTTP request; header names are lower case."""

    method: str
    query_string: bytes
    headers: Mapping[str, str]
    body: bytes = b""


def read_request(request: Request, deadline: float) -> Query | None:
    """Return the query of a request, or None for a GET that carries none.

    Args:
        request: the request.
        deadline: the most seconds the server gives a query.

    Raises:
        BadRequest: no query or several, broken encoding, a graph that is no IRI, a wrong timeout.
        UnsupportedMediaType: a POST in another media type than the protocol's two.
        ReadOnly: an update.
    """
    parameters, texts = _parameters(request)
    texts += _values(parameters, "query")
    if _values(parameters, "update"):
        raise ReadOnly("this endpoint takes queries only, no updates")
    if not texts and request.method != "POST":
        return None
    if len(texts) != 1:
        raise BadRequest(f"give exactly one query; this request has {len(texts) or 'none'}")
    default_graphs = _graphs(parameters, "default-graph-uri")
    named_graphs = _graphs(parameters, "named-graph-uri")
    own = not default_graphs and not named_graphs
    results, graph = _formats(parameters, request.headers.get("accept"))
    timeout = _values(parameters, "timeout")
    return Query(
        texts[0],
        results,
        graph,
        read_seconds(timeout[-1], deadline) if timeout else deadline,
        None if own else default_graphs,
        None if own else named_graphs,
    )


def _parameters(request: Request) -> tuple[Parameters, list[str]]:
    """Return the parameters of URL and form, and the query where the body itself is one."""
    parameters = _decode(request.query_string)
    if request.method != "POST":
        return parameters, []
    media_type, charset = _content_type(request.headers.get("content-type", ""))
    if media_type == _FORM:
        return parameters + _decode(request.body, charset), []
    if media_type == _QUERY:
        return parameters, [_text(request.body, charset)]
    if media_type == _UPDATE:
        raise ReadOnly("this endpoint takes queries only, no updates")
    raise UnsupportedMediaType(
        f"a POST in {media_type or 'no media type'} is not read here; send {_QUERY}, or {_FORM} with query="
    )


def _content_type(header: str) -> tuple[str, str]:
    media_type, *parameters = (part.strip() for part in header.split(";"))
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return media_type.lower(), _charset(value.strip().strip("\"'").lower())
    return media_type.lower(), "utf-8"


def _charset(name: str) -> str:
    if name not in _CHARSETS:
        raise UnsupportedMediaType(f"the charset {name[:40]!r} is not read here; send UTF-8")
    return _CHARSETS[name]


def _text(body: bytes, charset: str) -> str:
    try:
        return body.decode(charset)
    except UnicodeDecodeError as error:
        raise BadRequest(f"the body is not {charset}: {error.reason} at byte {error.start}") from None


def _decode(encoded: bytes, charset: str = "utf-8") -> Parameters:
    """Return name and value of each parameter, decoded once."""
    try:
        text = encoded.decode(charset)  # some clients leave letters unescaped
        return parse_qsl(text, True, encoding=charset, errors="strict", max_num_fields=_MOST_PARAMETERS)  # noqa: FBT003
    except UnicodeDecodeError as error:
        raise BadRequest(f"the parameters are not percent-encoded {charset}: {error.reason}") from None
    except ValueError:
        raise BadRequest(f"more than {_MOST_PARAMETERS} parameters") from None


def _values(parameters: Parameters, name: str) -> list[str]:
    return [value for key, value in parameters if key == name]


def _graphs(parameters: Parameters, name: str) -> tuple[str, ...]:
    iris = _values(parameters, name)
    for iri in iris:
        if not is_iri(iri):
            raise BadRequest(f"{name}={iri[:100]!r} is not an absolute IRI")
    return tuple(iris)


def names_format(request: Request) -> bool:
    """Tell whether a request names a format we know, which wins over Accept."""
    parameters, _ = _parameters(request)
    names = _values(parameters, "format") + _values(parameters, "output")
    return any(named(name, (*RESULTS, *GRAPHS)) for name in names)


def _formats(parameters: Parameters, accept: str | None) -> tuple[Format | None, Format | None]:
    """Return the format for results and for graphs: the parameter where it names one, else Accept."""
    names = _values(parameters, "format") + _values(parameters, "output")
    return _format(names, RESULTS, accept), _format(names, GRAPHS, accept)


def _format(names: Sequence[str], offered: Sequence[Format], accept: str | None) -> Format | None:
    chosen = next(filter(None, (named(name, offered) for name in names)), None)
    return chosen or negotiate(accept, offered)
