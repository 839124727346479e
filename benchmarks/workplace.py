"""What is measured on: graphs of each size, published and as N-Quads, made once and kept below build/."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from services import ROOT, Service, environment_of, serving

KEPT = ROOT / "build" / "bench"


@dataclass(frozen=True)
class Graph:
    """A graph that is published: ``data`` is the folder of releases, the files are the same quads.

    ``merge`` has the default graph alone, as N-Triples. ``triples`` counts the default graph.
    """

    name: str
    project: Path
    data: Path
    quads: Path
    merge: Path
    triples: int


def graph(size: int) -> Graph:
    """Return the project's own graph for 0, else a generated one with so many triples in its files."""
    name = f"generated {size:,}" if size else "the project's"
    folder = KEPT / (f"generated-{size}" if size else "own")
    project = folder / "project" if size else ROOT
    told = folder / "graph.json"
    if not told.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        if size:
            clipgraph("bench", "generate", str(project), "--triples", str(size), "--project", str(ROOT))
        shapes = "project" if size <= _VALIDATED else "none"
        where = ("--project", str(project), "--data", str(folder / "data"))
        clipgraph("publish", *where, "--shapes", shapes)
        triples = _dump(folder)
        told.write_text(json.dumps({"triples": triples}), encoding="utf-8")
    triples = json.loads(told.read_text(encoding="utf-8"))["triples"]
    return Graph(name, project, folder / "data", folder / "quads" / "all.nq", folder / "merge.nt", triples)


_VALIDATED = 100_000  # beyond, a publish is not asked to judge what the generator makes fit


def _dump(folder: Path) -> int:
    """Write the quads of the release; returns how many triples its default graph has."""
    store = ox.Store.read_only(str(folder / "data" / "releases" / "1" / "store"))
    (folder / "quads").mkdir()
    store.dump(str(folder / "quads" / "all.nq"), format=ox.RdfFormat.N_QUADS)
    store.dump(str(folder / "merge.nt"), format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    with (folder / "merge.nt").open("rb") as lines:
        return sum(1 for _ in lines)


def clipgraph(*arguments: str) -> str:
    """Run a command of this checkout; returns what it prints."""
    command = [sys.executable, "-m", "clipgraph", *arguments]
    environment = environment_of(ROOT)
    return subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


@contextmanager
def served(graph: Graph, **settings: str) -> Iterator[Service]:
    """Serve a graph with all limits, policy, log and metrics on, for many clients behind a proxy."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "log").open("wb") as log:
        behind = {"trusted_proxies": "127.0.0.1"} | settings
        with serving(ROOT, graph.data, behind, graph.project, log) as service:
            yield service


@contextmanager
def scratch() -> Iterator[Path]:
    """Yield a folder for the time of the block, on the disk that graphs are on."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="peer-", dir=KEPT) as folder:
        yield Path(folder)
