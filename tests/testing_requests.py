"""Queries as HTTP/1.1 has them on the wire, for tests that speak it themselves."""

from urllib.parse import quote

SELECT = "SELECT ?x WHERE { VALUES ?x { 1 2 3 } }"
LABELS = (
    "SELECT * WHERE { ?thing <http://www.w3.org/2000/01/rdf-schema#label> ?label } ORDER BY ?thing LIMIT 40"
)


def request(query: str, *headers: str, host: str = "here", version: str = "1.1") -> str:
    """Return a GET of a query with further headers, each ``Name: value``."""
    head = [f"GET /sparql?query={quote(query)} HTTP/{version}", f"Host: {host}", *headers]
    return "".join(f"{line}\r\n" for line in [*head, ""])
