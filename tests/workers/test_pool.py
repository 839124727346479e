"""The pool: real workers, ended, replaced, and none left behind (see conftest.py)."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from clipgraph.errors import (
    ClipgraphError,
    DeadlineExceeded,
    EngineFailed,
    OutOfMemory,
    Overloaded,
    TooComplex,
)
from clipgraph.rdf.terms import NamedNode, Quad, Store
from clipgraph.workers.frames import DATA, END, HEAD, QueryJob
from clipgraph.workers.pool import Limits, Pool
from clipgraph.workers.process import JobFailed
from conftest import workers_of

ENDLESS = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(12)) + " }"
LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
HUNGRY = LARGE + " ORDER BY ?a"
DEEP = "SELECT * { " + "{" * 100_000 + "}" * 100_000 + " }"
MIB = 2**20


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pool") / "store"
    made = Store(str(path))
    nodes = [NamedNode(f"urn:{number}") for number in range(60)]
    made.extend(Quad(node, nodes[0], node) for node in nodes)
    made.flush()
    return path


def job(store: Path, query: str) -> dict[str, Any]:
    formats = {"results": "csv", "graph": "ntriples", "prefixes": {}}
    dataset = {"default_graphs": None, "named_graphs": None}
    return {"store": str(store), "query": query, "base": None, "compress_from": None} | dataset | formats


def with_pool(
    body: Callable[[Pool], Awaitable[None]], workers: int = 2, waiting: int = 10, memory: int = 300 * MIB
) -> None:
    async def main() -> None:
        pool = Pool(Limits(workers, memory, waiting))
        await pool.open()
        try:
            await asyncio.wait_for(body(pool), 60)
        finally:
            await pool.close()

    asyncio.run(main())


@pytest.fixture(autouse=True, params=["one by one", "together"])
def frames_come(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Frames are iterated over, or asked for together where the answer is short."""
    monkeypatch.setitem(HOW, "together", request.param == "together")


HOW = {"together": False}


async def ask(pool: Pool, store: Path, query: str, deadline: float = 30, client: str = "a") -> bytes:
    turn = pool.run(job(store, query), deadline, client)
    frames = await turn.whole() if HOW["together"] else None
    if frames is None:
        frames = [frame async for frame in turn]
    assert [frames[0][0], frames[-1][0]] == [HEAD, END]
    return b"".join(payload for kind, payload in frames if kind == DATA)


