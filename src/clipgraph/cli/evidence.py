"""``clipgraph evidence``: whether every passage says what was read, and which words support what."""

import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from clipgraph.cli.options import ProjectOption, open_settings
from clipgraph.cli.terminal import FINDINGS, FINE, complain, progress
from clipgraph.errors import Unavailable
from clipgraph.evidence.coverage import Coverage, coverage
from clipgraph.evidence.coverage_page import page, percent
from clipgraph.evidence.passages import Evidence, read_evidence, subject_iri
from clipgraph.evidence.reasons import read_excuses
from clipgraph.evidence.summary import Supports, as_data, summary_lines, support_lines
from clipgraph.evidence.texts import find_texts
from clipgraph.evidence.verifying import Failure, verify
from clipgraph.sources.project import Project, find_project

# Per cent of the units of each document that the graph has to hold.
ENOUGH = 98.0
REASONS = "docs/coverage-reasons.tsv"


class EvidenceFormat(StrEnum):
    """How the result is written."""

    TEXT = "text"
    JSON = "json"


def evidence(
    sources: Annotated[
        Path,
        typer.Option(
            metavar="DIR",
            envvar="CLIPGRAPH_SOURCES",
            help="Folder of the source texts; each is known by its digest.",
        ),
    ],
    subjects: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SUBJECT]...",
            help="What to show the supporting words of: an IRI, prefix:name, or the end of an IRI such as "
            "city/stuttgart.",
            show_default=False,
        ),
    ] = None,
    coverage_file: Annotated[
        Path | None,
        typer.Option(
            "--coverage", metavar="FILE", help="Also count how much of each text is covered; to FILE."
        ),
    ] = None,
    at_least: Annotated[
        float | None,
        typer.Option(
            min=0,
            max=100,
            help=f"Per cent of each document that must be covered. Without it {ENOUGH:g}, and nothing open.",
        ),
    ] = None,
    form: Annotated[EvidenceFormat, typer.Option("--format", help="text or json.")] = EvidenceFormat.TEXT,
    project: ProjectOption = None,
) -> None:
    """Verify every source passage against the texts, or show the words that support a subject.

    Exit codes: 0 all verified, 1 findings, 2 something cannot be read or is missing.
    """
    root = find_project(open_settings(project=project).project)
    with progress("verifying"):
        known = read_evidence(root)
        supports = {iri: known.of(iri) for iri in map(subject_iri, subjects or ())}
        texts = find_texts(sources, known.documents.values())
        failures = _concerning(verify(known, texts), supports)
        covered = _cover(root, known, texts, coverage_file) if coverage_file else []
    _show(known, texts, failures, supports, form)
    if form is EvidenceFormat.TEXT:
        typer.echo("".join(f"{_counted(each)}\n" for each in covered), nl=False)
    problems = [problem for each in covered for problem in _problems(each, at_least)]
    for problem in problems:
        complain(problem)
    raise typer.Exit(FINDINGS if failures or problems or not all(supports.values()) else FINE)


def _concerning(failures: Sequence[Failure], supports: Supports) -> list[Failure]:
    """Return the failures of the passages that were asked for; all where nothing was."""
    asked = {passage.iri for passages in supports.values() for passage in passages}
    return [failure for failure in failures if not supports or failure.passage.iri in asked]


def _show(
    known: Evidence,
    texts: Mapping[str, str],
    failures: Sequence[Failure],
    supports: Supports,
    form: EvidenceFormat,
) -> None:
    failing = {failure.passage.iri for failure in failures}
    sound = {
        subject: [each for each in passages if each.iri not in failing]
        for subject, passages in supports.items()
    }
    if form is EvidenceFormat.JSON:
        typer.echo(json.dumps(as_data(known, texts, failures, sound), ensure_ascii=False, indent=2))
    elif not supports:
        typer.echo("\n".join(summary_lines(known, failures)))
    else:
        for failure in failures:
            complain(f"{failure.place}: {failure.reason}")
        typer.echo("\n".join(support_lines(known, texts, sound)).rstrip())


def _cover(root: Project, known: Evidence, texts: Mapping[str, str], file: Path) -> list[Coverage]:
    """Write the page of coverage and return what it tells."""
    excuses = read_excuses(root.root / REASONS, known.documents.values(), REASONS)
    found = coverage(known, texts, excuses)
    try:
        file.write_text(page(found), encoding="utf-8")
    except OSError as error:
        raise Unavailable(f"--coverage {file}: {error.strerror or error}") from error
    return found


def _counted(each: Coverage) -> str:
    wanted = len(each.units) - each.excused
    return f"{each.document.slug}: {percent(each.share)} of {wanted} units covered, {each.excused} left out"


def _problems(each: Coverage, least: float | None) -> list[str]:
    """Return what keeps a document from being covered enough, and the excuses that excuse nothing."""
    name, enough = each.document.slug, ENOUGH if least is None else least
    problems = [f"{REASONS}:{row.line}: excuses no unit of {name} that is not covered" for row in each.stale]
    if each.share < enough:
        problems.append(f"{name}: {percent(each.share)} covered is less than {enough:g} %")
    if each.open and least is None:
        problems.append(f"{name}: {each.open} of {len(each.units)} units are open")
    return problems
