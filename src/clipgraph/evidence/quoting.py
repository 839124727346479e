"""Takes the words of a passage out of its text, only where they are the words that were read."""

import re
from dataclasses import dataclass
from hashlib import sha256

from clipgraph.evidence.verifying import LONGEST

# Code points of what stands around a passage: enough to see where it stands, too little to replace a text.
AROUND = 200
_WORD_ENDS = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Quotation:
    """The words of a passage, with what stands before and after them.

    ``begins`` and ``ends`` tell whether the text itself begins or ends there; else it goes on.
    """

    before: str
    words: str
    after: str
    begins: bool
    ends: bool


def quote(text: str, start: int, end: int, digest: str, around: int = AROUND) -> Quotation | None:
    """Return the words from ``start`` to ``end`` of a text, None where their digest is another.

    Positions are code points from 0, the end excluded; ``digest`` is the SHA-256 of the words' UTF-8 in
    hexadecimal. A stretch longer than a passage may be is none.
    """
    if not 0 <= start < end <= len(text) or end - start > LONGEST:
        return None
    words = text[start:end]
    if sha256(words.encode()).hexdigest() != digest:
        return None
    first, last = _back_to_a_word(text, start, around), _on_to_a_word(text, end, around)
    return Quotation(text[first:start], words, text[end:last], first == 0, last == len(text))


def _back_to_a_word(text: str, start: int, around: int) -> int:
    """Return where the words before a passage begin, in no more than ``around`` code points."""
    first = max(0, start - around)
    if first == 0:
        return 0
    gap = _WORD_ENDS.search(text, first - 1, start)
    return gap.end() if gap else start


def _on_to_a_word(text: str, end: int, around: int) -> int:
    """Return where the words after a passage end."""
    last = min(len(text), end + around)
    if last == len(text):
        return last
    gaps = [gap.start() for gap in _WORD_ENDS.finditer(text, end, last + 1)]
    return gaps[-1] if gaps else end
