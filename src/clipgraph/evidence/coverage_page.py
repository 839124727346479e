"""Writes docs/coverage.md: the share of each source that the graph holds, and what it leaves out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clipgraph.evidence.coverage import Coverage, Judged
from clipgraph.evidence.reasons import Reason

_HEAD = """# Coverage of the sources

Made by `clipgraph evidence --coverage`; not edited by hand. How it counts:
[evidence.md](evidence.md#coverage). A unit is a sentence, item, heading, caption, table cell or footnote.
It is covered when a passage marks it and something in the graph points to that passage. The share is of
the units that are not left out for a reason.
"""
_MEANINGS = {
    Reason.LETTERHEAD: "who publishes, and through which office",
    Reason.CONTACT: "addresses, numbers, links to write to or follow; not shown, some are personal",
    Reason.LAYOUT: "page furniture: labels of figures, tables of contents, bar codes",
    Reason.RHETORIC: "says nothing that could be true or false",
    Reason.REPETITION: "said with the same meaning by a unit that is covered",
    Reason.ILLEGIBLE: "cannot be read, or broke off when the page was read",
}


_ROW = re.compile(r"\| (?:\[(?P<document>[^\]]+)\]\([^)]*\)|all) ((?:\| \d+ ){5})\| [\d.]+ % \|")


@dataclass(frozen=True)
class Told:
    """What the page says of one document: units of its text."""

    document: str
    units: int
    left_out: int
    to_cover: int
    covered: int
    open: int


def read_page(text: str) -> list[Told]:
    """Return what a page of coverage says of each document; a text that is no such page says nothing."""
    found = []
    for line in text.splitlines():
        row = _ROW.fullmatch(line)
        if row and row["document"]:
            found.append(Told(row["document"], *map(int, re.findall(r"\d+", row[2]))))
    return found


def page(coverages: Sequence[Coverage]) -> str:
    """Return the page as Markdown; the same graph and sources give the same page."""
    return "\n".join([_HEAD, *_table(coverages), "", *_reasons(), *_lists(coverages)]).rstrip() + "\n"


def _table(coverages: Sequence[Coverage]) -> Iterator[str]:
    yield "| document | units | left out | to cover | covered | open | share |"
    yield "|---|--:|--:|--:|--:|--:|--:|"
    for each in coverages:
        yield _row(f"[{each.document.slug}](#{each.document.slug})", [each])
    yield _row("all", coverages)


def _row(name: str, coverages: Sequence[Coverage]) -> str:
    units = sum(len(each.units) for each in coverages)
    excused, covered, open_ = (
        sum(getattr(each, name) for each in coverages) for name in ("excused", "covered", "open")
    )
    share = 100 * covered / (units - excused) if units > excused else 100.0
    return f"| {name} | {units} | {excused} | {units - excused} | {covered} | {open_} | {percent(share)} |"


def percent(share: float) -> str:
    """Return a share with one decimal, rounded down: 99.96 is not 100 %."""
    return f"{int(share * 10 + 1e-9) / 10:.1f} %"


def _reasons() -> Iterator[str]:
    yield "Reasons, given in [coverage-reasons.tsv](coverage-reasons.tsv):"
    yield ""
    yield from (f"- *{reason}*: {_MEANINGS[reason]}" for reason in Reason)
    yield ""


def _lists(coverages: Sequence[Coverage]) -> Iterator[str]:
    for each in coverages:
        yield f"## {each.document.slug}"
        yield ""
        left = [judged for judged in each.units if not judged.covered]
        if not left:
            yield "Every unit is covered."
        else:
            yield "| position | begins | reason |"
            yield "|---|---|---|"
            yield from map(_line, left)
        yield ""


def _line(judged: Judged) -> str:
    start, end = judged.unit.main
    # What was left out to protect a person must not come back through the list of what was left out.
    begins = "*not shown*" if judged.reason is Reason.CONTACT else escaped(judged.words)
    return f"| {start}–{end} | {begins} | {judged.reason or '**open**'} |"


def escaped(words: str) -> str:
    """Return words as Markdown that shows them as they are, in a cell."""
    return "".join(f"\\{character}" if character in "\\`*_[]<>|#~" else character for character in words)
