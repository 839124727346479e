"""What tests share: the real graph in memory, and a real service over a published release."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import httpx2
import pytest
from hypothesis import settings

from clipgraph.rdf.reading import in_graph
from clipgraph.rdf.terms import Store
from clipgraph.releases.building import build_dataset
from clipgraph.sources.graphs import INFERENCES, graph_files, role_of
from clipgraph.sources.project import Project
from clipgraph.sparql.library import read_library
from testing_engines import EngineServer, oxigraph_server, virtuoso_server

settings.register_profile("house", deadline=None)  # no test asserts a time
settings.load_profile("house")
ROOT = Path(__file__).resolve().parents[1]
CLIPGRAPH = [sys.executable, "-m", "clipgraph"]


class Running:
    """A clipgraph service of its own process; ``url`` has no slash at its end."""

    def __init__(
        self,
        arguments: list[str],
        patience: float = 60,
        environment: dict[str, str] | None = None,
        log: Path | None = None,
    ) -> None:
        with log.open("wb") if log else nullcontext() as stderr:
            self.process = subprocess.Popen(
                [*CLIPGRAPH, "serve", "--port", "0", *arguments],
                stdout=subprocess.PIPE,
                stderr=stderr,
                text=True,
                env=os.environ | {"PYTHONUNBUFFERED": "1"} | (environment or {}),
            )
        self.url = self._address(time.monotonic() + patience)

    def _address(self, until: float) -> str:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if "clipgraph serves" in line:
                return line.split(" at ", 1)[1].split(" (", 1)[0]
            assert time.monotonic() < until, "the service did not start in time"
        raise AssertionError(f"the service ended with {self.process.wait()}")

    def workers(self) -> list[int]:
        """Return the process ids of its workers."""
        return workers_of(self.process.pid)

    def stop(self) -> None:
        """End it as Ctrl-C does, and make sure of it."""
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()


def make_token(data: Path, role: str = "maintainer") -> str:
    """Return a new token of a role for the service over a folder of releases."""
    made = subprocess.run(
        [*CLIPGRAPH, "token", "create", f"a-{role}", "--role", role, "--data", str(data), "--format", "json"],
        check=True,
        capture_output=True,
        text=True,
    )
    return str(json.loads(made.stdout)["token"])


def workers_of(parent: int, module: str = "clipgraph.workers.worker") -> list[int]:
    """Return the process ids of the workers of a kind that a process started, from /proc."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                command = (folder / "cmdline").read_bytes().split(b"\0")
            except OSError:  # it ended meanwhile
                continue
            if module.encode() in command and str(parent).encode() in command:
                found.append(int(folder.name))
    return found


@pytest.hookimpl(tryfirst=True)  # before the groups are read
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of a file in one process, which shares what they share; conformance is in one.

    pytest 9.2 keeps names of tests that xdist 3.8 cannot extend by a group: until a newer one can, they are
    spread singly, and conformance, whose page is about all of it, runs by itself (see the Makefile).
    """
    for item in items:
        folder = item.path.relative_to(ROOT / "tests").parts[0]
        group = folder if folder == "conformance" else str(item.path)
        item.add_marker(pytest.mark.xdist_group(group))


@pytest.fixture(scope="session")
def project() -> Project:
    return Project(ROOT)


@pytest.fixture(scope="session")
def reference() -> Path:
    """The folder of the reference files, which are not in the repository."""
    folder = Path(os.environ.get("CLIPGRAPH_REFERENCE", ROOT.parent / "shared/reference"))
    if not (folder / "identifiers.tsv").is_file():
        reason = f"no reference files in {folder}: CLIPGRAPH_REFERENCE names their folder"
        if os.environ.get("CLIPGRAPH_REQUIRE_ALL") == "1":
            pytest.fail(reason)
        # The reference files are working material that stands beside a checkout and is not published with it.
        pytest.skip(reason)
    return folder


@pytest.fixture(scope="session")
def graph(project: Project) -> Store:
    """The whole graph as a release holds it, in memory: merged default graph, named graphs, inferences."""
    files = graph_files(project)
    quads = [in_graph(statement, file.iri) for file in files for statement in file.statements()]
    rules = read_library(project.queries, "rules")
    return build_dataset(quads, lambda iri: role_of(iri).merged, rules, INFERENCES)


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which the project is published."""
    data = tmp_path_factory.mktemp("data")
    subprocess.run([*CLIPGRAPH, "publish", "--project", str(ROOT), "--data", str(data)], check=True)
    return data


@pytest.fixture(scope="session")
def service(published: Path) -> Iterator[Running]:
    """A service over the published project, shared by the tests that only read, as often as they like."""
    often = {"CLIPGRAPH_RATE": "1000000/minute"}
    running = Running(["--project", str(ROOT), "--data", str(published)], environment=often)
    yield running
    running.stop()


@pytest.fixture(scope="session")
def client(service: Running) -> Iterator[httpx2.Client]:
    """A client of the service that follows no redirects and sends no Accept of its own."""
    with httpx2.Client(base_url=service.url, timeout=60) as client:
        del client.headers["accept"]
        yield client


@pytest.fixture
def data_copy(published: Path, tmp_path: Path) -> Path:
    """A copy of the published data folder, for a test that writes."""
    return Path(shutil.copytree(published, tmp_path / "data"))


@pytest.fixture(scope="session")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineServer]:
    """An Oxigraph server, which is empty at first; whoever puts something there takes it away again."""
    with oxigraph_server(tmp_path_factory.mktemp("oxigraph")) as server:
        yield server


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineServer]:
    """A Virtuoso 7, which is empty at first; whoever puts something there takes it away again."""
    with virtuoso_server(tmp_path_factory.mktemp("virtuoso")) as server:
        yield server
