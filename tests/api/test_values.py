"""Terms as Python values: what Python can hold exactly is held, everything else stays what it was."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

from clipgraph import IRI, BlankNode, Literal, Text, Triple
from clipgraph.api.values import value_of

XSD = "http://www.w3.org/2001/XMLSchema#"


def literal(text: str, datatype: str) -> Any:  # noqa: ANN401
    return value_of({"type": "literal", "value": text, "datatype": XSD + datatype})


@pytest.mark.parametrize(
    ("text", "datatype", "value"),
    [
        ("35", "integer", 35),
        ("-7", "int", -7),
        ("1.50", "decimal", Decimal("1.50")),
        (".5", "decimal", Decimal("0.5")),
        ("1.5e2", "double", 150.0),
        ("-INF", "float", float("-inf")),
        ("true", "boolean", True),
        ("0", "boolean", False),
        ("2006-09-11", "date", date(2006, 9, 11)),
        ("2006-09-11T08:30:00Z", "dateTime", datetime(2006, 9, 11, 8, 30, tzinfo=UTC)),
        ("2006-09-11T08:30:00.25", "dateTime", datetime(2006, 9, 11, 8, 30, 0, 250_000)),  # noqa: DTZ001
        ("08:30:00+02:00", "time", time(8, 30, tzinfo=timezone(timedelta(hours=2)))),
        ("words", "string", "words"),
    ],
)
def test_what_python_has_a_type_for(text: str, datatype: str, value: object) -> None:
    found = literal(text, datatype)

    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("text", "datatype"),
    [
        ("2006", "gYear"),
        ("2006-09", "gYearMonth"),
        ("P1Y", "duration"),
        ("2006-09-11Z", "date"),  # Python's dates have no time zone
        ("20060911", "date"),  # Python would read it, XML Schema does not
        ("-0044-03-15", "date"),
        ("0000-01-01", "date"),
        ("2006-09-11T08:30:00.123456789Z", "dateTime"),  # would be cut
        ("2006-02-30T00:00:00", "dateTime"),
        ("1_000", "integer"),
        ("٣", "integer"),
        ("9" * 5000, "integer"),
        ("1e3", "decimal"),
        ("infinity", "double"),
        ("yes", "boolean"),
    ],
)
def test_what_it_has_none_for_stays_a_text_that_knows_its_type(text: str, datatype: str) -> None:
    found = literal(text, datatype)

    assert isinstance(found, Literal)
    assert (found, found.datatype) == (text, XSD + datatype)


def test_terms_are_texts_that_say_what_they_are() -> None:
    iri, node = value_of({"type": "uri", "value": "urn:a"}), value_of({"type": "bnode", "value": "b0"})
    text = value_of({"type": "literal", "value": "Wien", "xml:lang": "de-AT"})
    turned = value_of({"type": "literal", "value": "x", "xml:lang": "ar", "its:dir": "rtl"})
    year = literal("2006", "gYear")

    assert isinstance(text, Text)
    assert (text, text.language, text.direction) == ("Wien", "de-at", "")
    assert [repr(each) for each in (iri, node, text, turned, year)] == [
        "IRI('urn:a')",
        "BlankNode('b0')",
        "Text('Wien', 'de-at')",
        "Text('x', 'ar', 'rtl')",
        f"Literal('2006', '{XSD}gYear')",
    ]
    assert (type(iri), type(node)) == (IRI, BlankNode)


def test_triple_terms_hold_values() -> None:
    subject = {"type": "uri", "value": "urn:s"}
    said = {"subject": subject, "predicate": subject, "object": {"type": "literal", "value": "o"}}

    assert value_of({"type": "triple", "value": said}) == Triple(IRI("urn:s"), IRI("urn:s"), "o")
