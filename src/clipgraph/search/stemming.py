"""Stems, by which a word is found in its other forms: ``housing`` in ``houses``, ``Städte`` in ``Stadt``.

Snowball's (https://snowballstem.org/), of the languages that the graph's texts are written in.
"""

import unicodedata
from collections.abc import Collection
from functools import lru_cache

from Stemmer import Stemmer

from clipgraph.search.folding import WRITTEN, fold

_STEMMERS = {"de": Stemmer("german"), "en": Stemmer("english"), "fr": Stemmer("french")}
LANGUAGES = tuple(_STEMMERS)
# In front of a stem in the index, which has words beside stems; no word begins so.
_SIGN = "qzq"
_LONGEST = 64
# A German compound is found by its last part, if that is a word of some length, with something before.
_COMPOUND, _LAST, _BEFORE = 9, 5, 3


def written_as(word: str) -> str:
    """Return a word as it is written but for its case, its accents composed."""
    return unicodedata.normalize("NFC", word.casefold())[:_LONGEST]


@lru_cache(2**16)
def stem(word: str, language: str) -> str:
    """Return the stem of a written word as the index has it, nothing where the language has no stemmer."""
    stemmer = _STEMMERS.get(language.partition("-")[0])
    return f"{_SIGN}{language[:2]}{fold(stemmer.stemWord(written_as(word)))}" if stemmer else ""


def stems(word: str) -> tuple[str, ...]:
    """Return the stems of a word whose language is not known."""
    return tuple(stem(word, language) for language in LANGUAGES)


def stemmed(text: str, language: str) -> str:
    """Return the stems of a text in their order, nothing where its language has no stemmer."""
    return " ".join(stem(match.group(), language) for match in WRITTEN.finditer(text)).strip()


def accented(word: str) -> str:
    """Return a word with its accents, nothing where it has none."""
    written = written_as(word)
    return "" if written.isascii() or written == fold(word) else written


def forms(text: str, language: str, known: Collection[str] = ()) -> list[str]:
    """Return what else than its folded words a text is found by.

    Its words with their accents, their stems, and of German compounds the stem of the last part, where that
    is one of the ``known`` words.
    """
    found = []
    known = known if language.partition("-")[0] == "de" else ()
    for match in WRITTEN.finditer(text):
        word = match.group()
        parts = (accented(word), stem(word, language), stem(_last(written_as(word), known), language))
        found += [part for part in dict.fromkeys(parts) if part and part != stem("", language)]
    return found


def parts_of(text: str) -> set[str]:
    """Return the words of a text that may be the last part of another."""
    return {word for match in WRITTEN.finditer(text) if len(word := written_as(match.group())) >= _LAST}


def _last(word: str, known: Collection[str]) -> str:
    """Return the longest known word that another ends with."""
    if len(word) < _COMPOUND or not known:
        return ""
    ends = (word[start:] for start in range(_BEFORE, len(word) - _LAST + 1))
    return next((end for end in ends if end in known), "")
