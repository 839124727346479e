"""Where the index of a release stands, DATA/derived/search/, and how it comes there once."""

import fcntl
import hashlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from clipgraph.search.schema import FORM

# So many indexes at most, the last made; another one is made again when it is asked for.
_KEPT = 5


def index_path(root: Path, number: int, release: tuple[str, str], queries: Mapping[str, str]) -> Path:
    """Return the file of a release's index; for another program or other queries it is another file.

    ``release`` is what else than its number tells it from others: its time, and its state.
    """
    told = repr((FORM, *release, sorted(queries.items())))
    edition = hashlib.sha256(told.encode()).hexdigest()[:12]
    return root / "derived" / "search" / f"{number}.{edition}.sqlite"


def make(path: Path, build: Callable[[Path], None]) -> None:
    """Let ``build`` write an index and put it at ``path``, where nobody did so meanwhile.

    Safe between processes: one makes it, the others wait for that; a crash leaves nothing at ``path``.

    Raises:
        OSError: it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with (path.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if path.exists():
            return
        unfinished = path.parent / "unfinished"
        unfinished.unlink(missing_ok=True)  # of a process that was ended
        build(unfinished)
        unfinished.rename(path)
        _forget_old(path.parent)


def _forget_old(folder: Path) -> None:
    """Under the lock: take away all but the last indexes."""
    made = sorted(folder.glob("*.sqlite"), key=lambda path: path.stat().st_mtime)
    for path in made[:-_KEPT]:
        path.unlink()


def discard(path: Path) -> None:
    """Take away an index that turned out to be none."""
    with suppress(OSError):
        path.unlink()
