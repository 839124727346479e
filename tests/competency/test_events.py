"""Offices, awards, events, signatures and the order of time.

The expected answers were written down from the five source texts, not from the queries.
"""

import pyoxigraph as ox

from competency.asking import CODE, ID, ask

# Title page and captions of the brochure, press release of 2006, factsheet, press release of 2013.
OFFICES = [
    ("Traugott Schöfthaler", "secretary-general-of-the-german-commission-for-unesco", "2011-07"),
    ("Jale Yoldas", "head-of-the-german-turkish-forum-stuttgart", "2011-07"),
    ("Gökay Sofuoglu", "head-of-haus-49", "2011-07"),
    ("Gari Pavkovic", "commissioner-for-integration-of-stuttgart", "2011-07"),
    ("Ian Micallef", "president-of-the-chamber-of-local-authorities", "2006-09-08"),
    ("Wolfgang Schuster", "mayor-of-stuttgart", "2011-07"),
    ("Wolfgang Schuster", "president-of-cemr", "2011-07"),
    ("Maria Böhmer", "federal-commissioner-for-migration-refugees-and-integration", "2011-07"),
    ("Maria Böhmer", "minister-of-state-germany", "2011-07"),
    ("Angela Merkel", "chancellor-of-germany", "2006"),
    ("Frédéric Vallier", "secretary-general-of-cemr", "2011-07"),
    ("Alexander Kreher", "director-of-the-stuttgart-department-of-international-affairs", "2011-07"),
    ("Wolfgang Schuster", "mayor-of-stuttgart", "2011-10"),
    ("Wolfgang Schuster", "president-of-cemr", "2011-10"),
    ("Claudine Bouygues", "deputy-mayor-of-paris-for-human-rights-and-integration", "2013-12-18"),
    ("Pierre Schapira", "deputy-mayor-of-paris-for-european-and-international-relations", "2013-12-18"),
    ("Paul Bevan", "secretary-general-of-eurocities", "2013-12-18"),
]


def test_offices_by_the_date_of_their_source(graph: ox.Store) -> None:
    rows = set(ask(graph, "cq08-offices", "personName", "post", "asOf"))
    assert rows == {(person, f"{ID}post/{post}", date) for person, post, date in OFFICES}
    people = {row[0] for row in rows}
    assert not people & {"Uli Simon", "E. Maurer", "Thomas Jézéquel"}  # no public office is told of them


def test_paris_signed_as_33rd_city_and_15th_capital(graph: ox.Store) -> None:
    rows = ask(graph, "cq16-charter-signatories", "signatory", "date", "amongCities", "amongCapitals")
    assert rows == [(ID + "authority/paris", "2013-12-18", "33", "15")]


def test_the_only_named_signatory_is_no_member_of_clip(graph: ox.Store) -> None:
    assert ask(graph, "cq17-members-and-signatories", "authority") == []


def test_stuttgart_is_told_to_have_won_a_mention_and_two_prizes(graph: ox.Store) -> None:
    rows = ask(graph, "cq53-awards", "recipientName", "awardName", "year", "distinction", "giver", "how")
    distinction, unesco = CODE + "distinction/", ID + "organisation/unesco"
    awarded, initiated = "https://w3id.org/clipgraph/def/awardedBy", CODE + "role/initiator"
    peace, chance = "Cities for Peace Prize", "Integration is no coincidence"
    assert sorted(rows) == sorted(
        [
            ("City of Stuttgart", peace, "2004", distinction + "honourable-mention", unesco, awarded),
            ("City of Stuttgart", peace, "2004", distinction + "prize", unesco, awarded),
            *[
                ("City of Stuttgart", chance, "2005", distinction + "competition-prize", giver, initiated)
                for giver in (
                    ID + "organisation/german-ministry-of-the-interior",
                    ID + "organisation/bertelsmann-stiftung",
                )
            ],
        ]
    )


def test_who_took_part_in_events(graph: ox.Store) -> None:
    rows = ask(graph, "cq52-event-participants", "event", "participant", "role")
    participant = CODE + "role/participant"
    assert (ID + "event/clip-launch-conference", ID + "person/ian-micallef", participant) in rows
    summit = [row[1:] for row in rows if row[0] == ID + "event/german-integration-summit"]
    assert (ID + "person/angela-merkel", CODE + "role/convener") in summit
    # Federal Government, Länder, local authorities, immigrants, science, media, culture, sports,
    # trade and industry, trade unions, religious groups (brochure, 2.3).
    assert [role for _, role in summit].count(participant) == 11
    assert (CODE + "actor-group/land", participant) in summit
    assert len(rows) == 1 + 1 + 12 + 2  # conference, European year, summit, Islam Conference
    assert ID + "person/maria-boehmer" not in {row[1] for row in rows}


def test_the_timeline_runs_from_1949_to_2013(graph: ox.Store) -> None:
    rows = ask(graph, "cq51-timeline", "when", "thing")
    assert rows == sorted(rows, key=lambda row: row[0])
    dated = {(when, thing.removeprefix(ID)) for when, thing in rows}
    assert {
        ("1995", "organisation/cite/founding"),
        ("1999", "practice/social-city"),
        ("2001", "instrument/stuttgart-pact/decision/2001"),
        ("2003", "instrument/stuttgart-pact/decision/2003"),
        ("2004", "event/athens-olympic-games-2004"),
        ("2005", "award/integration-is-no-coincidence/conferral/stuttgart-2005"),
        ("2006", "network/clip/founding"),
        ("2006", "event/german-integration-summit"),
        ("2006-09-11", "event/clip-launch-conference"),
        ("2008", "event/european-year-of-intercultural-dialogue-2008"),
        ("2008-04", "practice/qualification-of-young-muslim-leaders"),
        ("2011-03-24", "instrument/recommendation-304/decision/adoption"),
        ("2011-07", "document/european-pact-brochure-2011"),
        ("2013-12-18", "instrument/integrating-cities-charter/signature/paris"),
    } <= dated
    assert len(rows) == 44
    assert rows[-1][0] == "2013-12-18"
    # “9/11” stands without a year in the brochure, the German Islam Conference without a date.
    things = {thing for _, thing in dated}
    assert not things & {"event/september-11-attacks", "event/german-islam-conference"}
