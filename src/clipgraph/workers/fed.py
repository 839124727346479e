"""A worker that is fed while it works: whoever owns it fetches what the worker asks for."""

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, aclosing, suppress
from typing import Any

from clipgraph.errors import ClipgraphError, EngineFailed
from clipgraph.workers.frames import ASKING, DATA, END, ERROR, HEAD, PIECE, frame, json_frame
from clipgraph.workers.process import Job, JobFailed, WorkerProcess

CONVERSIONS = "clipgraph.workers.conversions"
# What is said of a document before its first byte, and the document.
Fetched = tuple[dict[str, Any], AsyncIterator[bytes]]
# Fetches what a worker asks for; raises a ClipgraphError where that does not come.
Fetch = Callable[[dict[str, Any]], AbstractAsyncContextManager[Fetched]]
_log = logging.getLogger("clipgraph.workers")


class FedProcess(WorkerProcess):
    """A running worker whose jobs have ``fetch``, a Fetch, which stays here."""

    async def run(self, job: Job, deadline: float) -> AsyncGenerator[tuple[bytes, bytes], None]:
        """Hand over a job and yield the frames of its answer; see WorkerProcess.run.

        Raises:
            JobFailed: also with what the fetching raised as its reason.
        """
        assert isinstance(job, dict)  # noqa: S101  # the parts of another go nowhere else
        handed = {name: value for name, value in job.items() if name != "fetch"}
        feeding: asyncio.Task[None] | None = None
        try:
            async with aclosing(super().run(handed, deadline)) as frames:
                async for kind, payload in frames:
                    if kind == ASKING:
                        wanted = job["fetch"](json.loads(payload))
                        feeding = asyncio.get_running_loop().create_task(self._feed(wanted))
                    else:
                        yield kind, payload
        except JobFailed as failed:
            reason = feeding.exception() if feeding is not None and feeding.done() else None
            if isinstance(reason, ClipgraphError):
                raise JobFailed("abandoned", str(reason), reason=reason) from None
            raise failed from None
        finally:
            if feeding is not None:
                feeding.cancel()
                with suppress(asyncio.CancelledError, Exception):
                    await feeding

    async def _feed(self, wanted: AbstractAsyncContextManager[Fetched]) -> None:
        """Fetch and pass on; whole frames only, so that the next job is understood whenever this ends."""
        try:
            async with wanted as (head, pieces):
                await self._send(json_frame(HEAD, head))
                async for piece in pieces:
                    for start in range(0, len(piece), PIECE):
                        await self._send(frame(DATA, piece[start : start + PIECE]))
            await self._send(frame(END, b""))
        except ConnectionError:  # the worker is gone, which its reader knows
            raise
        except ClipgraphError:
            self._channel.write(frame(ERROR, b"!"))
            raise
        except Exception as error:
            _log.exception("what a worker is fed broke off")
            self._channel.write(frame(ERROR, b"!"))
            raise EngineFailed("what a worker is fed broke off") from error

    async def _send(self, sent: bytes) -> None:
        self._channel.write(sent)
        await self._channel.drain()
