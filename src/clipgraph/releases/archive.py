"""What the kept releases say of themselves, read once each: a release never changes."""

from contextlib import suppress

from clipgraph.errors import Gone, NotFound, Unavailable
from clipgraph.releases.release import Release
from clipgraph.releases.shelf import Shelf


class Archive:
    """The records of the releases of a shelf, kept in memory as long as the releases are kept."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._read: dict[int, Release] = {}

    def kept(self) -> list[Release]:
        """Return the kept releases up to the current one that can be read, oldest first.

        Raises:
            Unavailable: the pointer to the current release cannot be read.
        """
        current = self._shelf.current_number() or 0
        numbers = [number for number in self._shelf.numbers() if number <= current]
        self._read = {number: release for number, release in self._read.items() if number in numbers}
        for number in numbers:
            if number not in self._read:
                with suppress(Unavailable, NotFound):  # damaged, or pruned this very moment
                    self._read[number] = self._shelf.read(number)
        return [self._read[number] for number in numbers if number in self._read]

    def release(self, number: int) -> Release:
        """Return a release's record.

        Raises:
            NotFound: there is none of that number yet.
            Gone: it is no longer kept.
            Unavailable: it is damaged.
        """
        if number > (self._shelf.current_number() or 0):
            raise NotFound.worded("there is no release %(number)s", number=number)
        if number not in self._read:
            try:
                self._read[number] = self._shelf.read(number)
            except NotFound:
                raise Gone.worded("release %(number)s is no longer kept", number=number) from None
        return self._read[number]
