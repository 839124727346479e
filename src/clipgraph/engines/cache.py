"""Keeps short answers for whoever asks the same of the same release again."""

import hashlib
from collections import OrderedDict
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from clipgraph.engines.engine import Answer, Body, Engine
from clipgraph.rdf.formats import Format
from clipgraph.releases.line import Releases
from clipgraph.sparql.protocol import Query
from clipgraph.sparql.repeatable import is_repeatable

_MOST_OF_ONE = 2**20


class Content(Protocol):
    """What can be kept: its bytes count."""

    @property
    def content(self) -> bytes:
        """The bytes."""
        ...


K = TypeVar("K", bound=Content)


@dataclass(frozen=True)
class Kept:
    """An answer that is kept."""

    format: Format
    release: int
    encoding: str
    content: bytes


class Cache(Generic[K]):
    """Answers or pages by their keys; the least lately used leave first.

    ``size`` is the most bytes of all of them; 0 keeps none.
    """

    def __init__(self, size: int) -> None:
        self._size, self._used = size, 0
        self._kept: OrderedDict[str, K] = OrderedDict()
        self.hits = self.misses = 0

    def get(self, key: str) -> K | None:
        """Return a kept answer."""
        found = self._kept.get(key)
        if found is None:
            self.misses += 1
        else:
            self.hits += 1
            self._kept.move_to_end(key)
        return found

    def put(self, key: str, kept: K) -> None:
        """Keep an answer, if one of its size can be."""
        if key in self._kept or len(kept.content) > min(_MOST_OF_ONE, self._size):
            return
        self._kept[key] = kept
        self._used += len(kept.content)
        while self._used > self._size:
            _, oldest = self._kept.popitem(last=False)
            self._used -= len(oldest.content)


class CachingEngine:
    """An engine whose short answers are kept, with an entity tag for each that can be.

    ``edition`` tells apart what different versions of this program make of the same release.
    """

    def __init__(self, engine: Engine, line: Releases, cache: Cache[Kept], edition: str = "") -> None:
        self._engine, self._line, self._cache = engine, line, cache
        self._edition = edition
        self._last: tuple[Query, str] | None = None
        self._begun: tuple[tuple[object, ...], hashlib._Hash] | None = (
            None  # a key's beginning, mostly the same
        )

    def state(self, release: int) -> str:
        """Return what tells a release from others that may have its number."""
        return self._line.state(release)

    def edition(self, release: int) -> str:
        """Return what tells apart what is made of a release of this number."""
        return self._edition + self.state(release)

    def pinned(self, query: Query) -> Query:
        """Return the query as one of a fixed release, the current one where it names none.

        Raises what Shelf.kept raises: an answer that is still here is none of a release that is not.
        """
        number = self._line.kept(query.release)
        return query if number == query.release else query.of(number)

    def kept(self, release: int | None) -> int:
        """Return the number of the release that is asked for, the current one where none is.

        Raises what Shelf.kept raises.
        """
        return self._line.kept(release)

    def tag(self, query: Query) -> str:
        """Return the entity tag of the answer to a pinned query, empty where it has none."""
        return tag_of(self.key(query))

    async def answer(self, query: Query, client: str) -> Answer:
        """Return a kept answer or a new one; raises what the engine behind raises."""
        return await self.answer_pinned(self.pinned(query), client)

    async def answer_pinned(self, query: Query, client: str) -> Answer:
        """Return the answer to a query that has just been pinned; see ``answer``."""
        key = self.key(query)
        return self.known(key) or await self.answer_anew(query, client, key)

    def known(self, key: str) -> Answer | None:
        """Return the answer with this key where it is kept."""
        kept = self._cache.get(key) if key else None
        if kept is None:
            return None
        return Answer(kept.format, kept.release, _Whole(kept.content), kept.encoding, kept=True)

    async def answer_anew(self, query: Query, client: str, key: str) -> Answer:
        """Evaluate a pinned query, and keep its answer by its key if it can be kept."""
        answer = await self._engine.answer(query, client)
        if not key:
            return answer
        body = _Recorded(answer, key, self._cache)
        return Answer(answer.format, answer.release, body, answer.encoding, answer.queued, answer.evaluated)

    def key(self, query: Query) -> str:
        """Return what tells an answer from others, empty for one that may differ the next time.

        The last is kept: who asks for the tag asks for the answer next.
        """
        if self._last is None or self._last[0] is not query:
            self._last = (query, self._made_key(query))
        return self._last[1]

    def _made_key(self, query: Query) -> str:
        if query.services or query.release is None or not is_repeatable(query.text):
            return ""
        parts = (
            self.edition(query.release),
            query.base,
            query.release,
            query.results and query.results.name,
            query.graph and query.graph.name,
            query.default_graphs,
            query.named_graphs,
            query.compress_from,
        )
        if self._begun is None or self._begun[0] != parts:
            # The text stands behind what has no such character: as it is, it cannot be mistaken.
            self._begun = (parts, hashlib.sha256(f"{parts!r}\0".encode("utf-8", "surrogatepass")))
        key = self._begun[1].copy()
        key.update(query.text.encode("utf-8", "surrogatepass"))
        return key.hexdigest()


def tag_of(key: str) -> str:
    """Return the entity tag of the answer with this key, empty where it has none."""
    return f'"{key[:32]}"' if key else ""


class _Whole:
    """The body of a kept answer."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Yield it in one piece."""
        if self._content:
            yield self._content

    def whole(self) -> bytes | None:
        """Return it."""
        return self._content

    @property
    def length(self) -> int | None:
        """Its length in bytes."""
        return len(self._content)

    async def finished(self) -> None:
        """Return at once: it is all there."""

    async def aclose(self) -> None:
        """Do nothing."""


class _Recorded:
    """A body that is kept when all of it has been read and it was short."""

    def __init__(self, answer: Answer, key: str, cache: Cache[Kept]) -> None:
        self._answer, self._key, self._cache = answer, key, cache
        self._body: Body = answer.body

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Yield the pieces, and keep them."""
        pieces: list[bytes] | None = []
        size = 0
        async for piece in self._body:
            size += len(piece)
            if pieces is not None:
                pieces.append(piece)
                pieces = pieces if size <= _MOST_OF_ONE else None
            yield piece
        if pieces is not None:  # not reached where the answer broke off
            self._keep(b"".join(pieces))

    def whole(self) -> bytes | None:
        """Return all of it where that is there and short, and keep it."""
        content = self._body.whole()
        if content is not None:
            self._keep(content)
        return content

    def _keep(self, content: bytes) -> None:
        answer = self._answer
        self._cache.put(self._key, Kept(answer.format, answer.release, answer.encoding, content))

    @property
    def length(self) -> int | None:
        """The length of the whole answer in bytes, once all of it is there."""
        return self._body.length

    async def finished(self) -> None:
        """Wait until all of the answer is there; raises what iterating would where it will never be."""
        await self._body.finished()

    async def aclose(self) -> None:
        """End the work and let go of everything."""
        await self._body.aclose()
