"""What is found for words and facets, and in which order."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clipgraph.rdf.prefixes import BASE
from clipgraph.search.answering import Index, suggest
from clipgraph.search.building import Queries, build
from clipgraph.search.folding import words as words_of
from clipgraph.search.questions import FACETS, MOST_WORDS
from testing_search import MadeIndex, Things, ask, names

ID, SCHEME = BASE + "id/", BASE + "scheme/"


@pytest.fixture
def cities() -> Things:
    things = Things()
    for slug, labels in {
        "gothenburg": {"en": "Gothenburg", "de": "Göteborg", "fr": "Göteborg"},
        "liege": {"en": "Liège", "de": "Lüttich", "fr": "Liège"},
        "lodz": {"en": "Łódź"},
        "stuttgart": {"en": "Stuttgart"},
    }.items():
        for language, label in labels.items():
            things.text(f"{ID}city/{slug}", "label", label, language)
        things.facet("type", f"{ID}city/{slug}", SCHEME + "territory-kind/city")
    things.text(f"{ID}practice/sport", "label", "Sport for everyone")
    things.text(
        f"{ID}practice/sport", "description", "Clubs in Stuttgart open their doors, and Gothenburg looks on."
    )
    things.facet("type", f"{ID}practice/sport", BASE + "def/Practice")
    things.facet("country", f"{ID}practice/sport", f"{ID}country/germany")
    things.facet("country", f"{ID}city/stuttgart", f"{ID}country/germany")
    things.facet("country", f"{ID}city/gothenburg", f"{ID}country/sweden")
    things.text(f"{ID}country/germany", "label", "Germany")
    things.text(f"{ID}country/germany", "label", "Deutschland", "de")
    return things


@pytest.mark.parametrize("typed", ["göteborg", "goteborg", "Gotenburg", "GOTHENBURG", "gothen", "Gothenbrug"])
def test_accents_case_endings_and_typos_are_forgiven(index_of: MadeIndex, cities: Things, typed: str) -> None:
    assert names(ask(index_of(cities), typed))[0] == "Gothenburg"


def test_what_was_read_in_place_of_a_typo_is_said(index_of: MadeIndex, cities: Things) -> None:
    index = index_of(cities)

    assert ask(index, "Lütich sport").read == "lüttich sport"
    assert ask(index, "lodz").read == ""


def test_a_name_in_another_language_is_told(index_of: MadeIndex, cities: Things) -> None:
    (found,) = ask(index_of(cities), "lüttich").found

    assert found.label.value == "Liège"
    assert found.alternative is not None
    assert (found.alternative.value, found.alternative.language) == ("Lüttich", "de")
    assert found.alternative.segments == [("Lüttich", True)]


def test_the_reader_gets_names_and_alphabet_of_the_own_language(index_of: MadeIndex, cities: Things) -> None:
    results = ask(index_of(cities), within=(("type", "territory-kind:city"),), order=("de", "en", ""))

    assert names(results) == ["Göteborg", "Łódź", "Lüttich", "Stuttgart"]


def test_a_whole_name_comes_before_a_text_that_has_the_word(index_of: MadeIndex, cities: Things) -> None:
    results = ask(index_of(cities), "Stuttgart")

    assert names(results) == ["Stuttgart", "Sport for everyone"]
    described = results.found[1].description
    assert described is not None
    assert ("Stuttgart", True) in described.segments


def test_all_words_are_wanted_and_some_are_better_than_none(index_of: MadeIndex, cities: Things) -> None:
    index = index_of(cities)

    assert names(ask(index, "sport stuttgart")) == ["Sport for everyone"]
    loose = ask(index, "liège sport")
    assert loose.loose
    assert sorted(names(loose)) == ["Liège", "Sport for everyone"]
    assert ask(index, "xyzzyx").total == 0


def test_a_thing_is_found_by_what_it_is_and_where(index_of: MadeIndex, cities: Things) -> None:
    assert names(ask(index_of(cities), "sport deutschland")) == ["Sport for everyone"]


def test_facets_combine_and_can_be_named_by_key_or_iri(index_of: MadeIndex, cities: Things) -> None:
    index = index_of(cities)

    for value in ("germany", f"{ID}country/germany"):
        results = ask(index, chosen={"country": (value,)})
        assert sorted(names(results)) == ["Sport for everyone", "Stuttgart"]
    assert names(ask(index, chosen={"country": ("germany",), "type": ("Practice",)})) == [
        "Sport for everyone"
    ]
    assert ask(index, chosen={"country": ("germany", "sweden")}).total == 3
    assert ask(index, chosen={"country": ("atlantis",)}).total == 0


def test_a_count_is_what_one_would_see_with_that_value(index_of: MadeIndex, cities: Things) -> None:
    index = index_of(cities)
    results = ask(index, chosen={"country": ("germany",)})

    for facet, values in results.facets.items():
        for value in values:
            chosen = {"country": ("germany",), facet: (value.key,)}
            assert ask(index, chosen=chosen).total == value.count, (facet, value)
    assert [(value.key, value.count, value.chosen) for value in results.facets["country"]] == [
        ("germany", 2, True),
        ("sweden", 1, False),
    ]


def test_what_is_chosen_stays_to_be_taken_off_where_nothing_is_left(
    index_of: MadeIndex, cities: Things
) -> None:
    results = ask(index_of(cities), "lüttich", chosen={"country": ("germany",)})

    assert (results.total, results.without) == (0, 1)
    assert [(value.key, value.chosen) for value in results.facets["country"]] == [("germany", True)]


def test_pages_show_each_thing_once(index_of: MadeIndex, cities: Things) -> None:
    index = index_of(cities)
    pages = [ask(index, page=page, size=2) for page in range(1, 4)]

    shown = [found.iri for page in pages for found in page.found]
    assert len(shown) == len(set(shown)) == pages[0].total == 6
    assert ask(index, page=9, size=2).page == 3


def test_what_many_speak_of_comes_first(index_of: MadeIndex) -> None:
    things = Things()
    for slug in ("a", "b", "c"):
        things.text(f"{ID}organisation/{slug}", "label", f"Office {slug}")
    things.link(f"{ID}organisation/b", 40)

    assert names(ask(index_of(things), "office"))[0] == "Office b"


def test_suggestions_are_names_that_begin_so_also_with_a_typo(index_of: MadeIndex, cities: Things) -> None:
    index = index_of(cities)

    for typed in ("stutt", "Stutgar", "stuttgrat"):
        assert suggest(index, typed, ("en",))[0]["label"]["value"] == "Stuttgart", typed
    assert suggest(index, " ", ("en",)) == []


def test_only_the_first_words_of_very_many_are_used(index_of: MadeIndex, cities: Things) -> None:
    results = ask(index_of(cities), " ".join(f"a{number}" for number in range(40)))

    assert results.shortened
    assert len(results.words) == MOST_WORDS


HOSTILE = [
    *(
        '"',
        "'",
        '" OR "a"*',
        "a NEAR(b, 1)",
        "label : x",
        "{label} : x",
        "^a",
        "a*",
        "-a",
        "(((",
        "NOT",
        "AND OR",
    ),
    *("\0", "a\0b", "\u202estuttgart\u202c", "<script>alert(1)</script>", "%_[]", "; DROP TABLE thing"),
    *("\ud800", "a" * 100_000, "a " * 100_000, "\U0001f3d9", "ﬃ½", "+", "a+b", "\\", "\n\t"),
]


@pytest.mark.parametrize("typed", HOSTILE)
def test_no_syntax_is_read_in_what_is_typed(real: Index, typed: str) -> None:
    results = ask(real, typed, chosen={"type": (typed,), typed: (typed,)})

    assert results.total == 0
    suggest(real, typed, ("en", ""))
    assert ask(real).total > 2000


@settings(max_examples=150, deadline=None)
@given(
    words=st.text(max_size=80),
    facet=st.sampled_from(FACETS),
    value=st.text(max_size=20),
    order=st.lists(st.text(max_size=3), max_size=3),
)
def test_whatever_is_typed_has_an_answer(
    real: Index, words: str, facet: str, value: str, order: list[str]
) -> None:
    assert ask(real, words, order=tuple(order)).total >= 0
    assert ask(real, words, chosen={facet: (value,)}).total >= 0
    suggest(real, words, order)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(categories=["L", "N", "M", "S"]), min_size=1, max_size=30))
def test_a_name_is_found_by_itself(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    things = Things()
    things.text("urn:x", "label", name, "")
    path = tmp_path_factory.mktemp("one") / "x.sqlite"
    build(things.select, Queries("texts", "facets", "links"), path)
    index = Index(str(path))
    try:
        assert ask(index, name).total == bool(words_of(name)), words_of(name)
    finally:
        index.close()


ODD = {
    "urn:markup": "<script>alert(1)</script> markup",
    "urn:megabyte": "megabyte " + "x" * 2**20,
    "urn:sentences": "sentences " + "word " * 200_000,
    "urn:rtl": "\u202e\u2066rtl\u0000 marks",
    "urn:spaces": "   ",
    "urn:emoji": "\U0001f3d9\ufe0f",
    "urn:a'b;--%22": "quote ' \" \\ quote",
    "javascript:alert(1)": "address",
}


def test_odd_things_are_found_and_cut_to_what_can_be_shown(index_of: MadeIndex) -> None:
    things = Things()
    for iri, label in ODD.items():
        things.text(iri, "label", label, "")
        things.text(iri, "description", label * 2, "x-odd")
        things.facet("type", iri, iri)
        things.facet("no such facet", iri, "urn:value")
    index = index_of(things)

    assert ask(index).total == len(ODD)
    for words in ("markup", "megabyte", "sentences", "rtl", "quote", "address"):
        (found,) = ask(index, words).found
        assert len(found.label.value) <= 300
        assert found.description is None or len(found.description.value) <= 300
        assert "\0" not in found.label.value
    assert ask(index, chosen={"type": ("urn:a'b;--%22",)}).total == 1


def test_an_empty_release_answers(index_of: MadeIndex) -> None:
    index = index_of(Things())

    assert ask(index).total == 0
    assert ask(index, "malmo", chosen={"country": ("germany",)}).total == 0
    assert suggest(index, "malmo", ("en",)) == []
