"""The measuring of pages runs over a published release and tells of each page what it took."""

import json
import subprocess
import sys
from pathlib import Path

from conftest import ROOT


def test_pages_are_measured_over_a_copy(published: Path, tmp_path: Path) -> None:
    before = sorted(published.rglob("*"))
    figures = tmp_path / "figures.json"
    command = [sys.executable, str(ROOT / "benchmarks/pages.py"), "--data", str(published)]
    command += ["--things", "6", "--rounds", "1", "--json", str(figures)]
    table = subprocess.run(command, check=True, capture_output=True, text=True, timeout=100).stdout
    pages = json.loads(figures.read_text())
    things = [page for page in pages if page["page"].startswith("/doc/")]

    assert sorted(published.rglob("*")) == before
    assert len(things) == 6
    assert {"/", "/practices", "/ontology", "/def/Practice"} <= {page["page"] for page in pages}
    assert all(set(taken) == {"total", "web", "workers", "size"} for page in pages for taken in page["taken"])
    # No figure is asserted, only that each was taken: no page comes without time and bytes.
    assert all(taken["total"] > 0 and taken["size"] > 0 for page in pages for taken in page["taken"])
    assert all(taken["workers"] > 0 for page in things for taken in page["taken"])
    assert [line.split()[:2] for line in table.splitlines()[1:2]] == [["all", "things"]]
