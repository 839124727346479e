"""Where the project is found."""

from pathlib import Path

import pytest

from clipgraph.errors import Unavailable
from clipgraph.sources.project import Project, find_project


def folders(root: Path, *names: str) -> Path:
    for name in names:
        (root / name).mkdir(parents=True)
    return root


def test_the_folder_that_holds_all_three_is_found_from_below(tmp_path: Path) -> None:
    root = folders(tmp_path, "ontology", "shapes", "data/cities/deep")

    assert find_project(start=root / "data" / "cities" / "deep") == Project(root.resolve())
    assert find_project(start=root) == Project(root.resolve())


def test_two_of_three_are_no_project(tmp_path: Path) -> None:
    root = folders(tmp_path, "ontology", "data/inner")

    assert find_project(start=root / "data" / "inner").root != root


def test_a_named_folder_is_taken_as_it_is(tmp_path: Path) -> None:
    project = find_project(tmp_path)

    assert project == Project(tmp_path)
    assert project.queries == tmp_path / "queries"


@pytest.mark.parametrize("kind", ["missing", "a file"])
def test_a_named_folder_must_be_one(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "x"
    if kind == "a file":
        path.touch()

    with pytest.raises(Unavailable, match=r"--project .*x"):
        find_project(path)


def test_files_are_named_as_one_types_them(tmp_path: Path) -> None:
    project = Project(folders(tmp_path / "p", "data"))

    assert project.name_of(tmp_path / "p" / "data" / ".." / "data" / "x.ttl") == "data/x.ttl"
    assert project.name_of(tmp_path / "other.ttl") == str(tmp_path / "other.ttl")
