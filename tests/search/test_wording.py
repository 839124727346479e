"""Words are folded and stemmed once, and as they are one by one."""

import pytest

from clipgraph.search import wording
from clipgraph.search.folding import words
from clipgraph.search.stemming import forms
from clipgraph.search.wording import Indexed

TEXTS = (
    "Die Städte und ihre Integrationspolitik, ½ davon in Malmö",
    "Städte, städte und STÄDTE: Politik",
    "",
)


@pytest.mark.parametrize("most", [2, 1000])
def test_a_text_has_the_words_that_it_is_made_of(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(wording, "_MOST", most)
    indexed = Indexed("de", {"politik"}, {})

    for text in TEXTS:
        assert sorted(indexed.of(text).split()) == sorted([*words(text), *forms(text, "de", {"politik"})])
    assert len(indexed) <= most


def test_a_word_is_shown_as_it_is_written_first() -> None:
    shown: dict[str, str] = {}
    indexed = Indexed("de", (), shown)
    for text in TEXTS:
        indexed.of(text)

    assert shown["stadte"] == "städte"
    assert shown["malmo"] == "malmö"
    assert (shown["1"], shown["2"]) == ("1", "2")