def test_an_answer_is_head_data_and_end(store: Path) -> None:
    async def body(pool: Pool) -> None:
        frames = [frame async for frame in pool.run(job(store, "ASK {}"), 30, "a")]
        assert [kind for kind, _ in frames] == [HEAD, DATA, END]
        assert json.loads(frames[0][1]) == {"kind": "results", "format": "csv", "encoding": ""}
        assert await ask(pool, store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == b"n\r\n60\r\n"

    with_pool(body)


def test_a_deadline_ends_an_endless_query_while_others_are_answered(store: Path) -> None:
    async def body(pool: Pool) -> None:
        endless = asyncio.create_task(ask(pool, store, ENDLESS, 1.5, "a"))
        await asyncio.sleep(0.2)
        assert await ask(pool, store, "ASK {}", client="b") == b"true"
        assert not endless.done()
        with pytest.raises(DeadlineExceeded):
            await endless

    with_pool(body)


@pytest.mark.parametrize(
    ("query", "error"), [(HUNGRY, OutOfMemory), (DEEP, TooComplex)], ids=["hungry", "deep"]
)
def test_what_breaks_a_worker_is_named_and_the_next_is_answered(
    store: Path, query: str, error: type[ClipgraphError]
) -> None:
    async def body(pool: Pool) -> None:
        with pytest.raises(error):
            await ask(pool, store, query)
        assert await ask(pool, store, "ASK {}") == b"true"

    with_pool(body, workers=1)


def test_what_a_worker_refuses_does_not_end_it(store: Path) -> None:
    async def body(pool: Pool) -> None:
        before = workers_of(os.getpid())
        for query in ("SELEC", "ASK { SERVICE <http://127.0.0.1:9999/> { ?s ?p ?o } }"):
            with pytest.raises(JobFailed):
                await ask(pool, store, query)
        with pytest.raises(JobFailed):
            await ask(pool, store / "absent", "ASK {}")
        assert workers_of(os.getpid()) == before

    with_pool(body, workers=1)


def test_killed_workers_are_replaced(store: Path) -> None:
    async def body(pool: Pool) -> None:
        before = set(workers_of(os.getpid()))
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        await asyncio.sleep(0.2)
        assert await ask(pool, store, "ASK {}") == b"true"
        assert not before & set(workers_of(os.getpid()))

    with_pool(body)


def test_a_worker_killed_at_work_is_the_engines_failure(store: Path) -> None:
    async def body(pool: Pool) -> None:
        working = asyncio.create_task(ask(pool, store, ENDLESS))
        await asyncio.sleep(0.3)
        for pid in workers_of(os.getpid()):
            os.kill(pid, signal.SIGKILL)
        with pytest.raises(EngineFailed, match="-9"):
            await working
        assert await ask(pool, store, "ASK {}") == b"true"

    with_pool(body, workers=1)


def test_leaving_early_ends_the_job(store: Path) -> None:
    async def body(pool: Pool) -> None:
        [before] = workers_of(os.getpid())
        frames = pool.run(job(store, LARGE), 30, "a")
        assert (await anext(frames))[0] == HEAD
        assert (await anext(frames))[0] == DATA
        await frames.aclose()
        assert await ask(pool, store, "ASK {}") == b"true"
        assert before not in workers_of(os.getpid())

    with_pool(body, workers=1)


def test_waiting_counts_towards_the_deadline(store: Path) -> None:
    async def body(pool: Pool) -> None:
        first = asyncio.create_task(ask(pool, store, ENDLESS, 3))
        await asyncio.sleep(0.1)
        with pytest.raises(Overloaded):
            await ask(pool, store, "ASK {}", 0.2, "b")
        first.cancel()
        assert await ask(pool, store, "ASK {}") == b"true"

    with_pool(body, workers=1)


@pytest.mark.parametrize("seed", range(3))
def test_cancelling_at_any_instant_leaves_a_pool_that_works(store: Path, seed: int) -> None:
    async def body(pool: Pool) -> None:
        for number in range(12):
            working = asyncio.create_task(ask(pool, store, LARGE, 30, str(number)))
            await asyncio.sleep(0.004 * ((number * 7 + seed) % 12))
            working.cancel()
            await asyncio.gather(working, return_exceptions=True)
        assert await asyncio.gather(*(ask(pool, store, "ASK {}") for _ in range(4))) == [b"true"] * 4

    with_pool(body)


def test_what_is_alike_in_jobs_is_sent_apart(store: Path) -> None:
    async def body(pool: Pool) -> None:
        whole = job(store, "")
        alike = json.dumps({name: value for name, value in whole.items() if name != "query"}).encode()
        for number in (1, 2):
            turn = pool.run(QueryJob(alike, f"SELECT ({number} AS ?é) {{}}"), 30, "a")
            frames = [frame async for frame in turn]
            assert frames[1] == (DATA, f"é\r\n{number}\r\n".encode())

    with_pool(body)


def test_closing_amid_work_and_replacement_leaves_nothing(store: Path) -> None:
    async def body(pool: Pool) -> None:
        working = [asyncio.create_task(ask(pool, store, ENDLESS, 30, client)) for client in "ab"]
        await asyncio.sleep(0.2)
        working[0].cancel()
        await asyncio.sleep(0)
        await pool.close()
        await asyncio.gather(*working, return_exceptions=True)

    with_pool(body)


def test_no_query_connects_even_to_this_machine(store: Path) -> None:
    async def body(pool: Pool) -> None:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            listener.settimeout(0.3)
            endpoint = f"http://127.0.0.1:{listener.getsockname()[1]}/"
            with pytest.raises(JobFailed) as caught:
                await ask(pool, store, f"SELECT * {{ SERVICE <{endpoint}> {{ ?s ?p ?o }} }}")
            await ask(pool, store, f"SELECT * {{ SERVICE SILENT <{endpoint}> {{ ?s ?p ?o }} }}")
            with pytest.raises(TimeoutError):
                listener.accept()
        assert caught.value.kind == "network"

    with_pool(body, workers=1)


PARENT = """
import asyncio, sys
from clipgraph.workers.pool import Limits, Pool
from clipgraph.workers.frames import HEAD
async def main():
    pool = Pool(Limits(2, 300 << 20, 10))
    await pool.open()
    print("ready", flush=True)
    await asyncio.sleep(60)
asyncio.run(main())
"""


def test_workers_die_with_a_parent_that_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"ready\n"
        assert len(workers_of(parent.pid)) == 2
        parent.kill()
        parent.wait()

    until = time.monotonic() + 20
    while workers_of(parent.pid):
        assert time.monotonic() < until
        time.sleep(0.02)
