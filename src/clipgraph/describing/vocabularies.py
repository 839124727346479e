"""Which vocabularies a graph uses: the namespaces of its properties and classes (void:vocabulary)."""

from clipgraph.describing.figures import GraphFigures
from clipgraph.rdf.prefixes import PREFIXES


def vocabularies(graph: GraphFigures) -> list[str]:
    """Return the namespaces, sorted; each property and class begins with one of them."""
    return sorted({namespace_of(iri) for iri in (*graph.properties, *graph.classes)})


def namespace_of(iri: str) -> str:
    """Return the namespace of a term: one of the prefix table, else the IRI up to its last # or /.

    The longest of the table that fits is taken, so that ``http://purl.org/dc/terms/`` is not cut further.
    """
    known = [namespace for namespace in PREFIXES.values() if iri.startswith(namespace)]
    if known:
        return max(known, key=len)
    end = iri.rfind("#") + 1 or iri.rfind("/") + 1
    return iri[:end] or iri
