"""Lets rdflib parse each SPARQL text once: a shape asks the same query about every focus node.

And lets it come to an end with numbers that are none.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from rdflib import Literal, plugin
from rdflib.plugins.sparql import operators
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.processor import SPARQLProcessor
from rdflib.plugins.sparql.sparql import Query, SPARQLTypeError
from rdflib.query import Processor
from rdflib.term import Identifier


@lru_cache(maxsize=512)
def parsed(text: str, base: str | None, namespaces: tuple[tuple[str, str], ...]) -> Query:
    """Return the algebra of a query, parsed at its first asking only."""
    return translateQuery(parseQuery(text), base, dict(namespaces))


class CachingProcessor(SPARQLProcessor):
    """rdflib's own processor behind the cache: 82% of a validation went into parsing again."""

    def query(  # type: ignore[override]
        self,
        strOrQuery: str | Query,  # noqa: N803
        initBindings: Mapping[str, Identifier] | None = None,  # noqa: N803
        initNs: Mapping[str, Any] | None = None,  # noqa: N803
        base: str | None = None,
        DEBUG: bool = False,  # noqa: FBT001, FBT002, N803
    ) -> Mapping[str, Any]:
        """Evaluate a query; raises what rdflib raises (https://www.w3.org/TR/sparql11-query/)."""
        if isinstance(strOrQuery, str):
            namespaces = tuple(sorted((prefix, str(name)) for prefix, name in (initNs or {}).items()))
            strOrQuery = parsed(strOrQuery, base, namespaces)  # noqa: N806
        return super().query(strOrQuery, initBindings, {}, base, DEBUG)


_numeric = operators.numeric


def numeric(term: Any) -> Any:  # noqa: ANN401  # rdflib's own signature
    """Return the number that a literal is; raises SPARQLTypeError for any other term.

    An ill-typed literal is no number (https://www.w3.org/TR/sparql11-query/#operandDataTypes). rdflib takes
    "many"^^xsd:integer for one, and calculates with it until Python's recursion ends.
    """
    if isinstance(term, Literal) and term.ill_typed:
        raise SPARQLTypeError(f"{term!r} is not a number")
    return _numeric(term)


def install() -> None:
    """Make rdflib use the caching processor in this process; doing it twice changes nothing."""
    plugin.register("sparql", Processor, __name__, CachingProcessor.__name__)
    vars(operators)["numeric"] = numeric
