"""A worker process: ``python -m MODULE SOCKET PARENT MEMORY [GATE]``; this module is the one for queries.

Takes one job after the other from an inherited socket, each under a deadline that the kernel keeps. Through a
second socket, GATE, where there is one, its parent gets what every connection of this process depends on.
"""

import json
import os
import socket
import sys
from collections.abc import Callable
from typing import Any

from clipgraph.workers import confinement, filters, queries
from clipgraph.workers.frames import END, ERROR, HEADER, JOB, json_frame
from clipgraph.workers.output import Gathered, Send, Unwritable
from clipgraph.workers.stores import Stores, Unreadable

Job = dict[str, Any]
# Does one job, sending frames meanwhile; returns the last frame, END or ERROR, or the last few.
Perform = Callable[[Job, Send], bytes]


def _receive(channel: socket.socket, size: int) -> bytes:
    """Return exactly ``size`` bytes, or end this process when the other side is gone."""
    received = bytearray()
    while len(received) < size:
        piece = channel.recv(size - len(received))
        if not piece:
            os._exit(0)
        received += piece
    return bytes(received)


def receive_frame(channel: socket.socket) -> tuple[bytes, bytes]:
    """Return the next frame, kind and payload, that this process is sent."""
    kind, length = HEADER.unpack(_receive(channel, HEADER.size))
    return kind, _receive(channel, length)


def _job(channel: socket.socket) -> Job:
    kind, payload = receive_frame(channel)
    while kind != JOB:  # what a job was fed that had failed already
        kind, payload = receive_frame(channel)
    job: Job = json.loads(payload)
    return job


def _query(stores: Stores, job: Job, send: Send) -> bytes:
    """Answer a query and return the last frame: END, behind all others where these are short, or ERROR."""
    gathered = Gathered(send)
    try:
        queries.answer(stores, job, gathered.send)
        rest = gathered.rest()
    except SyntaxError as error:
        failure = ("syntax", str(error))
    except queries.NoFormat as error:
        failure = ("not-acceptable", str(error))
    except Unwritable as error:
        failure = ("unwritable", str(error))
    except Unreadable as error:
        failure = ("store", str(error))
    except MemoryError:
        failure = ("out-of-memory", "")
    except PermissionError as error:
        failure = ("network", str(error))
    except (OSError, ValueError, RuntimeError) as error:
        # Without sockets a host name cannot be looked up either, which the engine reports in its own words.
        refused = "failed to lookup address" in str(error)
        unknown = "is not supported" in str(error)  # a function that the engine does not have
        kind = "network" if refused else "unsupported" if unknown else "engine"
        failure = (kind, f"{error}" if unknown else f"{type(error).__name__}: {error}")
    else:
        return rest + json_frame(END, {})
    return json_frame(ERROR, dict(zip(("kind", "message"), failure, strict=True)))


def _hand_over_network(parent: socket.socket) -> None:
    """Set the filter that leaves every connection to the parent; end this process where that cannot be."""
    with parent:
        try:
            gate = filters.gate_network()
        except OSError as error:
            sys.exit(f"no gate to the network: {error}")
        socket.send_fds(parent, [b"g"], [gate])
    os.close(gate)  # whoever holds it could let a connection through


def confine() -> socket.socket:
    """Confine this process as its arguments say, and return the socket through which it is given jobs."""
    descriptor, parent, memory, *gate = (int(argument) for argument in sys.argv[1:])
    confinement.die_with(parent)
    if gate:
        _hand_over_network(socket.socket(fileno=gate[0]))
    else:
        filters.refuse_network()
    confinement.cap_memory(memory)
    confinement.expect_deadlines()
    return socket.socket(fileno=descriptor)


def work(perform: Perform, channel: socket.socket | None = None) -> None:
    """Do jobs until the other side of the socket is gone; this process is confined first where it is not."""
    channel = channel or confine()
    while True:
        job = _job(channel)
        confinement.set_deadline(job["deadline"])
        last = perform(job, channel.sendall)
        # Before the last word: whoever hears it may send the next job, which this deadline must not end.
        confinement.set_deadline(0)
        channel.sendall(last)


def main() -> None:
    """Work on queries."""
    stores = Stores()
    work(lambda job, send: _query(stores, job, send))


if __name__ == "__main__":
    main()
