"""Guests as a service has them: read once at its start, then put beside each release that is asked."""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
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
from clipgraph.releases.making import Maker
from clipgraph.releases.release import FILES, GraphRecord, Release
from clipgraph.releases.shelf import Shelf
from clipgraph.workers.process import JobFailed

WORKER = "clipgraph.guests.worker"
_RETRY_AFTER = 5


@dataclass(frozen=True)
class Bounds:
    """How much reading files, or putting them beside a release, may take: bytes of memory, seconds."""

    memory: int
    seconds: float

    def maker(self) -> Maker:
        """Return what does such work within them."""
        return Maker(WORKER, self.memory, self.seconds, self._error, _busy)

    def _error(self, failed: JobFailed) -> ClipgraphError:
        if failed.kind == "out-of-memory":
            return OutOfMemory(self.memory)
        kinds: dict[str, type[ClipgraphError]] = {"input": InputError, "unavailable": Unavailable}
        return kinds.get(failed.kind, EngineFailed)(failed.message)


def _busy(_: bytes) -> Overloaded:
    return Overloaded(
        "the loaded files are being put beside this release; try again in a moment", _RETRY_AFTER
    )


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
        with ExitStack() as stack:
            held = stack.enter_context(hold(shelf, digest))
            folder = files_folder(shelf, digest)
            if not folder.exists():
                told = [(str(file.path), file.graph, file.base) for file in files]
                job = {"data": str(shelf.root), "digest": digest, "files": told}
                await bounds.maker().make(folder, job)
            loaded = Loaded(digest, count_triples(shelf, digest), held)
            _refuse_taken(shelf.current(), loaded.graphs)
            stack.pop_all()  # held on
    except LimitReached as error:
        raise Unavailable(
            f"the files were not loaded: {error}; CLIPGRAPH_UPDATE_TIMEOUT and CLIPGRAPH_UPDATE_MEMORY set "
            "the limits"
        ) from error
    except (OSError, ValueError) as error:
        raise Unavailable(f"what was loaded cannot be kept in {shelf.root}: {error}") from error
    return loaded


def _refuse_taken(release: Release | None, graphs: Mapping[str, int]) -> None:
    taken = sorted(release.graphs.keys() & graphs.keys()) if release else []
    if release and taken:
        raise InputError(f"release {release.number} has a graph <{taken[0]}> already: name yours otherwise")


class Guests:
    """Loaded files beside the releases of a shelf; ``patience`` is the seconds a query waits for that."""

    def __init__(self, shelf: Shelf, loaded: Loaded, bounds: Bounds, patience: float) -> None:
        self._shelf, self._patience = shelf, patience
        self._maker = bounds.maker()
        self.loaded = loaded

    async def store_path(self, number: int) -> Path:
        """Return the store that holds a release and the guests, once it is there.

        Raises:
            Overloaded: it is still being made.
            LimitReached: that was ended.
            Unavailable: it cannot be made.
        """
        folder = beside_folder(self._shelf, number, self.loaded.digest)
        if not folder.exists():
            job = {"data": str(self._shelf.root), "digest": self.loaded.digest, "number": number}
            await self._maker.make(folder, job, self._patience)
        return folder / "store"

    async def close(self) -> None:
        """End what is being made."""
        await self._maker.close()
