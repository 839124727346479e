"""The worker process for derived files: ``python -m clipgraph.releases.worker SOCKET PARENT MEMORY``."""

from pathlib import Path

from clipgraph.errors import ClipgraphError, NotFound
from clipgraph.releases.differences import make_difference
from clipgraph.releases.shelf import Shelf
from clipgraph.workers.frames import END, ERROR, json_frame
from clipgraph.workers.output import Send
from clipgraph.workers.worker import Job, work


def _perform(job: Job, _: Send) -> bytes:
    """Write the difference of two releases; return the last frame: END, or ERROR with what failed."""
    try:
        make_difference(Shelf(Path(job["data"])), job["before"], job["after"])
    except ClipgraphError as error:
        kind = "not-found" if isinstance(error, NotFound) else "unavailable"
        return json_frame(ERROR, {"kind": kind, "message": str(error)})
    except MemoryError:
        return json_frame(ERROR, {"kind": "out-of-memory", "message": ""})
    except (OSError, ValueError, RuntimeError) as error:
        return json_frame(ERROR, {"kind": "engine", "message": f"{type(error).__name__}: {error}"})
    return json_frame(END, {})


if __name__ == "__main__":
    work(_perform)
