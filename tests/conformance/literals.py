"""Literals that the store keeps in another form than they were written in: equal values, other RDF terms."""

# Written, kept; both in Turtle.
CHANGED = (
    ("01", "1"),
    ("+1", "1"),
    ('"5"^^xsd:int', "5"),
    ('"5"^^xsd:nonNegativeInteger', "5"),
    ("1.50", "1.5"),
    ("1.50e2", '"150"^^xsd:double'),
    ('"1"^^xsd:boolean', "true"),
    ('"2026-01-01T24:00:00"^^xsd:dateTime', '"2026-01-02T00:00:00"^^xsd:dateTime'),
    ('"2026-01-01T10:00:00.50+00:00"^^xsd:dateTime', '"2026-01-01T10:00:00.5Z"^^xsd:dateTime'),
    ('"2026-01-01+00:00"^^xsd:date', '"2026-01-01Z"^^xsd:date'),
    ('"24:00:00"^^xsd:time', '"00:00:00"^^xsd:time'),
    ('"P12M"^^xsd:duration', '"P1Y"^^xsd:duration'),
)
KEPT = (
    '"01"',
    '"01"^^<urn:t>',
    '"abc"^^xsd:integer',
    '"99999999999999999999"^^xsd:integer',
    '"0A"^^xsd:hexBinary',
    '"a"@EN',
)
