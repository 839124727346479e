"""Recommendations, charters, the proposed pact and what the sources say differently.

The expected answers were written down from the five source texts, not from the queries.
"""

import pyoxigraph as ox

from competency.asking import CODE, ID, ask

MEMBER_STATES = "member states of the Council of Europe"
COMMITTEE_OF_MINISTERS = "Committee of Ministers of the Council of Europe"
BOTH_ORGANISATIONS = ["Council of Europe", "European Union"]

# Paragraphs 4 and 5 of Recommendation 304; the second sentence of 5.c is an action of its own.
TO_MEMBER_STATES = ["5.a", "5.b", "5.c", "5.c", "5.d", "5.e"]

# The fields whose names the other pact has not: all but 1, 4, 7 and 10 of Stuttgart, all but 1, 4, 5 and 8 of
# the European pact (brochure, 2.1 a and 3.2 a).
ONLY_IN_STUTTGART = [2, 3, 5, 6, 8, 9, 11, 12, 13, 14, 15]
ONLY_IN_THE_EUROPEAN_PACT = [2, 3, 6, 7, 9, 10, 11, 12]


def test_what_recommendation_304_recommends_to_whom(graph: ox.Store) -> None:
    rows = ask(graph, "cq38-recommended-actions", "locator", "addresseeName", "throughName")
    assert rows == [
        *[(locator, name, "") for locator in ("4.a", "4.b") for name in BOTH_ORGANISATIONS],
        *[(locator, MEMBER_STATES, COMMITTEE_OF_MINISTERS) for locator in TO_MEMBER_STATES],
    ]


def test_states_are_asked_to_sign_one_convention(graph: ox.Store) -> None:
    rows = ask(graph, "cq39-convention-to-sign", "title", "identifier", "locator", "addresseeName")
    title = "Convention on the Participation of Foreigners in Public Life at Local Level"
    assert rows == [(title, "ETS No. 144", "5.b", MEMBER_STATES)]


def test_the_chamber_approved_a_day_before_the_congress_adopted(graph: ox.Store) -> None:
    variables = ("recommendation", "type", "body", "date", "rapporteurName")
    assert ask(graph, "cq40-adoption-of-recommendations", *variables) == [
        (
            ID + "instrument/recommendation-304",
            CODE + "decision-type/approval",
            ID + "organisation/chamber-of-local-authorities",
            "2011-03-23",
            "E. Maurer",
        ),
        (
            ID + "instrument/recommendation-304",
            CODE + "decision-type/adoption",
            ID + "organisation/congress-of-local-and-regional-authorities",
            "2011-03-24",
            "E. Maurer",
        ),
    ]


def test_only_the_common_principles_bind_a_city_in_named_roles(graph: ox.Store) -> None:
    rows = ask(graph, "cq42-commitments-by-role", "charterTitle", "commitment", "role")
    charter = ID + "instrument/integrating-cities-charter/commitment/"
    assert sorted(rows) == sorted(
        [
            *[
                ("Integrating Cities Charter", charter + "common-principles", f"{CODE}city-role/{role}")
                for role in ("buyer", "employer", "policy-maker", "service-provider")
            ],
            ("Integrating Cities Charter", charter + "equal-access", ""),
            ("Integrating Cities Charter", charter + "needs-met-by-providers", ""),
            ("Integrating Cities Charter", charter + "respect-for-diversity", ""),
            (
                "Charter of Diversity",
                ID + "instrument/charter-of-diversity/commitment/promotion-of-diversity",
                "",
            ),
        ]
    )


def test_a_commissioner_is_to_chair_the_steering_committee(graph: ox.Store) -> None:
    rows = ask(graph, "cq44-steering-committee", "invited", "role")
    chair, member = CODE + "role/chair", CODE + "role/member"
    assert sorted(rows) == sorted(
        [
            (ID + "post/european-commissioner", chair),
            (ID + "organisation/european-council", member),
            (CODE + "actor-group/federal-government", member),
            (CODE + "actor-group/association-of-authorities", member),
            (CODE + "actor-group/expert", member),
            (CODE + "actor-group/working-group-chair", member),
        ]
    )
    assert {row[0] for row in ask(graph, "cq44-steering-committee", "status")} == {CODE + "status/proposed"}


def test_twelve_working_groups_are_proposed(graph: ox.Store) -> None:
    rows = ask(graph, "cq45-working-groups", "number", "fieldName", "status", "chairNominatedBy")
    assert [int(number) for number, *_ in rows] == list(range(1, 13))
    assert rows[4][1] == "Integration through sport"
    assert {row[2:] for row in rows} == {
        (CODE + "status/proposed", ID + "organisation/european-pact-steering-committee")
    }


def test_the_first_monitoring_report_is_due_after_two_years(graph: ox.Store) -> None:
    rows = ask(graph, "cq46-first-monitoring-report", "dueAfter", "monitors", "status")
    assert rows == [("P2Y", ID + "instrument/european-pact", CODE + "status/proposed")]


