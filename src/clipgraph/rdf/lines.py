"""N-Triples, a statement on each line: https://www.w3.org/TR/n-triples/."""

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from clipgraph.rdf.terms import Quad, Triple


def line(quad: Quad | Triple) -> str:
    """Return a statement as a line without its end; it is a triple of SPARQL, too."""
    return f"{quad.subject} {quad.predicate} {quad.object} ."


def batches(quads: Iterable[Quad | Triple], most: int, size: int) -> Iterator[list[str]]:
    """Yield statements as lines, so many in a list at most, and of so many characters unless it is one."""
    batch, length = list[str](), 0
    for quad in quads:
        written = line(quad)
        if batch and (len(batch) == most or length + len(written) > size):
            yield batch
            batch, length = [], 0
        batch.append(written)
        length += len(written)
    if batch:
        yield batch


def read_lines(body: bytes, *, turtle: bool = False) -> list[Triple]:
    """Return the statements of N-Triples, or of Turtle.

    Raises:
        ValueError: it is not well-formed.
    """
    form = ox.RdfFormat.TURTLE if turtle else ox.RdfFormat.N_TRIPLES
    try:
        return [quad.triple for quad in ox.parse(body, form)]
    except SyntaxError as error:
        raise ValueError(str(error)) from error
