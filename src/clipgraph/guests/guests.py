"""Guests as a service has them: read once at its start, then put beside each release that is asked."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from clipgraph.errors import (
    ClipgraphError,
    EngineFailed,
    InputError,
    LimitReached,
    OutOfMemory,
    Overloaded,
    Unavailable,
)
from clipgraph.guests.building import count_triples
from clipgraph.guests.files import GuestFile, digest_of
from clipgraph.guests.places import beside_folder, files_folder, hold
from clipgraph.releases.release import FILES, GraphRecord
from clipgraph.releases.shelf import Shelf
from clipgraph.workers.process import JobFailed, WorkerProcess

WORKER = "clipgraph.guests.worker"
_RETRY_AFTER = 5
Jobs = Mapping[str, object]


@dataclass(frozen=True)
class Bounds:
    """How much reading files and putting them beside a release may take: bytes of memory, seconds."""

    memory: int
    seconds: float


@dataclass(frozen=True)
class Loaded:
    """Files that were read: ``graphs`` has the number of triples by the IRI of each named graph.

    ``held`` keeps what was made of them from being taken away by others.
    """

    digest: str
    graphs: Mapping[str, int]
    held: IO[str] = field(repr=False, compare=False)

    def records(self) -> dict[str, GraphRecord]:
        """Return what a release would say of the graphs; they change together, so all have one digest."""
        return {
            iri: GraphRecord("guest", FILES, triples, self.digest) for iri, triples in self.graphs.items()
        }


async def load(shelf: Shelf, files: Sequence[GuestFile], bounds: Bounds) -> Loaded:
    """Read files in a worker, where the same contents have not been read before.

    Raises:
        InputError: files cannot be read or name graphs that are ours; one line for each.
        Unavailable: that took too long or too much memory, or what was read cannot be kept.
    """
    digest = digest_of(files)
    try:
        held = hold(shelf, digest)
        if not files_folder(shelf, digest).exists():
            told = [(str(file.path), file.graph, file.base) for file in files]
            await _work({"data": str(shelf.root), "digest": digest, "files": told}, bounds)
        loaded = Loaded(digest, count_triples(shelf, digest), held)
    except LimitReached as error:
        raise Unavailable(
            f"the files were not loaded: {error}; CLIPGRAPH_UPDATE_TIMEOUT and CLIPGRAPH_UPDATE_MEMORY set "
            "the limits"
        ) from error
    except (OSError, ValueError) as error:
        raise Unavailable(f"what was loaded cannot be kept in {shelf.root}: {error}") from error
    release = shelf.current()
    taken = sorted(loaded.graphs.keys() & (release.graphs.keys() if release else set()))
    if taken:
        raise InputError(
            f"release {release and release.number} has a graph <{taken[0]}> already: name yours otherwise"
        )
    return loaded


class Guests:
    """Loaded files beside the releases of a shelf; ``patience`` is the seconds a query waits for that."""

    def __init__(self, shelf: Shelf, loaded: Loaded, bounds: Bounds, patience: float) -> None:
        self._shelf, self._bounds, self._patience = shelf, bounds, patience
        self.loaded = loaded
        self._making: dict[int, asyncio.Task[None]] = {}

    async def store_path(self, number: int) -> Path:
        """Return the store that holds a release and the guests, once it is there.

        Raises:
            Overloaded: it is still being made.
            LimitReached: that was ended.
            Unavailable: it cannot be made.
        """
        folder = beside_folder(self._shelf, number, self.loaded.digest)
        if not folder.exists():
            await self._made(number)
        return folder / "store"

    async def _made(self, number: int) -> None:
        task = self._making.get(number)
        if task is None:
            job = {"data": str(self._shelf.root), "digest": self.loaded.digest, "number": number}
            task = self._making[number] = asyncio.get_running_loop().create_task(_work(job, self._bounds))
            task.add_done_callback(lambda done: self._forget(number, done))
        try:
            await asyncio.wait_for(asyncio.shield(task), self._patience)
        except TimeoutError:
            raise Overloaded(
                "the loaded files are being put beside this release; try again in a moment", _RETRY_AFTER
            ) from None

    def _forget(self, number: int, done: asyncio.Task[None]) -> None:
        self._making.pop(number, None)
        with suppress(asyncio.CancelledError):
            done.exception()  # whoever waited has heard it

    async def close(self) -> None:
        """End what is being made."""
        tasks = list(self._making.values())
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)


async def _work(job: Jobs, bounds: Bounds) -> None:
    """Have a worker of its own do a job; raises what stands against it."""
    worker = await WorkerProcess.start(bounds.memory, WORKER)
    try:
        async with aclosing(worker.run(dict(job), bounds.seconds)) as frames:
            async for _ in frames:
                pass
    except JobFailed as failed:
        raise _error(failed, bounds.memory) from None
    finally:
        worker.kill()
        await worker.ended()


def _error(failed: JobFailed, memory: int) -> ClipgraphError:
    if failed.kind == "out-of-memory":
        return OutOfMemory(memory)
    kinds: dict[str, type[ClipgraphError]] = {"input": InputError, "unavailable": Unavailable}
    return kinds.get(failed.kind, EngineFailed)(failed.message)
