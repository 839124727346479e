"""The IRIs of what is described, and the addresses in descriptions, which are those of whoever serves them.

IRIs are the same on every host. Addresses (of the endpoint, the dumps, documents) are written as IRIs below
the same base, where persistent redirects are to lead, until a service puts its own in their place.
"""

from collections.abc import Iterable, Iterator
from hashlib import sha256

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


def placed(triples: Iterable[Triple], origin: str) -> Iterator[Triple]:
    """Yield the triples with the addresses of the service at ``origin``, a URL without a slash at its end."""
    for triple in triples:
        subject = _at(origin, triple.subject) if isinstance(triple.subject, NamedNode) else triple.subject
        value = _at(origin, triple.object) if isinstance(triple.object, NamedNode) else triple.object
        yield Triple(subject, triple.predicate, value)


def _at(origin: str, node: NamedNode) -> NamedNode:
    iri = node.value
    if iri in _ADDRESSES or iri.startswith(DUMPS):
        return NamedNode(f"{origin}/{iri.removeprefix(BASE)}")
    return node
