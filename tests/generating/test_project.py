"""Generated projects: the same bytes each time, as large as asked for, and fit for the shapes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from clipgraph.errors import BadRequest
from clipgraph.generating.project import generate
from clipgraph.rdf.reading import read_turtle
from clipgraph.sources.graphs import Role, graph_files
from clipgraph.sources.project import Project, find_project
from clipgraph.validation.checking import check_project

_FEW = 3_000


@pytest.fixture(scope="module")
def ours() -> Project:
    return find_project(start=Path(__file__))


@pytest.fixture(scope="module")
def small(ours: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("generated") / "small"
    generate(ours, folder, _FEW, 1, _ignore)
    return folder


def _ignore(_: str) -> None:
    pass


def _data(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted((folder / "data").rglob("*.ttl")):
        yield str(path.relative_to(folder)), path.read_bytes()


def test_the_same_number_and_seed_give_the_same_bytes(ours: Project, small: Path, tmp_path: Path) -> None:
    generate(ours, tmp_path / "again", _FEW, 1, _ignore)
    assert list(_data(tmp_path / "again")) == list(_data(small))


def test_another_seed_gives_another_graph(ours: Project, small: Path, tmp_path: Path) -> None:
    generate(ours, tmp_path / "other", _FEW, 2, _ignore)
    assert dict(_data(tmp_path / "other")) != dict(_data(small))


def test_a_larger_graph_begins_with_the_smaller(ours: Project, small: Path, tmp_path: Path) -> None:
    generate(ours, tmp_path / "larger", 2 * _FEW, 1, _ignore)
    larger = dict(_data(tmp_path / "larger"))
    assert all(larger[name].startswith(content) for name, content in _data(small))


def test_what_is_counted_is_what_the_files_say(ours: Project, tmp_path: Path) -> None:
    made = generate(ours, tmp_path / "counted", _FEW, 3, _ignore)
    said = {
        str(statement.triple)
        for path in (tmp_path / "counted" / "data").rglob("*.ttl")
        for statement in read_turtle(path)
    }
    assert made.triples == len(said) >= _FEW


def test_it_fits_the_shapes(small: Path) -> None:
    report = check_project(Project(small))
    assert report.conforms()
    # Nor is there a warning but that some shapes find nothing to check.
    assert {each.component for each in report.findings} == {"no-target"}


def test_evidence_has_graphs_of_its_own(small: Path) -> None:
    roles = {file.role for file in graph_files(Project(small)) if file.name.startswith("data/")}
    assert roles == {Role.DATA, Role.EVIDENCE}


def test_a_folder_that_holds_something_is_left_alone(ours: Project, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(BadRequest, match="holds something already"):
        generate(ours, tmp_path, _FEW, 1, _ignore)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_project_without_code_lists_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    for name in ("ontology", "shapes", "data", "queries"):
        (tmp_path / "empty" / name).mkdir(parents=True)
    with pytest.raises(BadRequest, match="no codes of the list topic"):
        generate(Project(tmp_path / "empty"), tmp_path / "to" / "new", _FEW, 1, _ignore)
    assert not list((tmp_path / "to").iterdir())


def test_progress_is_told(ours: Project, tmp_path: Path) -> None:
    told: list[str] = []
    generate(ours, tmp_path / "told", _FEW, 1, told.append)
    assert told
    assert all(text.endswith(f"of {_FEW:,} triples") for text in told)
