"""Each competency question gets the answer that a reader finds in the sources.

The expected answers were written down from the brochure of July 2011, not from the queries.
"""

from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from competency.asking import ID, QUESTIONS, ask

# Chapter 5, in its order: the name as the brochure prints it, the authority, its country.
MEMBERS = [
    ("Amsterdam", "City of Amsterdam", "Netherlands"),
    ("Arnsberg", "City of Arnsberg", "Germany"),
    ("Antwerp", "City of Antwerp", "Belgium"),
    ("Athens", "City of Athens", "Greece"),
    ("Diputacio de Barcelona", "Diputació de Barcelona", "Spain"),
    ("Breda", "City of Breda", "Netherlands"),
    ("Brescia", "City of Brescia", "Italy"),
    ("Budapest", "City of Budapest", "Hungary"),
    ("Copenhagen", "City of Copenhagen", "Denmark"),
    ("Dublin", "City of Dublin", "Ireland"),
    ("Frankfurt", "City of Frankfurt am Main", "Germany"),
    ("Helsinki", "City of Helsinki", "Finland"),
    ("Hospitalet", "City of L\u2019Hospitalet de Llobregat", "Spain"),
    ("Istanbul", "City of Istanbul", "Turkey"),
    ("Izmir", "City of Izmir", "Turkey"),
    ("Kirklees", "Kirklees Metropolitan Borough Council", "United Kingdom"),
    ("Ljubljana", "City of Ljubljana", "Slovenia"),
    ("Liège", "City of Liège", "Belgium"),
    ("Lisbon", "City of Lisbon", "Portugal"),
    ("City of Luxembourg", "City of Luxembourg", "Luxembourg"),
    ("Newport", "City of Newport", "United Kingdom"),
    ("Prague", "City of Prague", "Czech Republic"),
    ("Strasbourg", "City of Strasbourg", "France"),
    ("Stuttgart", "City of Stuttgart", "Germany"),
    ("Sundsvall", "City of Sundsvall", "Sweden"),
    ("Tallinn", "City of Tallinn", "Estonia"),
    ("Terrassa", "City of Terrassa", "Spain"),
    ("Torino", "City of Turin", "Italy"),
    ("Turku", "City of Turku", "Finland"),
    ("Valencia", "City of Valencia", "Spain"),
    ("Vienna", "City of Vienna", "Austria"),
    ("Wolverhampton", "City of Wolverhampton", "United Kingdom"),
    ("Wroclaw", "City of Wrocław", "Poland"),
    ("Zagreb", "City of Zagreb", "Croatia"),
    ("Zurich", "City of Zurich", "Switzerland"),
]

# Chapter 5.1 to 5.4: title, places, research module. The module titles are the chapters' headings.
HOUSING = "Housing and integration of immigrants in the EU"
EQUALITY = "Equality and diversity in jobs and services in the EU"
INTERCULTURAL = "Intercultural policies and intergroup relations with the focus on Muslim communities"
ENTREPRENEURSHIP = "Ethnic entrepreneurship"
PRACTICES = [
    ("Social Renting Agencies", ["Antwerp"], HOUSING),
    ("Social City-Program", ["Germany"], HOUSING),
    ("Recruiting and managing apprentices", ["Vienna"], EQUALITY),
    ("Services provision by trade unions", ["Terrassa", "Mataró"], EQUALITY),
    ("Athens International Radio", ["Athens"], INTERCULTURAL),
    ("Qualification of young Muslim leaders", ["Stuttgart"], INTERCULTURAL),
    ("Amsterdam Topstad", ["Amsterdam"], ENTREPRENEURSHIP),
    ("Migration=Chance", ["Zurich"], ENTREPRENEURSHIP),
    ("Bokaler", ["Malmö"], ENTREPRENEURSHIP),
]

# Chapter 3.2 a.
EUROPEAN_FIELDS = [
    "Integration through education",
    "Integration into the labour market",
    "Integration through migrant families",
    "Integration into the neighbourhoods and housing policies",
    "Integration through sport",
    "Integration through political participation",
    "Integration through intercultural orientation of public services",
    "Inter-religious dialogue and integration work of religious communities",
    "Migration and cultural diversity",
    "Migration and development cooperation",
    "Migration, integration and security",
    "Public relations and media work",
]

