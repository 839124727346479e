"""The digest of a graph: a sum, so that a change updates it without reading the rest.

It tells one state from another. It proves nothing against somebody who chooses statements to that end:
sums can be made to meet.
"""

import hashlib
from collections.abc import Iterable
from io import BytesIO

from clipgraph.rdf.terms import Quad

_MODULUS = 1 << 256
EMPTY = f"{0:064x}"
_END = len(" .\n")


def digest(quads: Iterable[Quad]) -> str:
    """Return the sum of the SHA-256 of each statement (as an N-Triples line), modulo 2^256, in hex."""
    return moved(EMPTY, quads, ())


def moved(before: str, added: Iterable[Quad], removed: Iterable[Quad]) -> str:
    """Return the digest of a graph that had the digest ``before``, with statements put in and taken out."""
    return f"{(int(before, 16) + _sum(added) - _sum(removed)) % _MODULUS:064x}"


def hashes_of(lines: bytes) -> set[bytes]:
    """Return the SHA-256 of each statement of N-Triples, in which none stands twice."""
    return {hashlib.sha256(line[:-_END]).digest() for line in BytesIO(lines)}


def digest_of(hashes: Iterable[bytes], before: str = EMPTY) -> str:
    """Return the digest of what had the digest ``before`` with the statements of these hashes put in."""
    return f"{(int(before, 16) + sum(map(int.from_bytes, hashes))) % _MODULUS:064x}"


def _sum(quads: Iterable[Quad]) -> int:
    return sum(int.from_bytes(hashlib.sha256(str(quad.triple).encode()).digest()) for quad in quads)
