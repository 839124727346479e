"""Every message of the pages has a translation in every language, with the same places for values."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import PoFileError

from clipgraph.pages.languages import CATALOGUES, read_catalogue, read_languages

ROOT = Path(__file__).resolve().parents[2]
PLACE = re.compile(r"%\((\w+)\)s")
TAGS = sorted(path.stem for path in CATALOGUES.glob("*.po"))


def messages() -> set[str]:
    """Return what the sources ask to have translated; of plurals the singular."""
    mappings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["babel"]["mappings"]
    methods = [(mapping["pattern"], mapping["method"]) for mapping in mappings]
    options = {mapping["pattern"]: mapping for mapping in mappings}
    keywords: dict[str, tuple[int, ...] | None] = {
        "_": None,
        "N_": None,
        "worded": None,  # errors
        "gettext": None,
        "ngettext": (1, 2),
    }
    found = extract_from_dir(ROOT, methods, options, keywords)
    return {each[2] if isinstance(each[2], str) else each[2][0] for each in found}


def strings(message: object) -> Iterator[str]:
    if isinstance(message, str):
        yield message
    elif isinstance(message, list | tuple):
        for each in message:
            yield from strings(each)


def entries(tag: str) -> dict[str, tuple[list[str], list[str]]]:
    catalogue: Catalog = read_catalogue(CATALOGUES / f"{tag}.po")
    told = [(list(strings(each.id)), list(strings(each.string))) for each in catalogue if each.id]
    return {ids[0]: (ids, given) for ids, given in told}


def test_there_are_german_and_french() -> None:
    assert [language.name for language in read_languages().values()] == ["English", "Deutsch", "Français"]


def test_no_french_line_begins_with_a_mark_or_ends_with_an_open_quote() -> None:
    """What stands before a colon, a question mark or a closing quote holds on to it."""
    breaking = re.compile(r" [:;?!»](?=[\s<).,…]|$)|« ")

    assert [text for _, given in entries("fr").values() for text in given if breaking.search(text)] == []


@pytest.mark.parametrize("tag", TAGS)
def test_a_catalogue_is_complete_and_has_nothing_else(tag: str) -> None:
    known, asked = entries(tag), messages()

    assert sorted(asked - known.keys()) == []
    assert sorted(known.keys() - asked) == []
    assert [ids[0] for ids, given in known.values() if not given or not all(given)] == []


@pytest.mark.parametrize("tag", TAGS)
def test_values_have_the_same_places(tag: str) -> None:
    for ids, given in entries(tag).values():
        places = set(PLACE.findall(" ".join(ids)))
        for text in given:
            assert set(PLACE.findall(text)) == places, text


def test_a_new_language_is_one_file(tmp_path: Path) -> None:
    (tmp_path / "it.po").write_text('msgid "Search"\nmsgstr "Cerca"\n', encoding="utf-8")
    languages = read_languages(tmp_path)

    assert list(languages) == ["en", "it"]
    assert languages["it"].name == "Italiano"
    assert languages["it"].translations.gettext("Search") == "Cerca"
    assert languages["it"].translations.gettext("Fields") == "Fields"


def test_a_broken_catalogue_is_refused(tmp_path: Path) -> None:
    (tmp_path / "it.po").write_text('msgid "Search"\nnonsense\n', encoding="utf-8")

    with pytest.raises(PoFileError, match="keyword"):
        read_languages(tmp_path)
