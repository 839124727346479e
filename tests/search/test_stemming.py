"""Stems of words, and the last parts of German compounds."""

import pytest

from clipgraph.search.stemming import forms, stem, stemmed, stems


def test_forms_of_a_word_have_one_stem_in_its_language() -> None:
    assert stem("houses", "en") == stem("housing", "en")
    assert stem("Städte", "de-AT") == stem("Stadt", "de")
    assert stem("houses", "en") != stem("houses", "fr")


@pytest.mark.parametrize("language", ["", "sv"])
def test_a_language_without_stemmer_has_none(language: str) -> None:
    assert stem("hus", language) == ""
    assert stemmed("hus och hem", language) == ""
    assert forms("hus och hem", language, {"hem"}) == []


def test_a_word_of_no_language_has_the_stem_of_each() -> None:
    assert len(set(stems("integration"))) == 3


def test_a_german_compound_is_found_by_its_last_part() -> None:
    assert stem("Bürgermeister", "de") in forms("Oberbürgermeister", "de", {"bürgermeister"})
    assert stem("Bürgermeister", "de") not in forms("Oberbürgermeister", "de", {"meisterin"})


@pytest.mark.parametrize("language", ["en", "fr"])
def test_words_of_other_languages_are_not_taken_apart(language: str) -> None:
    assert stem("ations", language) not in forms("organisations", language, {"ations"})
    assert len(forms("organisations", language, {"ations"})) == 1
