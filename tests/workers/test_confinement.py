"""What a confined process can no longer do; each in a process of its own."""

import subprocess
import sys

import pytest

from clipgraph.workers.confinement import network_filter_exists

NETWORK = """
import socket, subprocess, sys
from clipgraph.workers import confinement
assert confinement.refuse_network()
ours, theirs = socket.socketpair()  # what a worker inherits goes on working
ours.sendall(b"x")
assert theirs.recv(1) == b"x"
for family in (socket.AF_INET, socket.AF_INET6, socket.AF_NETLINK, socket.AF_PACKET, socket.AF_UNIX):
    try:
        socket.socket(family)
    except PermissionError:
        continue
    sys.exit(f"{family} is open")
child = "import socket; socket.socket(socket.AF_INET)"
assert subprocess.run([sys.executable, "-c", child], stderr=subprocess.DEVNULL).returncode == 1
"""
IO_URING = """
import ctypes
from clipgraph.workers import confinement
assert confinement.refuse_network()
libc = ctypes.CDLL(None, use_errno=True)
assert libc.syscall(425, 1, ctypes.create_string_buffer(256)) == -1
assert ctypes.get_errno() == 13
"""
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


@pytest.mark.parametrize("code", [NETWORK, IO_URING], ids=["sockets", "io_uring"])
def test_the_kernel_refuses_the_network_and_nothing_else(code: str) -> None:
    assert network_filter_exists()

    done = run(code)

    assert (done.returncode, done.stderr) == (0, "")


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
