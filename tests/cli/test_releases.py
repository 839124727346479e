"""clipgraph releases and export as typed."""

import json
import subprocess
from pathlib import Path

import pytest

from conftest import CLIPGRAPH


@pytest.fixture
def place(tmp_path: Path) -> list[str]:
    """Options for a small project that was published twice."""
    project = tmp_path / "p"
    (project / "data/t").mkdir(parents=True)
    options = ["--project", str(project), "--data", str(tmp_path / "var")]
    for text in ("<urn:a> <urn:b> 1 .", "<urn:a> <urn:b> 2 ."):
        (project / "data/t/one.ttl").write_text(text)
        run(options, "publish", "--shapes", "none", "-m", text[-3:])
    return options


def run(place: list[str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*CLIPGRAPH, *arguments, *place], capture_output=True, text=True, check=False)


def test_the_list_marks_the_current_one(place: list[str]) -> None:
    lines = run(place, "releases", "list").stdout.splitlines()

    assert [line.split()[:2] for line in lines] == [["*", "2"], ["1", lines[1].split()[1]]]
    told = json.loads(run(place, "releases", "list", "--format", "json").stdout)
    assert [(each["number"], each["current"], each["message"]) for each in told] == [
        (2, True, "2 ."),
        (1, False, "1 ."),
    ]


def test_show_lists_the_graphs(place: list[str]) -> None:
    assert "https://w3id.org/clipgraph/graph/t/one" in run(place, "releases", "show", "2").stdout
    assert json.loads(run(place, "releases", "show", "2", "--format", "json").stdout)["triples"] == 1


def test_diff_tells_what_changed_and_exits_with_1(place: list[str]) -> None:
    answer = run(place, "releases", "diff", "1")

    assert answer.returncode == 1
    assert answer.stdout.splitlines()[0] == "https://w3id.org/clipgraph/graph/t/one: -1 +1"
    assert json.loads(run(place, "releases", "diff", "1", "2", "--format", "json").stdout)
    assert run(place, "releases", "diff", "2", "2").returncode == 0


def test_rollback_and_prune(place: list[str]) -> None:
    assert (
        "release 3 is current now: 1 triples, as release 1" in run(place, "releases", "rollback", "1").stdout
    )
    assert run(place, "releases", "diff", "1", "3").returncode == 0
    assert "taken away: 1, 2; kept: 1" in run(place, "releases", "prune", "--keep", "1").stdout


@pytest.mark.parametrize("command", [["show", "9"], ["diff", "9"], ["rollback", "9"]])
def test_a_release_that_is_not_there_is_one_line(place: list[str], command: list[str]) -> None:
    answer = run(place, "releases", *command)

    assert answer.returncode == 2
    assert answer.stderr.startswith(("clipgraph: release 9 is not here", "clipgraph: there is no release 9"))
    assert len(answer.stderr.splitlines()) == 1


def test_export_says_when_there_is_nothing(place: list[str]) -> None:
    answer = run(place, "export")

    assert (answer.returncode, answer.stdout) == (0, "nothing was changed through the service\n")


def test_colons_in_an_iri_or_a_literal_stay_as_they_are(place: list[str]) -> None:
    (Path(place[1]) / "data/t/one.ttl").write_text("<urn:bomb:x> <urn:b> ':smile: [b]x' .")
    run(place, "publish", "--shapes", "none", "-m", ":tada: [i]x")

    assert ":tada: [i]x" in run(place, "releases", "list").stdout
    told = run(place, "releases", "diff", "2", "3").stdout
    assert "urn:bomb:x" in told
    assert ":smile: [b]x" in told
