"""A turn begins as the one before is answered; place and worker are given back once, whoever leaves."""

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from typing import Any, cast

import pytest

from clipgraph.workers.channel import Arrived, Channel
from clipgraph.workers.frames import DATA, END, HEAD, frame, json_frame
from clipgraph.workers.pool import Limits, Pool
from clipgraph.workers.process import Answering, WorkerProcess

ANSWER = json_frame(HEAD, {}) + frame(DATA, b"x") + json_frame(END, {})


class Worker:
    """A worker without a process: its answers are put into its channel."""

    alive = True
    started = 0

    def __init__(self) -> None:
        self.channel, self.jobs, self.is_broken = Channel(), list[dict[str, Any]](), False
        self.channel.connection_made(cast("Any", asyncio.WriteTransport()))
        Worker.started += 1

    @classmethod
    async def start(cls, *_: object) -> "Worker":
        """Return one at once."""
        return cls()

    def run(self, job: dict[str, Any], deadline: float) -> Answering:
        """Return the frames of a job."""
        return Answering(cast("WorkerProcess", self), job, deadline)

    def hand_over(self, job: dict[str, Any], _: float) -> asyncio.TimerHandle:
        """Take a job."""
        if self.is_broken:
            raise RuntimeError("broken")
        self.jobs.append(job)
        return asyncio.get_running_loop().call_later(60, lambda: None)

    def expect(self, arrived: Arrived) -> None:
        """Tell of the next answer."""
        self.channel.expect(arrived)

    async def come(self, _: float) -> None:
        """Wait for it."""
        await self.channel.come()

    def kill(self) -> None:
        """End."""

    async def ended(self) -> None:
        """Return at once."""


def with_pool(body: Callable[[Pool, Any], Awaitable[None]]) -> None:
    async def main() -> None:
        pool = Pool(Limits(1, 0, 10), cast("Any", Worker))
        await pool.open()
        await asyncio.wait_for(body(pool, pool._idle[0]), 30)  # noqa: SLF001
        await asyncio.sleep(0.01)  # for a worker in place of one that was ended
        lanes: Any = pool._lanes  # noqa: SLF001
        assert (lanes._free, dict(lanes._holding), lanes.waiting) == (1, {}, 0)  # noqa: SLF001
        assert (pool.occupation.idle, pool.occupation.busy) == (1, 0)
        await pool.close()

    asyncio.run(main())


async def ask(pool: Pool, client: str) -> "asyncio.Task[Any]":
    """Ask as far as a place, or the queue."""
    task = asyncio.create_task(pool.run({"client": client}, 30, client).whole())
    await asyncio.sleep(0)
    return task


def test_a_job_is_handed_over_as_the_answer_before_arrives() -> None:
    async def body(pool: Pool, worker: Worker) -> None:
        tasks = [await ask(pool, client) for client in "abc"]
        for number in (1, 2, 3):
            assert [job["client"] for job in worker.jobs] == list("abc"[:number])
            worker.channel.data_received(ANSWER)  # and no task runs meanwhile
        assert not any(task.done() for task in tasks)
        assert [len(await task) for task in tasks] == [3, 3, 3]

    with_pool(body)


@pytest.mark.parametrize("steps", set(itertools.permutations(("cancel", "answer", "turn"))))
def test_who_leaves_when_its_place_is_there_gives_it_back_once(steps: tuple[str, ...]) -> None:
    async def body(pool: Pool, worker: Worker) -> None:
        first, second = await ask(pool, "a"), await ask(pool, "b")
        worker.channel.data_received(ANSWER)  # the second's job is handed over
        for step in steps:
            if step == "cancel":
                second.cancel()
            elif step == "answer":
                worker.channel.data_received(ANSWER)
            else:
                await asyncio.sleep(0)
        await asyncio.wait([first, second])
        assert len(await first) == 3

    with_pool(body)


def test_what_breaks_one_job_reaches_no_other() -> None:
    async def body(pool: Pool, worker: Worker) -> None:
        first, second = await ask(pool, "a"), await ask(pool, "b")
        worker.is_broken = True
        worker.channel.data_received(ANSWER)
        assert len(await first) == 3
        with pytest.raises(RuntimeError, match="broken"):
            await second

    with_pool(body)
