"""Writes a Change as an RDF Patch (https://afs.github.io/rdf-delta/rdf-patch.html), compressed."""

import gzip
from pathlib import Path

from clipgraph.rdf.terms import Quad
from clipgraph.releases.change import Change


def write_patch(path: Path, change: Change) -> None:
    """Write ``path`` (``….rdfp.gz``): the removed quads as D lines, then the added ones as A lines."""
    lines = [
        "TX .",
        *(_line("D", quad) for quad in change.removed),
        *(_line("A", quad) for quad in change.added),
    ]
    with gzip.GzipFile(path, "wb", mtime=0) as file:
        file.write("\n".join([*lines, "TC .", ""]).encode())


def _line(operation: str, quad: Quad) -> str:
    return f"{operation} {quad.subject} {quad.predicate} {quad.object} {quad.graph_name} ."
