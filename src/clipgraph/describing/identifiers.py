"""The IRIs of what is described, and the addresses in descriptions, which are those of whoever serves them.

IRIs are the same on every host. Addresses (of the endpoint, the dumps, documents) are written as IRIs below
the same base, where persistent redirects are to lead, until a service puts its own in their place.
"""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

from clipgraph.rdf.prefixes import BASE
from clipgraph.rdf.terms import NamedNode, Triple

CATALOGUE = BASE + "catalog"
DATASET = CATALOGUE + "#dataset"
PUBLISHER, OPERATOR, CONTACT = (f"{CATALOGUE}#{name}" for name in ("publisher", "operator", "contact"))
VOID = BASE + ".well-known/void"
SERVED_DATASET = VOID + "#served"

HOME, ENDPOINT, GRAPH_STORE = BASE, BASE + "sparql", BASE + "graphs"
DATASET_PAGE, RELEASES_PAGE, DUMPS = BASE + "dataset", BASE + "releases", BASE + "dumps/"
EXAMPLES = BASE + "queries"
OPENAPI = BASE + "openapi.json"
_ADDRESSES = frozenset((HOME, ENDPOINT, GRAPH_STORE, DATASET_PAGE, RELEASES_PAGE, OPENAPI, VOID))


def part_of_void(*names: str) -> str:
    """Return the IRI of a part of the description that these names, in this order, tell from all others."""
    return f"{VOID}#{sha256(repr(names).encode()).hexdigest()[:16]}"


def placed(triples: Iterable[Triple], origin: str, *, dumps: bool = True) -> Iterator[Triple]:
    """Yield the triples with the addresses of the service at ``origin``, a URL without a slash at its end.

    ``dumps`` tells whether it has the dumps, too.
    """

    def at(node: Any) -> Any:  # noqa: ANN401
        iri = node.value if isinstance(node, NamedNode) else ""
        here = iri in _ADDRESSES or (dumps and iri.startswith(DUMPS))
        return NamedNode(f"{origin}/{iri.removeprefix(BASE)}") if here else node

    for triple in triples:
        yield Triple(at(triple.subject), triple.predicate, at(triple.object))
