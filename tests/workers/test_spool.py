"""The spool: order, bounds, failures, and nothing left on disk."""

import asyncio
import random
from collections.abc import Coroutine
from typing import Any

import pytest

from clipgraph.errors import AnswerTooLarge
from clipgraph.workers.spool import Disk, Spool


def run(coroutine: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(coroutine, 30))


async def rest(spool: Spool, size: int = 7) -> bytes:
    return b"".join([piece async for piece in spool.pieces(size)])


@pytest.mark.parametrize(("memory", "disk"), [(0, 1), (0, 10**6), (10, 50), (100, 100), (10**6, 0)])
def test_what_goes_in_comes_out_in_order(memory: int, disk: int) -> None:
    source = random.Random(memory + disk)  # noqa: S311
    pieces = [source.randbytes(source.randint(1, 40)) for _ in range(500)]
    spool = Spool(memory, Disk(disk))

    async def produce() -> None:
        for piece in pieces:
            await spool.put(piece)
            if source.random() < 0.3:
                await asyncio.sleep(0)
        spool.end()

    async def main() -> None:
        producer = asyncio.create_task(produce())
        found = b""
        async for piece in spool.pieces(7):
            found += piece
            if source.random() < 0.3:
                await asyncio.sleep(0)
        await producer
        spool.close()
        assert found == b"".join(pieces)

    run(main())


def test_memory_then_disk_then_memory_again() -> None:
    async def main() -> None:
        spool = Spool(4, Disk(100))
        for piece in (b"ab", b"cd", b"ef", b"g"):
            await spool.put(piece)
        reader = spool.pieces(100)
        assert [await anext(reader) for _ in range(3)] == [b"ab", b"cd", b"efg"]
        await spool.put(b"hi")
        spool.end()
        assert [piece async for piece in reader] == [b"hi"]

    run(main())


def test_a_full_disk_makes_put_wait_until_it_is_read() -> None:
    async def main() -> None:
        spool = Spool(1, Disk(10))
        await spool.put(b"m")  # one piece is always taken to memory
        await spool.put(b"x" * 10)
        waiting = asyncio.create_task(spool.put(b"y"))
        reader = spool.pieces(4)
        assert await anext(reader) == b"m"
        for _ in range(2):
            assert await anext(reader) == b"xxxx"
            await asyncio.sleep(0)
            assert not waiting.done()
        assert await anext(reader) == b"xx"
        await waiting
        assert await anext(reader) == b"y"
        spool.close()

    run(main())


def test_the_file_never_outgrows_its_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[int] = []
    original = Spool._write  # noqa: SLF001

    def write(spool: Spool, piece: bytes) -> None:
        original(spool, piece)
        written.append(spool._written)  # noqa: SLF001

    monkeypatch.setattr(Spool, "_write", write)

    async def main() -> None:
        spool = Spool(0, Disk(100))

        async def produce() -> None:
            for _ in range(200):
                await spool.put(b"x" * 10)
            spool.end()

        producer = asyncio.create_task(produce())
        assert len(await rest(spool)) == 2000
        await producer

    run(main())
    assert max(written) == 100


def test_a_piece_larger_than_the_disk_passes_alone() -> None:
    async def main() -> None:
        spool = Spool(0, Disk(10))
        await spool.put(b"x" * 50)
        spool.end()
        assert await rest(spool) == b"x" * 50

    run(main())


@pytest.mark.parametrize("memory", [0, 100])
def test_a_failure_comes_after_the_last_piece(memory: int) -> None:
    async def main() -> None:
        spool = Spool(memory, Disk(100))
        await spool.put(b"abc")
        spool.end(ValueError("late"))
        reader = spool.pieces(100)
        assert await anext(reader) == b"abc"
        with pytest.raises(ValueError, match="late"):
            await anext(reader)

    run(main())


def test_an_empty_answer_ends_at_once() -> None:
    async def main() -> None:
        spool = Spool(10, Disk(10))
        spool.end()
        assert await rest(spool) == b""
        spool.close()
        spool.close()

    run(main())


def test_all_spools_share_the_disk() -> None:
    async def main() -> None:
        disk = Disk(10)
        one, other = Spool(0, disk), Spool(0, disk)
        for spool in (one, other):
            await spool.put(b"m")
        await one.put(b"x" * 10)
        waiting = asyncio.create_task(other.put(b"y"))
        await asyncio.sleep(0.01)
        assert not waiting.done()
        one.close()
        await waiting
        assert disk.free == 9
        other.close()
        assert disk.free == 10

    run(main())


@pytest.mark.parametrize("waits_already", [False, True])
def test_nothing_waits_for_a_reader_who_takes_nothing_before_the_end(*, waits_already: bool) -> None:
    async def main() -> None:
        spool = Spool(10, Disk(5))
        await spool.put(b"x" * 10)
        late = asyncio.create_task(spool.put(b"y" * 6))
        await asyncio.sleep(0.01 if waits_already else 0)
        spool.keep_whole()
        with pytest.raises(AnswerTooLarge):
            await late

    run(main())
