"""``clipgraph bench generate``: a project that publishes, and clear words where it cannot be made."""

from pathlib import Path

import pytest

from cli.test_commands import run
from conftest import ROOT

KIND = "https://w3id.org/clipgraph/def/territoryKind"
CITY = "https://w3id.org/clipgraph/scheme/territory-kind/city"


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bench") / "some"
    result = run("bench", "generate", str(folder), "--triples", "3000", "--project", str(ROOT))
    assert (result.returncode, result.stderr) == (0, "")
    number, rest = result.stdout.split(" ", 1)
    assert 3000 <= int(number) < 6000
    assert rest.startswith("triples in 2 files below ")
    return folder


def test_what_is_generated_can_be_published(generated: Path, tmp_path: Path) -> None:
    where = ("--project", str(generated), "--data", str(tmp_path / "var"))
    assert run("publish", *where).returncode == 0
    cities = run("query", *where, f"SELECT (COUNT(*) AS ?n) {{ ?city <{KIND}> <{CITY}> }}")
    assert int(cities.stdout.split()[1]) > 1


def test_a_folder_in_use_is_refused(generated: Path) -> None:
    result = run("bench", "generate", str(generated), "--project", str(ROOT))
    assert result.returncode == 2
    assert "holds something already: name a folder that is new or empty" in result.stderr


@pytest.mark.parametrize("number", ["0", "-5", "many"])
def test_a_number_that_is_none_is_refused(number: str, tmp_path: Path) -> None:
    result = run("bench", "generate", str(tmp_path / "new"), "--triples", number)
    assert result.returncode == 2
    assert "--triples" in result.stderr
    assert not (tmp_path / "new").exists()
