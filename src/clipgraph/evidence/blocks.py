"""Cuts a source text into blocks: lines that stand together, with what they look like.

The texts are read from pages: a sentence runs over line ends, hyphens and, at the foot of a column, over
captions and footnotes that fell between its halves. A block is a list of spans, so that it can.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

_LINE = re.compile(r"[^\r\n]+")
_MARK = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_BULLET = re.compile(r"[-*•–]\s+(?=\S)")
_NUMBER = re.compile(r"(?:\*\*)?(?:\d{1,2}(?:\.\d{1,2})?\.?|[a-z]\.)(?:\*\*)?[ \t]+(?=\S)")
_BARE_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})+\.?")
_FOOTNOTE = re.compile(rf"[{_MARK}]+\s*(?=\S)")
_CAPTION = re.compile(r"\**(?:Photo|Figure|Source)\b[^:]{0,20}:")
# A line of a letterhead goes on with nothing: "phone: …".
_LABEL = re.compile(r"[\w-]+:(?!\S)")
# A line that goes on ends with a hyphen in a word, a dash, a comma, or a word that needs another.
_HYPHEN = re.compile(r"(?:[a-zà-ÿ]-|\s[–-])$")
_OPEN_WORD = re.compile(
    r"(?:^|\s)(?:an?|the|of|to|in|on|at|by|for|with|from|and|or|as|that|which|whose|their|its|into|between|is|are|be"
    r"|de|des|du|la|les?|et|à|aux?|en|pour|par|avec)$"
)
# So many blocks on, at most, stands the other half of a sentence.
_FARTHEST = 12
_BAR = " | "


class Kind(StrEnum):
    """What a block looks like; the passage kinds of the graph say what a passage is."""

    PROSE = "prose"
    HEADING = "heading"
    ITEM = "list item"
    CAPTION = "caption"
    FOOTNOTE = "footnote"
    CELL = "table cell"


@dataclass(frozen=True, slots=True)
class Block:
    """Spans of a text, each start and end in code points, that are read as one."""

    spans: tuple[tuple[int, int], ...]
    kind: Kind
    apart: bool = True  # a blank line stands before it


def cut_blocks(text: str) -> list[Block]:
    """Return the blocks of a text in the order in which they begin."""
    together: list[Block] = []
    for block in _lines(text):
        last = together[-1] if together else None
        if last and _goes_on(text, last, block):
            together[-1] = replace(last, spans=_joined(last, block))
        else:
            together.append(block)
    return _reunited(text, together)


def _lines(text: str) -> Iterator[Block]:
    """Yield each line, or each cell of a line that is a row, as a block."""
    last = 0
    for match in _LINE.finditer(text):
        line = match[0].strip()
        if not any(character.isalnum() for character in line):
            continue
        start = match.start() + match[0].index(line)
        apart = len(re.findall(r"\r?\n", text[last:start])) > 1
        last = start + len(line)
        cells = line.split(_BAR)
        if len(cells) <= 2:  # noqa: PLR2004  # two cells are a line with a bar in it
            yield Block(((start, last),), _kind(line), apart)
            continue
        for cell in cells:
            yield Block(((start, start + len(cell)),), Kind.CELL, apart)
            start += len(cell) + len(_BAR)


def _kind(line: str) -> Kind:
    if _FOOTNOTE.match(line):
        return Kind.FOOTNOTE
    if _BULLET.match(line) or _NUMBER.match(line) or "\t" in line:
        return Kind.ITEM
    if _CAPTION.match(line):
        return Kind.CAPTION
    return Kind.PROSE if re.search(r"[.!?:;][\"”“’»)*\]⁰-⁹¹²³ ]*$", line) else Kind.HEADING


def _goes_on(text: str, last: Block, block: Block) -> bool:
    """Tell whether a line goes on with the sentence of the one before it."""
    before, after = _words(text, last), _words(text, block)
    if block.kind not in (Kind.PROSE, Kind.HEADING) or last.kind is Kind.CELL:
        return False
    if _BARE_NUMBER.fullmatch(before):
        return True
    if last.kind is Kind.FOOTNOTE and block.apart:
        return False
    if after[0].islower() and not _LABEL.match(after):
        return _is_open(before) or not (block.apart or _has_ended(before))
    return not block.apart and bool(before.endswith(",") or _OPEN_WORD.search(before))


def _is_open(words: str) -> bool:
    return bool(_HYPHEN.search(words) or _OPEN_WORD.search(words))


def _has_ended(words: str) -> bool:
    return words.rstrip('"”“’»)*]' + _MARK)[-1:] in (".", "!", "?", ":", ";")


def _reunited(text: str, blocks: list[Block]) -> list[Block]:
    """Join a sentence with its other half, where captions and footnotes stand between the two."""
    taken: set[int] = set()
    whole = []
    for number, block in enumerate(blocks):
        if number in taken:
            continue
        found = _other_half(text, blocks, number) if _is_open(_words(text, block)) else None
        if found is not None and found not in taken:
            taken.add(found)
            block = replace(block, spans=(*block.spans, *blocks[found].spans), kind=blocks[found].kind)  # noqa: PLW2901
        whole.append(block)
    return whole


def _other_half(text: str, blocks: list[Block], number: int) -> int | None:
    for other in range(number + 1, min(number + 1 + _FARTHEST, len(blocks))):
        words = _words(text, blocks[other])
        if words[0].islower() and blocks[other].kind in (Kind.PROSE, Kind.HEADING):
            return other
    return None


def _joined(last: Block, block: Block) -> tuple[tuple[int, int], ...]:
    return (*last.spans[:-1], (last.spans[-1][0], block.spans[0][1]))


def _words(text: str, block: Block) -> str:
    start, end = block.spans[-1]
    return text[start:end]
