"""What a confined process can no longer do; each in a process of its own."""

import subprocess
import sys

import pytest

MEMORY = """
from clipgraph.workers import confinement
confinement.cap_memory(200 << 20)
kept = bytearray(50 << 20)
try:
    bytearray(300 << 20)
except MemoryError:
    print("refused")
"""
DEADLINE = """
from clipgraph.workers import confinement
confinement.set_deadline(60)
confinement.set_deadline({seconds})
{then}
while True:
    pass
"""
ORPHAN = """
import os
from clipgraph.workers import confinement
confinement.die_with(os.getppid() + 1)
print("alive")
"""


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )


def test_memory_beyond_the_cap_is_refused() -> None:
    assert run(MEMORY).stdout == "refused\n"


@pytest.mark.parametrize("seconds", [0.05, 1e-9])
def test_a_deadline_ends_a_busy_process(seconds: float) -> None:
    assert run(DEADLINE.format(seconds=seconds, then="")).returncode == -14


def test_a_deadline_can_be_taken_away() -> None:
    assert run(DEADLINE.format(seconds=0, then="raise SystemExit(3)")).returncode == 3


def test_a_process_whose_parent_is_gone_already_ends() -> None:
    done = run(ORPHAN)

    assert (done.returncode, done.stdout) == (1, "")
