"""A folder in which a release is made, and which becomes that release or goes without a trace."""

import errno
import shutil
import tempfile
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from clipgraph.errors import ClipgraphError, NoSpace, Unavailable
from clipgraph.releases.release import Release
from clipgraph.releases.retention import prune
from clipgraph.releases.shelf import Shelf

_SPARE_DISK = 256 * 2**20


def go_on() -> None:
    """Do nothing before a commit is finished."""


def stage(
    shelf: Shelf, fill: Callable[[Path], Release | None], finishing: Callable[[], None] = go_on
) -> Release | None:
    """Under the shelf's lock: have an empty folder filled, and make it the next release.

    Args:
        shelf: where releases are; its lock is held by the caller.
        fill: makes the release in the folder, with no file of it left open; None where there is to be none.
        finishing: called when nothing stands against the release any more.

    Raises:
        Unavailable, NoSpace: too little disk, or the folder cannot be written.
        ClipgraphError: what ``fill`` raises; then nothing has changed.
    """
    staged: Path | None = None
    try:
        shelf.sweep()
        _check_disk(shelf.root)
        staged = Path(tempfile.mkdtemp(dir=shelf.staging))
        release = fill(staged)
        if release is None:
            return None
        staged.chmod(0o755)  # temporary folders are private; a release is read by the serving user
        finishing()
        shelf.finish(staged, release.number)
    except OSError as error:
        kind = NoSpace if error.errno in (errno.ENOSPC, errno.EDQUOT) else Unavailable
        raise kind(f"the release could not be written: {error}") from error
    except BaseException as error:
        # The frames of the traceback hold the store open, which writes into its folder until it is closed.
        traceback.clear_frames(error.__traceback__)
        raise
    finally:
        if staged is not None:
            shutil.rmtree(staged, ignore_errors=True)
    # The commit is done: what cannot be taken away is taken away by the next.
    with suppress(OSError, ClipgraphError):
        prune(shelf)
    return release


def _check_disk(root: Path) -> None:
    free = shutil.disk_usage(root).free
    if free < _SPARE_DISK:
        raise NoSpace(f"{root}: {free >> 20} MiB of disk left; a release needs at least {_SPARE_DISK >> 20}")
