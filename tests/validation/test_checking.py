"""From files to a report: the project, files on its background, broken files."""

from pathlib import Path

import pytest

from clipgraph.errors import InputError
from clipgraph.rdf.reading import in_graph
from clipgraph.rdf.terms import Store
from clipgraph.sources.graphs import graph_files
from clipgraph.sources.project import Project
from clipgraph.validation.checking import check_dataset, check_files, check_project

PRACTICES = "data/practices/practices.ttl"


def test_a_valid_project_has_no_finding_and_says_what_was_looked_at(project: Project) -> None:
    report = check_project(project)
    assert report.findings == ()
    assert report.conforms()
    assert report.files == 3
    assert report.targets == {"https://w3id.org/clipgraph/shapes/PracticeShape": 1}


def test_a_finding_names_file_line_focus_path_and_what_to_do(project: Project, unproven: Path) -> None:
    [finding] = check_project(project, [unproven]).findings
    assert (finding.file, finding.line) == (str(unproven), 4)
    assert finding.focus == "https://w3id.org/clipgraph/id/practice/unproven"
    assert finding.path == "https://w3id.org/clipgraph/def/evidence"
    assert finding.message == "A practice needs evidence."
    assert finding.remedy == "Add clip:evidence (is evidenced by) to <practice/unproven>: at least 1."


def test_the_reader_chooses_the_language(project: Project, unproven: Path) -> None:
    [finding] = check_project(project, [unproven], language="de").findings
    assert finding.message == "Eine Praktik braucht einen Beleg."
    assert finding.remedy.startswith("clip:evidence")
    assert "ergänzen" in finding.remedy


def test_a_file_of_the_project_replaces_itself(project: Project) -> None:
    assert check_project(project, [project.root / PRACTICES]).files == 3


def test_every_broken_file_is_told_and_nothing_else(project: Project, unproven: Path) -> None:
    (project.root / PRACTICES).write_text("<x> a .")
    other = project.root / "data/practices/other.ttl"
    other.write_bytes(b'\n<x:y> <x:z> "\xff" .\n')
    report = check_project(project, [unproven])
    assert report.unreadable
    assert [(each.file, each.line) for each in report.findings] == [
        ("data/practices/other.ttl", 2),
        (PRACTICES, 1),
    ]


def test_a_given_file_shows_what_it_causes_in_others(project: Project, tmp_path: Path) -> None:
    file = tmp_path / "more.ttl"
    # The class of another file's subject: its shape now asks for evidence there too.
    (project.root / PRACTICES).write_text(
        "<https://w3id.org/clipgraph/id/practice/late> "
        "<http://www.w3.org/2000/01/rdf-schema#label> <https://w3id.org/clipgraph/id/practice/late> ."
    )
    file.write_text(
        "<https://w3id.org/clipgraph/id/practice/late> a <https://w3id.org/clipgraph/def/Practice> ."
    )
    assert [each.file for each in check_files(project, [file]).findings] == [str(file)]


def test_findings_that_were_there_before_are_not_shown_for_a_file(project: Project, unproven: Path) -> None:
    inside = project.root / "data/practices/unproven.ttl"
    inside.write_text(unproven.read_text())
    fine = unproven.with_name("fine.ttl")
    fine.write_text("<https://w3id.org/clipgraph/id/city/x> a <https://w3id.org/clipgraph/def/Practice> .")
    assert [each.file for each in check_project(project, [fine]).findings] == [str(fine), inside_name(inside)]
    assert [each.file for each in check_files(project, [fine]).findings] == [str(fine)]


def inside_name(path: Path) -> str:
    return "/".join(path.parts[-3:])


def test_a_shape_that_found_nothing_is_a_warning(project: Project) -> None:
    (project.root / PRACTICES).write_text("# nothing yet\n")
    [finding] = check_project(project).findings
    assert (finding.severity, finding.component, finding.file) == (
        "Warning",
        "no-target",
        "shapes/practice.ttl",
    )


def test_a_dataset_without_files_is_judged_too(project: Project, unproven: Path) -> None:
    store = Store()
    for file in graph_files(Project(project.root)):
        store.extend(in_graph(each, file.iri) for each in file.statements())
    assert check_dataset(store).findings == ()
    store.update(
        "INSERT DATA { GRAPH <https://w3id.org/clipgraph/graph/practices/new> "
        "{ <https://w3id.org/clipgraph/id/practice/new> a <https://w3id.org/clipgraph/def/Practice> } }"
    )
    [finding] = check_dataset(store).findings
    assert (finding.file, finding.line) == ("", 0)
    assert finding.focus == "https://w3id.org/clipgraph/id/practice/new"


def test_ill_formed_shapes_are_an_error(project: Project) -> None:
    with (project.root / "shapes/practice.ttl").open("a") as file:
        file.write("clipsh:PracticeShape sh:sparql [ sh:select 'SELECT $this { VALUES $this { 1 } }' ] .")
    with pytest.raises(InputError, match="the shapes cannot be used"):
        check_project(project)
