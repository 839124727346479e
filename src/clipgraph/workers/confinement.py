"""What a worker gives up before it works: memory beyond a cap, life without its parent, time without end.

Linux only; standard library only. The network is in filters.py.
"""

import ctypes
import os
import resource
import signal

_PR_SET_PDEATHSIG = 1


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
