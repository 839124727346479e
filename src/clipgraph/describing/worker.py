"""The worker process of descriptions: ``python -m clipgraph.describing.worker SOCKET PARENT MEMORY``.

Counts a release (``count``), or reads what a publish counted; writes a document about one in a format
(``write``), also one that was published with it (``place``).
"""

from pathlib import Path

from clipgraph.describing.account import Account
from clipgraph.describing.counting import CountingQueries, count
from clipgraph.describing.documents import describe
from clipgraph.describing.figures import Figures
from clipgraph.describing.files import read_figures, write_figures
from clipgraph.describing.identifiers import VOID, placed
from clipgraph.describing.sayings import said_in
from clipgraph.describing.serving import serving_of
from clipgraph.describing.told import told_figures
from clipgraph.errors import ClipgraphError, Unavailable
from clipgraph.rdf.formats import GRAPHS
from clipgraph.rdf.lines import read_lines
from clipgraph.rdf.writing import write
from clipgraph.releases.dumps import Dump, Offer
from clipgraph.releases.shelf import Shelf
from clipgraph.sparql.library import LibraryQuery
from clipgraph.workers.frames import DATA, END, ERROR, PIECE, frame, json_frame
from clipgraph.workers.output import Send
from clipgraph.workers.stores import Stores, Unreadable
from clipgraph.workers.worker import Job, work

# What the many small parts of a description are called shortly by.
_PREFIXES = {"part": VOID + "#"}
_FORMATS = {form.name: form for form in GRAPHS}


class _Worker:
    """What a worker keeps open: stores, and the figures it read last."""

    def __init__(self) -> None:
        self._stores = Stores()
        self._read_last: tuple[str, Figures] | None = None

    def perform(self, job: Job, send: Send) -> bytes:
        """Do a job and return the last frame."""
        try:
            if job["do"] == "count":
                self._count(job)
            else:
                body = _place(job) if job["do"] == "place" else self._write(job)
                for start in range(0, len(body), PIECE):
                    send(frame(DATA, body[start : start + PIECE]))
        except MemoryError:
            return json_frame(ERROR, {"kind": "out-of-memory", "message": ""})
        except (ClipgraphError, Unreadable) as error:
            return json_frame(ERROR, {"kind": "unavailable", "message": str(error)})
        except (OSError, ValueError, RuntimeError, SyntaxError) as error:
            return json_frame(ERROR, {"kind": "engine", "message": f"{type(error).__name__}: {error}"})
        return json_frame(END, {})

    def _count(self, job: Job) -> None:
        store = self._stores.open(job["store"])
        figures = told_figures(store, job["told"]) if job["told"] is not None else None
        if figures is None:
            figures = count(store, CountingQueries(**job["queries"]), said_in(store))
        write_figures(Path(job["path"]), figures)

    def _write(self, job: Job) -> bytes:
        account = Account(
            Shelf(Path(job["data"])).read(job["release"]),
            self._read(job["figures"]) if job["figures"] else None,
            said_in(self._stores.open(job["store"])),
            tuple((Dump if "sha256" in each else Offer)(**each) for each in job["dumps"]),
            serving_of(job["serving"]),
            job["pinned"],
            tuple(LibraryQuery(**each) for each in job["examples"]),
        )
        return write(describe(job["document"], account), _FORMATS[job["format"]], _PREFIXES)

    def _read(self, path: str) -> Figures:
        if self._read_last is None or self._read_last[0] != path:
            figures = read_figures(Path(path))
            if figures is None:  # the next who asks finds nothing there, and has them counted
                Path(path).unlink(missing_ok=True)
                raise Unavailable(f"{path} could not be read; try again")
            self._read_last = (path, figures)
        return self._read_last[1]


def _place(job: Job) -> bytes:
    """Return a published document in a format, with the addresses of the service that tells it."""
    triples = read_lines(Path(job["path"]).read_bytes())
    return write(placed(triples, job["origin"], dumps=False), _FORMATS[job["format"]], _PREFIXES)


if __name__ == "__main__":
    work(_Worker().perform)