def test_whom_the_pact_invites(graph: ox.Store) -> None:
    rows = ask(graph, "cq03-invited-to-the-pact", "levelOrSectorName", "invited", "named")
    assert len(rows) == 28
    assert {row[:2] for row in rows if row[2] == "true"} == {
        ("European level", ID + "organisation/european-commission"),
        ("European level", ID + "organisation/european-parliament"),
        ("European level", ID + "organisation/european-council"),
        ("European level", ID + "organisation/committee-of-the-regions"),
        ("European level", ID + "organisation/council-of-europe"),
        ("European level", ID + "organisation/cemr"),
        ("national level", ID + "person/maria-boehmer"),
    }
    assert ("regional level", CODE + "actor-group/region-of-aer", "false") in rows
    assert ("civil society", CODE + "actor-group/foundation", "false") in rows
    invited = {row[1] for row in rows}
    assert ID + "organisation/eurofound" not in invited  # a founder of CLIP, not named for the pact
    assert ID + "organisation/fra" not in invited


def test_fields_that_only_one_pact_names(graph: ox.Store) -> None:
    rows = ask(graph, "cq21-fields-without-counterpart", "pact", "number", "name")
    pacts = {"stuttgart-pact": ONLY_IN_STUTTGART, "european-pact": ONLY_IN_THE_EUROPEAN_PACT}
    for pact, numbers in pacts.items():
        assert [int(row[1]) for row in rows if row[0] == f"{ID}instrument/{pact}"] == numbers
    assert "Integration through sport" not in {row[2] for row in rows}


def test_disagreements_of_every_kind(graph: ox.Store) -> None:
    rows = ask(graph, "cq49-disagreements", "disagreement", "type", "about")
    known = {
        (ID + "disagreement/" + slug, CODE + "disagreement-type/" + kind, ID + about)
        for slug, kind, about in (
            ("number-of-clip-countries", "contradiction", "network/clip"),
            ("who-took-the-lead-in-founding-clip", "contradiction", "network/clip"),
            ("european-council-in-2003", "doubtful-attribution", "instrument/stuttgart-pact"),
            ("forty-million-people", "contradiction", "area/european-union"),
            ("distinction-of-the-cities-for-peace-prize", "contradiction", "award/cities-for-peace-prize"),
            ("malmo-and-mataro-as-members", "contradiction", "city/malmo"),
            ("number-of-clip-cities", "change-over-time", "network/clip"),
            ("names-of-eurofound", "variant-name", "organisation/eurofound"),
        )
    }
    assert known <= set(rows)
    contradictions = {row[0] for row in rows if row[1].endswith("/contradiction")}
    assert contradictions == {
        f"{ID}disagreement/{slug}"
        for slug in (
            "number-of-clip-countries",
            "malmo-and-mataro-as-members",
            "who-took-the-lead-in-founding-clip",
            "forty-million-people",
            "date-of-the-module-4-report",
            "one-address-for-two-reports",
            "distinction-of-the-cities-for-peace-prize",
            "targets-of-the-pact",
        )
    }
    about = {row[2] for row in rows}
    assert {ID + "organisation/enar", ID + "organisation/cemr"} <= about  # called EU institutions
    assert ID + "organisation/fra" not in about  # named once, in one way
    assert ID + "city/vienna" not in about


def test_contradicting_claims_stand_side_by_side(graph: ox.Store) -> None:
    rows = ask(graph, "cq49-contradicting-claims", "disagreement", "claim", "value")
    footnote = ID + "document/european-pact-brochure-2011/reference/"
    conferral = ID + "award/cities-for-peace-prize/conferral/stuttgart-2004"
    founding = ID + "network/clip/founding"
    sides = {
        "number-of-clip-countries": {
            (ID + "network/clip/figure/countries", "22"),
            (ID + "network/clip/figure/countries-listed", "23"),
        },
        "forty-million-people": {
            (ID + "area/european-union/figure/foreign-born-population", "40000000"),
            (ID + "area/european-union/figure/migrants", "40000000"),
        },
        "who-took-the-lead-in-founding-clip": {
            (founding, ""),
            (founding + "/press-release-2006", ""),
            (founding + "/recommendation-304", ""),
        },
        "distinction-of-the-cities-for-peace-prize": {(conferral, ""), (conferral + "-caption", "")},
        "one-address-for-two-reports": {(footnote + "22", ""), (footnote + "25", "")},
        "date-of-the-module-4-report": {
            (ID + "statement/module-4-overview-report-announced", ""),
            (ID + "further-fact/publications/ethnic-entrepreneurship-report-date", ""),
        },
        "malmo-and-mataro-as-members": {
            (f"{ID}further-fact/clip/member-{city}", "") for city in ("bologna", "malmo", "mataro", "sefton")
        },
        "targets-of-the-pact": {
            (CODE + target, "")
            for target in (
                "factsheet-target/joint-strategies",
                "factsheet-target/exchange-of-experience",
                "factsheet-target/competitiveness",
                "factsheet-target/diversity-as-resource",
                "target/knowledge-transfer",
                "mission/competitiveness",
                "mission/diversity-as-resource",
            )
        },
    }
    assert set(rows) == {
        (ID + "disagreement/" + slug, *side) for slug, claims in sides.items() for side in claims
    }  # the plan of 2006 and the count of 2011 differ in time, they do not contradict
