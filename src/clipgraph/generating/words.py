"""Words and names of no language: syllables by chance, so that nothing reads as if a source said it."""

from clipgraph.generating.chances import Chances, Ranked

_BEGINNINGS = ("b", "br", "d", "f", "g", "k", "kl", "l", "m", "n", "p", "pr", "r", "s", "st", "t", "tr", "v")
_VOWELS = ("a", "e", "i", "o", "u", "ai", "ou")
_ENDS = ("", "", "l", "n", "r", "s", "nd", "rt")
_WORDS = 2000


class Words:
    """Writes texts in words of its own, the first of which come most often."""

    def __init__(self, chances: Chances) -> None:
        self._chances = chances
        words: dict[str, None] = {}
        while len(words) < _WORDS:
            words[self._word()] = None
        self._words = Ranked(list(words))

    def _word(self) -> str:
        parts = (_BEGINNINGS, _VOWELS, _ENDS)
        syllables = (self._pick(part) for _ in range(self._chances.number(1, 3)) for part in parts)
        return "".join(syllables)

    def _pick(self, parts: tuple[str, ...]) -> str:
        return parts[self._chances.number(0, len(parts) - 1)]

    def name(self, least: int = 1, most: int = 2) -> str:
        """Return a name of some words, each with a capital."""
        return " ".join(self._word().capitalize() for _ in range(self._chances.number(least, most)))

    def text(self, least: int, most: int) -> str:
        """Return a sentence of ``least`` to ``most`` words."""
        words = (self._chances.one(self._words) for _ in range(self._chances.number(least, most)))
        return " ".join(words).capitalize() + "."
