"""The socket that a service listens on, and the files that it may have open."""

import errno
import resource
import socket

from clipgraph.errors import Unavailable

BACKLOG = 512
_OTHER_FILES = 100


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket.

    Raises:
        Unavailable: the port is taken, or the address is not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With its protocol named, asyncio sets TCP_NODELAY on what it accepts; without, small answers wait 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        where = f"{host}:{port}"
        if error.errno == errno.EADDRINUSE:
            raise Unavailable(f"{where} is taken by another program: choose a port with --port N") from error
        raise Unavailable(f"cannot listen on {where}: {error.strerror or error}") from error
    return listener


def make_room(connections: int, workers: int) -> int:
    """Let this process open the files it needs; returns how many connections it has room for.

    Each connection is a file, and may have an answer on disk; each worker is two files and a watch.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    others = _OTHER_FILES + 3 * workers
    needed = 2 * connections + others
    if soft != resource.RLIM_INFINITY and soft < needed:
        soft = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    if soft == resource.RLIM_INFINITY or soft >= needed:
        return connections
    room = (soft - others) // 2
    if room < 1:
        raise Unavailable(f"{soft} open files are too few for {workers} workers: raise the limit (ulimit -n)")
    return room
