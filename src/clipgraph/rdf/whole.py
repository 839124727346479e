"""Whole graphs into a store and out of it as text, without an object of Python's for each statement."""

import codecs
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import IO, cast

import pyoxigraph as ox

from clipgraph.rdf.terms import DefaultGraph, NamedNode, QueryTriples, Store

_SMALL = 2**20  # bytes; to load more in bulk is several times as fast, and of less it takes longer


def load_turtle(store: Store, content: bytes, graph: str) -> bool:
    """Load Turtle into a named graph of a store that has none of this name; tell whether that is done.

    It is not where the document is broken or has blank nodes, which are nobody's until they get names
    (rdf/skolem.py), or triple terms, in which there may be some: the store is as it was then.
    """
    name = NamedNode(graph)
    try:
        content.decode()  # the parser passes over bytes of a comment that are no UTF-8
        store.bulk_load(content.removeprefix(codecs.BOM_UTF8), ox.RdfFormat.TURTLE, to_graph=name)
    except (SyntaxError, UnicodeDecodeError):
        store.remove_graph(name)
        return False
    if _has_blank_nodes(store, name):
        store.remove_graph(name)
        return False
    return True


def _has_blank_nodes(store: Store, name: NamedNode) -> bool:
    pattern = f"GRAPH {name} {{ ?s ?p ?o FILTER(ISBLANK(?s) || ISBLANK(?o) || ISTRIPLE(?o)) }}"
    return bool(store.query(f"ASK {{ {pattern} }}"))


def lines_of(store: Store, graph: str) -> bytes:
    """Return the statements of a named graph as N-Triples (https://www.w3.org/TR/n-triples/), each once."""
    return cast("bytes", store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=NamedNode(graph)))


def lines_in(result: QueryTriples) -> bytes:
    """Return what a query constructs as N-Triples; a statement may stand there more than once."""
    return cast("bytes", result.serialize(format=ox.RdfFormat.N_TRIPLES))


def quads_of(lines: bytes, graph: str) -> bytes:
    """Return N-Triples as N-Quads of a named graph; a line feed stands at the end of a statement alone."""
    return lines.replace(b" .\n", f" {NamedNode(graph)} .\n".encode())


def load_default(store: Store, lines: bytes) -> None:
    """Load N-Triples, which the engine wrote, into the default graph of a store in memory."""
    store.bulk_load(lines, ox.RdfFormat.N_TRIPLES, to_graph=DefaultGraph(), lenient=True)


def load_quads(store: Store, pieces: Iterable[bytes]) -> None:
    """Load N-Quads, which the engine wrote, as they come; each piece holds whole lines.

    Raises:
        OSError: they cannot be written.
    """
    left = iter(pieces)
    first: list[bytes] = []
    size = 0
    for piece in left:
        first.append(piece)
        size += len(piece)
        if size > _SMALL:
            stream = cast("IO[bytes]", _Stream(chain(first, left)))
            store.bulk_load(stream, ox.RdfFormat.N_QUADS, lenient=True)
            return
    store.load(b"".join(first), ox.RdfFormat.N_QUADS, lenient=True)


class _Stream:
    """Pieces as the file that a parser reads from."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._piece, self._at = b"", 0

    def read(self, size: int) -> bytes:
        """Return at most so many bytes, none at the end."""
        while self._at == len(self._piece):
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._piece, self._at = piece, 0
        given = self._piece[self._at : self._at + size]
        self._at += len(given)
        return given
