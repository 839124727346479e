from clipgraph.api.answers import Rows, Triples
from clipgraph.api.graph import Graph
from clipgraph.api.opening import open_graph as open  # noqa: A004  # is what it is
from clipgraph.api.values import IRI, BlankNode, Literal, Text, Triple

__all__ = [
    "IRI",
    "BlankNode",
    "Graph",
    "Literal",
    "Rows",
    "Text",
    "Triple",
    "Triples",
    "__version__",
    "open",
]
__version__: str
