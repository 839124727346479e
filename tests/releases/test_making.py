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
