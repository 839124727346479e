"""Writes a SHACL property path as SPARQL writes it (https://www.w3.org/TR/shacl/#property-paths)."""

from rdflib import RDF, SH, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

_AROUND = {
    SH.inversePath: "^{}",
    SH.zeroOrMorePath: "{}*",
    SH.oneOrMorePath: "{}+",
    SH.zeroOrOnePath: "{}?",
}


def path_text(graph: Graph, path: Node) -> str:
    """Return the path: an IRI as it is, anything else in SPARQL's syntax with IRIs in angle brackets."""
    return str(path) if isinstance(path, URIRef) else path_expression(graph, path)


def path_expression(graph: Graph, path: Node) -> str:
    """Return the path as a query has it: all IRIs in angle brackets; nothing where it is none."""
    if isinstance(path, URIRef):
        return f"<{path}>"
    if (path, RDF.first, None) in graph:
        return _joined(graph, path, "/")
    for predicate, form in _AROUND.items():
        inner = graph.value(path, predicate)
        if inner is not None:
            return form.format(path_expression(graph, inner))
    alternatives = graph.value(path, SH.alternativePath)
    return "" if alternatives is None else _joined(graph, alternatives, "|")


def _joined(graph: Graph, head: Node, operator: str) -> str:
    return "(" + operator.join(path_expression(graph, member) for member in Collection(graph, head)) + ")"
