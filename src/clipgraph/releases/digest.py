"""The digest of a graph: a sum, so that a change updates it without reading the rest."""

import hashlib
from collections.abc import Iterable

from clipgraph.rdf.terms import Quad

_MODULUS = 1 << 256


def digest(quads: Iterable[Quad]) -> str:
    """Return the sum of the SHA-256 of each statement (as an N-Triples line), modulo 2^256, in hex."""
    total = 0
    for quad in quads:
        total += int.from_bytes(hashlib.sha256(str(quad.triple).encode()).digest())
    return f"{total % _MODULUS:064x}"
