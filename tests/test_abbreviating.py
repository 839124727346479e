"""Of all prefixes, those that a graph has use for."""

from itertools import count, islice

import pytest

from clipgraph.abbreviating import FEW, abbreviated, used

PREFIXES = {
    "ex": "http://e.org/",
    "deep": "http://e.org/deep#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "other": "http://other.org/",
    "colon": "urn:ex:",
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<http://e.org/a> <http://e.org/b> <urn:x>", ["ex"]),
        ("<http://e.org/deep#a> <urn:p> <urn:x>", ["deep"]),
        ("<http://e.org/deep#a> <http://e.org/deep/b/> <urn:x>", ["deep", "ex"]),
        ("<http://e.org> <http://e.organic/> <urn:x>", []),
        ('<urn:s> <urn:p> "<http://e.org/ in words"', []),
        ('<urn:s> <urn:p> "1"^^<http://www.w3.org/2001/XMLSchema#integer>', []),
        ('<urn:s> <urn:p> "2011"^^<http://www.w3.org/2001/XMLSchema#gYear>', ["xsd"]),
        ("<urn:s> <urn:p> <http://www.w3.org/2001/XMLSchema#integer>", ["xsd"]),
        ("<urn:ex:a> <urn:p> <urn:x>", ["colon"]),
        ("_:a <urn:p> <<( <urn:s> <http://e.org/p> <http://other.org/o> )>>", ["ex", "other"]),
    ],
)
def test_a_prefix_is_used_where_its_namespace_is_the_longest_that_fits(
    text: str, expected: list[str]
) -> None:
    assert used([text], PREFIXES) == {name: PREFIXES[name] for name in expected}


def test_few_triples_declare_what_they_use_and_many_all_without_being_gathered() -> None:
    text = "<http://e.org/a> <urn:p> <urn:o>"

    assert abbreviated([text] * FEW, PREFIXES) == ([text] * FEW, {"ex": "http://e.org/"})
    endless, prefixes = abbreviated((f"<urn:{number}>" for number in count()), PREFIXES)
    assert prefixes == PREFIXES
    assert list(islice(endless, FEW + 3))[-2:] == [f"<urn:{FEW + 1}>", f"<urn:{FEW + 2}>"]
