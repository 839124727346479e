"""Servers on loopback that are no engines: each says what it is told to, byte for byte, over TLS or not."""

import socket
import ssl
import threading
from contextlib import suppress
from pathlib import Path
from typing import Self

_HEAD_END = b"\r\n\r\n"


class Liar:
    """Answers every request with these bytes and closes; ``asked`` has the requests.

    ``certificate`` is a file with a key and a certificate, for TLS.
    """

    def __init__(self, answer: bytes, certificate: Path | None = None) -> None:
        self._answer, self.asked = answer, list[bytes]()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._listen)
        self._context: ssl.SSLContext | None = None
        if certificate:
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._context.load_cert_chain(certificate)
        scheme = "https" if certificate else "http"
        self.url = f"{scheme}://127.0.0.1:{self._socket.getsockname()[1]}/sparql"

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:  # it was closed
                return
            with suppress(OSError), connection:
                self._serve(connection)

    def _serve(self, connection: socket.socket) -> None:
        connection.settimeout(10)
        if self._context:
            connection = self._context.wrap_socket(connection, server_side=True)
        received = b""
        while _HEAD_END not in received:
            received += connection.recv(65536)
        head, _, body = received.partition(_HEAD_END)
        lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
        while lengths and len(body) < int(lengths[0].split(b":")[1]):
            body += connection.recv(65536)
        self.asked.append(head + _HEAD_END + body)
        connection.sendall(self._answer)

    def __enter__(self) -> Self:
        """Start."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End."""
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()


def said(
    body: bytes, media_type: str = "application/sparql-results+json", status: str = "200 OK", **headers: str
) -> bytes:
    """Return a response with its length; ``_`` in names of headers stands for ``-``."""
    told = {"Content-Type": media_type, "Content-Length": str(len(body))}
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"{name}: {value}" for name, value in told.items() if value]
    return f"HTTP/1.1 {status}\r\n".encode() + "\r\n".join(lines).encode() + _HEAD_END + body
