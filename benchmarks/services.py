"""A clipgraph service that a measurement starts for itself, over a copy of a published release."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[1]
_SECONDS_TO_END = 20


@dataclass(frozen=True)
class Service:
    """A running service: where it answers, without a slash at the end, and its process."""

    url: str
    process: int


@contextmanager
def copied(data: Path) -> Iterator[Path]:
    """Copy a folder of releases for the time of the block: what is measured changes nothing there."""
    with tempfile.TemporaryDirectory(prefix="clipgraph-benchmark-") as folder:
        copy = Path(folder) / "data"
        shutil.copytree(data, copy, ignore=shutil.ignore_patterns("staging", "lock"))
        yield copy


def environment_of(checkout: Path) -> dict[str, str]:
    """Return the environment in which the code of a checkout runs, with nothing set of it.

    Its bytecode is kept from one start to the next, as that of an installed package is: to compile what
    a service imports takes a third of a second.
    """
    without = ("CLIPGRAPH_", "PYTHONDONTWRITEBYTECODE")
    ours = {name: text for name, text in os.environ.items() if not name.startswith(without)}
    return ours | {"PYTHONPATH": str(checkout / "src")}


@contextmanager
def serving(
    checkout: Path,
    data: Path,
    settings: Mapping[str, str],
    project: Path | None = None,
    log: IO[bytes] | None = None,
) -> Iterator[Service]:
    """Serve with the code of a checkout for the time of the block.

    Args:
        checkout: has src/ and the project's files.
        data: the folder of releases.
        settings: ``CLIPGRAPH_…`` by the rest of their names.
        project: another project than the checkout.
        log: where each request is told; nowhere without.

    Raises:
        RuntimeError: it does not start; its own words are on standard error.
    """
    environment = environment_of(checkout) | {"PYTHONUNBUFFERED": "1"}
    environment |= {f"CLIPGRAPH_{name.upper()}": text for name, text in settings.items()}
    command = [sys.executable, "-m", "clipgraph", "serve", "--port", "0"]
    command += ["--log", "text" if log else "off", "--project", str(project or checkout), "--data", str(data)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True, env=environment) as process:
        try:
            yield Service(_address(process), process.pid)
        finally:
            process.terminate()
            try:
                process.wait(_SECONDS_TO_END)
            except subprocess.TimeoutExpired:
                process.kill()


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        if "clipgraph serves" in line:
            return line.split(" at ", 1)[1].split(" (", 1)[0]
    raise RuntimeError(f"the service ended with {process.wait()}")
