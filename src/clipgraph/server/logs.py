"""Where log records go: standard error, as text or JSON, without ever holding up who writes them."""

import json
import logging
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache

from clipgraph.web.notes import request_id

_MOST_WAITING = 10_000
_SECONDS_TO_FINISH = 2.0
_SECONDS_TO_GATHER = 0.05


class LogForm(StrEnum):
    """How the log is written; ``off`` leaves out the requests and keeps warnings, as text."""

    TEXT = "text"
    JSON = "json"
    OFF = "off"


@contextmanager
def logging_as(form: LogForm) -> Iterator[None]:
    """Write the log to standard error within the block."""
    writer = _Writer()
    handler = _Handler(writer)
    handler.setFormatter(_Json() if form is LogForm.JSON else _Text())
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    logging.getLogger("clipgraph").setLevel(logging.WARNING if form is LogForm.OFF else logging.INFO)
    with _without_what_is_not_written():
        try:
            yield
        finally:
            root.removeHandler(handler)
            writer.end()


@contextmanager
def _without_what_is_not_written() -> Iterator[None]:
    """Leave out of records what no line tells: it is most of what a record costs.

    https://docs.python.org/3/howto/logging.html#optimization
    """
    names = ("logThreads", "logProcesses", "logMultiprocessing", "_srcfile")
    before = {name: getattr(logging, name) for name in names}
    for name in names:
        setattr(logging, name, None)
    try:
        yield
    finally:
        for name, value in before.items():
            setattr(logging, name, value)


class _Handler(logging.Handler):
    """Hands lines on; they are made here, as a thread that does would hold up the one that answers."""

    def __init__(self, writer: "_Writer") -> None:
        super().__init__()
        self._writer = writer

    def createLock(self) -> None:  # noqa: N802  # the library's name
        """Have none: handing a line on is one step."""
        self.lock = None

    def emit(self, record: logging.LogRecord) -> None:
        """Hand a record on."""
        try:
            self._writer.put(self.format(record))
        except Exception as error:  # noqa: BLE001  # what cannot be told must not end what tells it
            self._writer.put(f"a record of {record.name} cannot be written: {error}")


class _Writer:
    """Writes lines in a thread of its own, all that have come in a while at once.

    What comes while too many wait is dropped: whoever reads the log may have stopped to.
    """

    def __init__(self) -> None:
        self._lines: deque[str] = deque()
        self._come = threading.Event()
        self._ended = False
        self._thread = threading.Thread(target=self._run, name="log", daemon=True)
        self._thread.start()

    def put(self, line: str) -> None:
        """Take a line to be written."""
        if len(self._lines) < _MOST_WAITING:
            self._lines.append(line)
            if not self._come.is_set():  # so that under load nobody is woken for each
                self._come.set()

    def end(self) -> None:
        """Write the rest, if that is soon done."""
        self._ended = True
        self._come.set()
        self._thread.join(_SECONDS_TO_FINISH)

    def _run(self) -> None:
        while not (self._ended and not self._lines):
            self._come.wait()
            if not self._ended:
                time.sleep(_SECONDS_TO_GATHER)
            self._come.clear()
            lines = [self._lines.popleft() for _ in range(len(self._lines))]
            with suppress(OSError, ValueError):  # nobody reads it any more
                sys.stderr.write("".join(f"{line}\n" for line in lines))
                sys.stderr.flush()


def _time(record: logging.LogRecord) -> str:
    return f"{_second(int(record.created))}.{int(record.msecs):03}Z"


@lru_cache(1)  # of many lines in a second the first alone pays for it
def _second(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")


class _Text(logging.Formatter):
    """One line for a person."""

    def format(self, record: logging.LogRecord) -> str:
        """Return time, level, message, client and id."""
        facts = getattr(record, "facts", {})
        line = f"{_time(record)} {record.levelname.lower()} {record.getMessage()}"
        if client := facts.get("client"):
            line += f" client={client}"
        if name := request_id.get():
            line += f" id={name}"
        trace = f"\n{self.formatException(record.exc_info)}" if record.exc_info else ""
        return line.replace("\r", "\\r").replace("\n", "\\n") + trace


class _Json(logging.Formatter):
    """One JSON object in a line, for programs."""

    def format(self, record: logging.LogRecord) -> str:
        """Return time, level, logger and message, and the facts of a request."""
        entry = {"time": _time(record), "level": record.levelname.lower(), "logger": record.name}
        facts = getattr(record, "facts", None)
        if facts is None:
            entry |= {"message": record.getMessage(), "id": request_id.get()}
        if record.exc_info:
            entry["trace"] = self.formatException(record.exc_info)
        return json.dumps(entry | (facts or {}), default=str)
