"""The RDF terms of this house: pyoxigraph's, under one roof.

Everyone above takes them from here, so that only rdf, releases and workers name the engine.
"""

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryTriples,
    Store,
    Triple,
    Variable,
)

__all__ = [
    "BlankNode",
    "DefaultGraph",
    "Literal",
    "NamedNode",
    "Node",
    "Quad",
    "QueryTriples",
    "Store",
    "Subject",
    "Triple",
    "Variable",
]

Subject = NamedNode | BlankNode
Node = NamedNode | BlankNode | Literal
