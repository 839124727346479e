"""What stands behind every connection that a federated worker opens: its owner, who asks what is listed.

The kernel stops the worker at socket(2) until its owner has put one end of a pair in its place and kept the
other (https://man7.org/linux/man-pages/man2/seccomp_unotify.2.html). So whatever address a query names, the
request arrives here, and only a request for an endpoint of the job is passed on.
"""

import asyncio
import errno
import fcntl
import os
import select
import socket
import struct

from clipgraph.workers.questions import HOST, Questions

_METHOD = b"POST /"
_LARGEST_HEAD, _LARGEST_QUERY = 2**16, 2**23
_MOST_CONNECTIONS = 16  # at a time
# ioctl(2) numbers and structures of linux/seccomp.h
_RECEIVE, _SEND, _ADD = 0xC0502100, 0xC0182101, 0x40182103
_NOTIFICATION, _RESPONSE, _DESCRIPTOR = (
    struct.Struct("QIIiIQ6Q"),
    struct.Struct("QqiI"),
    struct.Struct("QIIII"),
)


class Gate:
    """The gate of one worker; ``listener`` is what filters.gate_network returned there."""

    def __init__(self, listener: int) -> None:
        self._listener = listener
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(listener, self._knock)
        self._serving: set[asyncio.Task[None]] = set()
        self._questions: Questions | None = None

    def open(self, questions: Questions) -> None:
        """Let the worker ask the endpoints of a job."""
        self._questions = questions

    def shut(self) -> None:
        """End what is under way, and let nothing through until it is opened again."""
        self._questions = None
        for task in self._serving:
            task.cancel()

    def close(self) -> None:
        """Let go of the worker's connections for good."""
        self.shut()
        if self._listener >= 0:
            self._loop.remove_reader(self._listener)
            os.close(self._listener)
            self._listener = -1

    def _knock(self) -> None:
        """Answer a socket(2) that the worker waits in."""
        watch = select.poll()
        watch.register(self._listener, select.POLLIN)
        seen = dict(watch.poll(0)).get(self._listener, 0)
        if seen & (select.POLLHUP | select.POLLERR):
            self._loop.remove_reader(self._listener)  # the worker has ended
        if not seen & select.POLLIN:
            return
        notification = bytearray(_NOTIFICATION.size)
        try:
            fcntl.ioctl(self._listener, _RECEIVE, notification)
        except OSError:  # it was ended meanwhile
            return
        number = _NOTIFICATION.unpack(notification)[0]
        given, refusal = -1, errno.EMFILE
        if len(self._serving) < _MOST_CONNECTIONS:
            given, refusal = self._connect(number)
        with_error = _RESPONSE.pack(number, max(given, 0), -refusal, 0)
        try:
            fcntl.ioctl(self._listener, _SEND, bytearray(with_error))
        except OSError:  # as above
            return

    def _connect(self, number: int) -> tuple[int, int]:
        """Put a connection to us into the worker; return its descriptor there, or -1 and an error number."""
        try:
            ours, theirs = socket.socketpair()
        except OSError as error:
            return -1, error.errno or errno.EMFILE
        with theirs:
            described = _DESCRIPTOR.pack(number, 0, theirs.fileno(), 0, os.O_CLOEXEC)
            try:
                given = fcntl.ioctl(self._listener, _ADD, bytearray(described))
            except OSError as error:
                ours.close()
                return -1, error.errno or errno.EACCES
        task = self._loop.create_task(self._serve(ours))
        self._serving.add(task)
        task.add_done_callback(self._serving.discard)
        return given, 0

    async def _serve(self, ours: socket.socket) -> None:
        """Answer the one request of a connection."""
        reader, writer = await asyncio.open_connection(sock=ours, limit=_LARGEST_HEAD)
        questions = self._questions
        try:
            request = await _request(reader)
            if questions is not None:
                writer.write(_response(*await questions.answer(request)))
                await writer.drain()
        except (OSError, EOFError):
            pass  # the worker let go of it
        finally:
            writer.close()


async def _request(reader: asyncio.StreamReader) -> tuple[int, str] | None:
    """Return the number of the endpoint that is asked, and what; None where that is no such request."""
    try:
        if await reader.readexactly(len(_METHOD)) != _METHOD:  # TLS, for one, which would wait for us
            return None
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        line, *fields = head.removesuffix("\r\n\r\n").split("\r\n")
        headers = {name.lower(): value.strip() for name, value in (field.split(":", 1) for field in fields)}
        number = line.removesuffix(" HTTP/1.1")
        length = int(headers["content-length"])
        if headers["host"] != HOST or number != str(int(number)) or not 0 <= length <= _LARGEST_QUERY:
            return None
        return int(number), (await reader.readexactly(length)).decode()
    except (asyncio.LimitOverrunError, KeyError, ValueError):
        return None


def _response(status: str, media_type: str, body: bytes) -> bytes:
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {len(body)}\r\n"
        "Connection: close\r\n\r\n"
    )
    return head.encode() + body
