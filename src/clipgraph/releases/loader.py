"""Loads statements into a store on disk beside what else is done; the engine needs no lock of Python's."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import chain
from queue import Full, Queue

from clipgraph.rdf.terms import Store
from clipgraph.rdf.whole import load_quads

_MOST_WAITING = 8  # pieces
_CUT, _END = b"", b"\n"  # no piece
_LOOKS = 0.1  # seconds between two looks at whether the loading still goes on


class Loader:
    """Takes N-Quads in pieces of whole lines; ``loading`` makes one."""

    def __init__(self, store: Store, thread: ThreadPoolExecutor) -> None:
        self._pieces: Queue[bytes] = Queue(_MOST_WAITING)
        self._work = thread.submit(self._load, store)

    def put(self, piece: bytes) -> None:
        """Hand on a piece, once there is room for it; raises OSError where loading has failed."""
        if piece:
            self._put(piece)

    def cut(self) -> None:
        """Have what came so far loaded to the end while more is waited for; it is in one part till then."""
        self._put(_CUT)

    def finish(self) -> None:
        """Return once all is loaded; raises OSError where that fails."""
        self._put(_CUT)
        self._put(_END)
        self._work.result()

    def _load(self, store: Store) -> None:
        for piece in iter(self._pieces.get, _END):
            if piece != _CUT:
                load_quads(store, chain([piece], iter(self._pieces.get, _CUT)))

    def _put(self, piece: bytes) -> None:
        while not self._work.done():
            try:
                self._pieces.put(piece, timeout=_LOOKS)
            except Full:
                continue
            return
        self._work.result()


@contextmanager
def loading(store: Store) -> Iterator[Loader]:
    """Yield a loader for a store; after the block all that it was given is loaded.

    Raises:
        OSError: it cannot be written.
    """
    with ThreadPoolExecutor(1) as thread:
        loader = Loader(store, thread)
        try:
            yield loader
        finally:
            loader.finish()
