"""Actors, levels, places and their identifiers.

The expected answers were written down from the five source texts, not from the queries; identifiers were
looked up in the registers that the links files name.
"""

from collections import Counter

import pyoxigraph as ox

from competency.asking import CODE, ID, ask

FOUNDED = "https://w3id.org/clipgraph/def/foundedBy"
BODIES = "http://publications.europa.eu/resource/authority/corporate-body/"
COUNTRIES = "http://publications.europa.eu/resource/authority/country/"


def test_actors_stand_at_their_level(graph: ox.Store) -> None:
    rows = set(ask(graph, "cq01-actors-by-level", "levelName", "sectorName", "actor"))
    assert {
        ("European level", "public authority", ID + "organisation/council-of-europe"),
        ("European level", "association of authorities", ID + "organisation/cemr"),
        ("European level", "civil society", ID + "organisation/enar"),
        ("national level", "public authority", ID + "organisation/bamf"),
        ("national level", "public authority", ID + "organisation/state-san-marino"),
        ("local level", "public authority", ID + "authority/diputacio-de-barcelona"),
        ("local level", "public authority", ID + "organisation/stuttgart-department-for-integration"),
    } <= rows
    # 35 members of CLIP, Paris, and the Federal Government of Germany.
    assert len([actor for _, _, actor in rows if actor.startswith(ID + "authority/")]) == 35 + 2
    assert len([actor for _, _, actor in rows if actor.startswith(ID + "organisation/state-")]) == 46
    # National: 46 states, the Federal Government, its ministry and office.
    # Local: 35 members, Paris, and seven bodies of Stuttgart.
    assert Counter(level for level, _, _ in rows) == {
        "European level": 16,
        "national level": 49,
        "local level": 43,
    }
    actors = {actor for _, _, actor in rows}
    assert ID + "organisation/european-pact-steering-committee" not in actors  # proposed
    assert ID + "organisation/unesco" not in actors  # no source says at which level it acts


def test_only_schuster_holds_posts_at_two_levels(graph: ox.Store) -> None:
    rows = ask(graph, "cq02-persons-at-several-levels", "personName", "post", "levelName")
    assert rows == [
        ("Wolfgang Schuster", ID + "post/mayor-of-stuttgart", "local level"),
        ("Wolfgang Schuster", ID + "post/president-of-cemr", "European level"),
    ]


def test_european_bodies_that_support_clip(graph: ox.Store) -> None:
    rows = ask(graph, "cq04-european-supporters-of-clip", "body", "how")
    partner = CODE + "role/partner"
    assert set(rows) == {
        *[
            (f"{ID}organisation/{slug}", partner)
            for slug in (
                "cemr",
                "committee-of-the-regions",
                "european-commission",
                "european-parliament",
                "fra",
                "enar",
            )
        ],
        (ID + "organisation/council-of-europe", CODE + "role/cooperating-party"),
        (ID + "organisation/congress-of-local-and-regional-authorities", FOUNDED),
        (ID + "organisation/eurofound", FOUNDED),
    }
    # The European Council is named for the pact, not for CLIP.
    assert ID + "organisation/european-council" not in {body for body, _ in rows}
    found = ask(graph, "cq04-european-supporters-of-clip", "body", "identifier")
    identifiers = {row[0]: row[1] for row in found}
    assert identifiers[ID + "organisation/eurofound"] == BODIES + "EUROFOUND"
    assert identifiers[ID + "organisation/council-of-europe"] == BODIES + "COU_EUR"
    assert identifiers[ID + "organisation/enar"] == ""  # no body of the EU


def test_which_organisation_is_part_of_which(graph: ox.Store) -> None:
    rows = ask(graph, "cq07-parts-of-organisations", "part", "whole")
    parts = {(part.removeprefix(ID), whole.removeprefix(ID)) for part, whole in rows}
    congress = "organisation/congress-of-local-and-regional-authorities"
    integration = "organisation/stuttgart-department-for-integration"
    mayor = "organisation/stuttgart-mayors-"
    assert parts == {
        ("organisation/chamber-of-local-authorities", congress),
        (congress, "organisation/council-of-europe"),
        ("organisation/committee-of-ministers", "organisation/council-of-europe"),
        ("organisation/council-of-europe-press-division", "organisation/council-of-europe"),
        ("network/clip-research-group", "network/clip"),
        ("organisation/cemr-secretariat-general", "organisation/cemr"),
        (integration, "authority/stuttgart"),
        (integration, mayor + "policy-unit"),
        ("organisation/stuttgart-department-of-international-affairs", mayor + "office"),
        (mayor + "policy-unit", "authority/stuttgart"),
        (mayor + "office", "authority/stuttgart"),
        ("organisation/stuttgart-youth-department", "authority/stuttgart"),
        ("organisation/stuttgart-municipal-council", "authority/stuttgart"),
        ("organisation/stuttgart-international-committee", "authority/stuttgart"),
    }  # neither the European Council nor the proposed committee and its groups