# Chapter 2.1 a.
STUTTGART_FIELDS = [
    "Integration through education",
    "Occupational integration",
    "Social integration",
    "Integration into the neighbourhoods and housing policies",
    "Integration through civic engagement",
    "Political participation",
    "Inter-religious dialogue and integration work of religious communities",
    "Internationality as a driving force for science and business",
    "Internationality and cultural diversity",
    "Integration through sport",
    "Safety and security in our international city",
    "Intercultural orientation of the city administration and its partners for integration",
    "Cooperation network of cities in the area of migration and integration",
    "The Stuttgart Partnership One World",
    "Public relations and media",
]


def test_the_35_members_and_their_countries(graph: ox.Store) -> None:
    rows = ask(graph, "cq11-members", "authorityName", "countryName")
    assert len(rows) == 35
    assert sorted(rows) == sorted((authority, country) for _, authority, country in MEMBERS)


def test_members_are_found_by_the_name_the_brochure_prints(graph: ox.Store) -> None:
    rows = graph.query(
        "SELECT DISTINCT ?name { <https://w3id.org/clipgraph/id/network/clip> "
        "<http://www.w3.org/ns/org#hasMember> ?member . "
        "?member <http://purl.org/dc/terms/spatial>? ?named . "
        "?named <http://www.w3.org/2000/01/rdf-schema#label>"
        "|<http://www.w3.org/2004/02/skos/core#altLabel> ?name }"
    )
    assert isinstance(rows, ox.QuerySolutions)
    names = {row["name"].value for row in rows}
    assert {printed for printed, _, _ in MEMBERS} <= names


def test_countries_are_23_by_the_list_and_22_by_the_text(graph: ox.Store) -> None:
    variables = ("membersCounted", "citiesStated", "countriesCounted", "countriesStated")
    assert ask(graph, "cq11-countries-counted-and-stated", *variables) == [("35", "35", "23", "22")]
    assert len({country for _, _, country in MEMBERS}) == 23


def test_two_members_are_not_cities(graph: ox.Store) -> None:
    assert ask(graph, "cq12-members-not-cities", "authorityName", "kindName") == [
        ("Diputació de Barcelona", "province"),
        ("Kirklees Metropolitan Borough Council", "metropolitan borough"),
    ]


def test_three_founders_in_2006(graph: ox.Store) -> None:
    assert ask(graph, "cq05-founders", "founder", "year") == [
        (ID + "authority/stuttgart", "2006"),
        (ID + "organisation/congress-of-local-and-regional-authorities", "2006"),
        (ID + "organisation/eurofound", "2006"),
    ]


def test_six_research_institutes_one_of_which_coordinates(graph: ox.Store) -> None:
    assert ask(graph, "cq06-research-institutes", "instituteName", "cityName", "roleName") == [
        ("Centre for Migration Policy Research", "Swansea", "member"),
        ("European forum for migration studies", "Bamberg", "coordinator"),
        ("Forum of International and European Research on Immigration", "Turin", "member"),
        ("Institute for Migration and Ethnic Studies", "Amsterdam", "member"),
        ("Institute for Urban and Regional Research", "Vienna", "member"),
        ("Institute of International Studies", "Wrocław", "member"),
    ]


def test_the_twelve_fields_each_with_a_goal(graph: ox.Store) -> None:
    rows = ask(graph, "cq20-fields-and-goals", "number", "name", "goal")
    assert [row[:2] for row in rows] == [(str(n), name) for n, name in enumerate(EUROPEAN_FIELDS, 1)]
    assert all(goal.endswith(".") for _, _, goal in rows)


def test_the_fifteen_fields_of_stuttgart(graph: ox.Store) -> None:
    rows = ask(graph, "stuttgart-pact-fields", "number", "name")
    assert rows == [(str(number), name) for number, name in enumerate(STUTTGART_FIELDS, 1)]


def test_the_nine_practices_and_their_places(graph: ox.Store) -> None:
    rows = ask(graph, "cq27-practices-and-places", "title", "placeName")
    assert sorted(rows) == sorted((title, place) for title, places, _ in PRACTICES for place in places)


