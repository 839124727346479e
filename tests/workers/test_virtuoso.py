"""What Virtuoso writes in its own way, as version 7.2.5 wrote it, is read as what was meant."""

from io import BytesIO

import pytest

from clipgraph.workers.virtuoso import Mended, mend

XSD = "http://www.w3.org/2001/XMLSchema#"
GEOMETRY = "http://www.openlinksw.com/schemas/virtrdf#Geometry"
WKT = "http://www.opengis.net/ont/geosparql#wktLiteral"


def typed(value: str, datatype: str) -> str:
    """Return a value of results in JSON as Virtuoso writes it."""
    return f'"o": {{ "type": "typed-literal", "datatype": "{datatype}", "value": "{value}" }}'


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (("1", f"{XSD}boolean"), ("true", f"{XSD}boolean")),
        (("0", f"{XSD}boolean"), ("false", f"{XSD}boolean")),
        (("1", f"{XSD}integer"), ("1", f"{XSD}integer")),
        (("24", f"{XSD}duration"), ("P2Y", f"{XSD}duration")),
        (("-14", f"{XSD}duration"), ("-P1Y2M", f"{XSD}duration")),
        (("0", f"{XSD}duration"), ("P0M", f"{XSD}duration")),
        (("273600.0", f"{XSD}duration"), ("P3DT4H", f"{XSD}duration")),
        (("61.25", f"{XSD}duration"), ("PT1M1.25S", f"{XSD}duration")),
        (("0.0", f"{XSD}duration"), ("PT0S", f"{XSD}duration")),
        (("POINT(-2.1229600906372 52.585468292236)", GEOMETRY), ("POINT(-2.12296 52.58547)", WKT)),
        (("POLYGON((1 2,3.5 4,5 6,1 2))", GEOMETRY), ("POLYGON((1 2,3.5 4,5 6,1 2))", WKT)),
    ],
)
def test_values_are_what_was_meant(written: tuple[str, str], meant: tuple[str, str]) -> None:
    line = 'x\t{}"y"^^<urn:t> .\n'

    assert mend(f"    {{ {typed(*written)} }},\n".encode()) == f"    {{ {typed(*meant)} }},\n".encode()
    if not written[1].endswith("boolean"):  # which it writes in words in N-Triples
        before, after = (f'<urn:s>\t<urn:p>\t"{value}"^^<{kind}> .\n' for value, kind in (written, meant))
        assert mend(before.encode()) == after.encode()
    assert mend(line.encode()) == line.encode()


def test_what_a_value_says_is_not_touched() -> None:
    quoted = typed("1", f"{XSD}boolean").replace('"', '\\"')
    lines = (
        f'"o": {{ "type": "literal", "value": "{quoted}" }}\n<urn:s> <urn:p> "\\"24\\"^^<{XSD}duration>" .\n'
    )

    assert mend(lines.encode()) == lines.encode()


@pytest.mark.parametrize("size", [1, 7, 1024, -1])
def test_a_file_is_read_in_pieces_of_any_size(size: int) -> None:
    rows = "".join(f'{{ {typed("1", f"{XSD}boolean")}, "n": {number} }}\n' for number in range(2000))
    long = "x" * 200_000
    source = BytesIO(f"{rows}{long}{rows}]".encode())
    mended = Mended(source)
    pieces = [mended.read(size)]
    while pieces[-1]:
        assert size < 0 or len(pieces[-1]) <= size
        pieces.append(mended.read(size))

    expected = rows.replace('"1"', '"true"')
    assert b"".join(pieces) == f"{expected}{long}{expected}]".encode()
