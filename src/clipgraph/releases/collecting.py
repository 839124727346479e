"""Python's search for cycles of references, put off while much is held that has none.

Each search goes through everything that is held, and there is one again and again as that grows: it was a
quarter of the time of a publish of a hundred thousand triples. See https://docs.python.org/3/library/gc.html#gc.disable.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collecting_later() -> Iterator[None]:
    """Search for no cycles within the block; what it leaves is found afterwards."""
    yield from _collecting(wanted=False)


@contextmanager
def collecting() -> Iterator[None]:
    """Search for cycles within the block, inside of one in which there is no search."""
    yield from _collecting(wanted=True)


@contextmanager
def staying() -> Iterator[None]:
    """Search for no cycles within the block, and never among what is there after it: it is to stay.

    A service that begins holds a hundred thousand objects, most of them of its modules, and each full search
    goes through all of them while nothing is answered. See https://docs.python.org/3/library/gc.html#gc.freeze.
    """
    with collecting_later():
        yield
    gc.freeze()


def _collecting(*, wanted: bool) -> Iterator[None]:
    before = gc.isenabled()
    (gc.enable if wanted else gc.disable)()
    try:
        yield
    finally:
        (gc.enable if before else gc.disable)()
