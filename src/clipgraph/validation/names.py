"""Names things as a person would: by label and by what one types in a file."""

import re
from collections.abc import Sequence

from rdflib import DCTERMS, RDFS, SKOS, Graph, URIRef
from rdflib.term import BNode, Literal, Node

from clipgraph.validation.short_names import short

_IRI = re.compile(r"<([^>]*)>")
_LABELS = (RDFS.label, SKOS.prefLabel, DCTERMS.title)


def texts(graph: Graph, node: Node, predicate: Node) -> list[Literal]:
    """Return the literals that a node has with a predicate."""
    return [text for text in graph.objects(node, predicate) if isinstance(text, Literal)]


def best(found: Sequence[Literal], language: str) -> str:
    """Return the text in the language, else in English, else any, else nothing."""
    order = (language, "en", None)

    def distance(text: Literal) -> tuple[int, str]:
        return (order.index(text.language) if text.language in order else len(order), str(text))

    return str(min(found, key=distance)) if found else ""


class Names:
    """Labels out of a graph, in the reader's language where there is one."""

    def __init__(self, graph: Graph, language: str) -> None:
        self._graph = graph
        self.language = language

    def label(self, node: Node) -> str:
        """Return the label in the language, else in English, else any, else nothing."""
        found = [label for predicate in _LABELS for label in texts(self._graph, node, predicate)]
        return best(found, self.language)

    def of(self, node: Node | None) -> str:
        """Return ``clip:evidence (is evidenced by)``, a literal as Turtle writes it, or nothing for None."""
        if node is None:
            return ""
        if isinstance(node, URIRef):
            label = self.label(node)
            return f"{short(str(node))} ({label})" if label else short(str(node))
        return "[]" if isinstance(node, BNode) else literal(node)

    def path(self, path: str) -> str:
        """Return a property by its label; a longer path as SPARQL writes it."""
        if path and path[0] in "(<^":
            return _IRI.sub(lambda match: short(match[1]), path)
        return self.of(URIRef(path)) if path else ""


def literal(node: Node, longest: int = 60) -> str:
    """Return a literal as Turtle writes it, long ones shortened."""
    if not isinstance(node, Literal):
        return str(node)
    text = str(node) if len(node) <= longest else str(node)[: longest - 1] + "…"
    quoted = '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    if node.language:
        return f"{quoted}@{node.language}"
    return f"{quoted}^^{short(str(node.datatype))}" if node.datatype else quoted
