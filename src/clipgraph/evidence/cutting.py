"""Cuts a source text into units: the sentences, items, headings, captions, cells and footnotes of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from clipgraph.evidence.blocks import Block, Kind, cut_blocks

Span = tuple[int, int]

# A full stop, what closes with it, and the footnote mark that follows it.
_END = re.compile(r"[.!?…]+[\"”“’»)\]*]*(?:\s?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)?(?=\s|\Z)")
_NEXT = re.compile(r"\s+[\"“„”‘'«(\[*]*\s?[^\W_a-zà-ÿ]")
_ABBREVIATION = re.compile(
    r"(?:e\.g|i\.e|e|g|i|cf|dr|prof|st|mr|mrs|ms|mme|nos?|vol|art|pp?|eds?|approx|ca|vs|incl|jr|sr|mm?|al|fig|inc"
    r"|ltd|hon|rev|gen|u\.s|u\.k)\.",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"[A-ZÀ-Þ]\.(?:-?[A-ZÀ-Þ]\.)*")
_ENUMERATOR = re.compile(r"(?:[-*•–]\s+)?(?:\*\*)?(?:[A-Za-z]|\d{1,3}(?:\.\d{1,2})*)\.(?:\*\*)?")
_WHOLE = frozenset({Kind.CELL, Kind.FOOTNOTE, Kind.CAPTION})


@dataclass(frozen=True, slots=True)
class Unit:
    """One statement of a source; ``spans`` are more than one where something stands between its halves."""

    spans: tuple[Span, ...]
    kind: Kind

    @property
    def main(self) -> Span:
        """The longest span: what names the unit's position."""
        return max(self.spans, key=lambda span: (span[1] - span[0], -span[0]))


def cut(text: str) -> list[Unit]:
    """Return the units of a text in order: the same text always gives the same."""
    units = [unit for block in cut_blocks(text) for unit in _units(text, block)]
    return sorted(units, key=lambda unit: unit.spans[0])


def _units(text: str, block: Block) -> Iterator[Unit]:
    if block.kind in _WHOLE:
        yield Unit(block.spans, block.kind)
        return
    first, rest = _sentences(text, block.spans[0]), block.spans[1:]
    several = block.kind is Kind.HEADING and len(first) > 1
    kinds = (Kind.PROSE if several else block.kind, Kind.PROSE)
    open_end = first.pop() if rest else None
    for number, span in enumerate(first):
        yield Unit((span,), kinds[min(number, 1)])
    if open_end is None:
        return
    second, *others = _sentences(text, rest[0])
    yield Unit((open_end, second), Kind.PROSE)
    yield from (Unit((span,), Kind.PROSE) for span in others)


def _sentences(text: str, span: Span) -> list[Span]:
    """Return the sentences of a span; line ends and hyphens in them are left alone."""
    start, end = span
    found, begun = [], start
    for match in _END.finditer(text, start, end):
        if _ends_here(text[begun : match.end()], text[match.end() : end], match[0]):
            found.append((begun, match.end()))
            begun = match.end() + len(text[match.end() : end]) - len(text[match.end() : end].lstrip())
    return [*found, (begun, end)] if begun < end else found


def _ends_here(sentence: str, rest: str, mark: str) -> bool:
    """Tell whether a full stop ends its sentence: not after an abbreviation, a numeral or an initial."""
    if not _NEXT.match(rest) or _ENUMERATOR.fullmatch(sentence):
        return False
    if mark != ".":
        return True
    last = re.split(r"[\s(\[\"“„]", sentence)[-1]
    return not (_ABBREVIATION.fullmatch(last) or _INITIALS.fullmatch(last))
