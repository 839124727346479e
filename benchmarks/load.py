"""Load from another process: wrk, with the requests of a file, each once (https://github.com/wg/wrk)."""

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_SCRIPT = Path(__file__).with_name("requests.lua")


@dataclass(frozen=True)
class Loaded:
    """What came of a load: answers per second, latencies in milliseconds, and what was no 2xx or 3xx."""

    per_second: float
    p50: float
    p99: float
    requests: int
    refused: int
    broken: int


def write_requests(path: Path, requests: Sequence[tuple[str, str]]) -> Path:
    """Write requests, pairs of a path with its query string and an Accept header, for ``load``."""
    path.write_text("".join(f"{target}\t{accept}\n" for target, accept in requests), encoding="ascii")
    return path


def load(url: str, requests: Path, start: int, seconds: float, connections: int = 16) -> Loaded:
    """Send requests for some seconds, over so many connections, one at a time on each.

    Args:
        url: of the service, without a path.
        requests: see ``write_requests``; after the last comes the first.
        start: the first one.
        seconds: how long.
        connections: how many.

    Raises:
        RuntimeError: an answer was a refusal, or there was none; or there is no wrk.
    """
    if shutil.which("wrk") is None:
        raise RuntimeError("no wrk on the path: it is Debian's package of that name; make bench installs it")
    command = [
        "wrk",
        "-t1",
        f"-c{connections}",
        f"-d{seconds:g}s",
        "--timeout",
        "30s",
        "-s",
        str(_SCRIPT),
        url,
    ]
    environment = os.environ | {"REQUESTS": str(requests), "START": str(start)}
    told = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    found = json.loads(told.strip().splitlines()[-1])
    loaded = Loaded(
        found["requests"] * 1e6 / found["microseconds"],
        found["p50"] / 1000,
        found["p99"] / 1000,
        found["requests"],
        found["refused"],
        found["broken"],
    )
    if loaded.refused or loaded.broken:
        raise RuntimeError(
            f"{url}: {loaded.refused} answers are refusals, {loaded.broken} did not come: {told}"
        )
    return loaded
