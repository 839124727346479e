"""Small answers read whole."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from clipgraph.engines.engine import Answer
from clipgraph.engines.rows import Value, read_body, read_rows
from clipgraph.errors import EngineFailed
from clipgraph.rdf.formats import JSON

BODY = b"""{"head": {"vars": ["a", "b"]}, "results": {"bindings": [
 {"a": {"type": "uri", "value": "urn:a"}, "b": {"type": "literal", "value": "x", "xml:lang": "en"}},
 {"b": {"type": "literal", "value": "1", "datatype": "urn:d"}}, {},
 {"a": {"type": "triple", "value": {"subject": 1}}} ]}}"""


class Pieces:
    """A body of three pieces of four bytes."""

    closed = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Yield them."""
        for _ in range(3):
            yield b"abcd"

    def whole(self) -> bytes | None:
        """It comes in pieces."""
        return None

    @property
    def length(self) -> int | None:
        """Nobody asks."""
        return None

    async def finished(self) -> None:
        """It always is."""

    async def aclose(self) -> None:
        """Remember it."""
        self.closed = True


def test_rows() -> None:
    assert read_rows(BODY) == [
        {"a": Value("uri", "urn:a"), "b": Value("literal", "x", "en")},
        {"b": Value("literal", "1", datatype="urn:d")},
        {},
        {"a": Value("triple", '{"subject": 1}')},
    ]


def test_a_body_is_read_whole_and_closed() -> None:
    body = Pieces()

    assert asyncio.run(read_body(Answer(JSON, 1, body), 12)) == b"abcd" * 3
    assert body.closed


def test_a_body_that_is_too_long_is_closed_too() -> None:
    body = Pieces()

    with pytest.raises(EngineFailed):
        asyncio.run(read_body(Answer(JSON, 1, body), 11))
    assert body.closed
