"""Has derived files made at first asking, each once, in processes of their own."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, aclosing, nullcontext, suppress
from pathlib import Path
from typing import Any

from clipgraph.errors import ClipgraphError, Overloaded, Unavailable
from clipgraph.workers.frames import DATA
from clipgraph.workers.process import JobFailed, WorkerProcess

# Gets what else a job needs, for the time that it takes.
Material = Callable[[], AbstractAsyncContextManager[dict[str, Any]]]


class Maker:
    """Makes files, one at a time, so that whoever asks for other work does not wait for it.

    Args:
        module: what the process runs (see workers/worker.py); what it sends meanwhile tells how far it is.
        memory: bytes that it may use.
        seconds: it may take.
        failure: returns the error for what a process reports.
        busy: returns the error for somebody who does not wait any longer, given what was told last.
    """

    def __init__(
        self,
        module: str,
        memory: int,
        seconds: float,
        failure: Callable[[JobFailed], ClipgraphError],
        busy: Callable[[bytes], Overloaded],
    ) -> None:
        self._module, self._memory, self._seconds = module, memory, seconds
        self._failure, self._busy = failure, busy
        self._worker: WorkerProcess | None = None
        self._gathering: asyncio.Task[dict[str, Any]] | None = None
        self._closed = False
        self._making: dict[Path, asyncio.Task[None]] = {}
        self._since: dict[Path, float] = {}
        self._told: dict[Path, bytes] = {}
        self._one_at_a_time = asyncio.Semaphore(1)

    async def make(
        self,
        path: Path,
        job: dict[str, Any],
        patience: float | None = None,
        material: Material = lambda: nullcontext({}),
    ) -> None:
        """Return once the job, which makes ``path``, is done; whoever is cancelled meanwhile does not end it.

        ``material`` gets the rest of the job when its turn has come.

        Raises:
            Overloaded: it is not, ``patience`` seconds after somebody asked first.
            ClipgraphError: it failed.
        """
        loop = asyncio.get_running_loop()
        task = self._making.get(path)
        if task is None:
            task = self._making[path] = loop.create_task(self._make(path, job, material))
            task.add_done_callback(lambda done: self._forget(path, done))
            self._since[path] = loop.time()
        if patience is not None:
            patience = max(0.0, self._since[path] + patience - loop.time())
        try:
            await asyncio.wait_for(asyncio.shield(task), patience)
        except TimeoutError:
            raise self._busy(self._told.get(path, b"")) from None

    async def close(self) -> None:
        """End all work."""
        # Not by cancelling: a process that is half started, or not yet ended, would be nobody's.
        self._closed = True
        if self._worker is not None:
            self._worker.kill()
        if self._gathering is not None:
            self._gathering.cancel()  # what it waits for may be far away, and never come
        await asyncio.gather(*self._making.values(), return_exceptions=True)

    def _forget(self, path: Path, done: asyncio.Task[None]) -> None:
        self._making.pop(path, None)
        self._told.pop(path, None)
        self._since.pop(path, None)
        with suppress(asyncio.CancelledError):
            done.exception()  # whoever waited has heard it

    async def _make(self, path: Path, job: dict[str, Any], material: Material) -> None:
        async with self._one_at_a_time:
            if self._closed:
                raise Unavailable("the service ends")
            worker = self._worker = await self._started()
            try:
                if self._closed:
                    raise Unavailable("the service ends")
                async with AsyncExitStack() as stack:
                    whole = job | await self._gathered(stack, material)
                    running = worker.run(whole, self._seconds)
                    async for kind, payload in await stack.enter_async_context(aclosing(running)):
                        if kind == DATA:
                            self._told[path] = payload
            except JobFailed as failed:
                raise self._failure(failed) from failed
            finally:
                worker.kill()
                await worker.ended()
                self._worker = None

    async def _gathered(self, stack: AsyncExitStack, material: Material) -> dict[str, Any]:
        """Return the rest of a job, which holds until the stack ends; raises Unavailable when all ends."""
        entering = stack.enter_async_context(material())
        self._gathering = asyncio.get_running_loop().create_task(entering)
        try:
            return await self._gathering
        except asyncio.CancelledError:
            if self._closed:
                raise Unavailable("the service ends") from None
            raise
        finally:
            self._gathering = None

    async def _started(self) -> WorkerProcess:
        try:
            return await WorkerProcess.start(self._memory, self._module)
        except OSError as error:
            raise Unavailable(f"no process could be started: {error}") from error
