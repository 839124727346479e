"""What is there, and what a source only proposes, demands or announces."""

from clipgraph.rdf.prefixes import BASE

_UNREAL = frozenset(f"{BASE}scheme/status/{name}" for name in ("proposed", "demanded", "announced"))


def is_unreal(status: str) -> bool:
    """Tell whether a status (its IRI, or empty) says that the thing is not there yet."""
    return status in _UNREAL
