"""``clipgraph validate``: forms, languages, exit codes."""

import json
import re
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from clipgraph.cli.validate import validate
from clipgraph.errors import Unavailable
from clipgraph.sources.project import Project
from clipgraph.validation.judges import Engine

APP = typer.Typer()
APP.command()(validate)


def run(project: Project, *arguments: str | Path) -> Result:
    return CliRunner().invoke(APP, ["--project", str(project.root), *map(str, arguments)])


def test_a_valid_project_ends_with_0(project: Project) -> None:
    result = run(project)
    assert result.exit_code == 0
    assert result.output.startswith("Nothing to report: 3 files")


def test_findings_end_with_1_and_are_told(project: Project, unproven: Path) -> None:
    result = run(project, unproven)
    assert result.exit_code == 1
    assert f"{unproven}:4: Violation: A practice needs evidence." in result.output


@pytest.mark.parametrize("form", ["json", "github", "ttl", "text"])
def test_the_fast_engine_tells_the_same_in_every_form(project: Project, unproven: Path, form: str) -> None:
    plain, fast = (
        run(project, unproven, "--format", form, "--lang", "de", "--engine", engine) for engine in Engine
    )
    assert fast.exit_code == plain.exit_code == 1
    assert "Eine Praktik braucht einen Beleg." in fast.output
    assert _untimed(fast.output) == _untimed(plain.output)


def _untimed(text: str) -> str:
    return re.sub(r'"seconds": [\d.]+|[\d.]+ s\)', "", text)


def test_a_fast_engine_that_is_not_there_is_an_error_that_says_how_to_get_it(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyshacl_turbo", None)
    result = run(project, "--engine", "turbo")
    assert isinstance(result.exception, Unavailable)
    assert "pip install 'clipgraph[fast]'" in str(result.exception)


def test_a_broken_file_ends_with_2_and_its_position(project: Project, unproven: Path) -> None:
    unproven.write_text("<x:a> <x:b> .\n")
    result = run(project, unproven)
    assert result.exit_code == 2
    assert f"{unproven}:1:13: Violation: The file cannot be read" in result.output


def test_an_absent_file_ends_with_2(project: Project, tmp_path: Path) -> None:
    assert run(project, tmp_path / "no.ttl").exit_code == 2


@pytest.mark.parametrize(("fail_on", "code"), [("violation", 0), ("warning", 1), ("info", 1)])
def test_warnings_fail_where_asked_to(project: Project, fail_on: str, code: int) -> None:
    (project.root / "data/practices/practices.ttl").write_text("")
    assert run(project, "--fail-on", fail_on).exit_code == code


def test_the_report_comes_in_the_form_and_language_asked_for(project: Project, unproven: Path) -> None:
    assert json.loads(run(project, unproven, "--format", "json").output)["conforms"] is False
    assert run(project, unproven, "--format", "github", "--lang", "de").output.startswith("::error file=")
    assert "sh:ValidationReport" in run(project, unproven, "--format", "ttl").output
    assert "Eine Praktik braucht einen Beleg." in run(project, unproven, "--lang", "de").output