def test_only_social_city_has_a_place_that_is_no_city(graph: ox.Store) -> None:
    rows = ask(graph, "cq27-practices-and-places", "title", "kind")
    not_cities = [(title, kind.rsplit("/", 1)[1]) for title, kind in rows if not kind.endswith("/city")]
    assert not_cities == [("Social City-Program", "country")]


def test_malmo_and_mataro_have_a_practice_without_being_listed(graph: ox.Store) -> None:
    rows = ask(graph, "cq14-practice-cities-outside-the-network", "cityName", "practice")
    assert rows == [
        ("Malmö", ID + "practice/bokaler"),
        ("Mataró", ID + "practice/services-provision-by-trade-unions"),
    ]


def test_28_members_have_no_practice(graph: ox.Store) -> None:
    rows = {name for (name,) in ask(graph, "cq15-members-without-practice", "authorityName")}
    with_practice = {place for _, places, _ in PRACTICES for place in places}
    assert rows == {authority for printed, authority, _ in MEMBERS if printed not in with_practice}
    assert len(rows) == 28


def test_two_practices_name_their_funding(graph: ox.Store) -> None:
    assert ask(graph, "cq29-funding", "practice", "funder", "amount", "currency", "from", "to") == [
        (ID + "practice/qualification-of-young-muslim-leaders", ID + "organisation/bamf", "", "", "", ""),
        (
            ID + "practice/social-city",
            "",
            "400000000",
            "https://w3id.org/clipgraph/scheme/unit/euro",
            "1999",
            "2004",
        ),
    ]


def test_every_practice_has_the_module_of_its_chapter(graph: ox.Store) -> None:
    rows = ask(graph, "cq34-practice-modules", "title", "moduleTitle")
    assert sorted(rows) == sorted((title, module) for title, _, module in PRACTICES)


def test_the_european_pact_is_proposed_and_the_stuttgart_pact_adopted(graph: ox.Store) -> None:
    status = {row[0]: row[1] for row in ask(graph, "cq47-status-of-elements", "thing", "status")}
    assert status[ID + "instrument/european-pact"].endswith("/status/proposed")
    assert status[ID + "instrument/stuttgart-pact"].endswith("/status/adopted")
    assert status[ID + "network/clip"].endswith("/status/established")
    assert status[ID + "module/housing"].endswith("/status/completed")
    assert status[ID + "organisation/european-pact-steering-committee"].endswith("/status/proposed")
    assert status[ID + "document/european-pact-first-monitoring-report"].endswith("/status/proposed")
    assert not [thing for thing in status if "/invitation/" in thing]


def test_a_statement_leads_to_its_passage(graph: ox.Store) -> None:
    variables = ("document", "heading", "start", "end")
    assert ask(graph, "cq54-passages", *variables) == [
        (
            ID + "document/european-pact-brochure-2011",
            "2.1 b. The European Network of Cities for Local Integration Policies for Migrants (CLIP)",
            "15456",
            "15803",
        )
    ]


@pytest.mark.parametrize("path", sorted(QUESTIONS.glob("*.rq")), ids=lambda path: path.stem)
def test_every_question_says_what_it_asks_in_three_languages(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    missing = [
        key
        for key in ("title", "title-de", "title-fr", "description", "keywords")
        if f"#+ {key}: " not in text
    ]
    assert missing == []


def test_no_source_tells_that_a_commitment_or_an_action_was_carried_out(graph: ox.Store) -> None:
    rows = ask(graph, "cq50-monitoring-gap", "instrument", "evidences")
    assert Counter(rows) == {
        (ID + "instrument/charter-of-diversity", "0"): 1,
        (ID + "instrument/integrating-cities-charter", "0"): 4,
        (ID + "instrument/recommendation-304", "0"): 8,
    }


def test_the_ontology_says_its_version_and_licence(graph: ox.Store) -> None:
    assert ask(graph, "cq59-version-and-licence", "title", "version", "licence") == [
        ("The clipgraph ontology", "0.1.0", "https://creativecommons.org/licenses/by/4.0/")
    ]
