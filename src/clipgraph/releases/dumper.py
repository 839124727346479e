"""The dumps of a shelf's releases, made in a process of their own when somebody first asks for them."""

import asyncio
import json
from dataclasses import dataclass
from typing import IO

from clipgraph.errors import (
    ClipgraphError,
    EngineFailed,
    Gone,
    NoSpace,
    NotFound,
    OutOfMemory,
    Overloaded,
    Unavailable,
)
from clipgraph.releases.dumps import Dump, Dumps, dump_file, dumps_folder, read_index
from clipgraph.releases.making import Maker
from clipgraph.releases.release import Release
from clipgraph.releases.shelf import Shelf
from clipgraph.workers.process import JobFailed

WORKER = "clipgraph.releases.worker"
_SECONDS_TO_MAKE = 4 * 3600.0
_PATIENCE = 15.0
_SHORTEST, _LONGEST = 2, 120  # seconds after which to ask again
_FAILURES: dict[str, type[ClipgraphError]] = {
    "not-found": Gone,
    "no-space": NoSpace,
    "unavailable": Unavailable,
}


@dataclass(frozen=True)
class OpenDump:
    """A dump and the open file in which it stands from ``dump.start`` on; to be closed by whoever has it."""

    dump: Dump
    file: IO[bytes]


class Dumper:
    """Gives the dumps of releases.

    Args:
        shelf: where releases are, and the dumps beside them.
        memory: bytes for the process that makes them.
        patience: seconds that a request waits for dumps that are being made.
    """

    def __init__(self, shelf: Shelf, memory: int, patience: float = _PATIENCE) -> None:
        self._shelf, self._memory, self._patience = shelf, memory, patience
        self._maker = Maker(WORKER, memory, _SECONDS_TO_MAKE, self._error, _busy)

    async def dumps(self, release: Release) -> Dumps:
        """Return a release's dumps with their sizes and digests, made now where they are not kept.

        Raises:
            Gone: the release is no longer kept.
            Overloaded: they are still being made; says how far that is and when to ask again.
            OutOfMemory, NoSpace, Unavailable, EngineFailed: they cannot be made.
        """
        folder = dumps_folder(self._shelf, release)
        found = await asyncio.to_thread(read_index, folder)
        if found is None:
            job = {"do": "dumps", "data": str(self._shelf.root), "release": release.number}
            await self._maker.make(folder, job, self._patience)
            found = await asyncio.to_thread(read_index, folder)
        if found is None:
            raise Unavailable(f"the dumps of release {release.number} were not kept; try again")
        return found

    async def open(self, release: Release, name: str) -> OpenDump:
        """Return the dump of this name; raises NotFound where there is none, and what ``dumps`` raises."""
        dump = (await self.dumps(release)).named(name)
        if dump is None:
            raise NotFound.worded(
                "release %(number)s has no dump %(name)s; /dumps/ lists those it has",
                number=release.number,
                name=repr(name[:300]),
            )
        path = dump_file(dumps_folder(self._shelf, release), dump.held)
        try:
            return OpenDump(dump, await asyncio.to_thread(path.open, "rb"))
        except OSError as error:  # swept by another process this moment
            raise Unavailable(f"the dump {name} cannot be read: {error}") from error

    async def close(self) -> None:
        """End all work."""
        await self._maker.close()

    def _error(self, failed: JobFailed) -> ClipgraphError:
        if failed.kind == "out-of-memory":
            return OutOfMemory(self._memory)
        return _FAILURES.get(failed.kind, EngineFailed)(f"the dumps: {failed.message}")


def _busy(told: bytes) -> Overloaded:
    """Return the refusal while dumps are being made, given how far the worker said it is."""
    if not told:
        return Overloaded("the dumps of this release are being made; try again in a moment", _SHORTEST)
    progress = json.loads(told)
    done, total = progress["done"], progress["total"]
    left = progress["seconds"] * (total - done) / done
    after = round(min(max(left, _SHORTEST), _LONGEST))
    return Overloaded(
        f"the dumps of this release are being made: {100 * done // total} % are written; "
        f"try again in {after} seconds",
        after,
    )
