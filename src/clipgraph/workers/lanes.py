"""Who may work next: a bounded queue that is fair between clients."""

import asyncio
from collections import Counter, OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from clipgraph.errors import Overloaded

_RETRY_AFTER = 2


class Lanes:
    """Hands out ``slots`` places; one client holds at most half of them.

    Waiting requests are taken in turn by client, so that a client with a hundred requests delays
    another one's first by one place, not by a hundred.
    """

    def __init__(self, slots: int, waiting: int) -> None:
        self._free, self._most_waiting = slots, waiting
        self._per_client = max(1, slots // 2)
        self._holding: Counter[str] = Counter()
        self._queues: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()
        self._waiting = 0

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
        try:
            yield
        finally:
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
        try:
            async with asyncio.timeout(patience):
                await turn
        except TimeoutError:
            self._leave(client, turn)
            raise Overloaded("no worker came free in time; try again in a moment", _RETRY_AFTER) from None
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
                Overloaded("too many requests are waiting; try again in a moment", _RETRY_AFTER)
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
        """Give free places to the clients in turn."""
        passed = 0
        while self._free and passed < len(self._queues):
            client = next(iter(self._queues))
            self._queues.move_to_end(client)
            if self._holding[client] >= self._per_client:
                passed += 1
                continue
            turn = self._queues[client].popleft()
            if not self._queues[client]:
                del self._queues[client]
            self._waiting -= 1
            if turn.cancelled():  # its owner was cancelled and has not run since
                continue
            self._free -= 1
            self._holding[client] += 1
            turn.set_result(None)
            passed = 0
