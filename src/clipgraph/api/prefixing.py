"""Queries may use the prefixes of the one table without declaring them."""

from clipgraph.errors import QuerySyntaxError
from clipgraph.rdf.prefixes import PREFIXES
from clipgraph.sparql.syntax import quoted
from clipgraph.sparql.tokens import declared_tokens


def declarations(text: str) -> str:
    """Return declarations, on one line, of the known prefixes that a query uses and does not declare."""
    used = {token.text.split(":", 1)[0] for token, undeclared in declared_tokens(text) if undeclared}
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}> " for name in sorted(used & PREFIXES.keys()))


def without(declared: str, text: str, error: QuerySyntaxError) -> QuerySyntaxError:
    """Return the error in a query behind declarations as that of the query alone."""
    if error.line != 1 or not declared:
        return error
    column = max(1, error.column - len(declared))
    shown = quoted(text.split("\n", 1)[0].rstrip("\r"), column)
    return QuerySyntaxError(error.reason, 1, column, shown, error.hint)
