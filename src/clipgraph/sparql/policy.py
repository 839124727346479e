"""What a query may not ask for: another endpoint, or a document from the network."""

import re

from clipgraph.errors import Refused
from clipgraph.sparql.tokens import Token, tokens

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
    declared, last = set(), ""
    for token in tokens(text):
        if last == "prefix" and token.kind == "name":
            declared.add(token.text)
        elif _is_service(token) and token.text.split(":")[0] + ":" not in declared:
            line = text.count("\n", 0, token.start) + 1
            raise Refused(
                f"SERVICE in line {line}: this endpoint asks no other endpoint. "
                "Run the federated query at yours, with SERVICE pointing here"
            )
        if token.kind not in ("space", "comment"):
            last = token.text.lower()


def _is_service(token: Token) -> bool:
    """Tell whether a token holds the keyword, also glued to what stands before it (``trueSERVICE``).

    In a prefixed name only the prefix can hide it: ``trueSERVICE:x`` is two keywords and a name where
    the prefix is not declared.
    """
    if token.kind == "iri":
        return bool(_BEHIND_LESS_THAN.search(token.text))
    if token.kind == "name":
        return "service" in token.text.split(":", 1)[0].lower()
    return token.kind in ("word", "unclosed") and "service" in token.text.lower()
