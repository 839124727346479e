"""Files that are made at first asking: what happens to one that is under way when the service ends."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from clipgraph.errors import EngineFailed, Overloaded, Unavailable
from clipgraph.releases.making import Maker
from clipgraph.search.searcher import WORKER


def test_what_waits_for_an_answer_that_never_comes_ends_with_the_service(tmp_path: Path) -> None:
    left: list[str] = []

    @asynccontextmanager
    async def never() -> AsyncIterator[dict[str, Any]]:
        try:
            waiting.set()
            await asyncio.Event().wait()
            yield {}
        finally:
            left.append("let go of")

    async def main() -> None:
        maker = Maker(
            WORKER, 300 << 20, 900, lambda failed: EngineFailed(str(failed)), lambda _: Overloaded("later", 1)
        )
        made = asyncio.create_task(maker.make(tmp_path / "index", {}, material=never))
        await waiting.wait()
        await maker.close()
        with pytest.raises(Unavailable, match="the service ends"):
            await made

    waiting = asyncio.Event()
    asyncio.run(asyncio.wait_for(main(), 60))
    assert left == ["let go of"]


def test_who_asks_once_the_patience_of_the_first_is_over_does_not_wait(tmp_path: Path) -> None:
    @asynccontextmanager
    async def never() -> AsyncIterator[dict[str, Any]]:
        await asyncio.Event().wait()
        yield {}

    async def main() -> None:
        maker = Maker(
            WORKER, 300 << 20, 900, lambda failed: EngineFailed(str(failed)), lambda _: Overloaded("later", 1)
        )
        first = asyncio.create_task(maker.make(tmp_path / "index", {}, 60.0, never))
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(asyncio.shield(first), 1)
        late = asyncio.create_task(maker.make(tmp_path / "index", {}, 1.0, never))
        ended, _ = await asyncio.wait(
            {first, late, asyncio.create_task(asyncio.sleep(0.9))}, return_when="FIRST_COMPLETED"
        )
        assert ended == {late}
        with pytest.raises(Overloaded):
            await late
        await maker.close()
        with pytest.raises(Unavailable, match="the service ends"):
            await first

    asyncio.run(asyncio.wait_for(main(), 60))
