"""Who may work next: a bounded queue that is fair between clients."""

import asyncio
from collections import Counter, OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from clipgraph.errors import Overloaded
from clipgraph.wording import worded

RETRY_AFTER = 1
_HALF_LIFE, _STEP, _MUCH, _MOST_CLIENTS = 10.0, 0.25, 1.0, 4096


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
        self._waiting = 0
        self._usage = _Usage()
        self._later: asyncio.TimerHandle | None = None

    @property
    def waiting(self) -> int:
        """How many requests wait."""
        return self._waiting

    @asynccontextmanager
    async def place(self, client: str, patience: float) -> AsyncIterator[None]:
        """Hold a place for the time of the block.

        Args:
            client: who asks, such as an address.
            patience: how many seconds it may wait.

        Raises:
            Overloaded: the queue is full, or no place came free in time.
        """
        await self._enter(client, patience)
        clock = asyncio.get_running_loop().time
        since = clock()
        try:
            yield
        finally:
            self._usage.add(client, clock() - since)
            self._give_back(client)
            self._next()

    def _give_back(self, client: str) -> None:
        self._free += 1
        self._holding[client] -= 1
        if not self._holding[client]:
            del self._holding[client]

    async def _enter(self, client: str, patience: float) -> None:
        turn = asyncio.get_running_loop().create_future()
        self._queues.setdefault(client, deque()).append(turn)
        self._waiting += 1
        self._next()
        if self._waiting > self._most_waiting:  # and no place is free for this client
            self._refuse_one()
        if turn.done() and not turn.cancelled() and turn.exception() is None:
            return  # at once, as mostly
        try:
            async with asyncio.timeout(patience):
                await turn
        except TimeoutError:
            self._leave(client, turn)
            raise Overloaded(
                worded("no worker came free in time; try again in a moment"), RETRY_AFTER
            ) from None
        except asyncio.CancelledError:
            self._leave(client, turn)
            raise

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
        if turn.done() and not turn.cancelled():
            if turn.exception() is None:
                self._give_back(client)
        elif turn in self._queues.get(client, ()):
            turn.cancel()
            self._queues[client].remove(turn)
            self._waiting -= 1
            if not self._queues[client]:
                del self._queues[client]
        self._next()

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
            self._free -= 1
            self._holding[client] += 1
            turn.set_result(None)

    def _look_again(self) -> None:
        """Try once more in a moment: who used much may have been forgiven, with nothing else to tell."""
        if self._queues and self._later is None:
            self._later = asyncio.get_running_loop().call_later(_STEP, self._later_next)

    def _later_next(self) -> None:
        self._later = None
        self._next()

    def _most_deserving(self) -> str | None:
        """Return the client whose turn it is; None where none may hold another place."""
        heavy = sum(held for client, held in self._holding.items() if self._usage.is_heavy(client))
        may = (
            client
            for client in self._queues
            if self._holding[client] < self._per_client
            and (heavy < self._for_heavy or not self._usage.is_heavy(client))
        )
        return min(may, key=self._usage.of, default=None)


class _Usage:
    """How many seconds of work each client has used; half of it is forgotten every ten seconds.

    So a client with one heavy question after the other does not delay those who ask light ones: they go
    first whenever a place comes free.
    """

    def __init__(self) -> None:
        self._used: dict[str, tuple[float, float]] = {}

    def of(self, client: str) -> int:
        """Return what a client has used, in steps of a quarter of a second: who is near is equal."""
        return int(self._seconds(client) / _STEP)

    def is_heavy(self, client: str) -> bool:
        """Tell whether a client has used much of late."""
        return self._seconds(client) >= _MUCH

    def _seconds(self, client: str) -> float:
        used, then = self._used.get(client, (0.0, 0.0))
        now: float = asyncio.get_running_loop().time()
        forgotten: float = 0.5 ** ((now - then) / _HALF_LIFE)
        return used * forgotten

    def add(self, client: str, seconds: float) -> None:
        """Count seconds of work."""
        total = self._seconds(client) + seconds
        self._used.pop(client, None)  # the last to change is the last in the dictionary
        self._used[client] = (total, asyncio.get_running_loop().time())
        if len(self._used) > _MOST_CLIENTS:
            del self._used[next(iter(self._used))]
