"""A reader that takes nothing is cut, whatever it asked for; one that reads on is not."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

import pytest
from starlette.types import Receive, Scope, Send
from uvicorn.config import Config
from uvicorn.server import ServerState

from clipgraph.server import protocol
from clipgraph.server.connections import Bounds, Connections
from clipgraph.server.heads import HeadLimits
from clipgraph.server.protocol import BoundedProtocol

SIZE = 20 << 20
REQUEST = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"


async def large(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": bytes(SIZE), "more_body": False})


def serving(body: Callable[[asyncio.StreamReader], Awaitable[None]]) -> list[str]:
    """Ask for a large answer while the connections are looked at; returns why any was cut."""
    reasons: list[str] = []

    async def main() -> None:
        among = Connections(Bounds(10, 10), reasons.append)
        make = partial(
            BoundedProtocol, Config(large), ServerState(), {}, among=among, limits=HeadLimits(1024, 1024)
        )
        loop = asyncio.get_running_loop()
        server = await loop.create_server(make, "127.0.0.1", 0)
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname(), limit=1024)
        watch = asyncio.create_task(looking(among))
        try:
            writer.write(REQUEST)
            await asyncio.wait_for(body(reader), 60)
        finally:
            watch.cancel()
            writer.close()
            server.close()

    asyncio.run(main())
    return reasons


async def looking(among: Connections) -> None:
    while True:
        await asyncio.sleep(0.1)
        among.look(asyncio.get_running_loop().time())


def test_who_takes_nothing_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "_SECONDS_UNREAD", 0.5)

    async def body(reader: asyncio.StreamReader) -> None:
        await asyncio.sleep(3)
        with pytest.raises((ConnectionResetError, asyncio.IncompleteReadError)):
            await reader.readexactly(SIZE)

    assert serving(body) == ["reader-too-slow"]


def test_who_reads_slowly_but_on_gets_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "_SECONDS_UNREAD", 1.0)
    received = bytearray()

    async def body(reader: asyncio.StreamReader) -> None:
        while piece := await reader.read(SIZE):
            received.extend(piece)
            if len(received) % 50 == 0:
                await asyncio.sleep(0.01)

    assert serving(body) == []
    assert len(received) > SIZE
