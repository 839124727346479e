"""The words of texts as the index has them: each is folded and stemmed once, not each time it comes."""

from collections.abc import Collection

from clipgraph.search.folding import WRITTEN, words
from clipgraph.search.stemming import forms

_MOST = 2**17  # words of a language that are remembered, of some 300 bytes; then from the beginning


class Indexed(dict[str, str]):
    """What the index has for each written word of a language: the folded word and its other forms.

    ``known`` are the words that a German compound may end with. ``shown`` gets how each folded word is
    written where it comes first.
    """

    def __init__(self, language: str, known: Collection[str], shown: dict[str, str]) -> None:
        super().__init__()
        self._language, self._known, self._shown = language, known, shown

    def of(self, text: str) -> str:
        """Return what a text is found by."""
        return " ".join(map(self.__getitem__, WRITTEN.findall(text)))

    def __missing__(self, written: str) -> str:
        """Return what a word is found by that was not met yet."""
        folded = words(written)
        for token in folded:
            self._shown.setdefault(token, written.lower() if len(folded) == 1 else token)
        if len(self) >= _MOST:
            self.clear()
        made = self[written] = " ".join((*folded, *forms(written, self._language, self._known)))
        return made
