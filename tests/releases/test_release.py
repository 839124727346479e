"""release.json, there and back, and broken."""

import json
from pathlib import Path

import pytest

from clipgraph.errors import Unavailable
from clipgraph.releases.release import GraphRecord, Release, read_release

RELEASE = Release(
    2, 1, "2026-01-02T03:04:05+00:00", "Zoë", "why", 7, "r", {"urn:g": GraphRecord("data", "files", 7, "d")}
)


def test_there_and_back(tmp_path: Path) -> None:
    (tmp_path / "release.json").write_text(RELEASE.to_json(), encoding="utf-8")

    assert read_release(tmp_path / "release.json") == RELEASE


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff",
        b"[]",
        b"null",
        b'"x"',
        b"{}",
        b'{"version": 1}',
        b'{"version": 1, "graphs": []}',
        b'{"version": 1, "graphs": {"urn:g": 1}}',
        b'{"version": 1, "graphs": {}, "number": 1, "more": 2}',
    ],
)
def test_what_is_none_is_unavailable(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "release.json").write_bytes(content)

    with pytest.raises(Unavailable, match=r"release\.json: not a readable release"):
        read_release(tmp_path / "release.json")


def test_another_version_is_said(tmp_path: Path) -> None:
    (tmp_path / "release.json").write_text(json.dumps(json.loads(RELEASE.to_json()) | {"version": 2}))

    with pytest.raises(Unavailable, match="another version"):
        read_release(tmp_path / "release.json")


def test_an_absent_file_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="No such file"):
        read_release(tmp_path / "release.json")
