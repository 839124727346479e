"""The line of releases as whoever serves them sees it, wherever they are."""

from typing import Protocol

from clipgraph.releases.release import Release


class Releases(Protocol):
    """Numbered releases, of which one is current."""

    def current_number(self) -> int | None:
        """Return the number of the current release, or None before the first.

        Raises:
            Unavailable, RemoteFailed, DeadlineExceeded: that cannot be known now.
        """
        ...

    def kept(self, wanted: int | None) -> int:
        """Return the number of the release that is asked for, the current one where none is.

        Raises:
            Unavailable: nothing is published.
            NotFound, Gone: it is of the future; it is no longer kept.
            Unimplemented: only the current one can be asked here.
            RemoteFailed, DeadlineExceeded: that cannot be known now.
        """
        ...

    def numbers(self) -> list[int]:
        """Return the numbers of the kept releases, rising."""
        ...

    def read(self, number: int) -> Release:
        """Return what a release says of itself; raises NotFound where it is not kept."""
        ...

    def state(self, number: int) -> str:
        """Return what tells apart whatever else may be behind the same number.

        It is another text each time while that is being replaced, so that nothing made of it is kept.
        """
        ...
