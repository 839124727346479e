"""One worker process as its owner sees it."""

import asyncio
import os
from pathlib import Path
from typing import Any

import pytest

from clipgraph.errors import DeadlineExceeded
from clipgraph.rdf.terms import Store
from clipgraph.workers.process import JobFailed, WorkerProcess
from conftest import workers_of

MEMORY = 300 << 20


def environment(pid: int) -> bytes:
    return Path(f"/proc/{pid}/environ").read_bytes()


def test_a_worker_inherits_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLIPGRAPH_SECRET", "x")

    async def main() -> None:
        worker = await WorkerProcess.start(MEMORY)
        [pid] = workers_of(os.getpid())
        assert b"CLIPGRAPH_SECRET" not in environment(pid)
        worker.kill()
        await worker.ended()

    asyncio.run(main())


@pytest.mark.parametrize("given", ["", "glibc.malloc.check=1"])
def test_its_c_library_keeps_memory_at_hand_unless_told_otherwise(
    given: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if given:
        monkeypatch.setenv("GLIBC_TUNABLES", given)
    else:
        monkeypatch.delenv("GLIBC_TUNABLES", raising=False)
    expected = given or "glibc.malloc.tcache_count=200"

    async def main() -> None:
        worker = await WorkerProcess.start(MEMORY)
        [pid] = workers_of(os.getpid())
        assert f"GLIBC_TUNABLES={expected}".encode() in environment(pid).split(b"\0")
        worker.kill()
        await worker.ended()

    asyncio.run(main())


def test_a_job_fails_and_the_next_meets_its_deadline(tmp_path: Path) -> None:
    Store(str(tmp_path / "store")).flush()
    job: dict[str, Any] = {"store": str(tmp_path / "store"), "results": "csv", "graph": None, "prefixes": {}}
    job |= {"base": None, "compress_from": None, "default_graphs": None, "named_graphs": None}
    numbers = "VALUES ?{} {{ " + "1 " * 100 + "}}"
    endless = "SELECT (COUNT(*) AS ?n) { " + " ".join(numbers.format(name) for name in "abcdefg") + " }"

    async def main() -> None:
        worker = await WorkerProcess.start(MEMORY)
        with pytest.raises(JobFailed) as caught:
            [_ async for _ in worker.run(job | {"query": "SELEC"}, 10)]
        assert (caught.value.kind, worker.alive) == ("syntax", True)
        with pytest.raises(DeadlineExceeded):
            [_ async for _ in worker.run(job | {"query": endless}, 0.3)]
        await worker.ended()
        assert not worker.alive

    asyncio.run(main())


@pytest.mark.parametrize("turns", range(0, 12, 2))
def test_a_start_that_is_cancelled_leaves_nothing(turns: int) -> None:
    async def main() -> None:
        starting = asyncio.create_task(WorkerProcess.start(MEMORY))
        for _ in range(turns):
            await asyncio.sleep(0)
        starting.cancel()
        [worker] = await asyncio.gather(starting, return_exceptions=True)
        if isinstance(worker, WorkerProcess):
            worker.kill()
            await worker.ended()

    asyncio.run(main())


def test_letting_go_of_the_socket_ends_an_idle_worker() -> None:
    async def main() -> None:
        worker = await WorkerProcess.start(MEMORY)
        worker.close()
        await asyncio.wait_for(worker.ended(), 20)

    asyncio.run(main())
