"""Practices, fields, documents cited and instruments.

The expected answers were written down from the five source texts, not from the queries. Which field a
practice, an action or a commitment belongs to is clipgraph's reading: here it was read once more.
"""

import pyoxigraph as ox

from competency.asking import CODE, ID, ask

EUROVOC = "http://eurovoc.europa.eu/"
DEFINED = "https://w3id.org/clipgraph/def/"
EXISTING, PROPOSED, ADOPTED = (f"{CODE}status/{code}" for code in ("existing", "proposed", "adopted"))


def test_eight_fields_have_no_good_practice(graph: ox.Store) -> None:
    rows = ask(graph, "cq22-fields-without-practice", "number")
    # Labour market, neighbourhoods, public services and religious communities have one.
    assert [int(number) for (number,) in rows] == [1, 3, 5, 6, 9, 10, 11, 12]


def test_practices_of_a_field_across_cities_and_levels(graph: ox.Store) -> None:
    rows = ask(graph, "cq23-practices-by-field", "number", "title", "placeName")
    assert {row[1:] for row in rows if row[0] == "2"} == {
        ("Recruiting and managing apprentices", "Vienna"),
        ("Services provision by trade unions", "Terrassa"),
        ("Services provision by trade unions", "Mataró"),
        ("Migration=Chance", "Zurich"),
    }
    assert {row[1:] for row in rows if row[0] == "4"} == {
        ("Social Renting Agencies", "Antwerp"),
        ("Social City-Program", "Germany"),
        ("Bokaler", "Malmö"),
        ("Bokaler", "Rosengård"),
    }
    assert [number for number, _, _ in rows] == [*"2222", *"4444", "7", "8", "9", "10"]
    assert "Amsterdam Topstad" not in {title for _, title, _ in rows}  # entrepreneurship is no field


def test_actions_of_recommendation_304_by_field(graph: ox.Store) -> None:
    assert ask(graph, "cq24-actions-by-field", "number", "locator") == [
        ("6", "5.a"),
        ("6", "5.b"),
        ("7", "5.e"),
    ]


def test_eurovoc_concepts_of_fields(graph: ox.Store) -> None:
    rows = ask(graph, "cq25-eurovoc-of-fields", "number", "match", "concept", "conceptName")
    skos = "http://www.w3.org/2004/02/skos/core#"
    assert list(dict.fromkeys(row[0] for row in rows)) == [str(number) for number in range(1, 13)]
    assert {row[0] for row in rows if row[1] == skos + "closeMatch"} == {row[0] for row in rows}
    assert [row[1:] for row in rows if row[0] == "4"] == [
        (skos + "closeMatch", EUROVOC + "2496", "housing policy"),
        (skos + "relatedMatch", EUROVOC + "6740", "deprived urban area"),
        (skos + "relatedMatch", EUROVOC + "4787", "residential area"),
        (skos + "relatedMatch", EUROVOC + "3281", "urban renewal"),
    ]
    assert ("8", skos + "closeMatch", EUROVOC + "c_847fc9f2", "interreligious dialogue") in rows
    assert "housing policy" not in {row[3] for row in rows if row[0] == "1"}


def test_charter_commitments_by_field(graph: ox.Store) -> None:
    rows = ask(graph, "cq26-commitments-by-field", "number", "commitment")
    charter = ID + "instrument/integrating-cities-charter/commitment/"
    # Equal access to language learning, education, employment and housing; health is no field.
    assert rows == [
        ("1", charter + "equal-access"),
        ("2", charter + "equal-access"),
        ("4", charter + "equal-access"),
        ("7", charter + "needs-met-by-providers"),
    ]


def test_practices_by_target_group(graph: ox.Store) -> None:
    rows = set(ask(graph, "cq28-practices-by-target-group", "group", "title"))
    group = CODE + "target-group/"
    assert {
        (group + "tenant", "Social Renting Agencies"),
        (group + "landlord", "Social Renting Agencies"),
        (group + "irregular-migrant", "Services provision by trade unions"),
        (group + "imam", "Qualification of young Muslim leaders"),
        (group + "young-muslim", "Qualification of young Muslim leaders"),
        (group + "visitor", "Athens International Radio"),
        (group + "ethnic-entrepreneur", "Bokaler"),
        (group + "ethnic-entrepreneur", "Migration=Chance"),
    } <= rows
    # Antwerp 2, Germany 2, Vienna 2, the unions 3, Athens 3, Stuttgart 5 and 1, Amsterdam 1, Zurich 3,
    # Malmö 1, Paris 2.
    assert len(rows) == 25
    assert (group + "migrant", "Amsterdam Topstad") not in rows  # for skilled entrepreneurs of any origin


