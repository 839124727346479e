"""Lanes: fair between clients, bounded, and no place is ever lost."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import pytest

from clipgraph.errors import Overloaded
from clipgraph.workers.lanes import Lanes, _Usage

PATIENT = 30.0


def run(coroutine: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(coroutine, 60))


@asynccontextmanager
async def place(lanes: Lanes, client: str, patience: float) -> AsyncIterator[None]:
    since = await lanes.enter(client, patience)
    try:
        yield
    finally:
        lanes.leave(client, since)


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def hold(lanes: Lanes, client: str, release: asyncio.Event, order: list[str]) -> None:
    async with place(lanes, client, PATIENT):
        order.append(client)
        await release.wait()


def assert_whole(lanes: Lanes, slots: int) -> None:
    assert (lanes._free, lanes._waiting) == (slots, 0)  # noqa: SLF001
    assert not lanes._queues  # noqa: SLF001
    assert dict(lanes._holding) == {}  # noqa: SLF001


@pytest.mark.parametrize(("slots", "most"), [(1, 1), (2, 1), (3, 1), (4, 2), (9, 4)])
def test_one_client_holds_at_most_half(slots: int, most: int) -> None:
    async def main() -> None:
        lanes, release, order = Lanes(slots, 100), asyncio.Event(), list[str]()
        async with asyncio.TaskGroup() as group:
            for _ in range(20):
                group.create_task(hold(lanes, "a", release, order))
            await settle()
            assert len(order) == most
            release.set()
        assert len(order) == 20
        assert_whole(lanes, slots)

    run(main())


def test_the_waiting_are_taken_in_turn_by_client() -> None:
    async def main() -> None:
        lanes, first, order = Lanes(1, 100), asyncio.Event(), list[str]()
        done = asyncio.Event()
        done.set()
        async with asyncio.TaskGroup() as group:
            group.create_task(hold(lanes, "z", first, []))
            await settle()
            for client in ("a", "a", "a", "b", "b", "c"):
                group.create_task(hold(lanes, client, done, order))
            await settle()
            first.set()
        assert order == ["a", "b", "c", "a", "b", "a"]

    run(main())


def test_a_full_queue_is_said_at_once() -> None:
    async def main() -> None:
        lanes, release, order = Lanes(1, 2), asyncio.Event(), list[str]()
        async with asyncio.TaskGroup() as group:
            first = [asyncio.create_task(hold(lanes, "a", release, order)) for _ in range(3)]
            await settle()
            group.create_task(hold(lanes, "b", release, order))
            await settle()
            # Who has the most waiting gives way, so that nobody can shut others out.
            error = first[2].exception()
            assert isinstance(error, Overloaded)
            assert error.retry_after > 0
            release.set()
            await asyncio.wait(first)
        assert sorted(order) == ["a", "a", "b"]
        assert_whole(lanes, 1)

    run(main())


def test_one_clients_queue_does_not_keep_another_from_a_free_place() -> None:
    async def main() -> None:
        lanes, release, order = Lanes(4, 3), asyncio.Event(), list[str]()
        async with asyncio.TaskGroup() as group:
            for _ in range(5):
                group.create_task(hold(lanes, "a", release, order))
            await settle()
            group.create_task(hold(lanes, "b", release, order))
            await settle()
            assert order == ["a", "a", "b"]
            release.set()
        assert_whole(lanes, 4)

    run(main())


@pytest.mark.parametrize("patience", [0.0, 0.01])
def test_patience_ends(patience: float) -> None:
    async def main() -> None:
        lanes = Lanes(1, 10)
        async with place(lanes, "a", 0):
            with pytest.raises(Overloaded):
                async with place(lanes, "b", patience):
                    pytest.fail("there was no place")
        async with place(lanes, "b", 0):
            pass
        assert_whole(lanes, 1)

    run(main())


@pytest.mark.parametrize("seed", range(20))
def test_no_place_is_lost_whenever_one_cancels(seed: int) -> None:
    source = random.Random(seed)  # noqa: S311
    slots = source.randint(1, 5)
    inside: Counter[str] = Counter()

    async def visit(lanes: Lanes, client: str) -> None:
        async with place(lanes, client, source.choice([0.0, 0.001, 5.0])):
            inside[client] += 1
            try:
                assert inside.total() <= slots
                assert inside[client] <= max(1, slots // 2)
                for _ in range(source.randint(0, 4)):
                    await asyncio.sleep(0)
            finally:
                inside[client] -= 1

    async def main() -> None:
        lanes, tasks = Lanes(slots, 20), list[asyncio.Task[None]]()
        for _ in range(300):
            tasks.append(asyncio.create_task(visit(lanes, source.choice("abc"))))
            for _ in range(source.randint(0, 3)):
                await asyncio.sleep(0)
            if source.random() < 0.5:
                source.choice(tasks).cancel()
        ends = await asyncio.gather(*tasks, return_exceptions=True)
        assert {type(end) for end in ends} <= {type(None), Overloaded, asyncio.CancelledError}
        assert_whole(lanes, slots)

    run(main())


def test_a_cancelled_request_can_be_the_one_that_gives_way() -> None:
    async def main() -> None:
        lanes, release, order = Lanes(1, 2), asyncio.Event(), list[str]()
        first = [asyncio.create_task(hold(lanes, "a", release, order)) for _ in range(3)]
        await settle()
        another = asyncio.create_task(hold(lanes, "b", release, order))
        first[2].cancel()  # and has not run yet when the other arrives
        await settle()
        release.set()
        await asyncio.wait([*first, another])
        assert another.exception() is None
        assert first[2].cancelled()
        assert sorted(order) == ["a", "a", "b"]
        assert_whole(lanes, 1)

    run(main())


def test_who_asks_light_questions_goes_before_who_asked_heavy_ones() -> None:
    async def main() -> None:
        lanes, order = Lanes(1, 100), list[str]()

        async def work(client: str, seconds: float) -> None:
            async with place(lanes, client, PATIENT):
                order.append(client)
                await asyncio.sleep(seconds)

        await work("heavy", 0.6)
        async with asyncio.TaskGroup() as group:
            group.create_task(work("heavy", 0.1))
            await settle()
            for _ in range(3):
                group.create_task(work("heavy", 0))
            for _ in range(3):
                group.create_task(work("light", 0))
        assert order == ["heavy", "heavy", *["light"] * 3, *["heavy"] * 3]
        assert_whole(lanes, 1)

    run(main())


def test_one_place_is_kept_from_those_who_have_used_much() -> None:
    async def main() -> None:
        lanes, release, order = Lanes(2, 100), asyncio.Event(), list[str]()
        for client in ("a", "b"):
            lanes._usage.add(client, 9)  # noqa: SLF001
        async with asyncio.TaskGroup() as group:
            for client in ("a", "b"):
                group.create_task(hold(lanes, client, release, order))
            await settle()
            assert order == ["a"]
            group.create_task(hold(lanes, "light", release, order))
            await settle()
            assert order == ["a", "light"]
            release.set()
        assert order == ["a", "light", "b"]
        assert_whole(lanes, 2)

    run(main())


def test_who_is_forgiven_gets_the_free_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clipgraph.workers.lanes._HALF_LIFE", 0.2)

    async def main() -> None:
        lanes, release, order = Lanes(2, 100), asyncio.Event(), list[str]()
        for client in ("a", "b"):
            lanes._usage.add(client, 9)  # noqa: SLF001
        async with asyncio.TaskGroup() as group:
            for client in ("a", "b"):
                group.create_task(hold(lanes, client, release, order))
            await asyncio.sleep(2)  # with nobody coming or going
            assert order == ["a", "b"]
            release.set()
        assert_whole(lanes, 2)

    run(main())


def test_patience_that_ends_as_the_client_leaves_is_no_failure() -> None:
    async def main() -> None:
        failures: list[object] = []
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, context: failures.append(context))
        lanes = Lanes(1, 10)
        async with place(lanes, "a", 0):
            waiting = asyncio.create_task(lanes.enter("b", 0.01))
            await settle()
            time.sleep(0.05)  # noqa: ASYNC251  # its patience ends before the loop looks again
            waiting.cancel()
            await asyncio.wait([waiting])
            await settle()
        assert waiting.cancelled()
        assert failures == []
        assert_whole(lanes, 1)

    run(main())


def test_what_begins_with_a_place_does_not_wait_for_its_task() -> None:
    async def main() -> None:
        lanes, begun = Lanes(1, 10), list[str]()
        since = await lanes.enter("a", PATIENT, lambda: begun.append("a"))
        assert begun == ["a"]
        task = asyncio.create_task(lanes.enter("b", PATIENT, lambda: begun.append("b")))
        await settle()
        assert begun == ["a"]
        lanes.leave("a", since)
        assert begun == ["a", "b"]  # and the task has not run since
        assert not task.done()
        lanes.leave("b", await task)
        assert_whole(lanes, 1)
        assert not lanes._begins  # noqa: SLF001

    run(main())


def test_a_place_that_was_begun_with_is_given_back_once() -> None:
    """By who began, also where the task is cancelled that waited for it."""

    async def main() -> None:
        lanes, begun = Lanes(1, 10), list[str]()
        since = await lanes.enter("a", PATIENT)
        tasks = [
            asyncio.create_task(lanes.enter(client, PATIENT, partial(begun.append, client)))
            for client in "bcd"
        ]
        await settle()
        tasks[2].cancel()  # which has no place yet
        lanes.leave("a", since)
        tasks[0].cancel()
        with pytest.raises(asyncio.CancelledError):
            await tasks[0]
        assert begun == ["b"]
        lanes.leave("b", since)
        lanes.leave("c", await tasks[1])
        assert begun == ["b", "c"]
        assert_whole(lanes, 1)
        assert not lanes._begins  # noqa: SLF001

    run(main())


def test_nobody_is_heavy_where_nobody_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    """What spares the look at each is true whenever one is."""
    now = 1000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    usage = _Usage()  # by that clock, wherever the machine's is
    draw = random.Random(7)  # noqa: S311
    clients = [str(number) for number in range(6)]
    for _ in range(3000):
        now += draw.choice((0.1, 3.0, 400.0))
        usage.look()
        usage.add(draw.choice(clients), draw.choice((0.01, 0.4, 1.2)))
        if any(usage.is_heavy(client) for client in clients):
            assert usage.has_heavy
    now += 1e6
    usage.look()
    assert not usage.has_heavy
