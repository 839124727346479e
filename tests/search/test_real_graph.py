"""The index of the real graph: what people look for, and counts that SPARQL confirms."""

from typing import Any, cast

import pytest

from clipgraph.rdf.prefixes import PREFIXES
from clipgraph.rdf.terms import Store
from clipgraph.search.answering import Index, suggest
from clipgraph.search.questions import FACETS
from testing_search import ask, names

LABELLED = """{ ?thing rdfs:label ?label FILTER NOT EXISTS {
  VALUES ?part { geo:Geometry time:Instant time:Interval time:ProperInterval locn:Address }
  ?thing a ?part } }"""


def numbers(graph: Store, pattern: str) -> dict[str, int]:
    """Return how many labelled things have each value in a pattern of ``?thing`` and ``?value``."""
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    text = (
        f"{prefixes}SELECT ?value (COUNT(DISTINCT ?thing) AS ?n) {{ {pattern} {LABELLED} }} GROUP BY ?value"
    )
    rows = cast("Any", graph.query(text))
    return {row["value"].value: int(row["n"].value) for row in rows}


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Stutgart", "Stuttgart"),
        ("malmo", "Malmö"),
        ("Zuerich", "Zurich"),
        ("athenes", "Athens"),
        ("Lüttich", "Liège"),
        ("young muslim leadres", "Qualification of young Muslim leaders"),
        ("europaen pact", "The European Pact for Integration"),
        ("Mama lernt Deutsch", "Mum learns German"),
    ],
)
def test_what_people_type_finds_what_they_mean(real: Index, typed: str, first: str) -> None:
    assert names(ask(real, typed))[0] == first


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        # Another form of the word, in each language.
        ("houses", "housing"),
        ("practices", "practice"),
        ("cities", "city"),
        ("logements", "housing"),
        ("bonnes pratiques", "good practice"),
        ("Wohnungen", "housing"),
        ("Städte", "Intercultural Cities"),
        ("gute Praxisbeispiele", "good practice"),
        # The last part of a compound.
        ("Bürgermeister Stuttgart", "Mayor of the City of Stuttgart"),
        # Acronyms before the beginnings of words.
        ("CoR", "Committee of the Regions"),
        ("EU", "European Union"),
    ],
)
def test_other_forms_of_words_find_it(real: Index, typed: str, first: str) -> None:
    assert first in names(ask(real, typed))[:3]


def test_a_mended_word_raises_no_name_that_has_no_stems(real: Index) -> None:
    found = names(ask(real, "stutgart"))[:10]

    assert all("Stuttgart" in name for name in found), found


def test_a_word_with_its_accents_comes_before_one_without(real: Index) -> None:
    german = names(ask(real, "Förderung", order=("de", "en", "")))

    assert "Forderung" in german
    assert "örder" in german[0]
    assert names(ask(real, "Forderung", order=("de", "en", "")))[0] == "Forderung"


def test_who_has_no_umlauts_types_two_letters(real: Index) -> None:
    german = names(ask(real, "Foerderung", order=("de", "en", "")))

    assert any("Förder" in name for name in german)


def test_a_name_that_no_thing_has_is_not_mended_to_any_word(real: Index) -> None:
    assert ask(real, "München").total == 0


def test_practices_are_found_by_what_german_calls_them(real: Index) -> None:
    practice = PREFIXES["clip"] + "Practice"
    found = ask(real, "Praxis", order=("de", "en", ""), size=200)

    practices = [each for each in found.found if practice in [v.iri for v in each.facets["type"]]]
    assert len(practices) >= 9


def test_the_network_is_found_by_its_short_name(real: Index) -> None:
    found = ask(real, "clip").found[0]

    assert found.iri.endswith("/network/clip")
    assert found.alternative is not None
    assert found.alternative.value == "CLIP"


@pytest.mark.parametrize(
    ("facet", "pattern"),
    [
        ("level", "?thing clip:governanceLevel ?value"),
        ("sector", "?thing clip:sector ?value"),
        ("field", "?thing clip:coversField ?value"),
        ("module", "?thing clip:documentedInModule ?value"),
        ("audience", "?thing dct:audience ?value"),
        ("type", "{ ?thing a ?value FILTER STRSTARTS(STR(?value), STR(clip:)) }"),
        ("type", "?thing clip:territoryKind ?value"),
    ],
)
def test_counts_are_those_of_sparql(real: Index, graph: Store, facet: str, pattern: str) -> None:
    told = {value.iri: value.count for value in ask(real, counted=(facet,)).facets[facet]}
    expected = numbers(graph, pattern)

    assert expected
    assert {iri: told.get(iri) for iri in expected} == expected


def test_every_labelled_thing_is_there(real: Index, graph: Store) -> None:
    rows = cast(
        "Any",
        graph.query(
            "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
            + f"SELECT (COUNT(DISTINCT ?thing) AS ?n) {LABELLED}"
        ),
    )

    assert ask(real).total == int(next(rows)["n"].value)


def test_a_practice_has_country_field_module_and_network(real: Index) -> None:
    (found,) = ask(real, "Bokaler", chosen={"type": ("GoodPractice",)}, counted=FACETS).found

    assert {name: [value.key for value in found.facets[name]] for name in ("country", "field", "module")} == {
        "country": ["sweden"],
        "field": ["neighbourhoods-and-housing"],
        "module": ["ethnic-entrepreneurship"],
    }


def test_places_of_the_network_have_its_name(real: Index, graph: Store) -> None:
    told = ask(real, chosen={"type": ("territory-kind:city",), "network": ("clip",)})
    expected = numbers(
        graph,
        "?member org:memberOf ?value ; dct:spatial ?thing . ?thing clip:territoryKind territory-kind:city",
    )

    assert told.total == expected["https://w3id.org/clipgraph/id/network/clip"]


def test_suggestions_come_with_what_they_are(real: Index) -> None:
    found = suggest(real, "stutt", ("de", "en", ""))

    kinds = {each["label"]["value"]: each["facets"]["type"][0]["label"]["value"] for each in found}
    assert kinds["Stuttgart"] == "Stadt"
    assert kinds["Stuttgarter Bündnis für Integration"] == "Pakt"