def test_partners_of_stuttgart_at_other_levels(graph: ox.Store) -> None:
    partners = {row[0] for row in ask(graph, "cq09-partners-of-a-city", "partner")}
    assert partners == {
        ID + "organisation/congress-of-local-and-regional-authorities",
        ID + "organisation/eurofound",
        ID + "organisation/bamf",
        ID + "organisation/unesco",
        ID + "organisation/german-ministry-of-the-interior",
        ID + "organisation/bertelsmann-stiftung",
    }  # Haus 49 and the Youth Department are local


def test_actors_shared_by_networks(graph: ox.Store) -> None:
    rows = ask(graph, "cq10-networks-sharing-actors", "actor", "network", "otherNetwork")
    clip, pact, cultures = (
        f"{ID}network/{slug}" for slug in ("clip", "european-pact", "intercultural-cities")
    )
    both = (
        "cemr",
        "committee-of-the-regions",
        "european-commission",
        "european-parliament",
        "council-of-europe",
    )
    assert set(rows) == {
        *[(f"{ID}organisation/{slug}", clip, pact) for slug in both],
        (ID + "organisation/council-of-europe", clip, cultures),
        (ID + "organisation/council-of-europe", pact, cultures),
    }  # FRA and ENAR are partners of CLIP only


def test_paris_is_the_one_city_called_a_capital(graph: ox.Store) -> None:
    assert ask(graph, "cq18-capitals", "city", "cityName") == [(ID + "city/paris", "Paris")]


def test_identifiers_of_territories(graph: ox.Store) -> None:
    variables = ("territory", "nuts", "nutsVersion", "countryCode", "item")
    rows = ask(graph, "cq19-identifiers-of-territories", *variables)
    wikidata = "http://www.wikidata.org/entity/"
    assert {
        (ID + "city/vienna", "AT130", "NUTS 2024", COUNTRIES + "AUT", wikidata + "Q1741"),
        (ID + "city/stuttgart", "DE111", "NUTS 2024", COUNTRIES + "DEU", wikidata + "Q1022"),
        (ID + "city/zurich", "CH040", "NUTS 2024", COUNTRIES + "CHE", wikidata + "Q72"),
        (ID + "city/istanbul", "TR100", "NUTS 2024", COUNTRIES + "TUR", wikidata + "Q406"),
    } <= set(rows)
    # 35 members, Malmö and Mataró, Paris and Brussels, Bamberg and Swansea.
    assert len(rows) == 41
    versions = {row[2] for row in rows if row[3] == COUNTRIES + "GBR"}
    assert "NUTS 2024" not in versions  # the United Kingdom left NUTS
    assert ID + "area/rosengard" not in {row[0] for row in rows}


def test_eu_identifiers_and_where_they_are_lacking(graph: ox.Store) -> None:
    found = ask(graph, "cq55-authority-identifiers", "entity", "identifier")
    rows = {row[0]: row[1] for row in found}
    # 46 member states of the Council of Europe, six more countries, 14 bodies of the European
    # level and two of their units (the Press Division, the Secretariat general of CEMR).
    assert len(rows) == 46 + 6 + 14 + 2
    assert rows[ID + "country/austria"] == COUNTRIES + "AUT"
    assert rows[ID + "country/greece"] == COUNTRIES + "GRC"  # not GR, not EL
    assert rows[ID + "country/united-kingdom"] == COUNTRIES + "GBR"
    assert rows[ID + "organisation/council-of-europe"] == BODIES + "COU_EUR"
    assert rows[ID + "organisation/eurocities"] == ""  # no body of the EU
    assert ID + "city/vienna" not in rows
    assert ID + "authority/stuttgart" not in rows


def test_what_the_graph_contains(graph: ox.Store) -> None:
    counts = {row[0].rsplit("/", 1)[1]: int(row[1]) for row in ask(graph, "cq59-contents", "class", "things")}
    assert counts["GoodPractice"] == 9
    assert counts["FieldOfAction"] == 12 + 15
    assert counts["ResearchModule"] == 4
    assert counts["WorkingGroup"] == 12
    assert counts["Principle"] == 3
    assert counts["Benefit"] == 3
    assert counts["Signature"] == 1
    assert "Agent" not in counts  # classes of other vocabularies are not counted
