"""Where log records go: standard error, as text or JSON, without ever holding up who writes them."""

import json
import logging
import queue
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from logging.handlers import QueueHandler, QueueListener

from clipgraph.web.notes import request_id

_MOST_WAITING = 10_000
_SECONDS_TO_FINISH = 2.0


class LogForm(StrEnum):
    """How the log is written; ``off`` leaves out the requests and keeps warnings, as text."""

    TEXT = "text"
    JSON = "json"
    OFF = "off"


@contextmanager
def logging_as(form: LogForm) -> Iterator[None]:
    """Write the log to standard error within the block."""
    records: queue.Queue[logging.LogRecord] = queue.Queue(_MOST_WAITING)
    out = logging.StreamHandler(sys.stderr)
    out.setFormatter(_Json() if form is LogForm.JSON else _Text())
    listener = QueueListener(records, out)
    handler = _Handler(records)
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    logging.getLogger("clipgraph").setLevel(logging.WARNING if form is LogForm.OFF else logging.INFO)
    listener.start()
    try:
        yield
    finally:
        root.removeHandler(handler)
        # Whoever reads the log may have stopped to: then the rest is lost, and the end is not held up.
        last = threading.Thread(target=listener.stop, daemon=True)
        last.start()
        last.join(_SECONDS_TO_FINISH)


class _Handler(QueueHandler):
    """Hands records on; drops them while nobody reads the log."""

    def prepare(self, record: logging.LogRecord) -> logging.LogRecord:
        """Add the id of the request that the record belongs to, which the other thread does not know."""
        record.request_id = request_id.get()
        return record

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  # the library's name
        """Drop the record: the queue is full."""


def _time(record: logging.LogRecord) -> str:
    moment = datetime.fromtimestamp(record.created, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


class _Text(logging.Formatter):
    """One line for a person."""

    def format(self, record: logging.LogRecord) -> str:
        """Return time, level, message, client and id."""
        facts = getattr(record, "facts", {})
        line = f"{_time(record)} {record.levelname.lower()} {record.getMessage()}"
        known = {"client": facts.get("client"), "id": getattr(record, "request_id", "")}
        line += "".join(f" {name}={value}" for name, value in known.items() if value)
        trace = f"\n{self.formatException(record.exc_info)}" if record.exc_info else ""
        return line.replace("\r", "\\r").replace("\n", "\\n") + trace


class _Json(logging.Formatter):
    """One JSON object in a line, for programs."""

    def format(self, record: logging.LogRecord) -> str:
        """Return time, level, logger and message, and the facts of a request."""
        entry = {"time": _time(record), "level": record.levelname.lower(), "logger": record.name}
        facts = getattr(record, "facts", None)
        if facts is None:
            entry |= {"message": record.getMessage(), "id": getattr(record, "request_id", "")}
        if record.exc_info:
            entry["trace"] = self.formatException(record.exc_info)
        return json.dumps(entry | (facts or {}), default=str)
