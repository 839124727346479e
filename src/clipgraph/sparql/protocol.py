"""Reads a SPARQL Protocol request: https://www.w3.org/TR/sparql11-protocol/#query-operation.

A pure function of method, query string, headers and body.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from clipgraph.errors import BadRequest, UnsupportedMediaType
from clipgraph.rdf.formats import GRAPHS, RESULTS, Format
from clipgraph.sparql.federation import Service
from clipgraph.sparql.negotiation import compress_from, named, negotiate, read_seconds
from clipgraph.sparql.parameters import (
    FORM,
    Parameters,
    Request,
    content_type,
    decode,
    graphs,
    read_release_number,
    text_of,
    values,
)

__all__ = ["Query", "Request", "names_format", "read_request"]

_QUERY = "application/sparql-query"
_SHORT = 500  # characters of what asks for a format; longer ones are not remembered


@dataclass(frozen=True)
class Query:
    """A query to evaluate.

    ``default_graphs`` and ``named_graphs`` are the dataset the protocol names, both None where it names
    none; ``results`` and ``graph`` the format for either kind of answer, None where none is acceptable;
    ``deadline`` is in seconds; ``base`` is what relative IRIs are resolved against where the query has no
    BASE of its own (https://www.w3.org/TR/sparql11-protocol/#base-iri); ``services`` are the endpoints that
    it asks, found and allowed by policy.check; the answer is compressed with gzip where it has more than
    ``compress_from`` bytes, never where that is None; ``release`` is the number of the one to ask, None for
    the current one.
    """

    text: str
    results: Format | None
    graph: Format | None
    deadline: float
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    base: str | None = None
    services: tuple[Service, ...] = ()
    release: int | None = None
    compress_from: int | None = None

    def saying(self, text: str) -> Self:
        """Return the same query with another text."""
        return self._with({"text": text})

    def of(self, release: int) -> Self:
        """Return the same query of this release."""
        return self._with({"release": release})

    def _with(self, changes: Mapping[str, object]) -> Self:
        """Return the same query but for these; as every query goes this way, faster than ``replace``."""
        same = object.__new__(type(self))
        vars(same).update(vars(self), **changes)
        return same


def read_request(request: Request, deadline: float, base: str | None = None) -> Query | None:
    """Return the query of a request, or None for a GET that carries none.

    Args:
        request: the request.
        deadline: the most seconds the server gives a query.
        base: the endpoint's own IRI, which relative ones are resolved against.

    Raises:
        BadRequest: no query or several, broken encoding, a graph that is no IRI, a wrong timeout.
        UnsupportedMediaType: a POST in another media type than the protocol's two.
    """
    parameters, texts = _parameters(request)
    texts += values(parameters, "query")
    if values(parameters, "update"):
        raise BadRequest("an update is sent by POST alone: in a form with update=, or as its body")
    if not texts and request.method != "POST":
        return None
    if len(texts) != 1:
        raise BadRequest(f"give exactly one query; this request has {len(texts) or 'none'}")
    default_graphs = graphs(parameters, "default-graph-uri")
    named_graphs = graphs(parameters, "named-graph-uri")
    own = not default_graphs and not named_graphs
    results, graph = _formats(parameters, request.headers.get("accept"))
    timeout = values(parameters, "timeout")
    return Query(
        texts[0].removeprefix("\ufeff"),  # a byte order mark, which some editors put there
        results,
        graph,
        read_seconds(timeout[-1], deadline) if timeout else deadline,
        None if own else default_graphs,
        None if own else named_graphs,
        base,
        compress_from=compress_from(request.headers.get("accept-encoding")),
        release=read_release_number(values(parameters, "release")),
    )


def _parameters(request: Request) -> tuple[Parameters, list[str]]:
    """Return the parameters of URL and form, and the query where the body itself is one."""
    parameters = decode(request.query_string)
    if request.method != "POST":
        return parameters, []
    media_type, charset = content_type(request.headers.get("content-type", ""))
    if media_type == FORM:
        return parameters + decode(request.body, charset), []
    if media_type == _QUERY:
        return parameters, [text_of(request.body, charset)]
    raise UnsupportedMediaType(
        f"a POST in {media_type or 'no media type'} is not read here; send {_QUERY}, or {FORM} with query="
    )


def names_format(request: Request) -> bool:
    """Tell whether a request names a format we know, which wins over Accept."""
    parameters, _ = _parameters(request)
    names = values(parameters, "format") + values(parameters, "output")
    return any(named(name, (*RESULTS, *GRAPHS)) for name in names)


def _formats(parameters: Parameters, accept: str | None) -> tuple[Format | None, Format | None]:
    """Return the format for results and for graphs: the parameter where it names one, else Accept."""
    names = (*values(parameters, "format"), *values(parameters, "output"))
    if len(accept or "") + sum(map(len, names)) > _SHORT:
        return _chosen(names, accept)
    return _known(names, accept)


def _chosen(names: Sequence[str], accept: str | None) -> tuple[Format | None, Format | None]:
    return _format(names, RESULTS, accept), _format(names, GRAPHS, accept)


# Most requests ask for the same few, and working that out takes longer than the rest of reading them.
_known = lru_cache(1024)(_chosen)


def _format(names: Sequence[str], offered: Sequence[Format], accept: str | None) -> Format | None:
    chosen = next(filter(None, (named(name, offered) for name in names)), None)
    return chosen or negotiate(accept, offered)
