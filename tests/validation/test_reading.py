"""Files for validation: statements, positions, prefixes, broken files."""

from pathlib import Path

import pytest

from clipgraph.rdf.terms import BlankNode
from clipgraph.sources.graphs import GraphFile, Role
from clipgraph.validation.reading import gather, prefix_findings, read_file


def file_of(tmp_path: Path, text: str | bytes, name: str = "x") -> GraphFile:
    path = tmp_path / f"{name}.ttl"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return GraphFile(path, f"data/{name}.ttl", f"http://example.org/graph/{name}", Role.DATA)


def test_a_broken_file_has_a_finding_with_line_and_column(tmp_path: Path) -> None:
    content = read_file(file_of(tmp_path, "\n<x:a> b:c <x:d> .\n"))
    assert content.statements == ()
    [finding] = content.findings
    assert (finding.file, finding.line, finding.column) == ("data/x.ttl", 2, 7)
    assert "b:" in finding.message


def test_an_absent_file_is_a_finding(tmp_path: Path) -> None:
    file = GraphFile(tmp_path / "no.ttl", "no.ttl", "http://example.org/no", Role.DATA)
    [finding] = read_file(file).findings
    assert "No such file" in finding.message


def test_blank_nodes_of_two_files_stay_two(tmp_path: Path) -> None:
    files = [file_of(tmp_path, f'_:same <x:p> "{name}" .', name) for name in ("one", "two")]
    quads = gather([read_file(file) for file in files]).quads
    assert len({quad.subject for quad in quads}) == 2
    assert not any(isinstance(quad.subject, BlankNode) for quad in quads)


@pytest.mark.parametrize(
    ("line", "check"),
    [
        ("@prefix foaf: <http://xmlns.com/foaf/spec/> .", "prefix-namespace"),
        ("PREFIX foaf: <http://xmlns.com/foaf/spec/>", "prefix-namespace"),
        ("  @prefix friend: <http://xmlns.com/foaf/0.1/> .", "prefix-name"),
    ],
)
def test_a_prefix_that_differs_from_the_table_is_found(tmp_path: Path, line: str, check: str) -> None:
    [finding] = prefix_findings(file_of(tmp_path, f"# first\n{line}\n"))
    assert (finding.component, finding.line) == (check, 2)


@pytest.mark.parametrize(
    "line", ["@prefix foaf: <http://xmlns.com/foaf/0.1/> .", "@prefix mine: <http://example.org/> ."]
)
def test_prefixes_of_the_table_and_unknown_ones_are_fine(tmp_path: Path, line: str) -> None:
    assert list(prefix_findings(file_of(tmp_path, line))) == []
