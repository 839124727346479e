"""Who is measured beside us: each a server of its own on loopback, with the same quads."""

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

from services import ROOT

MERGE = "https://w3id.org/clipgraph/graph/merge"
_PATIENCE = 300.0  # seconds
# What the tests start it with, too; here it has more memory and time, and keeps more connections.
_FORM = ROOT / "tests" / "virtuoso.ini"
_VIRTUOSO = {
    "extend": 2000,
    "remap": 20000,
    "buffers": 340_000,
    "dirty": 250_000,
    "memory": "2G",
    "idle": 30,
    "kept": 100,
    "rows": 100_000_000,
    "seconds": 600,
}


@dataclass(frozen=True)
class Peer:
    """A running SPARQL endpoint: its address without a path, the path, and its process.

    ``asking`` are parameters of each query, such as the graph that is its default graph here.
    """

    name: str
    url: str
    path: str
    process: int
    asking: dict[str, str] = field(default_factory=dict)

    def target(self, query: str) -> str:
        """Return path and query string of a query."""
        return f"{self.path}?{urlencode({'query': query} | self.asking, quote_via=quote)}"


@contextmanager
def oxigraph(store: Path) -> Iterator[Peer]:
    """Run ``oxigraph serve-read-only`` over a store that ``load_oxigraph`` made."""
    port = _free_ports(1)[0]
    command = [
        _program("oxigraph"),
        "serve-read-only",
        "--location",
        str(store),
        "--bind",
        f"127.0.0.1:{port}",
    ]
    with _running(command, store.parent, f"http://127.0.0.1:{port}/query") as process:
        yield Peer("oxigraph", f"http://127.0.0.1:{port}", "/query", process)


def load_oxigraph(store: Path, *files: Path, optimise: bool = True) -> None:
    """Make a store of files with Oxigraph's own bulk loader, and optimise it as it advises."""
    command = [_program("oxigraph"), "load", "--location", str(store)]
    subprocess.run([*command, *(f"--file={file}" for file in files)], check=True, capture_output=True)
    if optimise:
        optimising = [_program("oxigraph"), "optimize", "--location", str(store)]
        subprocess.run(optimising, check=True, capture_output=True)


def has_virtuoso() -> bool:
    """Tell whether Virtuoso 7 and its SQL client are installed."""
    return all(shutil.which(program) for program in ("virtuoso-t", "isql-vt"))


@contextmanager
def virtuoso(folder: Path, quads: Path) -> Iterator[Peer]:
    """Run Virtuoso 7 with the quads of an N-Quads file, loaded by its own bulk loader.

    Triples of the default graph are in a graph named MERGE there, which queries ask for their default graph.
    """
    sql, web = _free_ports(2)
    settings = folder / "virtuoso.ini"
    form = _FORM.read_text(encoding="utf-8")
    readable = f"{folder}, {quads.parent}"
    settings.write_text(form.format(folder=folder, readable=readable, sql=sql, web=web, **_VIRTUOSO))
    command = ["virtuoso-t", "+foreground", "+configfile", str(settings)]
    with _running(command, folder, f"http://127.0.0.1:{web}/sparql") as process:
        load = f"ld_dir('{quads.parent}', '{quads.name}', '{MERGE}'); rdf_loader_run(); checkpoint;"
        isql = ["isql-vt", f"127.0.0.1:{sql}", "dba", "dba", "VERBOSE=OFF", f"EXEC={load}"]
        subprocess.run(isql, check=True, capture_output=True)
        asking = {"default-graph-uri": MERGE}
        yield Peer("virtuoso", f"http://127.0.0.1:{web}", "/sparql", process, asking)


@contextmanager
def rdflib_endpoint(folder: Path, triples: Path) -> Iterator[Peer]:
    """Run rdflib-endpoint over an N-Triples file, in memory."""
    port = _free_ports(1)[0]
    program = folder / "serve.py"
    program.write_text(
        "import sys, uvicorn\nfrom rdflib import Graph\nfrom rdflib_endpoint import SparqlEndpoint\n"
        "graph = Graph()\ngraph.parse(sys.argv[1], format='nt')\n"
        "uvicorn.run(SparqlEndpoint(graph=graph, path='/'), port=int(sys.argv[2]), log_level='error')\n"
    )
    command = [sys.executable, str(program), str(triples), str(port)]
    with _running(command, folder, f"http://127.0.0.1:{port}/") as process:
        yield Peer("rdflib-endpoint", f"http://127.0.0.1:{port}", "/", process)


def _program(name: str) -> str:
    """Return a program of this environment."""
    return str(Path(sys.executable).with_name(name))


@contextmanager
def _running(command: list[str], folder: Path, url: str) -> Iterator[int]:
    output = folder / f"{Path(command[0]).name}.output"
    with (
        output.open("wb") as file,
        subprocess.Popen(command, cwd=folder, stdout=file, stderr=file) as process,
    ):
        try:
            _wait(process, url, output)
            yield process.pid
        finally:
            process.kill()  # what it holds is thrown away


def _wait(process: subprocess.Popen[bytes], url: str, output: Path) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}?query=ASK%7B%7D", timeout=30):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise RuntimeError(f"{process.args!r} does not answer: {output.read_text(errors='replace')[-500:]}")


def _free_ports(number: int) -> list[int]:
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(number)]
        return [each.getsockname()[1] for each in sockets]
