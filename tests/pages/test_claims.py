"""Claims as lines, and figures in the words of a language."""

import pytest

from clipgraph.engines.rows import Row, Value
from clipgraph.pages.elsewhere import known_as
from clipgraph.pages.facts import Claim, Item, expand, name_of
from clipgraph.pages.figures import Figures
from clipgraph.pages.languages import read_languages
from clipgraph.pages.reader import Reader
from clipgraph.pages.telling import Telling

XSD = "http://www.w3.org/2001/XMLSchema#"
UNIT, PRECISION = "https://w3id.org/clipgraph/scheme/unit/", "https://w3id.org/clipgraph/scheme/precision/"
LANGUAGES = read_languages()
CLAIM, TIME = (
    "https://w3id.org/clipgraph/id/network/n/claim/1",
    "https://w3id.org/clipgraph/id/network/n/claim/1/time",
)


def figures(language: str) -> Figures:
    return Figures(Reader(language), LANGUAGES[language].translations)


def number(text: str) -> Value:
    return Value("literal", text, "", XSD + "decimal")


@pytest.mark.parametrize(
    ("written", "unit", "precision", "english", "german", "french"),
    [
        ("40", "percent", "about", "about 40%", "ungefähr 40\xa0%", "environ 40\u202f%"),
        (
            "40000000",
            "person",
            "more-than",
            "more than 40 million",
            "mehr als 40 Millionen",
            "plus de 40 millions",
        ),
        ("300000", "person", "exact", "300,000", "300.000", "300\u202f000"),
        ("5", "year", "exact", "5 years", "5 Jahre", "5 ans"),
        ("1", "year", "at-least", "at least 1 year", "mindestens 1 Jahr", "au moins 1 an"),
        ("3", "month", "less-than", "less than 3 months", "weniger als 3 Monate", "moins de 3 mois"),
        ("12", "working-group", "exact", "12", "12", "12"),
        ("a few", "percent", "about", "about a few", "ungefähr a few", "environ a few"),
    ],
)
def test_figures_have_their_unit_and_precision(
    written: str, unit: str, precision: str, english: str, german: str, french: str
) -> None:
    told = [
        figures(language)
        .figure(number(written), UNIT + unit, PRECISION + precision, None)
        .replace("\u202f%", "\u202f%")
        for language in ("en", "de", "fr")
    ]

    assert told[:2] == [english, german]
    assert told[2].replace("\xa0", "\u202f") == french


def test_a_share_names_its_whole() -> None:
    base = Value("literal", "all inhabitants", "en")

    assert figures("en").figure(number("40"), UNIT + "percent", "", base) == "40% of all inhabitants"


@pytest.mark.parametrize("text", ["NaN", "INF", "1e999999999", "9" * 100, "", "-"])
def test_what_is_no_number_is_shown_as_it_stands(text: str) -> None:
    assert figures("de").figure(number(text), UNIT + "percent", "", None) == text


def test_sums_of_money_have_no_cents_where_they_are_whole() -> None:
    told = [figures(language).amount(number("400000000"), UNIT + "euro") for language in ("en", "de")]

    assert told == ["€400,000,000", "400.000.000\xa0€"]
    assert figures("en").amount(number("12.5"), UNIT + "euro") == "€12.50"
    assert figures("en").amount(number("12.5"), UNIT + "shell") == "12.5"


@pytest.mark.parametrize(
    ("begin", "end", "told"),
    [("1999", "2004", "1999–2004"), ("1999", "", "since 1999"), ("", "2004", "until 2004"), ("", "", "")],
)
def test_periods(begin: str, end: str, told: str) -> None:
    years = [Value("literal", year, "", XSD + "gYear") if year else None for year in (begin, end)]

    assert figures("en").period(*years) == told


def test_coordinates_are_words() -> None:
    wkt = Value("literal", "POINT(-2.12296 52.58547)")

    assert figures("en").place(wkt) == "52.585° N, 2.123° W"
    assert figures("de").place(wkt) == "52,585° N, 2,123° W"
    assert figures("en").place(Value("literal", "POLYGON((0 0, 1 1, 2 2, 0 0))")) == ""


def telling(**nested: list[tuple[str, Value]]) -> Telling:
    """Return what tells a claim ``claim`` and its ``time``, given as prefixed names with values."""
    iris = {"claim": CLAIM, "time": TIME}
    rows: dict[str, list[Row]] = {
        iris[name]: [{"property": Value("uri", expand(key)[0]), "value": value} for key, value in facts]
        for name, facts in nested.items()
    }
    return Telling({}, rows, Reader(), LANGUAGES["en"].translations)


def claim_of(told: Telling) -> Claim:
    item = told.items([Value("uri", CLAIM)])[0]
    assert item.claim is not None
    return item.claim


