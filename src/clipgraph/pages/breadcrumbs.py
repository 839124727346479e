"""Of what something is a part, as its IRI says: from the thing at the top down to the nearest."""

from clipgraph.rdf.identity import path_of_iri
from clipgraph.rdf.prefixes import BASE


def ancestors(iri: str) -> list[str]:
    """Return the IRIs of the things that an IRI is nested in, the outermost first.

    An IRI nests in pairs of a kind and a name: ``…/id/network/clip/membership/stuttgart`` is nested in
    ``…/id/network/clip``. A last kind that needs no name (``…/event/x/time``) counts as a pair.
    """
    path = path_of_iri(iri)
    if path is None or not path.startswith("/id/"):
        return []
    parts = iri.removeprefix(BASE).split("/")[1:]
    return [f"{BASE}id/{'/'.join(parts[:length])}" for length in range(2, len(parts), 2)]
