"""The worker process for guests: ``python -m clipgraph.guests.worker SOCKET PARENT MEMORY``."""

from pathlib import Path

from clipgraph.errors import ClipgraphError, Unavailable
from clipgraph.guests.building import build_beside, build_files
from clipgraph.guests.files import GuestFile
from clipgraph.releases.shelf import Shelf
from clipgraph.workers.frames import END, ERROR, json_frame
from clipgraph.workers.output import Send
from clipgraph.workers.worker import Job, work


def _perform(job: Job, _: Send) -> bytes:
    """Read files, or put them beside a release; return the last frame: END, or ERROR with what failed."""
    shelf = Shelf(Path(job["data"]))
    try:
        if "number" in job:
            build_beside(shelf, job["digest"], job["number"])
        else:
            files = [GuestFile(Path(path), graph, base) for path, graph, base in job["files"]]
            build_files(shelf, job["digest"], files)
    except Unavailable as error:
        return json_frame(ERROR, {"kind": "unavailable", "message": str(error)})
    except ClipgraphError as error:
        return json_frame(ERROR, {"kind": "input", "message": str(error)})
    except MemoryError:
        return json_frame(ERROR, {"kind": "out-of-memory", "message": ""})
    except (OSError, ValueError, RuntimeError) as error:
        return json_frame(ERROR, {"kind": "unavailable", "message": str(error)})
    return json_frame(END, {})


if __name__ == "__main__":
    work(_perform)
