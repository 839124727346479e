"""Reads Turtle with the line of every statement, and says where a file is broken."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from clipgraph.errors import UnreadableFile
from clipgraph.rdf.terms import NamedNode, Quad, Triple


@dataclass(frozen=True, slots=True)
class Statement:
    """One triple of a file and the line (from 1) on which its object is complete."""

    triple: Triple
    line: int


class _LineFeed:
    """Hands a streaming parser one line at a time, so that its progress is a line number."""

    def __init__(self, content: bytes) -> None:
        self._lines = content.splitlines(keepends=True)
        self._rest = b""
        self.number = 0

    def read(self, size: int = -1) -> bytes:
        """Return the rest of the current line, or the next one; at most ``size`` bytes."""
        if not self._rest and self.number < len(self._lines):
            self._rest = self._lines[self.number]
            self.number += 1
        given, self._rest = (self._rest, b"") if size < 0 else (self._rest[:size], self._rest[size:])
        return given


def read_turtle(path: Path, name: str | None = None) -> Iterator[Statement]:
    """Yield the statements of a Turtle file in file order.

    Args:
        path: the file.
        name: how errors call it; its path where not given.

    Raises:
        UnreadableFile: not there, not UTF-8 or not Turtle (https://www.w3.org/TR/turtle/), with the position.
    """
    name = name or str(path)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(name, error.strerror or "cannot be read") from error
    _check_encoding(content, name)
    feed = _LineFeed(content.removeprefix(codecs.BOM_UTF8))  # some editors put one there
    try:
        for quad in ox.parse(cast("IO[bytes]", feed), format=ox.RdfFormat.TURTLE):
            yield Statement(quad.triple, feed.number)
    except SyntaxError as error:
        raise _unreadable(name, error) from error


def _check_encoding(content: bytes, name: str) -> None:
    try:
        content.decode()
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode()) + 1
        raise UnreadableFile(
            name, f"not UTF-8: byte 0x{content[error.start]:02x}; save the file as UTF-8", line, column
        ) from error


def _unreadable(name: str, error: SyntaxError) -> UnreadableFile:
    message = str(error.msg or error)
    # The engine repeats the position in words; the file:line:column in front says it already.
    reason = message.split(": ", 1)[1] if message.startswith("Parser error") and ": " in message else message
    return UnreadableFile(name, reason.strip(), error.lineno or 0, error.offset or 0)


def in_graph(statement: Statement, graph: str) -> Quad:
    """Return the statement as a quad of the named graph."""
    triple = statement.triple
    return Quad(triple.subject, triple.predicate, triple.object, NamedNode(graph))


def read_quad(line: str) -> Quad:
    """Return the one quad of a line of N-Quads; raises SyntaxError where it is none."""
    quads: list[Quad] = list(ox.parse(line, format=ox.RdfFormat.N_QUADS))
    if len(quads) != 1:
        raise SyntaxError(f"not one statement: {line[:100]!r}")
    return quads[0]


def read_triples(lines: bytes) -> list[Triple]:
    """Return the triples of N-Triples that the engine wrote."""
    return [quad.triple for quad in ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)]
