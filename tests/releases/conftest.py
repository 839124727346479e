"""Small releases: a shelf, a policy, and commits that pass."""

from collections.abc import Callable
from pathlib import Path

import pytest

from clipgraph.releases.change import Change
from clipgraph.releases.commit import Check, Origin, commit
from clipgraph.releases.edits import known
from clipgraph.releases.release import Release
from clipgraph.releases.shelf import Shelf
from testing_releases import POLICY, passes, quad

Commit = Callable[..., Release]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    made = Shelf(tmp_path / "data")
    made.prepare()
    return made


@pytest.fixture
def make(shelf: Shelf) -> Commit:
    """Commit the quads with these numbers; negative ones are taken out."""

    def make(*numbers: int, graph: str = "urn:g", check: Check = passes) -> Release:
        added = tuple(quad(number, graph) for number in numbers if number > 0)
        removed = tuple(quad(-number, graph) for number in numbers if number < 0)
        with shelf.lock():
            return commit(shelf, known(Change(added, removed)), POLICY, check, Origin("me", "why"))

    return make
