"""The one place where terms enter queries: a variable is replaced by an escaped term, token by token."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from clipgraph.errors import BadRequest
from clipgraph.rdf.terms import Literal, NamedNode
from clipgraph.sparql.tokens import Token, tokens

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
        one.get(token.text[1:], token.text) if token.kind == "variable" else token.text
        for token in _listed(_tokens(query), several)
    )


@lru_cache(maxsize=256)
def _tokens(query: str) -> tuple[Token, ...]:
    """Return the tokens of a query; the library has few, which are bound again and again."""
    return tuple(tokens(query))


def _listed(found: Iterable[Token], several: Mapping[str, str]) -> Iterator[Token]:
    """Yield the tokens, with terms in the place of the UNDEF that follows ``VALUES ?name``."""
    before, awaited = "", None
    for token in found:
        if token.kind == "variable" and before == "VALUES":
            awaited = several.get(token.text[1:])
        if awaited is not None and token.text == "UNDEF":
            yield Token(token.kind, awaited, token.start)
            awaited = None
        else:
            yield token
        if token.kind not in ("space", "comment"):
            before = token.text.upper()


def _written(value: NamedNode | Literal) -> str:
    if isinstance(value, NamedNode) and not is_iri(value.value):
        raise BadRequest(f"not an IRI: {value.value!r}")
    return str(value)  # the engine's own N-Triples form, escaped
