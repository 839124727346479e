"""IRIs as data files write them; apart from names.py, which needs rdflib for labels."""

from clipgraph.rdf.prefixes import BASE, shorten

IDS = BASE + "id/"


def short(iri: str) -> str:
    """Return the IRI as a data file writes it: prefixed, relative to the things, or in full."""
    if iri.startswith(IDS):
        return f"<{iri.removeprefix(IDS)}>"
    name = shorten(iri)
    return name if name != iri else f"<{iri}>"
