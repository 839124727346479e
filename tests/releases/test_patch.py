"""RDF Patch: what was taken out, then what was put in."""

import gzip
from pathlib import Path

from clipgraph.rdf.terms import Literal, NamedNode, Quad
from clipgraph.releases.change import Change
from clipgraph.releases.patch import write_patch
from testing_releases import quad

P, G = NamedNode("urn:p"), NamedNode("urn:g")


def test_the_lines_of_a_patch(tmp_path: Path) -> None:
    literal = Quad(P, P, Literal('é\n"', language="fr"), G)

    write_patch(tmp_path / "x.rdfp.gz", Change(added=(literal,), removed=(quad(1),)))

    assert gzip.decompress((tmp_path / "x.rdfp.gz").read_bytes()).decode().split("\n") == [
        "TX .",
        "D <urn:1> <urn:p> <urn:1> <urn:g> .",
        'A <urn:p> <urn:p> "é\\n\\""@fr <urn:g> .',
        "TC .",
        "",
    ]


def test_the_same_change_gives_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    for folder in "ab":
        write_patch(tmp_path / folder / "x.rdfp.gz", Change(added=(quad(1),)))

    assert (tmp_path / "a/x.rdfp.gz").read_bytes() == (tmp_path / "b/x.rdfp.gz").read_bytes()
