"""Blank nodes get names of their content."""

import random

import pyoxigraph as ox
import pytest

from clipgraph.rdf.identity import GENID
from clipgraph.rdf.skolem import skolemise
from clipgraph.rdf.terms import Triple

SHAPES = {
    "nested": "<urn:a> <urn:p> [ <urn:q> 1 ; <urn:r> [ <urn:s> 'x' ] ] .",
    "list": "<urn:a> <urn:p> ( 1 2 [ <urn:q> 3 ] ) .",
    "cycle": "_:a <urn:p> _:b . _:b <urn:q> _:a . <urn:x> <urn:r> _:a .",
    "loop": "_:a <urn:p> _:a .",
    "into a cycle": "<urn:a> <urn:p> [ <urn:p> _:a ] . _:a <urn:p> _:b . _:b <urn:q> _:a , 1 .",
    "triple term": "<urn:a> <urn:p> <<( _:a <urn:q> <<( _:b <urn:r> 1 )>> )>> . _:b <urn:s> 2 .",
    "of itself": "_:a <urn:p> <<( _:a <urn:q> <<( <urn:x> <urn:r> _:a )>> )>> .",
    "reified": "<urn:x> <urn:p> _:b . _:b <urn:q> <<( _:a <urn:r> 1 )>> ; <urn:s> [ <urn:t> 2 ] .",
    "terms of two": "<urn:a> <urn:p> <<( _:a <urn:q> _:b )>> , <<( _:b <urn:r> _:a )>> .",
    "shared": "<urn:a> <urn:p> _:a . <urn:b> <urn:p> _:a . _:a <urn:q> 1 .",
}


def parse(turtle: str) -> list[Triple]:
    return [quad.triple for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE)]


@pytest.mark.parametrize("shape", SHAPES)
def test_labels_and_order_do_not_matter(shape: str) -> None:
    triples = parse(SHAPES[shape])
    renamed = parse(SHAPES[shape].replace("_:a", "_:zz").replace("_:b", "_:a2"))
    random.Random(1).shuffle(renamed)  # noqa: S311

    assert set(skolemise(triples)) == set(skolemise(renamed))


@pytest.mark.parametrize("shape", SHAPES)
def test_nothing_is_blank_and_nothing_is_lost(shape: str) -> None:
    triples = parse(SHAPES[shape])

    named = skolemise(triples)

    assert len(set(named)) == len(triples)
    assert not any("_:" in str(triple) for triple in named)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("<urn:a> <urn:p> [ <urn:q> 1 , 2 ] .", "<urn:a> <urn:p> [ <urn:q> 2 , 1 ] .", True),
        # The same said of two things is two nodes: one would claim that they share it.
        ("<urn:a> <urn:p> [ <urn:q> 1 ] .", "<urn:b> <urn:p> [ <urn:q> 1 ] .", False),
        ("<urn:a> <urn:p> [] .", "<urn:b> <urn:p> [] .", False),
        ("<urn:a> <urn:p> [ <urn:q> 1 ] .", "<urn:a> <urn:p> [ <urn:q> '1' ] .", False),
        ("<urn:a> <urn:p> [ <urn:q> <urn:x> ] .", "<urn:a> <urn:p> [ <urn:q> 'urn:x' ] .", False),
        ("<urn:a> <urn:p> <<( [] <urn:q> 1 )>> .", "<urn:a> <urn:p> <<( _:x <urn:q> 1 )>> .", True),
        ("<urn:a> <urn:p> <<( [] <urn:q> 1 )>> .", "<urn:a> <urn:p> <<( [] <urn:q> 2 )>> .", False),
        ("<urn:a> <urn:p> <<( [] <urn:q> 1 )>> .", "<urn:b> <urn:p> <<( [] <urn:q> 1 )>> .", False),
        ("<urn:a> <urn:p> ( 1 2 ) .", "<urn:a> <urn:p> ( 2 1 ) .", False),
        (
            "<urn:a> <urn:p> [ <urn:q> 'a\\n<urn:r> b' ] .",
            "<urn:a> <urn:p> [ <urn:q> 'a' ; <urn:r> 'b' ] .",
            False,
        ),
    ],
)
def test_the_same_content_has_the_same_name(one: str, other: str, *, same: bool) -> None:
    names = [
        next(
            t.object.subject if isinstance(t.object, Triple) else t.object
            for t in skolemise(parse(text))
            if str(t.predicate) == "<urn:p>"
        )
        for text in (one, other)
    ]

    assert (names[0] == names[1]) is same
    assert str(names[0]).startswith(f"<{GENID}")


def test_a_long_list_is_no_recursion() -> None:
    triples = parse(f"<urn:a> <urn:p> ( {'1 ' * 5000}) .")

    assert len(set(skolemise(triples))) == len(triples) == 10_001


def test_what_shares_deeply_is_no_explosion() -> None:
    turtle = "".join(f"_:n{i} <urn:p> _:n{i + 1} ; <urn:q> _:n{i + 1} . " for i in range(200))

    assert len(set(skolemise(parse(turtle)))) == 400


def test_equals_in_a_circle_stay_apart() -> None:
    named = skolemise(parse("_:a <urn:p> _:b . _:b <urn:p> _:a ."))

    assert len({triple.subject for triple in named}) == 2


def test_equals_in_triple_terms_stay_apart() -> None:
    turtle = "<urn:a> <urn:p> <<( _:a <urn:q> _:b )>> , <<( _:b <urn:q> _:a )>> , <<( _:a <urn:q> _:a )>> ."

    assert len(set(skolemise(parse(turtle)))) == 3


def test_many_reifiers_are_no_explosion() -> None:
    turtle = "".join(f"_:r{i} <urn:p> <<( _:x{i} <urn:q> _:x{i + 1} )>> . " for i in range(300))

    assert len(set(skolemise(parse(turtle)))) == 300


def test_a_dense_tangle_is_no_explosion() -> None:
    turtle = "".join(f"_:n{i} <urn:p> _:n{i * 7 % 100} , _:n{i * 11 % 100 + 1} . " for i in range(100))
    triples = parse(turtle)

    assert len(set(skolemise(triples))) == len(set(triples))
