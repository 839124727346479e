"""The one place where terms enter queries: a variable is replaced by an escaped term, token by token."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from clipgraph.errors import BadRequest
from clipgraph.rdf.terms import Literal, NamedNode
from clipgraph.sparql.tokens import tokens

_FORBIDDEN = re.compile(r'[\x00-\x20<>"{}|^`\\]')


def is_iri(text: str) -> bool:
    """Tell whether a text can stand between < and > (https://www.w3.org/TR/sparql11-query/#rIRIREF)."""
    if _FORBIDDEN.search(text):
        return False
    try:
        NamedNode(text)  # refuses what a worker would refuse: no scheme, a broken host or %-escape
    except ValueError:
        return False
    return True


Term = NamedNode | Literal


def bind(query: str, values: Mapping[str, Term | Sequence[Term]]) -> str:
    """Return the query with every variable named in ``values`` replaced by its term.

    Strings, IRIs and comments that only look like the variable stay as they are. The variables must not
    stand in the projection. Several terms take the place of UNDEF in ``VALUES ?name { UNDEF }``, so that the
    query is valid as it stands.

    Raises:
        BadRequest: a value is not an IRI.
    """
    one = {name: _written(value) for name, value in values.items() if not isinstance(value, Sequence)}
    several = {
        name: " ".join(map(_written, value)) for name, value in values.items() if isinstance(value, Sequence)
    }
    return "".join(
        several.get(piece.listed, piece.text) if piece.listed else one.get(piece.variable, piece.text)
        for piece in _pieces(query)
    )


class _Piece(NamedTuple):
    """A stretch of a query: a variable, an UNDEF that ``VALUES ?listed`` takes a list for, or other text."""

    text: str
    variable: str = ""
    listed: str = ""


@lru_cache(maxsize=256)
def _pieces(query: str) -> tuple[_Piece, ...]:
    """Return the stretches of a query; the library has few queries, which are bound again and again."""
    pieces, plain, before, awaited = [], "", "", ""
    for token in tokens(query):
        is_variable = token.kind == "variable"
        is_list = bool(awaited) and token.text == "UNDEF"
        if is_variable or is_list:
            name = token.text[1:] if is_variable else ""
            pieces += [_Piece(plain), _Piece(token.text, name, awaited if is_list else "")]
            plain = ""
        else:
            plain += token.text
        if is_variable and before == "VALUES":
            awaited = token.text[1:]
        elif is_list:
            awaited = ""
        if token.kind not in ("space", "comment"):
            before = token.text.upper()
    return (*pieces, _Piece(plain))


def _written(value: NamedNode | Literal) -> str:
    if isinstance(value, NamedNode) and not is_iri(value.value):
        raise BadRequest(f"not an IRI: {value.value!r}")
    return str(value)  # the engine's own N-Triples form, escaped
