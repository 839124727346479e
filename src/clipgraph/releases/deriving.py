"""Has derived files made by a worker at first asking, so that nothing unbounded runs in the web process."""

import asyncio
from contextlib import aclosing

from clipgraph.errors import ClipgraphError, EngineFailed, Gone, NotFound, OutOfMemory, Unavailable
from clipgraph.releases.differences import (
    NOTHING,
    DifferenceIndex,
    Statement,
    difference_folder,
    read_index,
    read_statements,
)
from clipgraph.releases.shelf import Shelf
from clipgraph.releases.subjects import Saying, read_saying
from clipgraph.workers.pool import Limits, Pool
from clipgraph.workers.process import JobFailed

WORKER = "clipgraph.releases.worker"


class Deriver:
    """Derived files of one shelf; its one worker starts with the first that is made.

    ``memory`` is the most that making one may use, in bytes; ``waiting`` how many may wait.
    """

    def __init__(self, shelf: Shelf, memory: int, waiting: int) -> None:
        self._shelf, self._memory = shelf, memory
        self._pool = Pool(Limits(1, memory, waiting, WORKER))

    async def difference(self, before: int, after: int, deadline: float, client: str) -> DifferenceIndex:
        """Return what differs between two releases, made within ``deadline`` seconds where it is not kept.

        Raises:
            NotFound, Gone: a release is not there, or no longer.
            LimitReached: it was ended.
            Unavailable: it cannot be written.
        """
        self._must_be_kept(after)
        if before not in (NOTHING, self._shelf.read(after).parent):  # from its parent leads its own patch
            self._must_be_kept(before)
        folder = difference_folder(self._shelf, before, after)
        found = read_index(folder)
        if found is None:
            await self._make(before, after, deadline, client)
            found = read_index(folder)
        if found is None:
            raise Unavailable(f"the difference of releases {before} and {after} was not kept; try again")
        return found

    async def statements(self, index: DifferenceIndex, page: int) -> list[Statement]:
        """Return one page of a difference's statements; raises NotFound, Unavailable."""
        folder = difference_folder(self._shelf, index.before, index.after)
        return await asyncio.to_thread(read_statements, folder, index, page)

    async def saying(self, index: DifferenceIndex, iri: str, most: int) -> Saying:
        """Return what a difference says of an IRI and of what is nested in it; raises Unavailable."""
        folder = difference_folder(self._shelf, index.before, index.after)
        return await asyncio.to_thread(read_saying, folder, iri, most)

    def _must_be_kept(self, number: int) -> None:
        if number in self._shelf.numbers():
            return
        if number <= (self._shelf.current_number() or 0):
            raise Gone.worded("release %(number)s is no longer kept", number=number)
        raise NotFound.worded("there is no release %(number)s", number=number)

    async def _make(self, before: int, after: int, deadline: float, client: str) -> None:
        job = {"do": "difference", "data": str(self._shelf.root), "before": before, "after": after}
        try:
            async with aclosing(self._pool.run(job, deadline, client)) as frames:
                async for _ in frames:
                    pass
        except JobFailed as failed:
            raise self._error(failed) from None

    def _error(self, failed: JobFailed) -> ClipgraphError:
        if failed.kind == "out-of-memory":
            return OutOfMemory(self._memory)
        kinds: dict[str, type[ClipgraphError]] = {"not-found": NotFound, "unavailable": Unavailable}
        return kinds.get(failed.kind, EngineFailed)(failed.message)

    async def close(self) -> None:
        """End the worker."""
        await self._pool.close()
