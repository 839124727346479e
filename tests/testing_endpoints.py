"""Endpoints for tests of federation: SPARQL on a small store, one that answers as told, one that counts."""

import json
import select
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs

import pyoxigraph as ox

JSON = "application/sparql-results+json"
# Status, headers and body of an answer to a query; the path is given, too.
Answer = tuple[int, dict[str, str], bytes]
Answering = Callable[[str, str], Answer]

_NOTHING = b'{"head":{"vars":["s"]},"results":{"bindings":[]}}'
_EMPTY = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\nConnection: close\r\n"
    b"Content-Length: %d\r\n\r\n%s" % (len(_NOTHING), _NOTHING)
)


class Endpoint:
    """A web server on loopback; ``asked`` has path and query of every request, from any method."""

    def __init__(self, answering: Answering) -> None:
        self.asked: list[tuple[str, str]] = []
        self.agents: list[str] = []
        self.is_asked = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler(answering))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self.url = f"http://127.0.0.1:{self._server.server_port}/sparql"

    def _handler(self, answering: Answering) -> type[BaseHTTPRequestHandler]:
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
                query = parse_qs(body).get("query", [body])[0]
                endpoint.asked.append((self.path, query))
                endpoint.agents.append(self.headers.get("User-Agent", ""))
                endpoint.is_asked.set()
                status, headers, answer = answering(self.path, query)
                self.send_response(status)
                for name, value in (
                    {"Content-Length": str(len(answer)), "Connection": "close"} | headers
                ).items():
                    self.send_header(name, value)
                self.end_headers()
                with suppress(ConnectionError):  # whoever asked is gone
                    self.wfile.write(answer)
                self.close_connection = True

            do_GET = do_POST  # noqa: N815

            def log_message(self, *_: object) -> None:
                pass

        return Handler

    def __enter__(self) -> Self:
        """Start."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def sparql(turtle: str) -> Answering:
    """Return what answers SPARQL from a store with these triples."""
    store = ox.Store()
    store.load(turtle.encode(), ox.RdfFormat.TURTLE)

    def answer(_: str, query: str) -> Answer:
        results = store.query(query)
        assert isinstance(results, ox.QuerySolutions)
        return 200, {"Content-Type": JSON}, results.serialize(format=ox.QueryResultsFormat.JSON) or b""

    return answer


def told(status: int, body: bytes = b"", seconds: float = 0, **headers: str) -> Answering:
    """Return what always answers the same, after some seconds; ``_`` in names of headers stands for ``-``."""

    def answer(_: str, __: str) -> Answer:
        time.sleep(seconds)
        return status, {name.replace("_", "-"): value for name, value in headers.items()}, body

    return answer


def rows(*values: str) -> bytes:
    """Return SPARQL results in JSON with these IRIs as ``?s``."""
    bindings = [{"s": {"type": "uri", "value": value}} for value in values]
    return json.dumps({"head": {"vars": ["s"]}, "results": {"bindings": bindings}}).encode()


class Listener:
    """A socket on loopback that answers with empty results and counts connections."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=512)
        self._end, self._ended = socket.socketpair()
        self._thread = threading.Thread(target=self._listen)
        self.connections = 0
        self.port: int = self._socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def _listen(self) -> None:
        while self._ended not in select.select([self._socket, self._ended], [], [])[0]:
            connection, _ = self._socket.accept()
            self.connections += 1
            with connection:
                connection.settimeout(1)
                try:
                    connection.recv(65536)
                    connection.sendall(_EMPTY)
                except OSError:
                    pass

    def __enter__(self) -> Self:
        """Start."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End."""
        self._end.close()
        self._thread.join()
        self._socket.close()
        self._ended.close()
