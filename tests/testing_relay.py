"""A relay on loopback: hands every request on to a service, as it came, and remembers what was asked."""

import http.client
import threading
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from urllib.parse import parse_qs, urlsplit

_HOP = {"connection", "keep-alive", "transfer-encoding", "te", "trailer", "upgrade", "host"}


@dataclass(frozen=True)
class Asked:
    """A request: its method, Accept header, media type, the query it carries; and the status it got."""

    method: str
    accept: str
    media_type: str
    query: str
    status: int


class Relay:
    """Stands in front of the service at ``target`` (``http://host:port``); ``url`` is what to ask instead."""

    def __init__(self, target: str) -> None:
        self.asked: list[Asked] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(urlsplit(target).netloc, self.asked))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        """Start."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _handler(netloc: str, asked: list[Asked]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            behind = http.client.HTTPConnection(netloc, timeout=60)
            headers = {name: value for name, value in self.headers.items() if name.lower() not in _HOP}
            behind.request(self.command, self.path, body or None, headers)
            answer = behind.getresponse()
            content = answer.read()
            asked.append(self._asked(body, answer.status))
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in _HOP | {"content-length", "date", "server"}:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            with suppress(ConnectionError):  # whoever asked is gone
                self.wfile.write(content)
            behind.close()

        do_GET = do_POST  # noqa: N815

        def _asked(self, body: bytes, status: int) -> Asked:
            kind = self.headers.get("Content-Type", "").partition(";")[0]
            form = body.decode() if kind == "application/x-www-form-urlencoded" else ""
            query = parse_qs(urlsplit(self.path).query).get("query") or parse_qs(form).get("query")
            text = query[0] if query else body.decode()
            return Asked(self.command, self.headers.get("Accept", ""), kind, text, status)

        def log_message(self, *_: object) -> None:
            pass

    return Handler
