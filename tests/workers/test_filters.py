"""What the kernel refuses a process with a filter, or leaves to another; each in a process of its own."""

import subprocess
import sys

import pytest

from clipgraph.workers.filters import network_filter_exists, network_gate_exists

NETWORK = """
import socket, subprocess, sys
from clipgraph.workers import filters
assert filters.refuse_network()
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
from clipgraph.workers import filters
assert filters.refuse_network()
libc = ctypes.CDLL(None, use_errno=True)
assert libc.syscall(425, 1, ctypes.create_string_buffer(256)) == -1
assert ctypes.get_errno() == 13
"""
GATE = """
import ctypes, os, socket, subprocess, sys
from clipgraph.workers import filters
gate = filters.gate_network()
os.close(gate)  # nobody answers any more
for family, kind in (
    (socket.AF_INET, socket.SOCK_DGRAM),
    (socket.AF_INET, socket.SOCK_RAW),
    (socket.AF_INET6, socket.SOCK_STREAM),
    (socket.AF_NETLINK, socket.SOCK_RAW),
    (socket.AF_PACKET, socket.SOCK_RAW),
    (socket.AF_UNIX, socket.SOCK_STREAM),
    (socket.AF_VSOCK, socket.SOCK_STREAM),
):
    try:
        socket.socket(family, kind)
    except PermissionError:
        continue
    sys.exit(f"{family}, {kind} is open")
try:
    socket.socket(socket.AF_INET, socket.SOCK_STREAM)
except OSError as error:
    assert error.errno == 38, error  # ENOSYS: waited for an answer that cannot come
else:
    sys.exit("TCP is open")
libc = ctypes.CDLL(None, use_errno=True)
assert libc.syscall(425, 1, ctypes.create_string_buffer(256)) == -1  # io_uring
assert ctypes.get_errno() == 13
child = "import socket; socket.socket(socket.AF_INET)"
assert subprocess.run([sys.executable, "-c", child], stderr=subprocess.DEVNULL).returncode == 1
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


def test_a_gate_that_nobody_holds_lets_nothing_through() -> None:
    assert network_gate_exists()

    done = run(GATE)

    assert (done.returncode, done.stderr) == (0, "")
