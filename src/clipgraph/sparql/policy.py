"""What a query may not ask for: another endpoint, or a document from the network."""

from clipgraph.errors import Refused
from clipgraph.sparql.tokens import Token, tokens


def check(text: str) -> None:
    """Refuse a query that names a SERVICE.

    This gives the clear answer early; what holds is the kernel's filter in every worker, which opens no
    socket whatever a query says.

    Raises:
        Refused: the query has the keyword SERVICE.
    """
    if "service" not in text.lower():
        return
    for token in tokens(text):
        if _is_service(token):
            line = text.count("\n", 0, token.start) + 1
            raise Refused(
                f"SERVICE in line {line}: this endpoint asks no other endpoint. "
                "Run the federated query at yours, with SERVICE pointing here"
            )


def _is_service(token: Token) -> bool:
    """Tell whether a token holds the keyword, also glued to what stands before it (``trueSERVICE``).

    In a prefixed name only the prefix can hide it: ``trueSERVICE:x`` is two keywords and a name where
    the prefix is not declared; a declared one that holds the word is refused with it.
    """
    if token.kind == "name":
        return "service" in token.text.split(":", 1)[0].lower()
    return token.kind in ("word", "unclosed") and "service" in token.text.lower()
