"""The turn of one push at an engine: the marker there says whose it is, and only that push writes there.

Another push may begin at any time, and then has the turn. Whatever this one says of the engine's graphs after
that is not taken there (remote/marker.py), and it ends as soon as it sees that.
"""

import json
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime

from clipgraph.errors import Conflict, RemoteFailed
from clipgraph.publishing.transfer import SECONDS
from clipgraph.releases.release import GraphRecord, Release
from clipgraph.remote import marker
from clipgraph.remote.connection import Connection
from clipgraph.remote.marker import Place, Publication

_SECONDS_TO_LOOK = 30.0  # for the few records of the marker


class Turn:
    """The turn of a push of the release with this number."""

    def __init__(self, connection: Connection, number: int) -> None:
        self._connection = connection
        begun = datetime.now(UTC).isoformat(timespec="seconds")
        self._text = json.dumps({"release": number, "push": uuid.uuid4().hex, "begun": begun})
        self.begun = False

    async def look(self) -> Publication:
        """Return what is published there; raises RemoteFailed, DeadlineExceeded."""
        rows = await self._connection.rows(marker.ALL, _SECONDS_TO_LOOK, "node", "text")
        return marker.read_publication(rows)

    async def begin(self) -> Publication:
        """Take the turn, from whoever has it; returns what is there now.

        Raises:
            RemoteFailed: the engine takes the update and does not do it, or for another store.
            Conflict: another push took over at once.
        """
        await self._update(marker.begin(self._text))
        self.begun = True
        there = await self.look()
        if not there.pushes:
            address = self._connection.address
            raise RemoteFailed(
                address.update,
                f"took an update of which nothing is to be seen at {address.query}: is it where that engine "
                "takes updates?",
            )
        self._must_be_in(there)
        return there

    async def take_back(self) -> None:
        """Say that no push is under way after all."""
        await self._update(marker.take_back(self._text))

    async def must_be_ours(self) -> None:
        """Raise Conflict where another push has begun since."""
        self._must_be_in(await self.look())

    async def record(self, records: Mapping[str, GraphRecord | None]) -> None:
        """Take note of what graphs hold; None for one that is gone."""
        for update in marker.record(self._text, records):
            await self._update(update)

    async def finish(self, release: Release, merge: Place) -> None:
        """Say that the release is published; raises Conflict where another push has begun before that."""
        await self._update(marker.finish(self._text, release, merge))
        there = await self.look()
        if not there.settled or there.release is None or not same(there.release, release):
            raise self._taken_over(there)

    def _must_be_in(self, there: Publication) -> None:
        if there.pushes != (self._text,):
            raise self._taken_over(there)

    def _taken_over(self, there: Publication) -> Conflict:
        now = "is under way there now" if there.pushes else "was there since"
        return Conflict(f"another push to {self._connection.address.query} took over, and {now}")

    async def _update(self, text: str) -> None:
        await self._connection.update(text, SECONDS)


def same(one: Release | None, other: Release) -> bool:
    """Tell whether one is that release, and not another of its number."""
    return one is not None and marker.identity(one) == marker.identity(other)
