"""Turtle with lines, and broken files with their positions."""

from pathlib import Path

import pytest

from clipgraph.errors import UnreadableFile
from clipgraph.rdf.reading import in_graph, read_quad, read_turtle
from clipgraph.rdf.terms import NamedNode, Quad, Triple

A = NamedNode("urn:a")


def write(folder: Path, content: bytes) -> Path:
    path = folder / "file.ttl"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_statement_knows_the_line_of_its_object(tmp_path: Path, newline: str) -> None:
    lines = [
        "# a comment",
        "<urn:a> <urn:a> <urn:a> ;",
        " <urn:b>",
        "  <urn:b> , <urn:c> .",
        "",
        '<urn:a> <urn:d> "x" .',
    ]

    found = list(read_turtle(write(tmp_path, newline.join(lines).encode())))

    assert [statement.line for statement in found] == [2, 4, 4, 6]
    assert found[0].triple == Triple(A, A, A)


def test_a_byte_order_mark_is_no_part_of_the_file(tmp_path: Path) -> None:
    assert [s.triple for s in read_turtle(write(tmp_path, b"\xef\xbb\xbf<urn:a> <urn:a> <urn:a> ."))] == [
        Triple(A, A, A)
    ]


def test_an_empty_file_says_nothing(tmp_path: Path) -> None:
    assert list(read_turtle(write(tmp_path, b""))) == []


@pytest.mark.parametrize(
    ("content", "line", "column"),
    [
        (b"<urn:a> <urn:a> .", 1, 17),
        (b"<urn:a> <urn:a> <urn:a> .\n\n  <urn:a> ; <urn:a> .", 3, 11),
        (b"<urn:a> <urn:a> <urn:a> .\r\n<urn:a> x:y 1 .", 2, 9),
        ("<urn:a> <urn:a> 'éé' ] .".encode(), 1, 22),
        (b"<urn:a> <urn:a> <urn:a> .\n<urn:a> <urn:a> '\xff' .", 2, 18),
        (b"<urn:a> <urn:a> '\xc3\xa9\xc3\xa9\xff' .", 1, 20),
        (b"\xff\xfe<\x00", 1, 1),
    ],
)
def test_a_broken_file_says_where(tmp_path: Path, content: bytes, line: int, column: int) -> None:
    with pytest.raises(UnreadableFile, match=rf"^data/x\.ttl:{line}:{column}: \S") as caught:
        list(read_turtle(write(tmp_path, content), "data/x.ttl"))

    assert (caught.value.file, caught.value.line, caught.value.column) == ("data/x.ttl", line, column)
    assert "Parser error" not in caught.value.reason


def test_what_stands_before_the_broken_place_is_read(tmp_path: Path) -> None:
    statements = read_turtle(write(tmp_path, b"<urn:a> <urn:a> <urn:a> .\n]"))

    assert next(statements).line == 1
    with pytest.raises(UnreadableFile):
        next(statements)


@pytest.mark.parametrize("kind", ["missing", "folder"])
def test_what_is_no_file_is_named(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "x.ttl" if kind == "missing" else tmp_path

    with pytest.raises(UnreadableFile, match=r"No such file|Is a directory") as caught:
        list(read_turtle(path))

    assert caught.value.line == 0
    assert str(path) in str(caught.value)


def test_a_statement_in_a_graph(tmp_path: Path) -> None:
    [statement] = read_turtle(write(tmp_path, b"<urn:a> <urn:a> <urn:a> ."))

    assert in_graph(statement, "urn:g") == Quad(A, A, A, NamedNode("urn:g"))


def test_one_quad_is_read_from_a_line_of_n_quads() -> None:
    assert read_quad("<urn:s> <urn:p> <urn:o> <urn:g> .\n").graph_name == NamedNode("urn:g")
    for wrong in ("", "<urn:s> <urn:p>", "<urn:s> <urn:p> <urn:o> .\n<urn:s> <urn:p> <urn:q> .\n"):
        with pytest.raises(SyntaxError):
            read_quad(wrong)
