"""Words are quoted only where they are the words that were read."""

from hashlib import sha256
from pathlib import Path

import pytest

from clipgraph.errors import Unavailable
from clipgraph.evidence.quoting import AROUND, quote
from clipgraph.evidence.texts import SourceTexts

TEXT = "\ufeffOne 𝄞 note.\r\nTwo notes follow, and a last word"


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def test_words_come_with_what_stands_around_them() -> None:
    start = TEXT.index("Two")
    found = quote(TEXT, start, start + 9, digest("Two notes"))

    assert found
    assert (found.before, found.words, found.after) == (TEXT[:start], "Two notes", " follow, and a last word")
    assert found.begins
    assert found.ends


def test_what_stands_around_is_short_and_whole_words() -> None:
    text = "alpha " * 200 + "HERE" + " omega" * 200
    start = text.index("HERE")
    found = quote(text, start, start + 4, digest("HERE"))

    assert found
    assert set(found.before.split()) == {"alpha"}
    assert set(found.after.split()) == {"omega"}
    assert AROUND - 7 < len(found.before) <= AROUND
    assert AROUND - 7 < len(found.after) <= AROUND
    assert not found.begins
    assert not found.ends


def test_one_endless_word_stands_alone() -> None:
    text = "x" * 1000 + " HERE " + "y" * 1000
    found = quote(text, 1001, 1005, digest("HERE"))

    assert found
    assert (found.before, found.after) == ("", "")


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (16, 25, "Other words"),
        (16, 16, ""),
        (20, 16, "Two"),
        (-9, 4, TEXT[-9:4]),
        (16, 9999, TEXT[16:]),
    ],
)
def test_other_words_are_not_quoted(start: int, end: int, words: str) -> None:
    assert quote(TEXT, start, end, digest(words)) is None


def test_no_more_is_quoted_than_a_passage_may_be() -> None:
    text = "a" * 2000

    assert quote(text, 0, 700, digest("a" * 700))
    assert quote(text, 0, 701, digest("a" * 701)) is None


def test_a_text_is_found_by_its_digest_and_read_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below/any.name").write_bytes(TEXT.encode())
    texts = SourceTexts(tmp_path)

    assert texts.text(digest(TEXT)) == TEXT
    assert texts.text(digest("something else")) is None


def test_a_file_that_changed_or_is_no_text_is_none(tmp_path: Path) -> None:
    latin = "é".encode("latin-1")
    (tmp_path / "latin").write_bytes(latin)
    (tmp_path / "changed").write_text("before")
    (tmp_path / "gone").write_text("gone")
    texts = SourceTexts(tmp_path)
    (tmp_path / "changed").write_text("after")
    (tmp_path / "gone").unlink()

    assert texts.text(sha256(latin).hexdigest()) is None
    assert texts.text(digest("before")) is None
    assert texts.text(digest("gone")) is None


def test_other_texts_are_another_edition(tmp_path: Path) -> None:
    (tmp_path / "one").write_text("one")
    before = SourceTexts(tmp_path).edition
    (tmp_path / "two").write_text("two")

    assert SourceTexts(tmp_path).edition != before


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="there is no such folder"):
        SourceTexts(tmp_path / "nowhere")
