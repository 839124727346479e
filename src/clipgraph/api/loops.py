"""An event loop in a thread of its own: coroutines for callers who have none, or have one of another kind."""

import asyncio
from collections.abc import Coroutine
from threading import Thread, current_thread
from typing import Any, TypeVar

T = TypeVar("T")


class LoopThread:
    """A running event loop; notebooks have one of their own, in which nothing can be waited for."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="clipgraph", daemon=True)
        self._thread.start()

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Return what a coroutine returns; what ends the waiting, Ctrl-C for example, ends it, too."""
        future = asyncio.run_coroutine_threadsafe(coroutine, self._loop)
        try:
            return future.result()
        except BaseException:
            future.cancel()
            raise

    def is_here(self) -> bool:
        """Tell whether this is called in the thread of the loop, where waiting for it would never end."""
        return current_thread() is self._thread

    def close(self) -> None:
        """End the loop, when nothing runs in it any more."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
