"""Lines are sorted on disk where they do not go into memory."""

from pathlib import Path

import pytest

from clipgraph.releases import sorting
from clipgraph.releases.sorting import sorted_lines

LINES = [f"{number * 7919 % 104729:x} ü\n".encode() for number in range(500)]


@pytest.mark.parametrize("size", [1, 40, 1000, 2**26])
def test_lines_come_in_the_order_of_their_bytes(
    size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sorting, "_MOST_BYTES", size)
    monkeypatch.setattr(sorting, "_MOST_PIECES", 5)

    assert list(sorted_lines(LINES * 2, tmp_path)) == sorted(LINES * 2)
    assert not list(tmp_path.iterdir())


def test_nothing_sorted_is_nothing() -> None:
    assert list(sorted_lines([])) == []
