"""Gives the documents about releases, made in workers; what they are counted from is counted once."""

import asyncio
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clipgraph.describing.account import Account
from clipgraph.describing.counting import CountingQueries
from clipgraph.describing.documents import EXAMPLES, SERVICE
from clipgraph.describing.files import figures_path
from clipgraph.describing.publication import PublishedDescriptions
from clipgraph.describing.serving import Serving
from clipgraph.errors import ClipgraphError, EngineFailed, OutOfMemory, Overloaded, Unavailable
from clipgraph.rdf.formats import Format
from clipgraph.releases.descriptions import content_of
from clipgraph.releases.dumps import Dump, Offer
from clipgraph.releases.making import Maker
from clipgraph.releases.release import Release
from clipgraph.releases.shelf import Shelf
from clipgraph.sparql.library import LibraryQuery
from clipgraph.workers.frames import DATA
from clipgraph.workers.pool import Limits, Pool
from clipgraph.workers.process import JobFailed

WORKER = "clipgraph.describing.worker"
_SECONDS_TO_COUNT = 3600.0
_RETRY_AFTER = 5


@dataclass(frozen=True)
class Wanted:
    """A document (see documents.py) about a release, in a format, as a service tells it; see Account."""

    document: str
    release: Release
    form: Format
    serving: Serving
    dumps: Sequence[Offer | Dump] = ()
    pinned: str = ""


class Describer:
    """Documents about the releases of a shelf.

    ``memory`` is bytes for each of its two workers, ``waiting`` how many requests may wait for one;
    ``examples`` are the queries that show what can be asked.
    """

    def __init__(
        self,
        shelf: Shelf,
        queries: CountingQueries,
        memory: int,
        waiting: int,
        examples: Sequence[LibraryQuery] = (),
    ) -> None:
        self._shelf, self._queries, self._memory = shelf, queries, memory
        self._examples = [vars(query) for query in examples]
        self._edition = PublishedDescriptions(queries, examples).edition
        self._pool = Pool(Limits(1, memory, waiting, WORKER))
        self._maker = Maker(WORKER, memory, _SECONDS_TO_COUNT, self._error, _busy)

    async def counted(self, release: Release, patience: float) -> Path:
        """Return the file of a release's figures once it is there, after ``patience`` seconds at most.

        Where the descriptions in the release are of its content, the figures are read from them.

        Raises:
            Overloaded: they are still being counted.
            LimitReached, Unavailable, EngineFailed: they cannot be counted.
        """
        path = figures_path(self._shelf, release, self._queries)
        if not await asyncio.to_thread(path.exists):
            job = {
                "do": "count",
                "path": str(path),
                "store": str(self._shelf.store_path(release.number)),
                "queries": vars(self._queries),
                "told": self._told(release),
            }
            await self._maker.make(path, job, patience)
        return path

    def _told(self, release: Release) -> list[str] | None:
        """Return the graphs that the release's own descriptions tell of, None where these are of another."""
        if release.described != content_of(release, self._edition):
            return None
        return Account(release).counted_graphs

    async def written(self, wanted: Wanted, figures: Path | None, deadline: float, client: str) -> bytes:
        """Return a document, with the figures of a file or without any.

        Raises:
            LimitReached: it was ended.
            Overloaded, Unavailable, EngineFailed: it cannot be made, or not now.
        """
        job: dict[str, Any] = {
            "do": "write",
            "data": str(self._shelf.root),
            "store": str(self._shelf.store_path(wanted.release.number)),
            "release": wanted.release.number,
            "document": wanted.document,
            "format": wanted.form.name,
            "figures": str(figures or ""),
            "serving": wanted.serving.to_data(),
            "pinned": wanted.pinned,
            "dumps": [vars(dump) for dump in wanted.dumps],
            "examples": self._examples if wanted.document in (EXAMPLES, SERVICE) else [],
        }
        return await self._done(job, deadline, client)

    async def placed(self, file: Path, wanted: Wanted, deadline: float, client: str) -> bytes:
        """Return a document that was published with a release, N-Triples in a file; raises as ``written``."""
        job = {"do": "place", "path": str(file), "origin": wanted.serving.origin, "format": wanted.form.name}
        return await self._done(job, deadline, client)

    async def _done(self, job: dict[str, Any], deadline: float, client: str) -> bytes:
        try:
            async with aclosing(self._pool.run(job, deadline, client)) as frames:
                return b"".join([payload async for kind, payload in frames if kind == DATA])
        except JobFailed as failed:
            raise self._error(failed) from failed
        except OSError as error:  # no process could be started
            raise Unavailable(f"the description: {error}") from error

    async def close(self) -> None:
        """End all work."""
        await self._maker.close()
        await self._pool.close()

    def _error(self, failed: JobFailed) -> ClipgraphError:
        if failed.kind == "out-of-memory":
            return OutOfMemory(self._memory)
        kind = Unavailable if failed.kind == "unavailable" else EngineFailed
        return kind(f"the description: {failed.message}")


def _busy(_: bytes) -> Overloaded:
    return Overloaded("this release is being counted; try again in a moment", _RETRY_AFTER)
