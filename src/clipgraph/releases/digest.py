"""The digest of a graph: a sum, so that a change updates it without reading the rest.

It tells one state from another. It proves nothing against somebody who chooses statements to that end:
sums can be made to meet.
"""

import hashlib
from collections.abc import Iterable

from clipgraph.rdf.terms import Quad

_MODULUS = 1 << 256
EMPTY = f"{0:064x}"


def digest(quads: Iterable[Quad]) -> str:
    """Return the sum of the SHA-256 of each statement (as an N-Triples line), modulo 2^256, in hex."""
    return moved(EMPTY, quads, ())


def moved(before: str, added: Iterable[Quad], removed: Iterable[Quad]) -> str:
    """Return the digest of a graph that had the digest ``before``, with statements put in and taken out."""
    return f"{(int(before, 16) + _sum(added) - _sum(removed)) % _MODULUS:064x}"


def _sum(quads: Iterable[Quad]) -> int:
    return sum(int.from_bytes(hashlib.sha256(str(quad.triple).encode()).digest()) for quad in quads)
