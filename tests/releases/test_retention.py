"""Which releases are kept."""

from datetime import UTC, datetime, timedelta

from clipgraph.releases.release import Release
from clipgraph.releases.retention import prune, to_keep
from clipgraph.releases.shelf import Shelf

NOW = datetime(2026, 6, 30, 12, tzinfo=UTC)


def releases(*ages: timedelta) -> list[Release]:
    """Return releases numbered from 1, the oldest first."""
    times = sorted(NOW - age for age in ages)
    return [Release(n, None, time.isoformat(), "", "", 0, "") for n, time in enumerate(times, 1)]


def hours(count: int) -> list[Release]:
    return releases(*(timedelta(hours=hour) for hour in range(count)))


def test_fifty_are_all_kept() -> None:
    assert to_keep(hours(50), NOW) == set(range(1, 51))
    assert to_keep([], NOW) == set()


def test_before_the_last_fifty_the_last_of_a_day_is_kept() -> None:
    made = hours(24 * 10)

    kept = {r.created[:13] for r in made if r.number in to_keep(made, NOW)}

    older = sorted(time for time in kept if time < "2026-06-28T10")
    assert older == [f"2026-06-{day}T23" for day in range(20, 28)]


def test_before_thirty_days_the_last_of_a_month_is_kept() -> None:
    made = releases(*(timedelta(days=day) for day in range(200)))

    kept = {r.created[:10] for r in made if r.number in to_keep(made, NOW)}

    assert sorted(kept)[:5] == ["2025-12-31", "2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]
    assert len(kept) == 5 + 50


def test_pruning_takes_away_whole_releases_but_never_one_that_serves(shelf: Shelf) -> None:
    old = releases(*(timedelta(seconds=second) for second in range(70)))
    for release in old:
        folder = shelf.releases / str(release.number)
        folder.mkdir()
        (folder / "release.json").write_text(release.to_json())
    (shelf.root / "current").write_text("3\n")

    gone = prune(shelf, serving=[5])

    assert gone == [number for number in range(1, 21) if number not in (3, 5)]
    assert shelf.numbers() == [3, 5, *range(21, 71)]
    assert list(shelf.staging.iterdir()) == []
