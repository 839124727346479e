"""A bare store served for the conformance tests, and the book of what they find."""

import json
import os
import subprocess
import sys
from collections.abc import Generator, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx2
import pytest

from conformance.cases import read_cases
from conformance.outcomes import Outcome, Outcomes, read_exceptions
from conformance.over_http import Endpoint
from conformance.requirements import Requirement, requirement_of
from conformance.stand_ins import ENDPOINTS, StandIns, address
from conftest import CLIPGRAPH, Running

_OUTCOMES = pytest.StashKey[Outcomes]()
_MEMORY = Path("/dev/shm")  # noqa: S108  # a release a test is many small files, and none has to last


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_OUTCOMES] = {}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Expect the listed exceptions among the requirements, and let the page be judged when all have run."""
    exceptions = read_exceptions()
    for item in items:
        reason = exceptions.get(_name(item))
        if reason and _requirement(item):
            item.add_marker(pytest.mark.xfail(reason=reason, strict=True))
    items.sort(key=lambda item: item.path.name == "test_page.py")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Write down how the test of a requirement ended."""
    report = yield
    requirement, found = _requirement(item), item.config.stash[_OUTCOMES]
    if requirement and (report.when == "call" or report.failed):
        failure = "" if report.passed else call.excinfo.exconly() if call.excinfo else "failed"
        before = found.get(_name(item))  # with other parameters
        if before is None or not before.service:
            found[_name(item)] = Outcome(requirement, None, failure)
    return report


def _requirement(item: pytest.Item) -> Requirement | None:
    """Return the requirement that a test, or its parameter, is marked with."""
    if not isinstance(item, pytest.Function):
        return None
    parameters = item.callspec.params.values() if hasattr(item, "callspec") else ()
    return next(filter(None, map(requirement_of, (item.function, *parameters))), None)


def _name(item: pytest.Item) -> str:
    """Return the name of a test as exceptions and page have it: without parameters that only vary it."""
    requirement = _requirement(item)
    if requirement and requirement.test:
        return requirement.name
    return getattr(item, "originalname", item.name).removeprefix("test_")


@pytest.fixture(scope="session")
def outcomes(pytestconfig: pytest.Config) -> Outcomes:
    """What has been found so far, by the name of the test."""
    return pytestconfig.stash[_OUTCOMES]


@pytest.fixture(scope="session")
def exceptions() -> dict[str, str]:
    return read_exceptions()


@pytest.fixture(scope="session")
def stand_ins() -> Iterator[StandIns]:
    made = StandIns(read_cases())
    with made.server:
        yield made


@pytest.fixture(scope="session")
def engine_verdicts(stand_ins: StandIns) -> dict[str, str]:
    """How the engine alone fails each test of the suites; empty where it passes."""
    paths = os.pathsep.join(filter(None, sys.path))
    program = [sys.executable, "-m", "conformance.engine", stand_ins.server.url]
    found = subprocess.run(
        program, check=True, stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": paths}
    )
    verdicts: dict[str, str] = json.loads(found.stdout)
    return verdicts


@pytest.fixture(scope="session")
def data() -> Iterator[Path]:
    """A folder for releases, in memory where there is one."""
    memory = _MEMORY if os.access(_MEMORY, os.W_OK) else None
    with TemporaryDirectory(dir=memory, prefix="clipgraph-conformance-") as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def endpoint(data: Path, stand_ins: StandIns, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """The service over an empty project, and a maintainer's token for it."""
    project = ["--project", str(tmp_path_factory.mktemp("empty")), "--data", str(data)]
    bare = ["--shapes", "none", "--rules", "none", "--default-graph", "own"]
    aliases = json.dumps({iri: address(iri, stand_ins.server.url) for iri in ENDPOINTS})
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLIPGRAPH_SERVICE_ALIASES", aliases)
        running = Running([*project, *bare, *(f"--federate={iri}" for iri in ENDPOINTS)])
    create = [*CLIPGRAPH, "token", "create", "conformance", "--role", "maintainer", *project]
    token = subprocess.run(create, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
    with httpx2.Client(base_url=running.url, timeout=60) as client:
        del client.headers["accept"]
        yield Endpoint(client, token, stand_ins)
    running.stop()
