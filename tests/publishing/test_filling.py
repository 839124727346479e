"""A store is filled with the graphs of files, whatever becomes of one of them."""

from pathlib import Path

from clipgraph.publishing.filling import fill, read_said
from clipgraph.rdf.terms import NamedNode, Quad, Store
from clipgraph.releases.digest import digest
from clipgraph.releases.release import FILES, GraphRecord, Release
from clipgraph.sources.graphs import GRAPHS, GraphFile, Role
from clipgraph.validation.report import Finding

GOOD, NESTED, BROKEN = "<urn:a> <urn:b> 1 .", "<urn:a> <urn:b> [ <urn:c> 2 ] .", "<urn:a> <urn:b> 1 . <urn:a>"


def files(folder: Path, *contents: str) -> list[GraphFile]:
    found = []
    for number, content in enumerate(contents):
        path = folder / f"{number}.ttl"
        path.write_text(content)
        found.append(GraphFile(path, path.name, f"{GRAPHS}t/{number}", Role.DATA))
    return found


def quads_of(store: Store, graph: str) -> list[Quad]:
    return list(store.quads_for_pattern(None, None, None, NamedNode(graph)))


def test_graphs_come_in_the_order_of_their_files_each_when_it_is_there(tmp_path: Path) -> None:
    given = files(tmp_path, GOOD, NESTED, BROKEN, "@prefix dct: <urn:other#> .", GOOD)
    (tmp_path / "4.ttl").unlink()
    store = Store()
    findings: list[Finding] = []

    there = [(iri, len(quads_of(store, iri))) for iri in fill(store, given, findings)]

    assert there == [(f"{GRAPHS}t/{number}", count) for number, count in enumerate((1, 2, 0, 0, 0))]
    assert [(finding.component, finding.file, finding.line) for finding in findings] == [
        ("unreadable", "2.ttl", 1),
        ("prefix-namespace", "3.ttl", 1),
        ("unreadable", "4.ttl", 0),
    ]


def test_only_what_differs_from_the_release_is_told(tmp_path: Path) -> None:
    given = files(tmp_path, GOOD, NESTED, GOOD, GOOD)
    store = Store()
    list(fill(store, given, []))
    graphs = {
        file.iri: GraphRecord(
            "data", FILES, 1, digest(store.quads_for_pattern(None, None, None, NamedNode(file.iri)))
        )
        for file in given[:3]
    }
    (tmp_path / "2.ttl").write_text("<urn:a> <urn:b> 2 .")

    said = read_said(given, Release(1, None, "", "", "", 4, "none", graphs), [])

    assert said.unchanged == {given[0].iri, given[1].iri}
    assert [str(quad) for quad in said.quads] == [
        f'<urn:a> <urn:b> "{value}"^^<http://www.w3.org/2001/XMLSchema#integer> <{GRAPHS}t/{number}>'
        for number, value in ((2, 2), (3, 1))
    ]