def test_practices_with_actors_that_are_no_city(graph: ox.Store) -> None:
    assert set(ask(graph, "cq30-practices-with-other-actors", "title", "actor")) == {
        *[
            ("Athens International Radio", f"{ID}organisation/{slug}")
            for slug in ("bbc", "rfi", "deutsche-welle")
        ],
        ("Qualification of young Muslim leaders", ID + "organisation/bamf"),
        ("Services provision by trade unions", ID + "organisation/cc-oo"),
        ("Services provision by trade unions", ID + "organisation/cite"),
        ("Social City-Program", ID + "authority/germany"),
    }  # not Stuttgart's own department


def test_cities_with_practices_on_the_same_issue(graph: ox.Store) -> None:
    rows = ask(graph, "cq31-learning-partners", "cityName", "otherCityName")
    assert set(rows) == {
        ("Mataró", "Vienna"),
        ("Terrassa", "Vienna"),
        ("Athens", "Stuttgart"),
        ("Amsterdam", "Malmö"),
        ("Amsterdam", "Zurich"),
        ("Malmö", "Zurich"),
    }  # Mataró and Terrassa share one practice, Antwerp stands beside a whole country


def test_what_became_permanent_or_reports_a_result(graph: ox.Store) -> None:
    rows = ask(graph, "cq32-permanent-or-evaluated", "title", "permanent", "result", "evaluation")
    assert [(title, permanent, bool(result), bool(judged)) for title, permanent, result, judged in rows] == [
        ("Athens International Radio", "true", True, True),
        ("Bokaler", "", False, True),
        ("Recruiting and managing apprentices", "", True, False),
        ("Social City-Program", "", True, False),
    ]


def test_what_practices_lack(graph: ox.Store) -> None:
    rows = ask(graph, "cq33-incomplete-practices", "title", "noObjective", "noPeriod", "noResult")
    assert rows == [
        ("Amsterdam Topstad", "false", "false", "true"),
        ("Bokaler", "false", "true", "true"),
        ("Migration=Chance", "false", "true", "true"),
        ("Qualification of young Muslim leaders", "false", "false", "true"),
        ("Recruiting and managing apprentices", "false", "true", "false"),
        ("Services provision by trade unions", "true", "true", "true"),
        ("Social Renting Agencies", "false", "true", "true"),
    ]  # Athens International Radio and Social City lack nothing


def test_reports_stand_with_two_modules_only(graph: ox.Store) -> None:
    rows = ask(graph, "cq34-practice-modules", "module", "report")
    assert set(rows) == {
        (ID + "module/housing", ""),
        (ID + "module/equality-and-diversity", ""),
        (ID + "module/intercultural-policies", ID + "document/clip-module-3-report"),
        (ID + "module/ethnic-entrepreneurship", ID + "document/clip-module-4-overview-report"),
    }


def test_practices_that_vienna_could_learn_from(graph: ox.Store) -> None:
    assert ask(graph, "cq35-practices-to-learn-from", "title", "placeName") == [
        ("Migration=Chance", "Zurich"),
        ("Services provision by trade unions", "Mataró"),
        ("Services provision by trade unions", "Terrassa"),
    ]


def test_thirty_citations(graph: ox.Store) -> None:
    rows = ask(graph, "cq36-citations", "document", "number", "cited", "address")
    brochure = ID + "document/european-pact-brochure-2011"
    assert [int(row[1]) for row in rows if row[0] == brochure] == list(range(1, 29))
    assert len(rows) == 30
    report = "http://www.eurofound.europa.eu/publications/htmlfiles/ef1032.htm"
    lisbon = "http://eur-lex.europa.eu/JOHtml.do?uri=OJ:C:2007:306:SOM:EN:HTML"
    assert {
        (brochure, "3", ID + "network/clip-research-group", ""),
        (brochure, "15", ID + "instrument/lisbon-treaty", lisbon),
        (brochure, "22", ID + "document/clip-module-3-report", report),
        (brochure, "25", ID + "document/clip-module-4-overview-report", report),
        (
            ID + "document/eurocities-press-release-2013",
            "1",
            ID + "instrument/integrating-cities-charter",
            "http://goo.gl/aDpklq",
        ),
        (ID + "document/congress-recommendation-304-2011", "1", ID + "document/cpl-20-2", ""),
    } <= set(rows)
    assert ID + "document/european-pact-factsheet-2011" not in {row[0] for row in rows}  # it has no notes


