"""Engines that others made, for tests: each a process of its own on loopback, with nothing in it at first."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest

from clipgraph.remote.addresses import Address, Credentials, read_address

_PATIENCE = 60.0  # seconds
# For tests a small one, as Virtuoso comes; its keep-alives are those it has without a setting.
_VIRTUOSO = {
    "extend": 200,
    "remap": 2000,
    "buffers": 4000,
    "dirty": 3000,
    "memory": "200M",
    "idle": 10,
    "kept": 10,
    "seconds": 60,
}


@dataclass(frozen=True)
class EngineServer:
    """A running engine: where it is asked, updated, and where its graphs are; and who may write there.

    ``sql`` is where Virtuoso takes SQL (``host:port``), empty for others.
    """

    process: subprocess.Popen[bytes]
    query: str
    update: str
    graphs: str
    auth: httpx2.Auth | None = None
    sql: str = ""

    @property
    def address(self) -> Address:
        """Where it is, as clipgraph is told."""
        who = Credentials("dba", "dba", scheme="digest") if self.auth else Credentials()
        return read_address(self.query, self.update, self.graphs, who)

    def put(self, turtle: str, graph: str = "") -> None:
        """Replace a named graph, or the default graph where none is named."""
        response = httpx2.put(
            self.graphs,
            params={"graph": graph} if graph else {"default": ""},
            content=turtle.encode(),
            headers={"Content-Type": "text/turtle"},
            auth=self.auth,
            timeout=60,
        )
        response.raise_for_status()


@contextmanager
def oxigraph_server(folder: Path, *options: str) -> Iterator[EngineServer]:
    """Run ``oxigraph serve``, whose default graph is a graph of its own, with its store in memory."""
    program = Path(sys.executable).with_name("oxigraph")
    port = _free_ports(1)[0]
    command = [str(program), "serve", "--bind", f"127.0.0.1:{port}"]
    with _running([*command, *options], folder) as process:
        address = f"http://127.0.0.1:{port}"
        _wait(process, f"{address}/query", folder)
        yield EngineServer(process, f"{address}/query", f"{address}/update", f"{address}/store")


@contextmanager
def virtuoso_server(folder: Path, rows: int = 1_000_000) -> Iterator[EngineServer]:
    """Run Virtuoso 7, with its database in a folder; an answer has so many rows at most.

    Its default graph is the union of all graphs. Skips where it is not installed.
    """
    program = shutil.which("virtuoso-t")
    if program is None:
        reason = "no virtuoso-t: apt install virtuoso-opensource-7"
        if os.environ.get("CLIPGRAPH_REQUIRE_ALL") == "1":
            pytest.fail(reason)
        # Virtuoso is a Debian package, which only root can install.
        pytest.skip(reason)
    sql, web = _free_ports(2)
    settings = folder / "virtuoso.ini"
    form = Path(__file__).with_name("virtuoso.ini").read_text(encoding="utf-8")
    settings.write_text(form.format(folder=folder, readable=folder, sql=sql, web=web, rows=rows, **_VIRTUOSO))
    command = [program, "+foreground", "+configfile", str(settings)]
    with _running(command, folder) as process:
        address = f"http://127.0.0.1:{web}"
        _wait(process, f"{address}/sparql", folder)
        yield EngineServer(
            process,
            f"{address}/sparql",
            f"{address}/sparql-auth",
            f"{address}/sparql-graph-crud-auth",
            httpx2.DigestAuth("dba", "dba"),
            f"127.0.0.1:{sql}",
        )


@contextmanager
def _running(command: list[str], folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=subprocess.STDOUT)
    try:
        yield process
    finally:
        process.kill()  # what it holds is thrown away
        process.wait()


def _wait(process: subprocess.Popen[bytes], url: str, folder: Path) -> None:
    """Wait until an engine answers; fails with its last words where it does not."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            if httpx2.get(url, params={"query": "ASK {}"}, timeout=5).is_success:
                return
        except httpx2.HTTPError:
            time.sleep(0.05)
    words = (folder / "output").read_text(errors="replace")[-500:]
    raise AssertionError(f"{process.args!r} does not answer: {words}")


def _free_ports(number: int) -> list[int]:
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(number)]
        return [one.getsockname()[1] for one in sockets]
