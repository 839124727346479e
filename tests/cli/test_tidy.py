"""``clipgraph tidy``: one form, nothing lost, and what cannot be read is left as it is."""

from pathlib import Path

import pytest

from cli.test_commands import run
from conftest import ROOT

UNTIDY = """# about
PREFIX dct: <http://purl.org/dc/terms/>
@prefix c: <https://w3id.org/clipgraph/def/> .
<urn:x> c:evidence <urn:y>;dct:title "x"@en . # why
"""
TIDY = """@prefix clip: <https://w3id.org/clipgraph/def/> .
@prefix dct: <http://purl.org/dc/terms/> .

<urn:x> clip:evidence <urn:y> ;
    dct:title "x"@en . # why
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for folder in ("ontology", "shapes", "data/things"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "data/things/one.ttl").write_text(UNTIDY)
    (tmp_path / "data/things/two.ttl").write_text(TIDY)
    return tmp_path


def test_check_lists_and_changes_nothing(project: Path) -> None:
    result = run("tidy", "--check", "--project", str(project))

    assert (result.returncode, result.stdout, result.stderr) == (1, "data/things/one.ttl: not tidy\n", "")
    assert (project / "data/things/one.ttl").read_text() == UNTIDY


def test_tidy_writes_and_is_then_done(project: Path) -> None:
    first = run("tidy", "--project", str(project))
    again = run("tidy", "--check", "--project", str(project))

    assert (first.returncode, first.stdout) == (0, "data/things/one.ttl: tidied\n")
    assert (again.returncode, again.stdout) == (0, "")
    assert (project / "data/things/one.ttl").read_text().strip().endswith(TIDY.strip())
    assert sorted(path.name for path in (project / "data/things").iterdir()) == ["one.ttl", "two.ttl"]


def test_a_file_that_cannot_be_read_does_not_stop_the_others(project: Path) -> None:
    broken = project / "data/things/broken.ttl"
    broken.write_text("<urn:a> <urn:b> ;\n  .")
    result = run("tidy", "--project", str(project))

    assert result.returncode == 2
    assert result.stderr.startswith("clipgraph: data/things/broken.ttl:1:17: ")
    assert result.stdout == "data/things/one.ttl: tidied\n"
    assert broken.read_text() == "<urn:a> <urn:b> ;\n  ."


def test_files_are_given_by_name(project: Path) -> None:
    file = project / "data/things/two.ttl"

    assert run("tidy", "--check", "--project", str(project), str(file)).returncode == 0
    assert run("tidy", str(project / "none.ttl"), "--project", str(project)).stderr.count("\n") == 1


def test_the_project_is_tidy() -> None:
    result = run("tidy", "--check", "--project", str(ROOT))

    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
