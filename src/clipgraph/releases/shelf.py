"""The folder of releases on disk: DATA/releases/<n>/, DATA/current, the lock, staging."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clipgraph.errors import Gone, NotFound, Unavailable
from clipgraph.releases.release import Release, read_release

_LONGEST_NUMBER = 32  # bytes


class Shelf:
    """All releases of one DATA folder.

    Readers need no lock: a release never changes, and ``current`` is switched by a rename.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._pointer = str(root / "current")
        # The pointer's file as it was when it was read last, and what it said.
        self._seen: tuple[tuple[int, int], int] | None = None

    @property
    def releases(self) -> Path:
        """The folder of finished releases."""
        return self.root / "releases"

    @property
    def staging(self) -> Path:
        """The folder in which commits are prepared."""
        return self.root / "staging"

    def current_number(self) -> int | None:
        """Return the number of the current release, or None before the first.

        Raises:
            Unavailable: the pointer cannot be read.
        """
        try:
            # Every request asks, some several times. A pointer is never written to, another takes its place.
            state = os.stat(self._pointer)  # noqa: PTH116  # a Path takes longer
            file = (state.st_ino, state.st_mtime_ns)
            if self._seen is None or self._seen[0] != file:
                self._seen = (file, self._read_pointer())
            return self._seen[1]
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise Unavailable(
                f"{self.root / 'current'} cannot be read ({error}); {self._remedy()}"
            ) from error

    def _read_pointer(self) -> int:
        pointer = os.open(self._pointer, os.O_RDONLY)
        try:
            return int(os.read(pointer, _LONGEST_NUMBER))
        finally:
            os.close(pointer)

    def _remedy(self) -> str:
        return f"write into it the number of a release that is there: {self.numbers() or 'there is none'}"

    def store_path(self, number: int) -> Path:
        """Return the folder of a release's store."""
        return self.releases / str(number) / "store"

    def patch_path(self, number: int) -> Path:
        """Return the file with what a release changed of what its parent states."""
        return self.releases / str(number) / "change.rdfp.gz"

    def read(self, number: int) -> Release:
        """Return what the release says of itself; raises NotFound where it is not kept."""
        path = self.releases / str(number) / "release.json"
        if not path.exists():
            raise NotFound.worded("there is no release %(number)s", number=number)
        return read_release(path)

    def current(self) -> Release | None:
        """Return the current release, or None before the first; raises Unavailable where it is damaged."""
        number = self.current_number()
        if number is None:
            return None
        try:
            return self.read(number)
        except NotFound as error:
            raise Unavailable(
                f"{self.root / 'current'} names release {number}, which is not there; {self._remedy()}"
            ) from error

    def kept(self, wanted: int | None) -> int:
        """Return the number of the release that is asked for, the current one where none is.

        Raises:
            Unavailable: nothing is published.
            NotFound: it is of the future.
            Gone: it is no longer kept.
        """
        current = self.current_number()
        if current is None:
            raise Unavailable("nothing is published yet: run clipgraph publish")
        if wanted is None or wanted == current:
            return current
        if wanted > current:
            raise NotFound.worded(
                "there is no release %(number)s; the current one is %(current)s",
                number=wanted,
                current=current,
            )
        if not self.store_path(wanted).is_dir():
            raise Gone.worded("release %(number)s is no longer kept", number=wanted)
        return wanted

    def state(self, number: int) -> str:  # noqa: ARG002  # as Releases has it
        """Return nothing: a release on a shelf never changes, and none has the number of another."""
        return ""

    def numbers(self) -> list[int]:
        """Return the numbers of the kept releases, rising."""
        if not self.releases.is_dir():
            return []
        return sorted(int(path.name) for path in self.releases.iterdir() if path.name.isdigit())

    def prepare(self) -> None:
        """Make the folders.

        Raises:
            Unavailable: they cannot be made or written.
        """
        try:
            self.releases.mkdir(parents=True, exist_ok=True)
            self.staging.mkdir(exist_ok=True)
        except OSError as error:
            raise Unavailable(
                f"cannot write to {error.filename}: {error.strerror}; name another folder with --data DIR"
            ) from error
        if not os.access(self.root, os.W_OK):
            raise Unavailable(
                f"cannot write to {self.root}: no permission; name another folder with --data DIR"
            )

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Be the one writer, across processes; waits for the one before.

        Raises:
            Unavailable: the lock cannot be opened.
        """
        try:
            file = (self.root / "lock").open("w")  # closed below, which unlocks
        except OSError as error:
            raise Unavailable(f"cannot write to {self.root / 'lock'}: {error.strerror}") from error
        with file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def sweep(self) -> None:
        """Under the lock: take away what a crash left, staging folders and releases above current.

        Raises:
            Unavailable: there are releases and no pointer to the current one. No crash leaves that (but for
                the very first release), so nothing is taken away.
        """
        numbers, current = self.numbers(), self.current_number()
        if current is None and numbers not in ([], [1]):
            raise Unavailable(
                f"{self.root / 'current'} is missing, though there are releases; {self._remedy()}"
            )
        for path in self.staging.iterdir():
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
        for number in numbers:
            if number > (current or 0):
                shutil.rmtree(self.releases / str(number))

    def next_number(self) -> int:
        """Return the number for a new release: never one that another release had, even one swept since."""
        try:
            highest = int((self.root / "highest").read_text())
        except (FileNotFoundError, ValueError):
            highest = 0
        return max(highest, self.current_number() or 0) + 1

    def finish(self, staged: Path, number: int) -> None:
        """Under the lock: make a staged folder the release ``number`` and switch ``current`` to it."""
        for path in staged.rglob("*"):
            _sync(path)
        _sync(staged)
        staged.rename(self.releases / str(number))
        _sync(self.releases)
        _sync(self.staging)
        pointer = self.root / "current.new"
        pointer.write_text(f"{number}\n")
        _sync(pointer)
        pointer.rename(self.root / "current")
        _sync(self.root)
        # After the pointer: who goes back to an older release by hand gets no number twice.
        (self.root / "highest").write_text(f"{number}\n")


def _sync(path: Path) -> None:
    """Have the kernel write a file or folder out."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
