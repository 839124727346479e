"""Which file is which named graph."""

from pathlib import Path

import pytest

from clipgraph.errors import InputError
from clipgraph.rdf.prefixes import BASE
from clipgraph.sources.graphs import INFERENCES, Role, graph_files
from clipgraph.sources.project import Project


def project(root: Path, *files: str) -> Project:
    for name in files:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("<urn:a> <urn:b> <urn:c> .\n")
    return Project(root)


@pytest.mark.parametrize(
    ("file", "graph", "role"),
    [
        ("ontology/clipgraph.ttl", "ontology/clipgraph", Role.ONTOLOGY),
        ("ontology/schemes/role.ttl", "schemes/role", Role.ONTOLOGY),
        ("shapes/city.ttl", "shapes/city", Role.SHAPES),
        ("data/cities/stuttgart.ttl", "cities/stuttgart", Role.DATA),
        ("data/catalog.ttl", "data/catalog", Role.DATA),
        ("data/evidence/cities.ttl", "evidence/cities", Role.EVIDENCE),
        ("data/description/dataset.ttl", "description/dataset", Role.DESCRIPTION),
        ("data/cities/liège_1.v2.ttl", "cities/liège_1.v2", Role.DATA),
    ],
)
def test_a_file_is_a_graph(tmp_path: Path, file: str, graph: str, role: Role) -> None:
    [found] = graph_files(project(tmp_path, file))

    assert (found.name, found.iri, found.role) == (file, f"{BASE}graph/{graph}", role)
    assert [statement.line for statement in found.statements()] == [1]


def test_files_are_sorted_by_graph_and_others_left_alone(tmp_path: Path) -> None:
    found = graph_files(
        project(tmp_path, "shapes/a.ttl", "data/b/c.ttl", "data/b/c.md", "queries/x.ttl", "x.ttl")
    )

    assert [file.name for file in found] == ["data/b/c.ttl", "shapes/a.ttl"]


def test_an_empty_project_has_no_graphs(tmp_path: Path) -> None:
    assert graph_files(Project(tmp_path)) == []


def test_two_files_cannot_be_one_graph(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"data/y/b/c\.ttl and data/x/b/c\.ttl .*graph/b/c"):
        graph_files(project(tmp_path, "data/x/b/c.ttl", "data/y/b/c.ttl"))


@pytest.mark.parametrize(
    "file", ["data/a/b c.ttl", "data/a b/c.ttl", "data/a/%zz.ttl", "data/a/x>y.ttl", "data/a/x#y.ttl"]
)
def test_a_name_that_is_no_part_of_an_iri_is_refused(tmp_path: Path, file: str) -> None:
    with pytest.raises(InputError, match="named by its file and folder"):
        graph_files(project(tmp_path, file))


def test_what_the_default_graph_merges() -> None:
    assert {role for role in Role if not role.merged} == {Role.SHAPES, Role.EVIDENCE, Role.DESCRIPTION}
    assert INFERENCES.startswith(BASE)


@pytest.mark.parametrize("theme", ["shapes", "ontology", "schemes", "inferences"])
def test_a_theme_cannot_take_the_name_of_other_graphs(tmp_path: Path, theme: str) -> None:
    (tmp_path / "data" / theme).mkdir(parents=True)
    (tmp_path / "data" / theme / "x.ttl").write_text("")

    with pytest.raises(InputError, match="names other graphs"):
        graph_files(Project(tmp_path))


def test_everything_below_evidence_is_evidence(tmp_path: Path) -> None:
    (tmp_path / "data/evidence/parts").mkdir(parents=True)
    (tmp_path / "data/evidence/parts/x.ttl").write_text("")

    assert [file.role for file in graph_files(Project(tmp_path))] == [Role.EVIDENCE]


@pytest.mark.parametrize("name", ["void", "service", "catalog"])
def test_what_a_publish_makes_is_no_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="each publish makes this graph itself"):
        graph_files(project(tmp_path, f"data/description/{name}.ttl"))
