"""Which releases are kept: the last fifty, one a day for thirty days, one a month."""

import shutil
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from clipgraph.errors import NotFound, Unavailable
from clipgraph.releases.release import Release
from clipgraph.releases.shelf import Shelf

_LAST, _DAILY = 50, timedelta(days=30)


def to_keep(releases: Sequence[Release], now: datetime) -> set[int]:
    """Return the numbers to keep: the last fifty, and the last of each day and month before those."""
    newest = sorted(releases, key=lambda release: -release.number)
    kept = {release.number for release in newest[:_LAST]}
    seen: set[str] = set()
    for release in newest:
        created = datetime.fromisoformat(release.created)
        periods = {created.strftime("%Y-%m")}
        if now - created <= _DAILY:
            periods.add(created.strftime("%Y-%m-%d"))
        if periods - seen:
            kept.add(release.number)
            seen |= periods
    return kept


def prune(shelf: Shelf, serving: Iterable[int] = (), keep: int | None = None) -> list[int]:
    """Under the lock: take away what need not be kept, never current or one in ``serving``.

    With ``keep``, the last so many are kept and no others. Returns the numbers that are gone.
    """
    releases = []
    for number in shelf.numbers():
        with suppress(Unavailable, NotFound):  # a damaged one is for a person to look at
            releases.append(shelf.read(number))
    last = {release.number for release in releases[-keep:]} if keep else to_keep(releases, datetime.now(UTC))
    kept = last | set(serving) | {shelf.current_number()}
    gone = [release.number for release in releases if release.number not in kept]
    for number in gone:
        # Renamed first: a crash in the middle leaves something to sweep, not half a release.
        doomed = (shelf.releases / str(number)).rename(shelf.staging / f"pruned-{number}")
        shutil.rmtree(doomed)
    _forget_derived(shelf)
    return gone


def _forget_derived(shelf: Shelf) -> None:
    """Take away what was derived from releases that are no longer here, whoever took those away.

    ``DATA/derived/KIND/`` holds files and folders whose names begin with the number of a release, or with
    those of two: ``search/7.ab12cd.sqlite``, ``differences/6-7``.
    """
    kept = set(shelf.numbers())
    for path in (shelf.root / "derived").glob("*/*"):
        numbers = path.name.split(".", maxsplit=1)[0].split("-")
        if not all(number.isdecimal() for number in numbers) or {int(n) for n in numbers if int(n)} <= kept:
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
