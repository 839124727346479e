"""The watch over an engine: what is published there is seen, and what is in the way, until it is gone."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import httpx2
import pytest

from clipgraph.errors import DeadlineExceeded, NotFound, RemoteFailed, Unavailable, Unimplemented
from clipgraph.releases.shelf import Shelf
from clipgraph.remote import marker, watch
from clipgraph.remote.addresses import read_address
from clipgraph.remote.connection import Connection
from clipgraph.remote.watch import Watch
from testing_contract import push, small_shelf, write
from testing_endpoints import JSON, Endpoint, sparql, told
from testing_engines import EngineServer, oxigraph_server

NOTHING = sparql("")


def watching(url: str, body: Callable[[Watch], Awaitable[None]], shelf: Shelf | None = None) -> None:
    async def main() -> None:
        async with Connection(read_address(url)) as connection:
            await body(Watch(connection, shelf))

    asyncio.run(asyncio.wait_for(main(), 60))


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    return small_shelf(tmp_path_factory.mktemp("watch"))


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineServer]:
    with oxigraph_server(tmp_path_factory.mktemp("watch")) as server:
        yield server


@pytest.fixture
def server(running: EngineServer, shelf: Shelf) -> EngineServer:
    httpx2.post(running.update, data={"update": "DROP ALL"}).raise_for_status()
    push(shelf, running.address, "named")
    return running


def test_what_is_published(server: EngineServer, shelf: Shelf) -> None:
    async def body(watch: Watch) -> None:
        with pytest.raises(RemoteFailed, match="has not been asked yet"):
            watch.current_number()
        await watch.look()
        assert (watch.current_number(), watch.kept(None), watch.kept(3), watch.numbers()) == (3, 3, 3, [3])
        assert watch.read(3) == shelf.current()
        with pytest.raises(Unimplemented, match="release 3 and no other"):
            watch.kept(2)
        with pytest.raises(NotFound):
            watch.read(2)

    watching(server.query, body)


def test_releases_before_it_are_told_where_they_are_on_this_machine(
    server: EngineServer, shelf: Shelf, tmp_path: Path
) -> None:
    other = Shelf(tmp_path / "other")
    for number in (1, 2, 9):
        write(other, number)

    async def body(watch: Watch) -> None:
        await watch.look()
        assert (watch.numbers(), watch.read(2)) == ([1, 2, 3], shelf.read(2))

    async def without(watch: Watch) -> None:
        await watch.look()
        assert (watch.has_history, watch.numbers()) == (False, [3])

    watching(server.query, body, shelf)
    watching(server.query, without, other)


def test_a_push_is_seen_and_nothing_made_meanwhile_is_kept(server: EngineServer, tmp_path: Path) -> None:
    newer = small_shelf(tmp_path / "newer")
    write(newer, 5)

    async def body(watch: Watch) -> None:
        await watch.look()
        before = watch.state(3)
        await watch.look()
        assert watch.state(3) == before
        async with Connection(server.address) as connection:
            await connection.update(marker.begin("one"), 10)
            states = []
            for _ in range(2):
                await watch.look()
                states.append(watch.state(3))
            assert watch.current_number() == 3
            assert len({before, *states}) == 3
        await asyncio.to_thread(push, newer, server.address, "named")
        await watch.look()
        assert watch.current_number() == 4
        assert watch.publication.settled

    watching(server.query, body)


def test_an_engine_that_goes_and_comes_back() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    async def body(watch: Watch) -> None:
        await watch.look()
        with pytest.raises(RemoteFailed, match="cannot be reached"):
            watch.kept(None)

    watching(f"http://127.0.0.1:{port}/", body)


def test_nothing_is_published_yet() -> None:
    async def body(watch: Watch) -> None:
        await watch.look()
        assert (watch.current_number(), watch.numbers(), watch.trouble) == (None, [], None)
        with pytest.raises(Unavailable, match="nothing is published on the engine yet"):
            watch.kept(None)

    with Endpoint(NOTHING) as endpoint:
        watching(endpoint.url, body)


def test_an_engine_that_is_busy_is_not_gone(server: EngineServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "_SECONDS_FOR_A_LOOK", 0.1)

    async def body(watch: Watch) -> None:
        await watch.look()
        with pytest.raises(DeadlineExceeded):
            watch.kept(None)

    with Endpoint(told(200, b"", 0.5)) as endpoint:
        watching(endpoint.url, body)

    async def known(watch: Watch) -> None:
        await watch.look()
        monkeypatch.setattr("clipgraph.remote.watch._SECONDS_FOR_A_LOOK", 0)
        await watch.look()
        assert isinstance(watch.trouble, DeadlineExceeded)
        assert watch.kept(None) == 3

    monkeypatch.setattr("clipgraph.remote.watch._SECONDS_FOR_A_LOOK", 10)
    watching(server.query, known)


@pytest.mark.parametrize(
    "row",
    [
        b'{"x":{"type":"literal","value":"1"}}',
        b'{"node":{"type":"uri","value":1},"text":{"type":"literal","value":[1]}}',
        b'{"node":{"type":"uri","value":"urn:n"}}',
        b"[]",
    ],
)
def test_an_engine_that_answers_something_else(row: bytes) -> None:
    async def body(watch: Watch) -> None:
        await watch.look()
        with pytest.raises(RemoteFailed, match="sent results that are not well-formed"):
            watch.kept(None)

    with Endpoint(told(200, b'{"results":{"bindings":[%s]}}' % row, Content_Type=JSON)) as endpoint:
        watching(endpoint.url, body)


def test_an_engine_that_cuts_answers_is_not_asked(
    server: EngineServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Three statements are there, of which it gives two.
    monkeypatch.setattr(watch, "_ROWS", "SELECT (1 AS ?one) WHERE { ?s ?p ?o } LIMIT 2")

    async def body(watch: Watch) -> None:
        await watch.look()
        with pytest.raises(RemoteFailed, match="gave 2 rows where there are 3 or more: it cuts answers"):
            watch.kept(None)
        monkeypatch.undo()
        await watch.look()
        assert watch.kept(None) == 3

    watching(server.query, body)
