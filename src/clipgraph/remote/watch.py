"""Knows what is published on an engine, from looking there every few seconds."""

import asyncio
import logging

from clipgraph.errors import (
    ClipgraphError,
    DeadlineExceeded,
    NotFound,
    RemoteFailed,
    Unavailable,
    Unimplemented,
)
from clipgraph.releases.release import Release
from clipgraph.releases.shelf import Shelf
from clipgraph.remote.connection import Connection
from clipgraph.remote.marker import ALL, MERGE, NAMED, STATE, Publication, identity, read_publication

SECONDS_BETWEEN_LOOKS = 2.0
_SECONDS_FOR_A_LOOK = 5.0
# An engine that cuts answers is likely to do so at 1,000 or 10,000 rows.
_MANY_ROWS = 20_001
_ROWS = f"SELECT (1 AS ?one) WHERE {{ ?s ?p ?o }} LIMIT {_MANY_ROWS}"
_Seen = frozenset[tuple[str, str]]
_log = logging.getLogger("clipgraph.remote")


class Watch:
    """The line of releases that an engine holds: the one that is published there, and no other.

    ``shelf`` is where they were made, if that is on this machine: its numbers are told where it has the same
    release, though only the current one can be asked.
    """

    def __init__(self, connection: Connection, shelf: Shelf | None = None) -> None:
        self._connection, self._shelf = connection, shelf
        self.publication = Publication()
        self.trouble: ClipgraphError | None = RemoteFailed(connection.address.query, "has not been asked yet")
        self._seen: _Seen | None = None
        self._looks, self._identity = 0, ""

    async def look(self) -> None:
        """Look once; what is in the way is kept in ``trouble``, and raised where it is of no use."""
        self._looks += 1
        try:
            await self._look()
        except DeadlineExceeded as error:
            # Busy, not gone: what is known holds, and every request has a deadline of its own.
            self.trouble = error
        except RemoteFailed as error:
            self.trouble, self._seen = error, None
        else:
            self.trouble = None

    async def _look(self) -> None:
        rows = await self._connection.rows(STATE, _SECONDS_FOR_A_LOOK, "node", "text")
        seen = frozenset((row["node"], row["text"]) for row in rows)
        if seen == self._seen and self.publication.settled:
            return
        first = self._seen is None
        told = await self._connection.rows(ALL, _SECONDS_FOR_A_LOOK, "node", "text")
        publication = read_publication(told)
        if first and publication.settled:
            await self._must_give_all(publication)
        self.publication, self._seen = publication, seen
        self._identity = identity(publication.release) if publication.release else ""

    async def _must_give_all(self, publication: Publication) -> None:
        """Raise RemoteFailed where the engine cuts an answer of many rows."""
        assert publication.release is not None  # noqa: S101  # it is settled
        expected = min(publication.release.triples, _MANY_ROWS)
        named = {"default_graph_uri": [MERGE]} if publication.merge == NAMED else {}
        rows = await self._connection.rows(_ROWS, _SECONDS_FOR_A_LOOK, **named)
        if len(rows) < expected:
            raise RemoteFailed(
                self._connection.address.query,
                f"gave {len(rows)} rows where there are {expected} or more: it cuts answers, or holds "
                "something else than it says. Let it give answers of any length, or publish again",
            )

    async def run(self) -> None:
        """Look again and again, until this is cancelled."""
        told = ""
        while True:
            try:
                await self.look()
                if self.trouble and str(self.trouble) != told:
                    _log.warning("%s", self.trouble)
                told = str(self.trouble or "")
            except Exception:  # noqa: BLE001  # whatever it is, the next look may go well
                _log.exception("an engine could not be looked at")
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)

    @property
    def release(self) -> Release | None:
        """The release that was published last; None before the first.

        Raises:
            RemoteFailed: the engine cannot be asked.
            DeadlineExceeded: it does not answer, and never has.
        """
        if isinstance(self.trouble, RemoteFailed) or (self.trouble and self.publication.release is None):
            raise self.trouble
        return self.publication.release

    def current_number(self) -> int | None:
        """Return the number of the release that is published, None where none is; see Releases."""
        release = self.release
        return release.number if release else None

    def kept(self, wanted: int | None) -> int:
        """Return the number of the release that is published; raises Unimplemented for any other."""
        current = self.current_number()
        if current is None:
            raise Unavailable("nothing is published on the engine yet: run clipgraph publish --to")
        if wanted is not None and wanted != current:
            raise Unimplemented.worded(
                "this service asks an engine that holds release %(number)s and no other: leave release= out",
                number=current,
            )
        return current

    def numbers(self) -> list[int]:
        """Return the numbers up to the one that is published, where those before it are on the shelf."""
        current = self.current_number()
        if current is None:
            return []
        return (
            [n for n in self._shelf.numbers() if n <= current]
            if self.has_history and self._shelf
            else [current]
        )

    def read(self, number: int) -> Release:
        """Return what a release says of itself."""
        release = self.release
        if release is not None and number == release.number:
            return release
        if self.has_history and self._shelf:
            return self._shelf.read(number)
        raise NotFound(f"release {number} is not here")

    def state(self, number: int) -> str:
        """Return what tells the release from others, and another text at each look while it changes."""
        release = self.publication.release
        if release is None or number != release.number:
            return ""
        return self._identity if self.publication.settled else f"{self._identity} {self._looks}"

    @property
    def has_history(self) -> bool:
        """Whether the shelf has the release that is published, and so those before it."""
        release = self.publication.release
        if release is None or self._shelf is None:
            return False
        try:
            same = self._shelf.read(release.number)
        except (NotFound, Unavailable):
            return False
        return identity(same) == self._identity
