"""Words as the index knows them: without case, accents and letters that only some keyboards have.

Standard library only.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

# Letters that Unicode does not decompose (https://www.unicode.org/reports/tr15/), as people type them.
_LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "\u0131": "i",
        "ħ": "h",
        "ŧ": "t",
    }
)
_TOKEN = re.compile(r"[^\W_]+")
# A word as it is written: letters and digits, with the accents that may stand on their own after them.
WRITTEN = re.compile("(?:[^\\W_][\u0300-\u036f]*)+")
_LONGEST = 64


def fold(text: str) -> str:
    """Return the text without case and accents: ``Malmö`` and ``MALMO`` are ``malmo``, ``ß`` is ``ss``."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return plain.casefold().translate(_LETTERS)  # again: some letters decompose into capitals


@lru_cache(2**16)
def _tokens(written: str) -> tuple[str, ...]:
    """Return the folded words of one written word: one, but for such as ``½``."""
    return tuple(token[:_LONGEST] for token in _TOKEN.findall(fold(written)))


def words(text: str) -> list[str]:
    """Return the folded words of a text in their order, each of 64 letters at most."""
    return [token for written in WRITTEN.findall(text) for token in _tokens(written)]


def written_words(text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield where each word of a text begins and ends, in code points, and what it is folded."""
    for found in WRITTEN.finditer(text):
        yield found.start(), found.end(), _tokens(found.group())


def marks(
    text: str, sought: Iterable[str], same: Callable[[str], bool] | None = None
) -> list[tuple[int, int]]:
    """Return where the words of a text stand that begin with one of the sought (folded) words.

    Or are the ``same`` as one, in another form.
    """
    beginnings = tuple(sought)
    if not beginnings:
        return []
    return [
        (start, end)
        for start, end, folded in written_words(text)
        if any(token.startswith(beginnings) for token in folded) or (same and same(text[start:end]))
    ]
