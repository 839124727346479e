"""Hands writes to the one worker that commits, one at a time."""

import json
from contextlib import aclosing

from clipgraph.errors import EngineFailed
from clipgraph.workers.frames import END
from clipgraph.workers.pool import Limits, Pool
from clipgraph.workers.process import JobFailed
from clipgraph.writing.failures import as_error
from clipgraph.writing.jobs import GraphJob, Job, Outcome, Place, UpdateJob

WORKER = "clipgraph.writing.worker"


class Writer:
    """Commits for one service; its worker starts with the first write.

    ``memory`` is the most a write may use, in bytes; ``waiting`` how many may wait.
    """

    def __init__(self, place: Place, memory: int, waiting: int) -> None:
        self._place, self._memory = place, memory
        self._pool = Pool(Limits(1, memory, waiting, WORKER))

    async def write(
        self, what: UpdateJob | GraphJob, author: str, message: str, deadline: float, client: str
    ) -> Outcome:
        """Commit a write within ``deadline`` seconds, waiting for others included.

        Raises:
            QuerySyntaxError, UnreadableBody, BadRequest: it cannot be read.
            Refused, NotFound, PreconditionFailed: it is not possible here, or not now.
            Rejected: the shapes refuse it.
            LimitReached: it was ended; nothing of it is left.
            Unavailable: it cannot be written.
        """
        job = Job(self._place, what, author, message).to_data()
        try:
            async with aclosing(self._pool.run(job, deadline, client)) as frames:
                async for kind, payload in frames:
                    if kind == END:
                        return Outcome(**json.loads(payload))
        except JobFailed as failed:
            raise as_error(failed, self._memory) from None
        raise EngineFailed("the write was not finished")

    async def close(self) -> None:
        """End the worker."""
        await self._pool.close()
