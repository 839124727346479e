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
_X32_CALLS = 0x40000000
_NUMBER, _ARCHITECTURE = 0, 4  # offsets in struct seccomp_data
_ANYWHERE = (425, 438)  # io_uring_setup opens sockets past any filter; pidfd_getfd takes another's
# machine: (AUDIT_ARCH_*, numbers of socket, connect, ptrace, process_vm_readv, process_vm_writev)
_MACHINES = {
    "x86_64": (0xC000003E, (41, 42, 101, 310, 311)),
    "aarch64": (0xC00000B7, (198, 203, 117, 270, 271)),
}


def refuse_network() -> bool:
    """Make the kernel refuse every new socket and connection, for this process and what it starts.

    AF_UNIX too: a name service or a container engine behind such a socket is a way out. The socket that
    a worker inherits needs none of these calls. Another instruction set than the machine's own (32-bit
    calls) is refused whole.

    Returns:
        Whether the filter is set; false where the kernel or the machine has none.
    """
    known = _MACHINES.get(platform.machine())
    if known is None:
        return False
    program = _program(*known)
    code = b"".join(struct.pack("HBBI", *instruction) for instruction in program)
    buffer = ctypes.create_string_buffer(code, len(code))
    header = struct.pack("HxxxxxxP", len(program), ctypes.addressof(buffer))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.create_string_buffer(header), 0, 0) == 0)


def _program(architecture: int, calls: tuple[int, ...]) -> list[tuple[int, int, int, int]]:
    """Return the filter: instructions of (code, jump if true, jump if false, operand)."""
    refused = (*calls, *_ANYWHERE)
    checks = [(_EQUAL, len(refused) - place, 0, call) for place, call in enumerate(refused)]
    return [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 0, len(refused) + 3, architecture),  # a foreign instruction set: refuse
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, len(refused) + 1, 0, _X32_CALLS),
        *checks,
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]


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


def expect_deadlines() -> None:
    """Let SIGALRM end this process, whatever its parent did with that signal."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGALRM})


def set_deadline(seconds: float) -> None:
    """Let the kernel end this process by SIGALRM after ``seconds``; 0 takes the deadline away.

    The default action is kept, so that the process ends even inside the engine and without its parent;
    see expect_deadlines.
    """
    signal.setitimer(signal.ITIMER_REAL, seconds)


def network_filter_exists() -> bool:
    """Tell whether refuse_network can work here, without setting anything."""
    supported = ctypes.CDLL(None).prctl(_PR_GET_SECCOMP, 0, 0, 0, 0) >= 0
    return platform.machine() in _MACHINES and supported
