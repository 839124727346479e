"""Where guests stand, DATA/derived/guests/, and how each thing comes there once.

``files.<digest>`` is what was read of files, ``<number>.<digest>`` a release with that beside it: both are
folders with a store. ``lock.<digest>`` is held, shared, by every process that serves these guests.
"""

import fcntl
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

from clipgraph.releases.shelf import Shelf

# So many releases with the same guests at most, the last made; another one is made again when it is asked.
_KEPT = 5


def files_folder(shelf: Shelf, digest: str) -> Path:
    """Return the folder of what was read of files."""
    return _root(shelf) / f"files.{digest}"


def beside_folder(shelf: Shelf, number: int, digest: str) -> Path:
    """Return the folder of a release with guests beside it."""
    return _root(shelf) / f"{number}.{digest}"


def _root(shelf: Shelf) -> Path:
    return shelf.root / "derived" / "guests"


def hold(shelf: Shelf, digest: str) -> IO[str]:
    """Keep these guests from being taken away until the returned file is closed; take away unheld ones.

    Raises:
        OSError: the folder cannot be written.
    """
    root = _root(shelf)
    root.mkdir(parents=True, exist_ok=True)
    with (root / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        held = (root / f"lock.{digest}").open("w")
        fcntl.flock(held, fcntl.LOCK_SH)
        for path in root.glob("lock.*"):
            with path.open("w") as other, suppress(BlockingIOError):
                fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
                for gone in root.glob(f"*.{path.name.removeprefix('lock.')}"):
                    shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
    return held


def make(folder: Path, build: Callable[[Path], None]) -> None:
    """Let ``build`` fill a folder and put it at its place, where nobody did so meanwhile.

    Safe between processes: one makes it, the others wait for that; a crash leaves nothing at that place.

    Raises:
        OSError: it cannot be written.
    """
    with (folder.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if folder.exists():
            return
        unfinished = folder.parent / "unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)  # of a process that was ended
        unfinished.mkdir()
        try:
            build(unfinished)
            unfinished.rename(folder)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
        _forget_old(folder)


def _forget_old(last: Path) -> None:
    """Under the lock: take away all but the last made releases with the same guests."""
    made = [path for path in last.parent.glob(f"*{last.suffix}") if path.stem.isdecimal()]
    for path in sorted(made, key=lambda path: path.stat().st_mtime)[:-_KEPT]:
        shutil.rmtree(path, ignore_errors=True)
