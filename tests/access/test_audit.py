"""The audit log: one line for each attempt, whatever happens around it."""

import hashlib
import json
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest

from clipgraph.access.audit import Attempt, AuditLog
from clipgraph.errors import Unavailable

ATTEMPT = Attempt(
    who="ada",
    role="maintainer",
    client="192.0.2.7",
    method="POST",
    kind="update",
    graphs=("urn:g",),
    sha256=hashlib.sha256(b"CLEAR ALL").hexdigest(),
    status=200,
    release=7,
    message="why\nnot",
)


def lines(folder: Path) -> list[str]:
    return (folder / "audit.jsonl").read_text().splitlines()


def test_an_attempt_is_one_line_with_its_time(tmp_path: Path) -> None:
    AuditLog(tmp_path).record(ATTEMPT)
    (line,) = lines(tmp_path)
    entry = json.loads(line)

    assert datetime.fromisoformat(entry.pop("time")).utcoffset() is not None
    assert entry == {
        "who": "ada",
        "role": "maintainer",
        "client": "192.0.2.7",
        "method": "POST",
        "kind": "update",
        "graphs": ["urn:g"],
        "sha256": ATTEMPT.sha256,
        "status": 200,
        "release": 7,
        "message": "why\nnot",
    }
    assert stat.S_IMODE((tmp_path / "audit.jsonl").stat().st_mode) == 0o600


def test_lines_of_many_writers_do_not_mix(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: AuditLog(tmp_path).record(ATTEMPT), range(100)))

    assert [json.loads(line)["release"] for line in lines(tmp_path)] == [7] * 100


def test_a_line_that_a_crash_cut_spoils_no_other(tmp_path: Path) -> None:
    (tmp_path / "audit.jsonl").write_bytes(b'{"time": "2025')
    AuditLog(tmp_path).record(ATTEMPT)

    assert lines(tmp_path)[0] == '{"time": "2025'
    assert json.loads(lines(tmp_path)[1])["who"] == "ada"


def test_the_file_may_be_moved_away_at_any_time(tmp_path: Path) -> None:
    log = AuditLog(tmp_path)
    log.record(ATTEMPT)
    (tmp_path / "audit.jsonl").rename(tmp_path / "audit.1.jsonl")
    log.record(ATTEMPT)

    assert len(lines(tmp_path)) == 1


def test_a_log_that_cannot_be_written_is_known_before_the_write(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match=r"audit\.jsonl"):
        AuditLog(tmp_path / "not-there").ready()
    with pytest.raises(Unavailable):
        AuditLog(tmp_path / "not-there").record(ATTEMPT)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_told(tmp_path: Path) -> None:
    (tmp_path / "audit.jsonl").symlink_to("/dev/full")

    with pytest.raises(Unavailable, match="No space left"):
        AuditLog(tmp_path).record(ATTEMPT)
