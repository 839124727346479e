"""The worker process for derived files: ``python -m clipgraph.releases.worker SOCKET PARENT MEMORY``."""

import errno
import time
from pathlib import Path

from clipgraph.errors import ClipgraphError, NoSpace, NotFound
from clipgraph.releases.differences import make_difference
from clipgraph.releases.dumping import Tell, keep_dumps
from clipgraph.releases.shelf import Shelf
from clipgraph.workers.frames import DATA, END, ERROR, json_frame
from clipgraph.workers.output import Send
from clipgraph.workers.worker import Job, work

_KINDS: dict[type[ClipgraphError], str] = {NotFound: "not-found", NoSpace: "no-space"}


def _perform(job: Job, send: Send) -> bytes:
    """Make the ``difference`` of two releases or the ``dumps`` of one; return the last frame."""
    shelf = Shelf(Path(job["data"]))
    try:
        if job["do"] == "dumps":
            keep_dumps(shelf, job["release"], _teller(send))
        else:
            make_difference(shelf, job["before"], job["after"])
    except ClipgraphError as error:
        kind = next((kind for known, kind in _KINDS.items() if isinstance(error, known)), "unavailable")
        return json_frame(ERROR, {"kind": kind, "message": str(error)})
    except MemoryError:
        return json_frame(ERROR, {"kind": "out-of-memory", "message": ""})
    except (OSError, ValueError, RuntimeError) as error:
        full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
        kind = "no-space" if full else "engine"
        return json_frame(ERROR, {"kind": kind, "message": f"{type(error).__name__}: {error}"})
    return json_frame(END, {})


def _teller(send: Send) -> Tell:
    """Return what sends how far the work is, and for how many seconds it has been at it."""
    begun = time.monotonic()

    def tell(done: int, total: int) -> None:
        seconds = round(time.monotonic() - begun, 3)
        send(json_frame(DATA, {"done": done, "total": total, "seconds": seconds}))

    return tell


if __name__ == "__main__":
    work(_perform)
