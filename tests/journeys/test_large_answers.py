"""A million rows pass through the web process without staying in it (issue 3: must show)."""

import re
import time
from collections.abc import Iterator
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

import pytest

from conftest import Running

NUMBERS = " ".join(str(number) for number in range(1000, 2000))
# With a random column, so that no answer is kept.
QUERY = f"SELECT ?a ?b (IF(RAND() < 2, 1, 2) AS ?c) {{ VALUES ?a {{ {NUMBERS} }} VALUES ?b {{ {NUMBERS} }} }}"
ROWS = 1_000_000
MOST_GROWTH = 50 * 10**6


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("large")
    (folder / "p").mkdir()
    running = Running(["--project", str(folder / "p"), "--data", str(folder / "d"), "--shapes", "none"])
    yield running
    running.stop()


def resident(pid: int) -> int:
    """Return the resident memory of a process in bytes."""
    match = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    assert match is not None
    return int(match[1]) * 1024


def read(service: Running, rate: int | None) -> tuple[int, int]:
    """Read the answer, no faster than ``rate`` bytes a second; return its rows and the most memory."""
    lines, most, got, began = 0, 0, 0, time.monotonic()
    connection = HTTPConnection(service.url.removeprefix("http://"), timeout=60)
    connection.request("GET", f"/sparql?query={quote(QUERY)}&format=csv")
    answer = connection.getresponse()
    assert answer.status == HTTPStatus.OK
    while piece := answer.read(65536):
        got += len(piece)
        lines += piece.count(b"\n")
        most = max(most, resident(service.process.pid))
        if rate:
            time.sleep(max(0, began + got / rate - time.monotonic()))
    connection.close()
    return lines - 1, most  # the first line names the columns


@pytest.mark.timeout(240)
@pytest.mark.parametrize("rate", [None, 10**6], ids=["full speed", "1 MB/s"])
def test_a_million_rows_do_not_stay_in_the_web_process(bare: Running, rate: int | None) -> None:
    read(bare, None)  # so that what the first answer needs is there already
    before = resident(bare.process.pid)

    rows, most = read(bare, rate)

    assert rows == ROWS
    print(f"the web process grew by {(most - before) / 1e6:.1f} MB")
    assert most - before < MOST_GROWTH
