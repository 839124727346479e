"""What a worker gives up before it works: network, memory beyond a cap, life without its parent.

Linux only; standard library only. The filter is classic BPF set through prctl(2), which needs no privilege
(https://docs.kernel.org/userspace-api/seccomp_filter.html).
"""

import ctypes
import os
import platform
import resource
import signal
import struct

_PR_SET_PDEATHSIG, _PR_GET_SECCOMP, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 21, 22, 38
_MODE_FILTER = 2
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06  # BPF: ld abs word, jeq, jge, ret
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 13  # SECCOMP_RET_ALLOW, SECCOMP_RET_ERRNO | EACCES
_AF_UNIX, _IO_URING_SETUP, _X32_CALLS = 1, 425, 0x40000000
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16  # offsets in struct seccomp_data (little endian)
# machine: (AUDIT_ARCH_*, number of socket(2))
_MACHINES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}


def refuse_network() -> bool:
    """Make the kernel refuse every new socket but AF_UNIX, for this process and what it starts.

    io_uring is refused too: it opens sockets past any filter. Another instruction set than the
    machine's own (32-bit calls) is refused whole.

    Returns:
        Whether the filter is set; false where the kernel or the machine has none.
    """
    known = _MACHINES.get(platform.machine())
    if known is None:
        return False
    architecture, socket = known
    program = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 0, 7, architecture),  # a foreign instruction set: refuse
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 5, 0, _X32_CALLS),
        (_EQUAL, 4, 0, _IO_URING_SETUP),
        (_EQUAL, 0, 2, socket),  # anything else than socket(): allow
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
        (_EQUAL, 0, 1, _AF_UNIX),  # another family: refuse
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    code = b"".join(struct.pack("HBBI", *instruction) for instruction in program)
    buffer = ctypes.create_string_buffer(code, len(code))
    header = struct.pack("HxxxxxxP", len(program), ctypes.addressof(buffer))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.create_string_buffer(header), 0, 0) == 0)


def cap_memory(limit: int) -> None:
    """Cap the private memory of this process at ``limit`` bytes and leave no core files.

    RLIMIT_DATA, not RLIMIT_AS: the store maps its files, which costs address space and not memory.
    """
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def die_with(parent: int) -> None:
    """End this process as soon as ``parent`` ends, even by SIGKILL."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it ended before the line above
        os._exit(1)


def set_deadline(seconds: float) -> None:
    """Let the kernel end this process by SIGALRM after ``seconds``; 0 takes the deadline away.

    The default action is kept, so that the process ends even inside the engine and without its parent.
    """
    signal.setitimer(signal.ITIMER_REAL, seconds)


def network_filter_exists() -> bool:
    """Tell whether refuse_network can work here, without setting anything."""
    supported = ctypes.CDLL(None).prctl(_PR_GET_SECCOMP, 0, 0, 0, 0) >= 0
    return platform.machine() in _MACHINES and supported
