"""A door in front of an engine, on loopback: open, shut, slow, or one that lets half an answer through."""

import select
import socket
import threading
from contextlib import suppress
from typing import Literal, Self
from urllib.parse import urlsplit

State = Literal["open", "shut", "slow", "cut"]
_CUT_AFTER = 2000  # bytes of an answer


class Door:
    """Leads to the engine at a URL; ``state`` may be changed at any time, for connections that come then."""

    def __init__(self, url: str) -> None:
        self._target = urlsplit(url)
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._ended = threading.Event()
        self._threads: list[threading.Thread] = []
        self.state: State = "open"
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}{self._target.path}"

    def __enter__(self) -> Self:
        """Start."""
        self._start(self._listen)
        return self

    def __exit__(self, *_: object) -> None:
        """End."""
        self._ended.set()
        for thread in self._threads:
            thread.join()
        self._socket.close()

    def _start(self, work: object, *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _listen(self) -> None:
        while not self._ended.is_set():
            if select.select([self._socket], [], [], 0.05)[0]:
                connection, _ = self._socket.accept()
                self._start(self._serve, connection)

    def _serve(self, connection: socket.socket) -> None:
        with connection:
            if self.state == "shut":
                return  # closed before it said anything
            with socket.create_connection((self._target.hostname, self._target.port)) as engine:
                self._pass_on(connection, engine)

    def _pass_on(self, connection: socket.socket, engine: socket.socket) -> None:
        passed, state = 0, self.state
        while not self._ended.is_set() and self.state == state:
            for side in select.select([connection, engine], [], [], 0.05)[0]:
                with suppress(OSError):
                    piece = side.recv(65536)
                    if not piece or (side is engine and state == "cut" and passed > _CUT_AFTER):
                        return
                    if side is connection:
                        engine.sendall(piece)
                    elif state != "slow":
                        passed += len(piece)
                        connection.sendall(piece[:_CUT_AFTER] if state == "cut" else piece)
                    continue
                return
