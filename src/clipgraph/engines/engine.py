"""What an engine is: it answers a Query with a format and a stream of bytes."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol

from clipgraph.rdf.formats import Format
from clipgraph.sparql.protocol import Query


class Body(Protocol):
    """The bytes of an answer, streamed; ``aclose`` ends the work behind it."""

    def __aiter__(self) -> AsyncIterator[bytes]:
        """Yield the pieces; raises LimitReached when the work was ended before it was done."""
        ...

    def whole(self) -> bytes | None:
        """Return all of a short answer that is there already, None else; then it is not iterated over."""
        ...

    @property
    def length(self) -> int | None:
        """The length of the whole answer in bytes, once all of it is there."""
        ...

    async def finished(self) -> None:
        """Wait until all of the answer is there; raises what iterating would where it will never be."""
        ...

    async def aclose(self) -> None:
        """End the work and let go of everything; may be called at any time."""
        ...


@dataclass(frozen=True)
class Answer:
    """The beginning of an answer: its format, the release it comes from and its body.

    ``encoding`` is the body's content coding: ``gzip``, or empty for none. ``queued`` and ``evaluated`` are
    the seconds until a worker took it, and from then to the first bytes; ``kept`` tells that it was there.
    """

    format: Format
    release: int
    body: Body
    encoding: str = ""
    queued: float = 0.0
    evaluated: float = 0.0
    kept: bool = False


class Engine(Protocol):
    """Answers queries."""

    async def answer(self, query: Query, client: str) -> Answer:
        """Evaluate a query for a client; returns when the first bytes are there.

        Raises:
            QuerySyntaxError: the query cannot be read.
            NotAcceptable: its kind of answer has no acceptable format.
            Refused: it asks for what is not allowed.
            LimitReached: it was ended before its first byte.
            EngineFailed: the engine broke.
            Unavailable: there is nothing to ask.
        """
        ...
