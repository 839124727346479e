"""Which connections are taken, and which make room."""

from dataclasses import dataclass

import pytest

from clipgraph.server.connections import Bounds, Connections


@dataclass(eq=False)
class Fake:
    """A connection that remembers what happened to it."""

    idle_since: float | None = 0.0
    dropped: bool = False

    def drop(self) -> None:
        """Note it."""
        self.dropped = True

    def look(self, now: float) -> None:
        """Note it."""
        self.looked = now


def opened(connections: Connections, client: str, count: int, idle_since: float | None = 0.0) -> list[Fake]:
    made = [Fake(idle_since) for _ in range(count)]
    for connection in made:
        assert connections.enter(connection, client, client, 0.0) == ""
    return made


def bounded(total: int, per_client: int, *proxies: str) -> tuple[Connections, list[str]]:
    reasons: list[str] = []
    return Connections(Bounds(total, per_client, proxies), reasons.append), reasons


def test_a_busy_client_gets_no_more_and_others_do() -> None:
    connections, reasons = bounded(10, 3)
    opened(connections, "192.0.2.1", 3, None)

    assert "your address" in connections.enter(Fake(), "192.0.2.1", "192.0.2.1", 5.0)
    assert connections.enter(Fake(), "192.0.2.2", "192.0.2.2", 5.0) == ""
    assert reasons == ["client-connections"]


def test_an_idle_connection_makes_room_for_one_of_the_same_client() -> None:
    connections, _ = bounded(10, 3)
    (other,) = opened(connections, "192.0.2.2", 1, 0.0)
    busy, late, early = (Fake(since) for since in (None, 3.0, 2.0))
    for connection in (busy, late, early):
        connections.enter(connection, "192.0.2.1", "192.0.2.1", 4.0)

    assert connections.enter(Fake(), "192.0.2.1", "192.0.2.1", 5.0) == ""
    assert [item.dropped for item in (other, busy, late, early)] == [False, False, False, True]


def test_when_all_is_full_the_client_with_the_most_idle_ones_makes_room() -> None:
    connections, _ = bounded(6, 5)
    (good,) = opened(connections, "192.0.2.1", 1)
    bad = opened(connections, "192.0.2.9", 5)

    assert connections.enter(Fake(), "192.0.2.2", "192.0.2.2", 5.0) == ""
    assert not good.dropped
    assert [item.dropped for item in bad] == [True, False, False, False, False]


def test_nobody_is_sent_away_for_another_while_about_to_send() -> None:
    connections, reasons = bounded(2, 2)
    young = opened(connections, "192.0.2.1", 2, 4.5)

    assert "too many connections" in connections.enter(Fake(), "192.0.2.2", "192.0.2.2", 5.0)
    assert not any(item.dropped for item in young)
    assert reasons == ["connections"]


def test_what_ended_no_longer_counts() -> None:
    connections, _ = bounded(2, 1)
    (first,) = opened(connections, "192.0.2.1", 1, None)
    connections.leave(first)
    connections.leave(first)

    assert connections.enter(Fake(None), "192.0.2.1", "192.0.2.1", 5.0) == ""
    assert connections.enter(Fake(None), "192.0.2.1", "192.0.2.1", 5.0) != ""


@pytest.mark.parametrize(("address", "taken"), [("10.1.2.3", True), ("192.0.2.1", False), ("unknown", False)])
def test_a_trusted_proxy_is_no_client(address: str, taken: bool) -> None:  # noqa: FBT001
    connections, _ = bounded(10, 1, "10.0.0.0/8", " 2001:db8::/32")
    connections.enter(Fake(None), address, address, 0.0)

    assert (connections.enter(Fake(None), address, address, 5.0) == "") == taken


def test_refusals_that_linger_are_bounded_and_looked_at() -> None:
    connections, _ = bounded(1, 1)
    lingering = [Fake() for _ in range(100)]

    assert all(connections.linger(item) for item in lingering)
    assert not connections.linger(Fake())
    connections.look(7.0)
    assert all(item.looked == 7.0 for item in lingering)
    connections.leave(lingering[0])
    assert connections.linger(Fake())
