"""The kernel's filters that keep a worker off the network, or leave every connection of its to its owner.

Linux only; standard library only. They are classic BPF, set through prctl(2) or seccomp(2), which needs no
privilege (https://docs.kernel.org/userspace-api/seccomp_filter.html).
"""

import ctypes
import errno
import platform
import socket
import struct
from dataclasses import dataclass

_PR_GET_SECCOMP, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 21, 22, 38
_MODE_FILTER = 2
_SET_FILTER, _NOTIFICATION_SIZES, _NEW_LISTENER = 1, 3, 8  # of seccomp(2)
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06  # BPF: ld abs word, jeq, jge, ret
_ALLOW, _NOTIFY, _ERRNO = 0x7FFF0000, 0x7FC00000, 0x00050000  # SECCOMP_RET_*
_REFUSE, _PRETEND = _ERRNO | errno.EACCES, _ERRNO  # an error of 0 is success, and nothing is done
_X32_CALLS = 0x40000000
_NUMBER, _ARCHITECTURE, _FIRST, _SECOND = 0, 4, 16, 24  # offsets in struct seccomp_data
_ANYWHERE = (425, 438)  # io_uring_setup opens sockets past any filter; pidfd_getfd takes another's
_Instruction = tuple[int, int, int, int]  # code, jump if true, jump if false, operand


@dataclass(frozen=True)
class _Machine:
    """The numbers of an architecture (AUDIT_ARCH_*) and of its system calls."""

    architecture: int
    socket: int
    connect: int
    setsockopt: int
    seccomp: int
    others: tuple[int, ...]  # ptrace, process_vm_readv, process_vm_writev: into other processes


_MACHINES = {
    "x86_64": _Machine(0xC000003E, 41, 42, 54, 317, (101, 310, 311)),
    "aarch64": _Machine(0xC00000B7, 198, 203, 208, 277, (117, 270, 271)),
}


def refuse_network() -> bool:
    """Make the kernel refuse every new socket and connection, for this process and what it starts.

    AF_UNIX too: a name service or a container engine behind such a socket is a way out. The socket that
    a worker inherits needs none of these calls. Another instruction set than the machine's own (32-bit
    calls) is refused whole.

    Returns:
        Whether the filter is set; false where the kernel or the machine has none.
    """
    machine = _MACHINES.get(platform.machine())
    if machine is None:
        return False
    refused = (machine.socket, machine.connect, *machine.others, *_ANYWHERE)
    header, _kept = _program(machine, [_for(call, [_return(_REFUSE)]) for call in refused])
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, header, 0, 0) == 0)


def gate_network() -> int:
    """Leave every new socket of this process to whoever holds the returned descriptor.

    socket(2) for TCP over IPv4 waits until the holder has put a descriptor of its own in its place; every
    other kind is refused. connect(2) and options of TCP then do nothing and succeed. So this process never
    has a socket that could reach anything by itself, whatever address it is told.

    Raises:
        OSError: the kernel (before Linux 5.9) or the machine cannot do that.
    """
    machine = _MACHINES.get(platform.machine())
    if machine is None:
        raise OSError(errno.ENOSYS, f"no filter for {platform.machine()}")
    tcp = socket.SOCK_STREAM | socket.SOCK_CLOEXEC
    is_tcp = [*_unless(_FIRST, socket.AF_INET), *_unless(_SECOND, tcp), _return(_NOTIFY)]
    option = [(_LOAD, 0, 0, _SECOND), (_EQUAL, 0, 1, socket.IPPROTO_TCP), _return(_PRETEND), _return(_ALLOW)]
    blocks = [
        *(_for(call, [_return(_REFUSE)]) for call in (*machine.others, *_ANYWHERE)),
        _for(machine.socket, is_tcp),
        _for(machine.connect, [_return(_PRETEND)]),
        _for(machine.setsockopt, option),
    ]
    header, _kept = _program(machine, blocks)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0:
        descriptor: int = libc.syscall(machine.seccomp, _SET_FILTER, _NEW_LISTENER, header)
        if descriptor >= 0:
            return descriptor
    raise OSError(ctypes.get_errno(), "the kernel hands no sockets to another process")


def _for(call: int, block: list[_Instruction]) -> list[_Instruction]:
    """Return the instructions that run a block, which ends in a return, for one system call."""
    return [(_EQUAL, 0, len(block), call), *block]


def _unless(argument: int, value: int) -> list[_Instruction]:
    """Return the instructions that refuse unless an argument has the value."""
    return [(_LOAD, 0, 0, argument), (_EQUAL, 1, 0, value), _return(_REFUSE)]


def _return(action: int) -> _Instruction:
    return (_RETURN, 0, 0, action)


def _program(
    machine: _Machine, blocks: list[list[_Instruction]]
) -> tuple[ctypes.Array[ctypes.c_char], ctypes.Array[ctypes.c_char]]:
    """Return a filter as the kernel takes it, and the memory it points to; what has no block is allowed."""
    program = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, machine.architecture),
        _return(_REFUSE),  # a foreign instruction set
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 0, 1, _X32_CALLS),
        _return(_REFUSE),
        *(instruction for block in blocks for instruction in block),
        _return(_ALLOW),
    ]
    code = b"".join(struct.pack("HBBI", *instruction) for instruction in program)
    kept = ctypes.create_string_buffer(code, len(code))
    header = struct.pack("HxxxxxxP", len(program), ctypes.addressof(kept))
    return ctypes.create_string_buffer(header), kept


def network_filter_exists() -> bool:
    """Tell whether refuse_network can work here, without setting anything."""
    supported = ctypes.CDLL(None).prctl(_PR_GET_SECCOMP, 0, 0, 0, 0) >= 0
    return platform.machine() in _MACHINES and supported


def network_gate_exists() -> bool:
    """Tell whether gate_network can work here, without setting anything."""
    machine = _MACHINES.get(platform.machine())
    if machine is None:
        return False
    major, minor = (int(part) for part in platform.release().split("-")[0].split(".")[:2])
    sizes = ctypes.create_string_buffer(6)
    asked = ctypes.CDLL(None).syscall(machine.seccomp, _NOTIFICATION_SIZES, 0, sizes)
    return bool(asked == 0 and (major, minor) >= (5, 9))
