"""Answers questions for a service: in workers of its own, from indexes that are made when they are needed."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, aclosing, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clipgraph.errors import (
    ClipgraphError,
    DeadlineExceeded,
    EngineFailed,
    OutOfMemory,
    Overloaded,
    Unavailable,
)
from clipgraph.releases.line import Releases
from clipgraph.releases.making import Maker
from clipgraph.search.building import Queries
from clipgraph.search.files import discard, index_path
from clipgraph.search.questions import MOST_LETTERS, Found, Question, Results, found_of, results_of
from clipgraph.wording import worded
from clipgraph.workers.frames import DATA
from clipgraph.workers.pool import Limits, Pool
from clipgraph.workers.process import Frames, JobFailed

WORKER = "clipgraph.search.worker"
_SECONDS = 10.0
_SECONDS_BETWEEN_LOOKS = 5.0
_RETRY_AFTER = 5
_MOST_REMEMBERED = 100
_log = logging.getLogger("clipgraph.search")


# Gets what a worker makes the index of a release from: see search.worker.
Material = Callable[[int], AbstractAsyncContextManager[dict[str, Any]]]


def of_stores(place: Callable[[int], Path]) -> Material:
    """Return what lets indexes be made of the stores of releases, by their numbers."""

    @asynccontextmanager
    async def store(release: int) -> AsyncIterator[dict[str, Any]]:
        yield {"store": str(place(release))}

    return store


@dataclass(frozen=True)
class Effort:
    """What answering may take.

    ``memory`` is bytes for a worker, ``waiting`` how many questions may wait for one, ``patience`` how many
    seconds a question waits for an index that is being made, ``making`` how many one may take to be made.
    """

    memory: int
    waiting: int
    patience: float = 20.0
    making: float = 900.0


class Searcher:
    """The search over a line of releases; indexes are kept below ``folder``.

    ``queries`` are what indexes are filled by, and ``material`` is what these are asked of.
    """

    def __init__(
        self, line: Releases, folder: Path, queries: Queries, material: Material, effort: Effort
    ) -> None:
        self._line, self._folder, self._queries, self._material = line, folder, queries, material
        self._memory, self._patience, self._making = effort.memory, effort.patience, effort.making
        self._pool = Pool(Limits(2, effort.memory, effort.waiting, WORKER))
        self._paths: dict[tuple[int, str], Path] = {}
        self._given_up: dict[Path, DeadlineExceeded | OutOfMemory] = {}  # and what they reached
        self._maker = Maker(WORKER, effort.memory, self._making, self._error, _busy)

    async def answer(self, question: Question, release: int, client: str) -> Results:
        """Return what a question finds in a release.

        Raises:
            NotFound, Gone: the release is not kept.
            Overloaded: its index is still being made, or too many questions wait.
            LimitReached: it was ended.
            Unavailable, EngineFailed: the index can be neither made nor read; one that took too much
                is not tried again.
        """
        job = {"do": "answer", "question": question.to_data()}
        return results_of(await self._ask(job, release, client), release)

    async def suggest(self, words: str, order: Sequence[str], release: int, client: str) -> list[Found]:
        """Return the few things that somebody who typed this may mean; raises what ``answer`` raises."""
        job = {"do": "suggest", "words": words[:MOST_LETTERS], "order": list(order)}
        found = await self._ask(job, release, client)
        return [found_of(each) for each in found]

    async def keep_ready(self) -> None:
        """Have the index of each current release made a moment after it came, until this is cancelled."""
        last, said = None, ""
        while True:
            await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)
            try:
                current = self._line.current_number()
                if current is not None and current != last:
                    last = current
                    await self._made(current, self._making)
                said = ""
            except (ClipgraphError, OSError) as error:
                if str(error) != said:  # an engine that is down would say so every time
                    said = str(error)
                    _log.warning("the search has no new index: %s", error)

    async def close(self) -> None:
        """End all work."""
        await self._maker.close()
        await self._pool.close()

    async def _ask(self, job: dict[str, Any], release: int, client: str) -> Any:  # noqa: ANN401
        try:
            path = await self._made(release, self._patience)
            try:
                return await self._answered(job, path, client)
            except JobFailed as failed:
                if failed.kind != "index":
                    raise
                _log.warning("a damaged index is made anew: %s: %s", path, failed.message)
                discard(path)
                await self._made(release, self._patience)
                return await self._answered(job, path, client)
        except JobFailed as failed:
            raise self._error(failed) from failed
        except OSError as error:  # no process could be started
            raise Unavailable(f"the search: {error}") from error

    async def _answered(self, job: dict[str, Any], path: Path, client: str) -> Any:  # noqa: ANN401
        return json.loads(await _body(self._pool.run(job | {"path": str(path)}, _SECONDS, client)))

    async def _made(self, release: int, patience: float) -> Path:
        """Return the index of a release once it is there; whoever is cancelled meanwhile does not end it."""
        path = self._path(release)
        if path.exists():
            return path
        if path in self._given_up:  # to try again would take as much again, of every asker in turn
            raise _too_large(self._given_up[path])
        job = {"do": "make", "path": str(path), "queries": vars(self._queries)}
        try:
            await self._maker.make(path, job, patience, lambda: self._material(release))
        except (DeadlineExceeded, OutOfMemory) as error:
            if isinstance(error, DeadlineExceeded) and error.engine:  # which may answer another time
                raise
            self._given_up[path] = error
            raise _too_large(error) from error
        return path

    def _path(self, release: int) -> Path:
        key = (self._line.kept(release), self._line.state(release))
        if key not in self._paths:
            if len(self._paths) >= _MOST_REMEMBERED:
                self._paths.clear()
            told = (self._line.read(release).created, key[1])
            self._paths[key] = index_path(self._folder, release, told, vars(self._queries))
        return self._paths[key]

    def _error(self, failed: JobFailed) -> ClipgraphError:
        if failed.kind == "out-of-memory":
            return OutOfMemory(self._memory)
        kind = Unavailable if failed.kind in ("store", "index") else EngineFailed
        return kind(f"the search: {failed.message}")


def _too_large(reached: DeadlineExceeded | OutOfMemory) -> Unavailable:
    if isinstance(reached, OutOfMemory):
        most = reached.limit >> 20
        return Unavailable.worded(
            "this release is too large to be searched: its index needs more than %(most)s MiB of memory",
            most=most,
        )
    minutes = f"{reached.seconds / 60:.3g}"
    return Unavailable.worded(
        "this release is too large to be searched: its index was not made in %(minutes)s minutes",
        minutes=minutes,
    )


def _busy(_: bytes) -> Overloaded:
    told = worded("the search of this release is being made ready; try again in a moment")
    return Overloaded(told, _RETRY_AFTER)


async def _body(frames: Frames) -> bytes:
    async with aclosing(frames) as open_frames:
        return b"".join([payload async for kind, payload in open_frames if kind == DATA])
