"""What a service asks: releases of its own in workers of its own, or an engine elsewhere."""

import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from clipgraph.engines.embedded import EmbeddedEngine
from clipgraph.engines.engine import Answer
from clipgraph.engines.remote import RemoteEngine
from clipgraph.errors import Unimplemented
from clipgraph.guests.guests import Bounds, Guests, Loaded
from clipgraph.rdf.formats import JSON
from clipgraph.releases.line import Releases
from clipgraph.releases.shelf import Shelf
from clipgraph.remote.connection import Connection
from clipgraph.remote.watch import Watch
from clipgraph.search.building import Queries
from clipgraph.search.searcher import Material, of_stores
from clipgraph.settings import MIB, Settings
from clipgraph.sparql.protocol import Query
from clipgraph.workers.fed import CONVERSIONS, FedProcess
from clipgraph.workers.federated import open_federated_pool
from clipgraph.workers.pool import Limits, Pool

_SPARE_CONNECTIONS = 4  # for looking what is published
_SECONDS_FOR_THE_SEARCH = 900.0


class AskedEngine(Protocol):
    """An engine, and how much of its answers waits on disk."""

    @property
    def spooled(self) -> int:
        """How many bytes of answers are on disk, since their readers are slow."""
        ...

    async def answer(self, query: Query, client: str) -> Answer:
        """Evaluate a query; see Engine.answer."""
        ...


@dataclass(frozen=True)
class Asked:
    """What is asked, and what it takes; pages have workers of their own, and come while queries wait.

    ``watch`` and ``connection`` are there where the engine is elsewhere; ``material`` is what indexes of the
    search are made of.
    """

    line: Releases
    pool: Pool
    pages: Pool
    federated: Pool
    engine: AskedEngine
    for_pages: AskedEngine
    material: Callable[[Queries], Material]
    guests: Guests | None = None
    watch: Watch | None = None
    connection: Connection | None = None

    async def close(self) -> None:
        """End the workers and connections."""
        await self.pages.close()
        await self.pool.close()
        await self.federated.close()
        if self.connection is not None:
            await self.connection.close()


def ask_own(settings: Settings, shelf: Shelf, loaded: Loaded | None) -> Asked:
    """Return the embedded engine over the releases of a shelf, with loaded files beside them."""
    pool = Pool(Limits(settings.workers, settings.memory * MIB, settings.waiting))
    pages = Pool(Limits(settings.page_workers, settings.memory * MIB, settings.waiting))
    federated = open_federated_pool(settings.memory * MIB, wanted=bool(settings.federate))
    guests = Guests(shelf, loaded, guest_bounds(settings), settings.timeout) if loaded else None
    engine = EmbeddedEngine(
        shelf,
        pool,
        settings.memory * MIB,
        settings.spool * MIB,
        federated,
        settings.answer * MIB,
        guests.store_path if guests else None,
    )
    for_pages = EmbeddedEngine(shelf, pages, settings.memory * MIB, settings.spool * MIB)

    stores = of_stores(shelf.store_path)
    return Asked(shelf, pool, pages, federated, engine, for_pages, lambda _: stores, guests)


def ask_elsewhere(settings: Settings, shelf: Shelf) -> Asked:
    """Return the remote engine of the settings; ``shelf`` is where its releases may have been made."""
    memory, spool = settings.memory * MIB, settings.spool * MIB
    connections = settings.workers + settings.page_workers + _SPARE_CONNECTIONS
    connection = Connection(settings.engine_address(), connections)
    watch = Watch(connection, shelf)
    pool, pages = (
        Pool(Limits(workers, memory, settings.waiting, CONVERSIONS), FedProcess)
        for workers in (settings.workers, settings.page_workers)
    )
    engine = RemoteEngine(connection, watch, pool, memory, spool, settings.answer * MIB)
    for_pages = RemoteEngine(connection, watch, pages, memory, spool)

    def material(queries: Queries) -> Material:
        @asynccontextmanager
        async def answers(release: int) -> AsyncIterator[dict[str, Any]]:
            with tempfile.TemporaryDirectory(prefix="clipgraph-search-") as folder:
                files = {text: Path(folder) / name for name, text in vars(queries).items()}
                for text, file in files.items():
                    await _keep(for_pages, text, release, file)
                yield {"answers": {text: str(file) for text, file in files.items()}}

        return answers

    none = open_federated_pool(memory, wanted=False)
    return Asked(watch, pool, pages, none, engine, for_pages, material, watch=watch, connection=connection)


async def _keep(engine: RemoteEngine, text: str, release: int, file: Path) -> None:
    """Write the whole answer to a query into a file."""
    query = Query(text, JSON, None, _SECONDS_FOR_THE_SEARCH, release=release)
    answer = await engine.answer(query, "search")
    try:
        with file.open("wb") as output:
            async for piece in answer.body:
                output.write(piece)
    finally:
        await answer.body.aclose()


def guest_bounds(settings: Settings) -> Bounds:
    """Return how much the work on loaded files may take."""
    return Bounds(settings.update_memory * MIB, settings.update_timeout)


def is_here(line: Releases) -> bool:
    """Tell whether the releases are on this machine, whoever is asked for them."""
    return not isinstance(line, Watch) or line.has_history


def must_be_here(line: Releases) -> None:
    """Raise Unimplemented where the releases are not on this machine."""
    if not is_here(line):
        raise Unimplemented.worded(
            "this service asks an engine elsewhere, and has no releases on its disk: what differs between "
            "them, histories and dumps are told where they are made"
        )
