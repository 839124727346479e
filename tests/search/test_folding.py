"""Words without case and accents, and where they stand in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clipgraph.search.folding import fold, marks, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Malmö", "malmo"),
        ("Malmo\u0308", "malmo"),
        ("STRASSE, Straße", "strasse, strasse"),
        ("Łódź · Ærø · Đà Nẵng", "lodz · aero · da nang"),
        ("\u0130stanbul", "istanbul"),
        ("Θεσσαλονίκη", "θεσσαλονικη"),
    ],
)
def test_letters_are_as_somebody_without_that_keyboard_types_them(text: str, expected: str) -> None:
    assert fold(text) == expected


def test_words_are_letters_and_digits() -> None:
    assert words('L’Hospitalet_de "Llobregat" (2011)!') == ["l", "hospitalet", "de", "llobregat", "2011"]
    assert words("x" * 1000) == ["x" * 64]


def test_marks_are_positions_in_the_text_as_it_is_written() -> None:
    text = "In Malmö, in Malmö’s Rosengård"

    assert [text[start:end] for start, end in marks(text, ["malmo", "rosen"])] == [
        "Malmö",
        "Malmö",
        "Rosengård",
    ]
    assert marks(text, []) == []


@given(st.text())
def test_folding_again_changes_nothing(text: str) -> None:
    assert words(" ".join(words(text))) == words(text)


@given(st.text(), st.text(min_size=1, max_size=3))
def test_marks_lie_in_the_text_and_in_order(text: str, sought: str) -> None:
    ends = [end for pair in marks(text, [fold(sought)]) for end in pair]

    assert ends == sorted(ends)
    assert all(0 <= end <= len(text) for end in ends)
