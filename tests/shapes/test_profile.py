"""The contribution profile: stricter than the core, and only where it is asked for."""

import pytest

from clipgraph.errors import InputError
from clipgraph.sources.graphs import graph_files
from clipgraph.sources.project import Project
from clipgraph.validation.checking import check_files
from clipgraph.validation.report import Severity
from shapes.cases import HERE, ROOT

PROJECT = Project(ROOT)
CASE = HERE / "practice" / "valid-practice.ttl"


def test_a_contributed_practice_says_more_than_the_core_asks() -> None:
    findings = check_files(PROJECT, [CASE], profile="contribution").findings
    missing = {(each.path.rsplit("/", 1)[-1], each.severity) for each in findings}
    assert {(name, Severity.VIOLATION) for name in ("context", "goal", "method")} <= missing
    assert {(name, Severity.WARNING) for name in ("evaluation", "transferability")} <= missing
    assert {each.file for each in findings} == {PROJECT.name_of(CASE)}


def test_the_profile_is_no_graph_of_the_project() -> None:
    assert [file.name for file in graph_files(PROJECT) if "profile" in file.name] == []


def test_an_unknown_profile_is_refused_with_those_there_are() -> None:
    with pytest.raises(InputError, match="contribution"):
        check_files(PROJECT, [CASE], profile="contributions")
