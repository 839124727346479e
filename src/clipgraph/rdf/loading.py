"""Reads files of RDF in any format, gzip or not, into named graphs; nothing is ever fetched for them.

To be called in a worker: some documents take the parsers minutes.
"""

import codecs
import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from clipgraph.errors import UnreadableFile
from clipgraph.rdf.terms import DefaultGraph, Literal, NamedNode, Quad
from clipgraph.rdf.uploads import fetched, with_line_feeds

_BY_SUFFIX = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
SUFFIXES = tuple(_BY_SUFFIX)
_RELATIVE = "No scheme found"


def suffix_of(path: Path) -> str:
    """Return the suffix that names the format of a file, in lower case; ``.gz`` behind it is none."""
    name = path.name.lower().removesuffix(".gz")
    return Path(name).suffix


def load_quads(path: Path, graph: str, base: str = "") -> Iterator[Quad]:
    """Yield the quads of a file; what is in no named graph there is in ``graph``.

    Blank nodes get new names, so that those of two files are never one.

    Args:
        path: the file; its suffix, one of SUFFIXES, names its format, ``.gz`` behind it is unpacked.
        graph: an IRI.
        base: what relative IRIs are resolved against; empty where there is nothing.

    Raises:
        UnreadableFile: not there, not packed or not written as its name says, or it holds nothing, or what
            cannot be kept; with line and column where these are known.
    """
    quad = None
    try:
        with _open(path) as file:
            for quad in _parse(file, suffix_of(path), base):
                yield _placed(quad, NamedNode(graph), path)
    except SyntaxError as error:
        raise UnreadableFile(str(path), _reason(error), error.lineno or 0, error.offset or 0) from error
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise UnreadableFile(str(path), f"not what gzip packs: {error}") from error
    except OSError as error:
        raise UnreadableFile(str(path), error.strerror or str(error) or "cannot be read") from error
    if quad is None:
        raise UnreadableFile(str(path), "there is no triple in it")


def _open(path: Path) -> AbstractContextManager[io.BufferedIOBase]:
    return gzip.open(path) if path.name.lower().endswith(".gz") else path.open("rb")


def _parse(file: io.BufferedIOBase, suffix: str, base: str) -> Iterator[Quad]:
    content = cast("IO[bytes]", file)
    if file.read(len(codecs.BOM_UTF8)) != codecs.BOM_UTF8:  # some editors put one there
        file.seek(0)
    if suffix in (".rdf", ".owl"):
        content = io.BytesIO(with_line_feeds(file.read()))
    return iter(ox.parse(content, _BY_SUFFIX[suffix], base_iri=base or None, rename_blank_nodes=True))


def _placed(quad: Quad, graph: NamedNode, path: Path) -> Quad:
    """Return the quad in its named graph, or in ``graph`` where it has none."""
    if isinstance(quad.object, Literal) and "\0" in quad.object.value:
        raise UnreadableFile(
            str(path), "a value holds the character U+0000, which XML and many programs cannot read"
        )
    if isinstance(quad.graph_name, NamedNode):
        return quad
    if not isinstance(quad.graph_name, DefaultGraph):
        raise UnreadableFile(str(path), f"the graph {quad.graph_name} is a blank node: give it an IRI")
    return Quad(quad.subject, quad.predicate, quad.object, graph)


def _reason(error: SyntaxError) -> str:
    words = str(error.msg or error)
    known = fetched(words)
    if known:
        return known
    # The engine repeats the position in words; the file:line:column in front says it already.
    reason = words.split(": ", 1)[1] if words.startswith("Parser error") and ": " in words else words
    if _RELATIVE in words:
        reason += " (a relative IRI: write the file with a base, or name its graph, IRI=FILE)"
    return reason.strip()
