"""What a list tells of its things, put together from rows in several languages."""

from clipgraph.engines.rows import Row, Value
from clipgraph.pages.details import _grouped, details_data, points_of
from clipgraph.pages.reader import Reader

GERMAN = Reader("de", "/de")
CITY = "https://w3id.org/clipgraph/id/city/malmo"


def row(kind: str, value: Value, **further: Value) -> Row:
    return {"thing": Value("uri", CITY), "kind": Value("literal", kind), "value": value, **further}


def test_one_name_of_each_value_and_one_language_of_each_text() -> None:
    office = Value("uri", "https://w3id.org/clipgraph/id/organisation/office")
    details = _grouped(
        [
            row("actor", office, label=Value("literal", "Office", "en")),
            row("actor", office, label=Value("literal", "Amt", "de"), note=Value("literal", "Träger", "de")),
            row("result", Value("literal", "It lasted", "en")),
            row("result", Value("literal", "Es hielt", "de")),
        ],
        GERMAN,
    )

    (actor,) = details[CITY]["actor"]
    assert (actor.iri, actor.label.text, actor.note and actor.note.text) == (office.text, "Amt", "Träger")
    assert [detail.label.text for detail in details[CITY]["result"]] == ["Es hielt"]
    assert details[CITY]["funder"] == []
    assert details["urn:other"]["actor"] == []
    assert details_data(details, GERMAN)[CITY]["actor"] == [
        {
            "iri": office.text,
            "href": "/de/doc/organisation/office",
            "label": {"value": "Amt", "language": "de"},
            "note": "Träger",
        }
    ]
    assert list(details_data(details, GERMAN)[CITY]) == ["actor", "funder", "result"]


def test_points_are_read_and_what_is_none_is_left_out() -> None:
    details = _grouped(
        [row("point", Value("literal", "POINT(13 55.6)")), row("point", Value("literal", "LINESTRING(0 0)"))],
        GERMAN,
    )

    (point,) = points_of(details, {CITY: Value("literal", "Malmö")})
    assert (point.iri, point.label, point.longitude, point.latitude) == (CITY, "Malmö", 13.0, 55.6)
    assert points_of(details, {}) == []
