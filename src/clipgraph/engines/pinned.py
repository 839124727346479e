"""An engine that answers from one release, whatever is current."""

from dataclasses import replace

from clipgraph.engines.engine import Answer, Engine
from clipgraph.sparql.protocol import Query


class PinnedEngine:
    """Asks another engine, always of the release with this number."""

    def __init__(self, engine: Engine, release: int) -> None:
        self._engine, self._release = engine, release

    async def answer(self, query: Query, client: str) -> Answer:
        """Evaluate a query on that release; raises what the engine raises."""
        return await self._engine.answer(replace(query, release=self._release), client)
