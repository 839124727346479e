"""What travels between a process and its worker: frames of a kind, a length and a payload.

Standard library only: a worker imports this.
"""

import json
import struct
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

HEADER = struct.Struct(">cI")

JOB = b"J"  # to the worker: JSON, see clipgraph.workers.queries
QUERY = b"Q"  # to the worker: the same of a query, of which most is the same as of the one before
HEAD = b"H"  # from the worker: JSON, before the first byte of an answer
DATA = b"D"  # a piece of the answer
ASKING = b"A"  # from the worker: JSON; it waits for what it is to be fed: HEAD, DATA…, then END or ERROR
FINISHING = b"F"  # from here on the job is not to be ended
END = b"E"  # JSON; the answer is whole
ERROR = b"X"  # JSON with "kind" and "message"; there is no (more) answer

# Larger frames cost fewer turns of the event loop; smaller ones reach the reader sooner.
PIECE = 64 * 1024


def frame(kind: bytes, payload: bytes) -> bytes:
    """Return the bytes of one frame."""
    return HEADER.pack(kind, len(payload)) + payload


def json_frame(kind: bytes, value: dict[str, Any]) -> bytes:
    """Return the bytes of one frame with a JSON payload."""
    return frame(kind, json.dumps(value).encode())


_QUERY = struct.Struct(">dI")


@dataclass(frozen=True, slots=True)
class QueryJob:
    """The job of a query in parts: its text, and everything else but the deadline in JSON."""

    alike: bytes
    text: str


def job_frame(job: dict[str, Any] | QueryJob, deadline: float) -> bytes:
    """Return the frame that hands over a job, which has so many seconds."""
    if not isinstance(job, QueryJob):
        return json_frame(JOB, job | {"deadline": deadline})
    # As JSON would have it: what is no text in UTF-8 is for the engine to refuse.
    text = job.text.encode("utf-8", "surrogatepass")
    return frame(QUERY, b"".join((_QUERY.pack(deadline, len(job.alike)), job.alike, text)))


def read_job(kind: bytes, payload: bytes) -> dict[str, Any] | None:
    """Return the job of a frame; None where it hands over none."""
    if kind == QUERY:
        deadline, length = _QUERY.unpack_from(payload)
        end = _QUERY.size + length
        text = payload[end:].decode("utf-8", "surrogatepass")
        return {**_alike(payload[_QUERY.size : end]), "query": text, "deadline": deadline}
    job: dict[str, Any] | None = json.loads(payload.decode()) if kind == JOB else None
    return job


@lru_cache(64)
def _alike(encoded: bytes) -> dict[str, Any]:
    alike: dict[str, Any] = json.loads(encoded)
    return alike
