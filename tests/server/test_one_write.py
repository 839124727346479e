"""What sends an answer in one step: one write, and none where anything speaks against it."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from clipgraph.server.whole import Whole

HEADERS = [(b"content-type", b"text/csv"), (b"content-length", b"2")]
ALL = b"HTTP/1.1 200 OK\r\ndate: now\r\ncontent-type: text/csv\r\ncontent-length: 2\r\n"


class Connection:
    """A cycle, its transport and its flow, as far as they are asked."""

    def __init__(self, *, keep_alive: bool = True) -> None:
        self.written: list[bytes] = []
        self.told: list[str] = []
        self.inner = SimpleNamespace(write=self.written.append)
        self.gentle = SimpleNamespace(is_used=False)
        self.flow = SimpleNamespace(write_paused=False)
        self.cycle = SimpleNamespace(
            disconnected=False,
            response_started=False,
            response_complete=False,
            waiting_for_100_continue=True,
            keep_alive=keep_alive,
            default_headers=[(b"date", b"now")],
            message_event=SimpleNamespace(set=lambda: self.told.append("event")),
            transport=SimpleNamespace(close=lambda: self.told.append("close")),
            on_response=lambda: self.told.append("response"),
        )

    def send(self, headers: list[tuple[bytes, bytes]]) -> bool:
        """Send an answer with these headers."""
        parts = cast("Any", (self.cycle, self.flow, self.gentle, self.inner))
        return Whole(*parts)(headers, b"ab")


@pytest.mark.parametrize("keep_alive", [True, False])
def test_it_is_one_write(*, keep_alive: bool) -> None:
    connection = Connection(keep_alive=keep_alive)

    assert connection.send(HEADERS)
    assert connection.written == [ALL + (b"" if keep_alive else b"connection: close\r\n") + b"\r\nab"]
    assert connection.told == ["event", *([] if keep_alive else ["close"]), "response"]
    assert connection.cycle.response_complete


@pytest.mark.parametrize("value", [b"a\r\nb: c", b"a\nb", b"a\rb", b"a\0"])
def test_no_header_ends_its_line(value: bytes) -> None:
    connection = Connection()

    assert not connection.send([*HEADERS, (b"x", value)])
    assert (connection.written, connection.told, connection.cycle.response_started) == ([], [], False)


@pytest.mark.parametrize(
    ("part", "name"), [("cycle", "disconnected"), ("gentle", "is_used"), ("flow", "write_paused")]
)
def test_nothing_is_sent_where_it_cannot_be(part: str, name: str) -> None:
    connection = Connection()
    setattr(getattr(connection, part), name, True)

    assert not connection.send(HEADERS)
    assert connection.written == []
