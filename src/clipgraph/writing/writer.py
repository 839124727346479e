"""Hands writes to the one worker that commits, one at a time."""

import asyncio
import json
import logging
from collections.abc import Callable
from contextlib import aclosing

from clipgraph.errors import EngineFailed, WriteInterrupted
from clipgraph.workers.frames import END, FINISHING
from clipgraph.workers.pool import Limits, Pool
from clipgraph.workers.process import Frames, JobFailed
from clipgraph.writing.failures import as_error
from clipgraph.writing.jobs import GraphJob, Job, Outcome, Place, UpdateJob

WORKER = "clipgraph.writing.worker"
_log = logging.getLogger("clipgraph.writes")


class Writer:
    """Commits for one service; its worker starts with the first write.

    ``memory`` is the most a write may use, in bytes; ``waiting`` how many may wait.
    """

    def __init__(self, place: Place, memory: int, waiting: int) -> None:
        self._place, self._memory = place, memory
        self._pool = Pool(Limits(1, memory, waiting, WORKER))

    async def write(
        self,
        what: UpdateJob | GraphJob,
        author: str,
        message: str,
        deadline: float,
        client: str,
        told: Callable[[Outcome], None],
    ) -> Outcome:
        """Commit a write within ``deadline`` seconds, waiting for others included.

        Cancelled, it is ended, unless it is being finished: then it is waited for. ``told`` is called with
        its outcome in either case.

        Raises:
            QuerySyntaxError, UnreadableBody, BadRequest: it cannot be read.
            Refused, NotFound, PreconditionFailed: it is not possible here, or not now.
            Rejected: the shapes refuse it.
            LimitReached: it was ended; nothing of it is left.
            Unavailable: it cannot be written.
            WriteInterrupted: the process that wrote has ended; tells whether something may have been written.
        """
        job = Job(self._place, what, author, message).to_data()
        run = _Run(told)
        task = asyncio.get_running_loop().create_task(run.follow(self._pool.run(job, deadline, client)))
        try:
            return await asyncio.shield(task)
        except JobFailed as failed:
            raise as_error(failed, self._memory) from None
        except EngineFailed as failed:
            _log.error("a write broke off: %s", failed)
            raise WriteInterrupted(committing=run.finishing) from failed
        except asyncio.CancelledError:
            if not run.finishing:
                task.cancel()
            await asyncio.wait({task})
            if not task.cancelled():
                task.exception()  # nobody else asks for it
            raise

    async def close(self) -> None:
        """End the worker."""
        await self._pool.close()


class _Run:
    """One write under way; ``finishing`` when it is past being ended."""

    finishing = False

    def __init__(self, told: Callable[[Outcome], None]) -> None:
        self._told = told

    async def follow(self, frames: Frames) -> Outcome:
        """Read what the worker says, to its end."""
        async with aclosing(frames) as open_frames:
            async for kind, payload in open_frames:
                self.finishing = self.finishing or kind == FINISHING
                if kind == END:
                    outcome = Outcome(**json.loads(payload))
                    self._told(outcome)
                    return outcome
        raise EngineFailed("the write was not finished")
