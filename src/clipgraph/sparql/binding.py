"""The one place where terms enter queries: a variable is replaced by an escaped term, token by token."""

import re
from collections.abc import Mapping

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


def bind(query: str, values: Mapping[str, NamedNode | Literal]) -> str:
    """Return the query with every variable named in ``values`` replaced by its term.

    Strings, IRIs and comments that only look like the variable stay as they are. The variables must not
    stand in the projection.

    Raises:
        BadRequest: a value is not an IRI.
    """
    terms = {name: _written(value) for name, value in values.items()}
    return "".join(
        terms.get(token.text[1:], token.text) if token.kind == "variable" else token.text
        for token in tokens(query)
    )


def _written(value: NamedNode | Literal) -> str:
    if isinstance(value, NamedNode) and not is_iri(value.value):
        raise BadRequest(f"not an IRI: {value.value!r}")
    return str(value)  # the engine's own N-Triples form, escaped