def test_a_membership_is_told_by_whom_it_links_in_which_role_and_when() -> None:
    claim = claim_of(
        telling(
            claim=[
                ("org:member", Value("uri", "urn:member")),
                ("org:role", Value("uri", "urn:role")),
                ("time:hasTime", Value("uri", TIME)),
            ],
            time=[("time:inXSDgYear", Value("literal", "2006", "", XSD + "gYear"))],
        )
    )

    assert [item.iri for item in claim.main] == ["urn:member"]
    assert [item.iri for item in claim.how] == ["urn:role"]
    assert claim.when == "2006"
    assert claim.rest == ()


@pytest.mark.parametrize(
    ("page", "main", "founders", "joint"),
    [
        ("urn:city", ["urn:network"], ["urn:council"], True),
        ("urn:network", ["urn:city", "urn:council"], [], False),
        ("urn:statement", ["urn:network"], ["urn:city", "urn:council"], False),
    ],
)
def test_a_founding_says_who_founded_what_whoever_the_page_is_about(
    page: str, main: list[str], founders: list[str], *, joint: bool
) -> None:
    told = telling(
        claim=[
            ("clip:foundedBy", Value("uri", "urn:city")),
            ("clip:foundedBy", Value("uri", "urn:council")),
            ("org:resultingOrganization", Value("uri", "urn:network")),
            ("dct:isReferencedBy", Value("uri", "urn:document")),
        ]
    )
    claim = told.items([Value("uri", CLAIM)], without=page)[0].claim

    assert claim is not None
    assert [item.iri for item in claim.main] == main
    assert [item.iri for item in claim.founders] == founders
    assert claim.joint is joint
    assert [item.iri for item in claim.by] == ["urn:document"]


def test_an_office_is_told_once() -> None:
    claim = claim_of(
        telling(
            claim=[
                ("clip:post", Value("uri", "urn:mayor")),
                ("org:organization", Value("uri", "urn:city")),
                ("clip:asOf", Value("literal", "2011-07", "", XSD + "gYearMonth")),
            ]
        )
    )

    assert [item.iri for item in claim.main] == ["urn:mayor"]
    assert claim.when == "as of July 2011"


def test_what_no_line_has_a_place_for_is_left() -> None:
    claim = claim_of(telling(claim=[("dct:rights", Value("literal", "none"))]))

    assert [fact.property for fact in claim.rest] == list(expand("dct:rights"))


def test_a_node_that_contains_itself_ends() -> None:
    item = telling(claim=[("time:hasTime", Value("uri", CLAIM))]).items([Value("uri", CLAIM)])[0]

    depth = 0
    while item.facts:
        item, depth = item.facts[0].items[0], depth + 1
    assert depth == 4


def test_properties_have_the_words_of_the_page_and_keep_their_own() -> None:
    rows: list[Row] = [
        {"property": Value("uri", expand("clip:goal")[0]), "value": Value("literal", "x", "de")}
    ]
    label = {expand("clip:goal")[0]: Value("literal", "pursues goal", "en")}
    fact = Telling(label, {}, Reader("de"), LANGUAGES["de"].translations).facts(rows)[0]

    assert (fact.label.text, fact.label.language, fact.term.text) == ("Ziel", "de", "pursues goal")


@pytest.mark.parametrize(
    ("iri", "name"),
    [
        ("http://www.wikidata.org/entity/Q1022", "Wikidata Q1022"),
        ("https://sws.geonames.org/2825297/", "GeoNames 2825297"),
        ("http://data.europa.eu/nuts/code/DE111", "NUTS DE111"),
        ("http://eurovoc.europa.eu/4245", "EuroVoc 4245"),
        ("https://ror.org/01dmjrf50", "ROR 01dmjrf50"),
        ("https://example.org/Q1022", ""),
    ],
)
def test_identifiers_outside_are_named_with_their_authority(iri: str, name: str) -> None:
    assert known_as(iri) == name
    assert name_of(iri, {}).text == (name or iri)


def test_the_name_of_a_code_says_whose_it_is() -> None:
    iri = "http://eurovoc.europa.eu/4245"

    assert name_of(iri, {iri: Value("literal", "sport", "en")}).text == "sport (EuroVoc 4245)"
    assert name_of(iri, {iri: Value("literal", "4245, sport", "en")}).text == "4245, sport"


def test_values_are_grouped_the_largest_group_first() -> None:
    item = telling(claim=[("org:role", Value("uri", "urn:role"))]).items(
        [Value("uri", CLAIM), Value("uri", "urn:b"), Value("uri", "urn:c")]
    )
    fact = Telling({}, {}, Reader(), LANGUAGES["en"].translations).facts(
        [{"property": Value("uri", "urn:p"), "value": Value("uri", "urn:x")}]
    )[0]
    fact.items = item

    assert [(key.iri if key else None, len(items)) for key, items in fact.by("org:role")] == [
        ("urn:role", 1),
        (None, 2),
    ]
    assert isinstance(fact.items[0], Item)
