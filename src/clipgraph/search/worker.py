"""The worker process of the search: ``python -m clipgraph.search.worker SOCKET PARENT MEMORY``.

Makes the index of a release, and answers questions from indexes, the last two of which it keeps open.
"""

import json
import sqlite3
from collections import OrderedDict
from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast

from clipgraph.search.answering import Index, answer, suggest
from clipgraph.search.building import Queries, Select, build
from clipgraph.search.files import make
from clipgraph.search.questions import question_of
from clipgraph.workers.answers import read_rows
from clipgraph.workers.frames import DATA, END, ERROR, PIECE, frame, json_frame
from clipgraph.workers.output import Send
from clipgraph.workers.stores import Stores, Unreadable
from clipgraph.workers.worker import Job, work

_OPEN = 2


class _Indexes:
    """The indexes that are open."""

    def __init__(self) -> None:
        self._open: OrderedDict[str, Index] = OrderedDict()

    def forget(self, path: str) -> None:
        """Close an index that turned out to be damaged."""
        index = self._open.pop(path, None)
        if index is not None:
            index.close()

    def get(self, path: str) -> Index:
        """Return the open index; raises sqlite3.Error where the file is none."""
        if path not in self._open:
            self._open[path] = Index(path)
            if len(self._open) > _OPEN:
                self._open.popitem(last=False)[1].close()
        self._open.move_to_end(path)
        return self._open[path]


def _make(stores: Stores, job: Job) -> None:
    def write(path: Path) -> None:
        build(_select(stores, job), Queries(**job["queries"]), path)

    make(Path(job["path"]), write)


def _select(stores: Stores, job: Job) -> Select:
    """Return what evaluates queries: on the job's ``store``, or the answers it has, files by queries."""
    if "answers" in job:
        return lambda text: read_rows(Path(job["answers"][text]))
    store = stores.open(job["store"])
    return lambda text: cast("Iterable[Any]", store.query(text))


def _perform(indexes: _Indexes, stores: Stores, job: Job, send: Send) -> bytes:
    """Do a job, ``make``, ``answer`` or ``suggest``, and return the last frame."""
    try:
        if job["do"] == "make":
            _make(stores, job)
            return json_frame(END, {})
        index = indexes.get(job["path"])
        told: Any
        if job["do"] == "answer":
            told = answer(index, question_of(job["question"]))
        else:
            told = suggest(index, job["words"], job["order"])
    except sqlite3.Error as error:
        indexes.forget(job["path"])
        return _failure("index", error)
    except Unreadable as error:
        return _failure("store", error)
    except MemoryError:
        return json_frame(ERROR, {"kind": "out-of-memory", "message": ""})
    except (OSError, ValueError, RuntimeError, SyntaxError) as error:
        return _failure("engine", error)
    body = json.dumps(told).encode()
    for start in range(0, len(body), PIECE):
        send(frame(DATA, body[start : start + PIECE]))
    return json_frame(END, {})


def _failure(kind: str, error: Exception) -> bytes:
    return json_frame(ERROR, {"kind": kind, "message": f"{type(error).__name__}: {error}"})


def main() -> None:
    """Work on jobs of the search."""
    indexes, stores = _Indexes(), Stores()
    work(lambda job, send: _perform(indexes, stores, job, send))


if __name__ == "__main__":
    main()
