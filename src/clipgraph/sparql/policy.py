"""What a query may not ask for: another endpoint, or a document from the network."""

import re

from clipgraph.errors import Refused
from clipgraph.sparql.tokens import Token, declared_tokens

# ``FILTER(?a<?b)SERVICE#>`` looks like an IRI from < to >, and the engine reads a comparison there.
_BEHIND_LESS_THAN = re.compile(r"\).*service(silent)?([#?$:]|[\w.-]*:)", re.IGNORECASE | re.DOTALL)


def check(text: str) -> None:
    """Refuse a query that names a SERVICE.

    This gives the clear answer early; what holds is the kernel's filter in every worker, which opens no
    socket whatever a query says.

    Raises:
        Refused: the query has the keyword SERVICE.
    """
    if "service" not in text.lower():
        return
    for token, undeclared in declared_tokens(text):
        if _is_service(token, undeclared=undeclared):
            line = text.count("\n", 0, token.start) + 1
            raise Refused(
                f"SERVICE in line {line}: this endpoint asks no other endpoint. "
                "Run the federated query at yours, with SERVICE pointing here"
            )


def _is_service(token: Token, *, undeclared: bool) -> bool:
    """Tell whether a token holds the keyword, also glued to what stands before it (``trueSERVICE``).

    In a prefixed name only the prefix can hide it: ``trueSERVICE:x`` is two keywords and a name where
    the prefix is not declared.
    """
    if token.kind == "iri":
        return bool(_BEHIND_LESS_THAN.search(token.text))
    if token.kind == "name":
        return undeclared and "service" in token.text.split(":", 1)[0].lower()
    return token.kind in ("word", "unclosed") and "service" in token.text.lower()
