"""What the kept releases say of themselves, read once each: a release never changes."""

from contextlib import suppress

from clipgraph.errors import Gone, NotFound, Unavailable
from clipgraph.releases.line import Releases
from clipgraph.releases.release import Release


class Archive:
    """The records of a line of releases, kept in memory as long as the releases are kept."""

    def __init__(self, line: Releases) -> None:
        self._line = line
        self._read: dict[tuple[int, str], Release] = {}

    def kept(self) -> list[Release]:
        """Return the kept releases up to the current one that can be read, oldest first.

        Raises:
            Unavailable: the pointer to the current release cannot be read.
        """
        current = self._line.current_number() or 0
        numbers = [number for number in self._line.numbers() if number <= current]
        keys = [(number, self._line.state(number)) for number in numbers]
        self._read = {key: release for key, release in self._read.items() if key in keys}
        for key in keys:
            if key not in self._read:
                with suppress(Unavailable, NotFound):  # damaged, or pruned this very moment
                    self._read[key] = self._line.read(key[0])
        return [self._read[key] for key in keys if key in self._read]

    def release(self, number: int) -> Release:
        """Return a release's record.

        Raises:
            NotFound: there is none of that number yet.
            Gone: it is no longer kept.
            Unavailable: it is damaged.
        """
        if number > (self._line.current_number() or 0):
            raise NotFound.worded("there is no release %(number)s", number=number)
        key = (number, self._line.state(number))
        if key not in self._read:
            try:
                self._read[key] = self._line.read(number)
            except NotFound:
                raise Gone.worded("release %(number)s is no longer kept", number=number) from None
        return self._read[key]
