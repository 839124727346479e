"""Which of several texts a reader gets, and how literals are told."""

import pytest

from clipgraph.engines.rows import Value
from clipgraph.pages.labels import best, chosen, in_order, only_best_language
from clipgraph.pages.literals import moment, told
from clipgraph.pages.reader import Reader

XSD = "http://www.w3.org/2001/XMLSchema#"
GERMAN = Reader("de", "/de")


def text(words: str, language: str = "") -> Value:
    return Value("literal", words, language)


def test_links_keep_the_language_that_stands_in_the_address() -> None:
    assert GERMAN.link("/map") == "/de/map"
    assert GERMAN.link("/") == "/de"
    assert Reader("de").link("/map") == "/map"


@pytest.mark.parametrize(
    ("languages", "first"),
    [
        (["en", "de", "fr"], "de"),
        (["en", "de-AT", "fr"], "de-AT"),
        (["fr", "en", ""], "en"),
        (["fr", ""], ""),
        (["fr", "zu"], "fr"),
    ],
)
def test_the_readers_language_comes_first_then_english(languages: list[str], first: str) -> None:
    values = [text("x", language) for language in languages]

    found = best(values, GERMAN)
    assert found is not None
    assert found.language == first
    assert in_order(values, GERMAN)[0].language == first


def test_nothing_is_chosen_from_nothing() -> None:
    assert best([], GERMAN) is None
    assert only_best_language([], GERMAN) == []


def test_of_several_texts_all_in_the_best_language_are_told() -> None:
    values = [text("a", "en"), text("b", "de"), text("c", "de")]

    assert [value.text for value in only_best_language(values, GERMAN)] == ["b", "c"]


def test_labels_are_chosen_for_each_thing() -> None:
    rows = [
        {"thing": Value("uri", "urn:a"), "label": text("Vienna", "en")},
        {"thing": Value("uri", "urn:a"), "label": text("Wien", "de")},
        {"thing": Value("uri", "urn:b")},
    ]

    assert {iri: value.text for iri, value in chosen(rows, GERMAN).items()} == {"urn:a": "Wien"}


@pytest.mark.parametrize(
    ("written", "datatype", "english", "german"),
    [
        ("2004-08-13", "date", "13 August 2004", "13. August 2004"),
        ("2004-08-13T10:00:00Z", "dateTime", "13 August 2004", "13. August 2004"),
        ("2004-08", "gYearMonth", "August 2004", "August 2004"),
        ("2004-02-31", "date", "2004-02-31", "2004-02-31"),
        ("2004", "gYear", "2004", "2004"),
        ("1234567.5", "decimal", "1,234,567.5", "1.234.567,5"),
        ("-3", "integer", "-3", "-3"),
        ("x", "integer", "x", "x"),
        ("9" * 50, "integer", "9" * 50, "9" * 50),
        ("2004-08-13", "string", "2004-08-13", "2004-08-13"),
    ],
)
def test_dates_and_numbers_are_told_in_the_readers_way(
    written: str, datatype: str, english: str, german: str
) -> None:
    value = Value("literal", written, "", XSD + datatype)

    assert (told(value, Reader()), told(value, GERMAN)) == (english, german)


def test_a_long_text_is_cut() -> None:
    assert len(told(text("a" * 10**6), Reader())) < 2100


@pytest.mark.parametrize(
    ("written", "english", "german"),
    [
        ("2026-11-26T07:26:01Z", "26 November 2026, 07:26 UTC", "26. November 2026, 07:26 UTC"),
        ("2026-11-26T00:26:01+01:00", "25 November 2026, 23:26 UTC", "25. November 2026, 23:26 UTC"),
        ("yesterday", "yesterday", "yesterday"),
    ],
)
def test_times_are_told_in_utc(written: str, english: str, german: str) -> None:
    assert (moment(written, Reader()), moment(written, GERMAN)) == (english, german)


def test_no_french_line_begins_with_a_colon() -> None:
    text = "Groupe de travail : « Un monde »"
    value = Value("literal", text, "fr")

    assert told(value, Reader("fr")) == "Groupe de travail\u00a0: «\u00a0Un monde\u00a0»"
    assert told(value._replace(language="en"), Reader("fr")) == text
