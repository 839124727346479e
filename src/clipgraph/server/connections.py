"""How many connections there may be, in all and from one client, and which have to make room."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import Protocol

# Who was accepted less than this ago is about to send: it is not sent away to make room for another.
_SECONDS_TO_BEGIN = 1.0
_MOST_LINGERING = 100


class Connection(Protocol):
    """A connection as far as it is counted here."""

    @property
    def idle_since(self) -> float | None:
        """Since when nothing is under way on it; None while a request is."""
        ...

    def drop(self) -> None:
        """End it at once."""
        ...

    def look(self, now: float) -> None:
        """End it where it takes too long over something."""
        ...


@dataclass(frozen=True)
class Bounds:
    """The most connections in all and of one client; ``proxies`` are networks that count as no client."""

    total: int
    per_client: int
    proxies: tuple[str, ...] = ()


class Connections:
    """The open connections of a server; ``refused`` is told the reason of each that is not taken."""

    def __init__(self, bounds: Bounds, refused: Callable[[str], None]) -> None:
        self.bounds, self.refused = bounds, refused
        self._proxies = tuple(ip_network(network.strip()) for network in bounds.proxies)
        self._clients: dict[Connection, str] = {}
        self._lingering: dict[Connection, None] = {}
        self._held: Counter[str] = Counter()

    def enter(self, connection: Connection, client: str, address: str, now: float) -> str:
        """Take a connection from ``address``, and return an empty text, or why it cannot be taken.

        Where there are too many, one that has been idle makes room: of the same client where it has too many,
        else of the client that has the most. So connections on which nothing is sent shut nobody out.
        """
        if self._held[client] >= self.bounds.per_client and not self._is_proxy(address):
            if not self._make_room(client, now):
                return self._refuse("client-connections", "your address has too many connections open here")
        elif len(self._clients) >= self.bounds.total and not self._make_room(None, now):
            return self._refuse("connections", "too many connections are open here")
        self._clients[connection] = client
        self._held[client] += 1
        return ""

    def _refuse(self, reason: str, message: str) -> str:
        self.refused(reason)
        return message

    def leave(self, connection: Connection) -> None:
        """Let go of a connection that has ended; it need not have been taken."""
        self._lingering.pop(connection, None)
        client = self._clients.pop(connection, None)
        if client is not None:
            self._held[client] -= 1
            if not self._held[client]:
                del self._held[client]

    def linger(self, connection: Connection) -> bool:
        """Tell whether a connection that is not taken may stay for the time of its refusal."""
        if len(self._lingering) >= _MOST_LINGERING:
            return False
        self._lingering[connection] = None
        return True

    def look(self, now: float) -> None:
        """Look at every connection; to be called about once a second."""
        for connection in [*self._clients, *self._lingering]:
            connection.look(now)

    def _make_room(self, client: str | None, now: float) -> bool:
        """End the connection that has been idle longest, of one client or of the one with the most."""
        until = now - _SECONDS_TO_BEGIN
        idle = [
            (0 if client else -self._held[owner], since, place)
            for place, (connection, owner) in enumerate(self._clients.items())
            if client in (None, owner) and (since := connection.idle_since) is not None and since <= until
        ]
        if not idle:
            return False
        connection = list(self._clients)[min(idle)[2]]
        self.leave(connection)
        connection.drop()
        return True

    def _is_proxy(self, address: str) -> bool:
        try:
            return any(ip_address(address) in network for network in self._proxies)
        except ValueError:
            return False
