"""``clipgraph validate``: what is wrong in the graph, on which line, and what to do about it."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from clipgraph.cli.options import ProjectOption, open_settings
from clipgraph.cli.terminal import CANNOT, FINDINGS, FINE, out, progress
from clipgraph.sources.project import find_project
from clipgraph.validation.checking import check_files, check_project
from clipgraph.validation.forms import as_github, as_json, as_turtle
from clipgraph.validation.judges import Engine, judge_of
from clipgraph.validation.report import Report, Severity
from clipgraph.validation.text import print_text


class ReportFormat(StrEnum):
    """How the report is written."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    TTL = "ttl"


class Language(StrEnum):
    """The language of messages and remedies."""

    EN = "en"
    DE = "de"
    FR = "fr"


class FailOn(StrEnum):
    """The least severity that makes the command fail."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"


def validate(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Turtle files to check on the background of the project, with what they cause in other "
            "files; without any, the whole project.",
            show_default=False,
        ),
    ] = None,
    project: ProjectOption = None,
    profile: Annotated[
        str,
        typer.Option(help="Stricter shapes of shapes/profile/ to check the files by, such as contribution."),
    ] = "",
    report_format: Annotated[
        ReportFormat,
        typer.Option("--format", help="text, json, github (annotations) or ttl (a SHACL report)."),
    ] = ReportFormat.TEXT,
    lang: Annotated[Language, typer.Option(help="Language of messages and remedies.")] = Language.EN,
    fail_on: Annotated[
        FailOn, typer.Option(help="The least severity that makes the command fail.")
    ] = FailOn.VIOLATION,
    engine: Annotated[
        Engine,
        typer.Option(
            help="What judges by the shapes: pyshacl, or turbo, faster on a large graph (needs pip install "
            "'clipgraph[fast]')."
        ),
    ] = Engine.PYSHACL,
) -> None:
    """Check ontology, shapes and data: Turtle, names, links, SHACL.

    Exit codes: 0 nothing as grave as --fail-on, 1 findings, 2 a file cannot be read or something else is
    missing.
    """
    root = find_project(open_settings(project=project).project)
    judge = judge_of(engine)
    with progress("validating"):
        if files:
            report = check_files(root, files, language=lang, profile=profile, judge=judge)
        else:
            report = check_project(root, language=lang, profile=profile, judge=judge)
    _show(report, report_format, lang)
    raise typer.Exit(exit_code(report, Severity(fail_on.capitalize())))


def _show(report: Report, report_format: ReportFormat, lang: Language) -> None:
    if report_format is ReportFormat.TEXT:
        print_text(report, out, lang)
        return
    write = {ReportFormat.JSON: as_json, ReportFormat.GITHUB: as_github, ReportFormat.TTL: as_turtle}
    typer.echo(write[report_format](report).rstrip("\n"))


def exit_code(report: Report, fail_on: Severity) -> int:
    """Return 0, 1 for findings as grave as ``fail_on``, 2 where a file could not be read."""
    if report.unreadable:
        return CANNOT
    return FINE if report.conforms(fail_on) else FINDINGS