def test_instruments_by_level(graph: ox.Store) -> None:
    rows = ask(graph, "cq37-instruments-by-level", "levelName", "instrument", "status")
    found = {
        (level, instrument.removeprefix(ID + "instrument/"), status) for level, instrument, status in rows
    }
    assert {
        ("local level", "stuttgart-pact", ADOPTED),
        ("national level", "national-integration-plan", EXISTING),
        ("national level", "charter-of-diversity", EXISTING),
        ("European level", "recommendation-304", ADOPTED),
        ("European level", "com-2005-389", EXISTING),
        ("", "european-pact", PROPOSED),
    } <= found
    assert len(rows) == 17
    assert {slug for level, slug, _ in found if level == "local level"} == {"stuttgart-pact"}
    assert "new-stuttgarters-book" not in {slug for _, slug, _ in found}


def test_models_and_what_followed_them(graph: ox.Store) -> None:
    rows = ask(graph, "cq41-models", "earlier", "relation", "later")
    instrument = ID + "instrument/"
    assert set(rows) == {
        (instrument + "stuttgart-pact", DEFINED + "modelFor", instrument + "national-integration-plan"),
        (instrument + "stuttgart-pact", DEFINED + "modelFor", CODE + "actor-group/city"),
        (instrument + "french-diversity-charter", DEFINED + "basedOn", instrument + "charter-of-diversity"),
        (instrument + "governing-in-partnership", DEFINED + "basedOn", instrument + "european-pact"),
    }  # no source says that the European pact follows the Stuttgart pact


def test_what_claims_to_contribute_to_europe_2020(graph: ox.Store) -> None:
    rows = ask(graph, "cq43-links-to-europe-2020", "instrument", "goal")
    instrument = ID + "instrument/"
    assert set(rows) == {
        (instrument + "european-pact", instrument + "europe-2020-strategy"),
        (instrument + "governing-in-partnership", instrument + "europe-2020-strategy"),
        (instrument + "governing-in-partnership", instrument + "europe-2020-flagship-initiatives"),
    }  # the Stuttgart pact is older than the strategy


def test_figures_of_places(graph: ox.Store) -> None:
    variables = ("place", "indicatorName", "precisionName", "value", "document", "issued")
    rows = ask(graph, "cq48-figures-of-places", *variables)
    brochure, release = "european-pact-brochure-2011", "eurocities-press-release-2013"
    stated = {
        (place.removeprefix(ID), precision, value, document.removeprefix(ID + "document/"), issued)
        for place, _, precision, value, document, issued in rows
    }
    assert stated == {
        ("area/european-union", "more than", "40000000", brochure, "2011-07"),
        ("area/european-union", "exact", "40000000", brochure, "2011-07"),
        ("area/european-union", "exact", "27", brochure, "2011-07"),
        ("area/european-union", "about", "500000000", brochure, "2011-07"),
        ("area/european-union", "about", "8", brochure, "2011-07"),
        ("area/european-union", "exact", "6", brochure, "2011-07"),
        ("area/world", "exact", "94", brochure, "2011-07"),
        ("city/paris", "about", "300000", release, "2013-12-18"),
        ("city/paris", "exact", "110", release, "2013-12-18"),
        ("city/paris", "exact", "75", release, "2013-12-18"),
        ("city/stuttgart", "less than", "20", brochure, "2011-07"),
        ("city/stuttgart", "more than", "50", brochure, "2011-07"),
        ("city/stuttgart", "exact", "9", brochure, "2011-07"),
        ("city/stuttgart", "about", "40", brochure, "2011-07"),
    }
    assert len(rows) == len(stated)
    assert {row[0] for row in ask(graph, "cq48-figures-of-places", "year")} == {""}  # none is stated
    assert ID + "city/vienna" not in {row[0] for row in rows}  # Vienna's apprentices are the practice's
