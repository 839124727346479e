"""Reading a request: within bounds of size and time."""

import asyncio
from collections.abc import Iterable
from typing import Any

import pytest
from starlette.types import Message, Receive

from clipgraph.errors import BadRequest, TooLarge, TooSlow
from clipgraph.web import requests
from clipgraph.web.requests import Disconnected, origin_of, read


def sending(pieces: Iterable[bytes], pause: float = 0.0, *, ends: bool = True) -> Receive:
    """Return what receives these pieces, each after a pause in seconds, and then the end or a hang-up."""
    waiting = iter(pieces)

    async def receive() -> Message:
        await asyncio.sleep(pause)
        for piece in waiting:
            return {"type": "http.request", "body": piece, "more_body": True}
        return {"type": "http.request"} if ends else {"type": "http.disconnect"}

    return receive


def got(receive: Receive, most: int = 1000, *headers: tuple[bytes, bytes]) -> Any:  # noqa: ANN401
    scope = {"method": "POST", "query_string": b"", "headers": headers}
    return asyncio.run(read(scope, receive, most))


def test_a_body_is_put_together() -> None:
    assert got(sending([b"a", b"", b"b"])).body == b"ab"


def test_too_much_is_refused_before_and_while_it_comes() -> None:
    with pytest.raises(TooLarge):
        got(sending([]), 10, (b"content-length", b"11"))
    with pytest.raises(TooLarge):
        got(sending([b"x" * 6, b"x" * 6]), 10)


def test_whoever_hangs_up_is_gone() -> None:
    with pytest.raises(Disconnected):
        got(sending([b"a"], ends=False))


def test_a_header_name_that_is_no_text_is_refused() -> None:
    with pytest.raises(BadRequest):
        got(sending([]), 10, (b"\xff", b"x"))


def test_a_body_that_trickles_is_refused_though_something_always_comes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(requests, "_PATIENCE", 0.2)

    with pytest.raises(TooSlow):
        got(sending([b"x"] * 100, 0.05))


def test_a_body_that_comes_fast_enough_is_read_however_long_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requests, "_PATIENCE", 1.0)

    assert len(got(sending([b"x" * 1024] * 30, 0.05), 100_000).body) == 30 * 1024


@pytest.mark.parametrize(
    ("public_url", "host", "origin"),
    [
        ("https://graph.example.org/", b"127.0.0.1:8000", "https://graph.example.org"),
        ("https://graph.example.org/data", b"no host", "https://graph.example.org/data"),
        ("", b"graph.example.org:81", "http://graph.example.org:81"),
        ("", None, "http://localhost"),
    ],
)
def test_where_the_service_is_reached(public_url: str, host: bytes | None, origin: str) -> None:
    headers = [(b"host", host)] if host else []

    assert origin_of({"scheme": "http", "headers": headers}, public_url) == origin


def test_a_host_that_is_none_is_no_address() -> None:
    with pytest.raises(BadRequest, match="names no host"):
        origin_of({"scheme": "http", "headers": [(b"host", b"no host")]}, "")
