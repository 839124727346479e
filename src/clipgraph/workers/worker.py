"""A worker process: ``python -m MODULE SOCKET PARENT MEMORY [GATE]``; this module is the one for queries.

Takes one job after the other from an inherited socket, each under a deadline that the kernel keeps. Through a
second socket, GATE, where there is one, its parent gets what every connection of this process depends on.
"""

import os
import select
import socket
import sys
from collections.abc import Callable
from typing import Any

from clipgraph.workers import confinement, filters, queries
from clipgraph.workers.frames import END, ERROR, HEADER, json_frame, read_job
from clipgraph.workers.output import Gathered, Send, Unwritable
from clipgraph.workers.stores import Stores, Unreadable

_AT_ONCE = 1 << 16  # bytes that are read at a time
Job = dict[str, Any]
# Does one job, sending frames meanwhile; returns the last frame, END or ERROR, or the last few.
Perform = Callable[[Job, Send], bytes]


class Owner:
    """Who gives this process its jobs, over a socket; one look at that brings all that is there."""

    def __init__(self, channel: socket.socket) -> None:
        self._channel, self._rest = channel, b""
        self._come = select.poll()
        self._come.register(channel, select.POLLIN)
        self.send = channel.sendall

    def frame(self) -> tuple[bytes, bytes]:
        """Return the next frame, kind and payload; ends this process when the other side is gone."""
        self._fill(HEADER.size)
        kind, length = HEADER.unpack_from(self._rest)
        end = HEADER.size + length
        self._fill(end)
        payload, self._rest = self._rest[HEADER.size : end], self._rest[end:]
        return kind, payload

    def _fill(self, size: int) -> None:
        """Wait until so many bytes are there."""
        if len(self._rest) >= size:
            return
        pieces, there = [self._rest], len(self._rest)
        while there < size:
            self._come.poll()
            piece = self._channel.recv(max(_AT_ONCE, size - there))
            if not piece:
                os._exit(0)
            pieces.append(piece)
            there += len(piece)
        self._rest = b"".join(pieces)


def _job(owner: Owner) -> Job:
    job = None
    while job is None:  # what comes else is what a job was fed that had failed already
        job = read_job(*owner.frame())
    return job


_END = json_frame(END, {})


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
        return rest + _END
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


def confine() -> Owner:
    """Confine this process as its arguments say, and return who gives it jobs."""
    descriptor, parent, memory, *gate = (int(argument) for argument in sys.argv[1:])
    confinement.die_with(parent)
    if gate:
        _hand_over_network(socket.socket(fileno=gate[0]))
    else:
        filters.refuse_network()
    confinement.cap_memory(memory)
    confinement.expect_deadlines()
    return Owner(socket.socket(fileno=descriptor))


def work(perform: Perform, owner: Owner | None = None) -> None:
    """Do jobs until their owner is gone; this process is confined first where it is not."""
    owner = owner or confine()
    while True:
        job = _job(owner)
        confinement.set_deadline(job["deadline"])
        last = perform(job, owner.send)
        # Before the last word: whoever hears it may send the next job, which this deadline must not end.
        confinement.set_deadline(0)
        owner.send(last)


def main() -> None:
    """Work on queries."""
    stores = Stores()
    work(lambda job, send: _query(stores, job, send))


if __name__ == "__main__":
    main()
