"""From a result back to the line."""

from pathlib import Path

from clipgraph.rdf.reading import read_turtle
from clipgraph.rdf.terms import Literal, NamedNode
from clipgraph.validation.positions import Position, Positions

X, Y = NamedNode("http://example.org/x"), NamedNode("http://example.org/y")
P, Q = NamedNode("http://example.org/p"), NamedNode("http://example.org/q")
FIRST = '<http://example.org/x> <http://example.org/p> "a" ,\n  "b" ;\n <http://example.org/q> "c" .\n'
TYPED = "\n<http://example.org/x> a <http://example.org/Thing> .\n"


def positions(tmp_path: Path, preferred: tuple[str, ...] = (), **texts: str) -> Positions:
    found = Positions(preferred)
    for name, text in texts.items():
        file = tmp_path / name
        file.write_text(text)
        for statement in read_turtle(file):
            found.add(name, statement)
    return found


def test_a_value_stands_on_its_own_line(tmp_path: Path) -> None:
    found = positions(tmp_path, first=FIRST)
    assert found.find(X, P, Literal("a")) == Position("first", 1)
    assert found.find(X, P, Literal("b")) == Position("first", 2)


def test_a_value_with_an_inferred_property_stands_where_it_was_stated(tmp_path: Path) -> None:
    assert positions(tmp_path, first=FIRST).find(X, P, Literal("c")) == Position("first", 3)


def test_without_the_value_the_first_line_of_the_property_answers(tmp_path: Path) -> None:
    assert positions(tmp_path, first=FIRST).find(X, Q, Literal("z")) == Position("first", 3)
    assert positions(tmp_path, first=FIRST).find(X, Q) == Position("first", 3)


def test_a_missing_property_is_told_where_the_subject_is_introduced(tmp_path: Path) -> None:
    found = positions(tmp_path, first=FIRST, typed=TYPED)
    assert found.find(X, Y) == Position("typed", 2)


def test_the_file_that_somebody_asks_about_answers_first(tmp_path: Path) -> None:
    found = positions(tmp_path, ("asked",), typed=TYPED, asked="\n\n" + FIRST)
    assert found.find(X) == Position("asked", 3)


def test_the_first_of_two_files_answers_for_the_same_statement(tmp_path: Path) -> None:
    assert positions(tmp_path, first=FIRST, second=FIRST).find(X, P).file == "first"


def test_what_was_not_read_has_no_position(tmp_path: Path) -> None:
    assert positions(tmp_path, first=FIRST).find(Y, P) == Position()
    assert positions(tmp_path, first=FIRST).find(None) == Position()
