"""The documents, each by its name, and the named graphs that they are after a publish."""

from clipgraph.describing.account import Account
from clipgraph.describing.catalogue import catalogue
from clipgraph.describing.examples import example_queries
from clipgraph.describing.identifiers import placed
from clipgraph.describing.service_description import service_description
from clipgraph.describing.void import void_description
from clipgraph.rdf.terms import NamedNode, Quad, Triple
from clipgraph.sources.graphs import CATALOGUE_GRAPH, EXAMPLES_GRAPH, SERVICE_GRAPH, VOID_GRAPH

VOID, SERVICE, CATALOGUE, EXAMPLES = "void", "service", "catalog", "examples"
_MADE = {
    VOID: void_description,
    SERVICE: service_description,
    CATALOGUE: catalogue,
    EXAMPLES: example_queries,
}
GRAPHS_OF = {
    VOID: VOID_GRAPH,
    SERVICE: SERVICE_GRAPH,
    CATALOGUE: CATALOGUE_GRAPH,
    EXAMPLES: EXAMPLES_GRAPH,
}


def describe(name: str, account: Account) -> list[Triple]:
    """Return a document, with the addresses of the service that tells it where these are known."""
    made = _MADE[name](account)
    origin = account.serving.origin
    return list(placed(made, origin) if origin else made)


def as_graphs(account: Account) -> list[Quad]:
    """Return all documents as the quads of their named graphs."""
    return [
        Quad(triple.subject, triple.predicate, triple.object, NamedNode(graph))
        for name, graph in GRAPHS_OF.items()
        for triple in describe(name, account)
    ]
