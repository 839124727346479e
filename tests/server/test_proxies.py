"""Who asks is told by a proxy that is trusted, and by no other."""

import asyncio
from typing import cast

import pytest
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.middleware import proxy_headers

from clipgraph.server.proxies import behind_proxies

TRUSTED = "127.0.0.1, 10.0.0.0/8"
LONG = "x" * 101


def client_of(application: ASGIApp, peer: str, *forwarded: str) -> tuple[str, int]:
    """Return who asks, as an application is told it of a request from a peer."""
    headers = [(b"x-forwarded-for", value.encode()) for value in forwarded]
    scope: Scope = {"type": "http", "client": (peer, 1), "scheme": "http", "headers": headers}

    async def ask() -> None:
        await application(scope, receive, send)

    asyncio.run(ask())
    return cast("tuple[str, int]", scope["client"])


async def receive() -> Message:
    return {"type": "http.disconnect"}


async def send(_: Message) -> None: ...


@pytest.fixture
def application() -> ASGIApp:
    async def nothing(scope: Scope, receive: Receive, send: Send) -> None: ...

    return cast("ASGIApp", behind_proxies(nothing, TRUSTED))


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("127.0.0.1", ["203.0.113.7"], ("203.0.113.7", 0)),
        ("10.1.2.3", ["203.0.113.7:99, 10.9.9.9"], ("203.0.113.7", 99)),
        ("10.1.2.3", ["198.51.100.1, 203.0.113.7", "10.9.9.9"], ("203.0.113.7", 0)),
        ("127.0.0.1", [f"198.51.100.1, {LONG}, 10.9.9.9"], (LONG, 0)),
        ("203.0.113.9", ["203.0.113.7"], ("203.0.113.9", 1)),
        ("127.0.0.1", [], ("127.0.0.1", 1)),
    ],
)
def test_the_last_who_is_no_proxy_asks_also_when_asking_again(
    application: ASGIApp, peer: str, forwarded: list[str], client: tuple[str, int]
) -> None:
    assert [client_of(application, peer, *forwarded) for _ in range(2)] == [client, client]


@pytest.mark.parametrize(("forwarded", "times"), [("203.0.113.7", 1), (LONG, 3)])
def test_a_short_header_is_read_once(
    application: ASGIApp, monkeypatch: pytest.MonkeyPatch, forwarded: str, times: int
) -> None:
    read: list[str] = []
    split = proxy_headers._parse_raw_hosts  # noqa: SLF001  # what reading a header begins with

    def count(value: str) -> list[str]:
        read.append(value)
        return split(value)

    monkeypatch.setattr(proxy_headers, "_parse_raw_hosts", count)
    for _ in range(3):
        client_of(application, "127.0.0.1", forwarded)

    assert read == [forwarded] * times
