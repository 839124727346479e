"""The report for people: coloured on a terminal, plain lines in a pipe, repeats told once."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.console import Console
from rich.text import Text

from clipgraph.validation.phrases import say
from clipgraph.validation.report import Finding, Report, Severity
from clipgraph.validation.short_names import short

# Of findings that say the same, this many are shown with place and remedy.
MOST_SHOWN = 3
_STYLES = {Severity.VIOLATION: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


def print_text(report: Report, console: Console, language: str = "en") -> None:
    """Print the report in colour where the console has it."""
    for line in text_lines(report, language):
        console.print(line, soft_wrap=True, highlight=False)


def text_lines(report: Report, language: str = "en") -> Iterator[Text]:
    """Yield the report line by line; each finding starts with ``file:line:``, which editors can follow."""
    for group in grouped(report.findings):
        rest = len(group) - MOST_SHOWN
        if rest > 0:
            yield Text(say("times", language, count=len(group), message=group[0].message), "bold")
        for finding in group[:MOST_SHOWN]:
            yield from _lines(finding, language)
        if rest > 0:
            yield Text("    " + say("and-more", language, count=rest), "dim")
    yield Text(summary(report, language), "bold" if report.findings else "bold green")


def grouped(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Return findings of the same severity, rule, path and message together, groups by their first member."""

    def likeness(finding: Finding) -> tuple[int, str, str, str]:
        return finding.severity.rank, finding.rule, finding.path, finding.message

    groups = (list(group) for _, group in groupby(sorted(findings, key=likeness), key=likeness))
    return sorted(groups, key=lambda group: group[0].order)


def _lines(finding: Finding, language: str) -> Iterator[Text]:
    yield Text.assemble(
        (place(finding), "bold"), " ", (finding.severity, _STYLES[finding.severity]), f": {finding.message}"
    )
    if what := " ".join(filter(None, (_term(finding.focus), _path(finding.path), _value(finding)))):
        yield Text(f"    {what}", "dim")
    yield Text(f"    {say('to-do', language, remedy=finding.remedy)}")


def place(finding: Finding) -> str:
    """Return ``file:line:``, with the column where it is known; a dash without a file."""
    numbers = [str(number) for number in (finding.line, finding.column) if number]
    return ":".join([finding.file or "-", *numbers]) + ":"


def _term(focus: str) -> str:
    return short(focus) if "://" in focus else focus


def _path(path: str) -> str:
    return short(path) if path.startswith("http") else path


def _value(finding: Finding) -> str:
    """Return the value, unless it only repeats the focus, as for a constraint on a node."""
    if finding.value == f"<{finding.focus}>":
        return ""
    return _term(finding.value[1:-1]) if finding.value.startswith("<") else finding.value


def summary(report: Report, language: str = "en") -> str:
    """Return the last line: how many findings in how many files, and how long it took."""
    parts = {
        "files": report.files,
        "statements": report.statements,
        "shapes": len(report.targets),
        "seconds": f"{report.seconds:.1f}",
    }
    if not report.findings:
        return say("clean", language, **parts)
    counts = zip(("violations", "warnings", "infos"), Severity, strict=True)
    return say("summary", language, **parts, **{name: report.count(each) for name, each in counts})
