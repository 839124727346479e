"""Who may work next: a bounded queue that is fair between clients."""

import asyncio
import time
from collections import Counter, OrderedDict, deque
from collections.abc import Callable

from clipgraph.errors import Overloaded
from clipgraph.wording import worded

RETRY_AFTER = 1
_HALF_LIFE, _STEP, _MUCH, _MOST_CLIENTS = 10.0, 0.25, 1.0, 4096
_LONGEST_EPOCH = 100 * _HALF_LIFE  # beyond, numbers would become too large


class Lanes:
    """Hands out ``slots`` places; one client holds at most half of them.

    Of the waiting, who has used the least time of late comes first, and equals come in turn: a client with a
    hundred requests, or with heavy ones, delays another one's first by one place, not by a hundred. One place
    of several is kept for those who have not used much.
    """

    def __init__(self, slots: int, waiting: int) -> None:
        self._free, self._most_waiting = slots, waiting
        self._per_client = max(1, slots // 2)
        self._for_heavy = max(1, slots - 1)
        self._holding: Counter[str] = Counter()
        self._queues: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()
        self._begins: dict[asyncio.Future[None], Callable[[], None]] = {}
        self._waiting = 0
        self._usage = _Usage()
        self._later: asyncio.TimerHandle | None = None

    @property
    def waiting(self) -> int:
        """How many requests wait."""
        return self._waiting

    async def enter(self, client: str, patience: float, begin: Callable[[], None] | None = None) -> float:
        """Take a place, to be given back by ``leave``; returns since when it is held.

        Args:
            client: who asks, such as an address.
            patience: how many seconds it may wait.
            begin: is called as soon as the place is there, before whoever waits for it runs again; it raises
                nothing. From then on the place is given back by ``leave`` alone, also where this raises, as
                its task was cancelled.

        Raises:
            Overloaded: the queue is full, or no place came free in time.
        """
        self._usage.look()
        if self._queues or not self._free or not self._may(client, self._heavy()):
            await self._wait(client, patience, begin)
        else:  # as mostly
            self._take(client)
            if begin is not None:
                begin()
        return asyncio.get_running_loop().time()

    def leave(self, client: str, since: float) -> None:
        """Give a place back."""
        self._usage.look()
        self._usage.add(client, asyncio.get_running_loop().time() - since)
        self._give_back(client)
        self._next()

    def _take(self, client: str) -> None:
        self._free -= 1
        self._holding[client] += 1

    def _give_back(self, client: str) -> None:
        self._free += 1
        self._holding[client] -= 1
        if not self._holding[client]:
            del self._holding[client]

    async def _wait(self, client: str, patience: float, begin: Callable[[], None] | None) -> None:
        turn = asyncio.get_running_loop().create_future()
        if begin is not None:
            self._begins[turn] = begin
        self._queues.setdefault(client, deque()).append(turn)
        self._waiting += 1
        self._next()
        if self._waiting > self._most_waiting:  # and no place is free for this client
            self._refuse_one()
        # Of its own, as most requests under load come here: asyncio.timeout would cost several times as much.
        later = asyncio.get_running_loop().call_later(patience, self._lose_patience, client, turn)
        try:
            await turn
        except asyncio.CancelledError:
            if begin is None or turn in self._begins:
                self._leave(client, turn)
            raise
        finally:
            later.cancel()
            self._begins.pop(turn, None)

    def _lose_patience(self, client: str, turn: asyncio.Future[None]) -> None:
        """Refuse a request that has waited as long as it may."""
        if turn in self._queues.get(client, ()):
            self._remove(client, turn)
            if not turn.cancelled():  # else its owner was cancelled and has not run since
                turn.set_exception(
                    Overloaded(worded("no worker came free in time; try again in a moment"), RETRY_AFTER)
                )

    def _refuse_one(self) -> None:
        """Refuse the last request of whoever has the most waiting, so that nobody shuts others out."""
        client = max(reversed(self._queues), key=lambda client: len(self._queues[client]))
        turn = self._queues[client].pop()
        if not self._queues[client]:
            del self._queues[client]
        self._waiting -= 1
        if not turn.cancelled():  # else its owner was cancelled and has not run since
            turn.set_exception(
                Overloaded(worded("too many requests are waiting; try again in a moment"), RETRY_AFTER)
            )

    def _leave(self, client: str, turn: asyncio.Future[None]) -> None:
        """Take back a request that no longer waits, and a place it was given in the same instant."""
        self._usage.look()
        if turn.done() and not turn.cancelled():
            if turn.exception() is None:
                self._give_back(client)
        elif turn in self._queues.get(client, ()):
            turn.cancel()
            self._remove(client, turn)
        self._next()

    def _remove(self, client: str, turn: asyncio.Future[None]) -> None:
        self._queues[client].remove(turn)
        self._waiting -= 1
        if not self._queues[client]:
            del self._queues[client]

    def _next(self) -> None:
        """Give free places to the clients that have used the least of late, in turn among equals."""
        while self._free:
            client = self._most_deserving()
            if client is None:
                self._look_again()
                return
            self._queues.move_to_end(client)
            turn = self._queues[client].popleft()
            if not self._queues[client]:
                del self._queues[client]
            self._waiting -= 1
            if turn.cancelled():  # its owner was cancelled and has not run since
                continue
            self._take(client)
            turn.set_result(None)
            begin = self._begins.pop(turn, None)
            if begin is not None:
                begin()

    def _look_again(self) -> None:
        """Try once more in a moment: who used much may have been forgiven, with nothing else to tell."""
        if self._queues and self._later is None:
            self._later = asyncio.get_running_loop().call_later(_STEP, self._later_next)

    def _later_next(self) -> None:
        self._later = None
        self._usage.look()
        self._next()

    def _most_deserving(self) -> str | None:
        """Return the client whose turn it is; None where none may hold another place."""
        heavy = self._heavy()
        chosen, least = None, 0
        for client in self._queues:
            if not self._may(client, heavy):
                continue
            used = self._usage.of(client)
            if not used:  # as mostly: nobody deserves it more
                return client
            if chosen is None or used < least:
                chosen, least = client, used
        return chosen

    def _heavy(self) -> int:
        """Return how many places are held by clients that have used much of late."""
        if not self._usage.has_heavy:  # as mostly
            return 0
        return sum(held for client, held in self._holding.items() if self._usage.is_heavy(client))

    def _may(self, client: str, heavy: int) -> bool:
        """Tell whether a client may hold another place."""
        few = self._holding[client] < self._per_client
        return few and (heavy < self._for_heavy or not self._usage.is_heavy(client))


class _Usage:
    """How many seconds of work each client has used; half of it is forgotten every ten seconds.

    So a client with one heavy question after the other does not delay those who ask light ones: they go
    first whenever a place comes free.

    What is kept is what would have been used at the epoch to weigh as much now: that all clients forget at
    the same pace is then one factor for all.
    """

    def __init__(self) -> None:
        self._used: dict[str, float] = {}
        self._epoch = time.monotonic()
        self._factor = 1.0  # of what is kept to what it weighs now
        self._most = 0.0  # that was ever kept of a client

    def look(self) -> None:
        """Let time pass: what was used weighs less by now."""
        now = time.monotonic()
        self._factor = 0.5 ** ((now - self._epoch) / _HALF_LIFE)
        if now - self._epoch > _LONGEST_EPOCH:
            self._used = {client: used * self._factor for client, used in self._used.items()}
            self._most *= self._factor
            self._epoch, self._factor = now, 1.0

    def of(self, client: str) -> int:
        """Return what a client has used, in steps of a quarter of a second: who is near is equal."""
        return int(self._used.get(client, 0.0) * self._factor / _STEP)

    @property
    def has_heavy(self) -> bool:
        """Whether any client may have used much of late."""
        return self._most * self._factor >= _MUCH

    def is_heavy(self, client: str) -> bool:
        """Tell whether a client has used much of late."""
        return self._used.get(client, 0.0) * self._factor >= _MUCH

    def add(self, client: str, seconds: float) -> None:
        """Count seconds of work."""
        total = self._used.pop(client, 0.0) + seconds / self._factor
        self._used[client] = total  # the last to change is the last in the dictionary
        self._most = max(self._most, total)
        if len(self._used) > _MOST_CLIENTS:
            del self._used[next(iter(self._used))]
