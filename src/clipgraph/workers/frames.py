"""What travels between a process and its worker: frames of a kind, a length and a payload.

Standard library only: a worker imports this.
"""

import json
import struct
from typing import Any

HEADER = struct.Struct(">cI")

JOB = b"J"  # to the worker: JSON, see clipgraph.workers.queries
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
