"""The query library: metadata as comments, names as paths."""

from pathlib import Path

import pytest

from clipgraph.errors import UnreadableFile
from clipgraph.sparql.library import read_library, read_query

TEXT = "#+ title: Members: all\n#+ title-de: Mitglieder\n#+no colon\n# title: not this\nASK {}\n"


def test_a_query_and_its_metadata(tmp_path: Path) -> None:
    path = tmp_path / "q.rq"
    path.write_text(TEXT)

    query = read_query(path, "themes/q")

    assert query.text == TEXT
    assert query.metadata == {"title": "Members: all", "title-de": "Mitglieder"}


@pytest.mark.parametrize(
    ("language", "title"), [("de", "Mitglieder"), ("fr", "Members: all"), ("en", "Members: all")]
)
def test_titles_fall_back_to_english(tmp_path: Path, language: str, title: str) -> None:
    path = tmp_path / "q.rq"
    path.write_text(TEXT)

    assert read_query(path, "q").title(language) == title


def test_a_library_is_sorted_and_named_by_its_paths(tmp_path: Path) -> None:
    for name in ("b/z.rq", "b/a.rq", "a/x/y.rq", "b/notes.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("ASK {}")

    assert [query.name for query in read_library(tmp_path)] == ["a/x/y", "b/a", "b/z"]
    assert [query.title() for query in read_library(tmp_path, "b")] == ["b/a", "b/z"]
    assert read_library(tmp_path, "absent") == []


def test_a_file_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_bytes(b"ASK {'\xff'}")

    with pytest.raises(UnreadableFile, match=r"q\.rq"):
        read_library(tmp_path)


def test_a_reader_is_shown_the_query_with_its_title_only(tmp_path: Path) -> None:
    path = tmp_path / "q.rq"
    path.write_text(TEXT)

    assert read_query(path, "q").asked("de") == "# Mitglieder\n# title: not this\nASK {}\n"
