"""Asks a store in memory as pages ask an engine, and counts the questions and their rows."""

import json
from collections.abc import AsyncIterator

import pyoxigraph as ox

from clipgraph.engines.engine import Answer
from clipgraph.pages.asking import Asking
from clipgraph.pages.reader import Reader
from clipgraph.pages.site import Site
from clipgraph.rdf.formats import JSON
from clipgraph.sparql.protocol import Query


class Whole:
    """An answer that is there at once."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Yield it."""
        yield self._content

    @property
    def length(self) -> int:
        """Its length in bytes."""
        return len(self._content)

    def whole(self) -> bytes | None:
        """Return it."""
        return self._content

    async def finished(self) -> None:
        """Nothing is waited for."""

    async def aclose(self) -> None:
        """Nothing is held."""


class StoreEngine:
    """An engine over a store; ``rows`` has the number of rows of each question so far."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self.rows: list[int] = []

    def named_graphs(self) -> list[str]:
        """Return the IRIs of the store's graphs."""
        return [name.value for name in self._store.named_graphs() if isinstance(name, ox.NamedNode)]

    async def answer(self, query: Query, client: str) -> Answer:  # noqa: ARG002  # nobody is counted
        """Evaluate a SELECT."""
        found = self._store.query(query.text)
        assert isinstance(found, ox.QuerySolutions)
        content = found.serialize(format=ox.QueryResultsFormat.JSON)
        assert content is not None
        self.rows.append(len(json.loads(content)["results"]["bindings"]))
        return Answer(JSON, 1, Whole(content))


def asking_of(engine: StoreEngine, site: Site, language: str = "en", public_url: str = "") -> Asking:
    """Return what makes pages of the store for a reader of that language."""
    return Asking(
        engine, site, Reader(language), 60, "test", public_url=public_url, graphs=engine.named_graphs
    )
