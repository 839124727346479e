"""Mends words that no text of the release has: the nearest that a name has, by letters changed."""

import sqlite3
from bisect import bisect_left
from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

_SHORT, _MIDDLING = 4, 8  # letters: a shorter word is not mended; up to the other, one change is near
_MOST = 3


class Vocabulary:
    """The words of an index, each with how often names have it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        rows = connection.execute("SELECT folded, number FROM term ORDER BY folded").fetchall()
        self._words = [word for word, _ in rows]
        self._numbers = {word: number for word, number in rows if number}
        self._of_names = [word for word in self._words if word in self._numbers]

    def has(self, beginning: str) -> bool:
        """Tell whether a word begins so."""
        at = bisect_left(self._words, beginning)
        return at < len(self._words) and self._words[at].startswith(beginning)

    def near(self, word: str, *, unfinished: bool = False) -> list[str]:
        """Return the words of names nearest to one that is not known, the most used first; at most three.

        With ``unfinished``, the beginnings of words, too: for one that is still being typed.
        """
        if len(word) < _SHORT:
            return []
        most = 1 if len(word) <= _MIDDLING else 2
        found = self._nearest(word, self._of_names, most)
        if not found and unfinished:
            # Of those with the same first letter: who has typed little has hardly mistyped that.
            since, until = (bisect_left(self._of_names, each) for each in (word[0], chr(ord(word[0]) + 1)))
            sizes = (len(word), len(word) + 1)
            beginnings = {
                known[:size] for known in self._of_names[since:until] for size in sizes if len(known) > size
            }
            found = self._nearest(word, sorted(beginnings), most)
        return found

    def _nearest(self, word: str, among: Sequence[str], most: int) -> list[str]:
        near = process.extract(word, among, scorer=OSA.distance, score_cutoff=most, limit=50, processor=None)
        least = min((distance for _, distance, _ in near), default=0)
        best = [known for known, distance, _ in near if distance == least]
        best.sort(key=lambda known: (known[0] != word[0], -self._numbers.get(known, 0), known))
        return best[:_MOST]
