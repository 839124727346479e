"""Every planted fault is found on its line and nothing else is; what is right has no finding."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path

import pytest

from clipgraph.rdf.reading import read_turtle
from clipgraph.sources.project import Project
from clipgraph.validation.checking import check_files, check_project
from clipgraph.validation.phrases import LANGUAGES
from clipgraph.validation.report import Finding
from shapes.cases import INVALID, ROOT, UNREADABLE, VALID, expected, name_of, told

PROJECT = Project(ROOT)
# A part of a sentence that nothing was filled into; {64} in a pattern is none.
_HOLE = re.compile(r"\{[a-z_]*\}")
By = Mapping[str, list[Finding]]


@pytest.fixture(scope="session")
def found() -> By:
    """Every case at once on the background of the project: one validation in place of a hundred.

    That is the same as one after the other because no two cases describe the same thing (tested below).
    """
    return _by_file([*VALID, *INVALID], "en")


def _by_file(cases: list[Path], language: str) -> By:
    by: dict[str, list[Finding]] = defaultdict(list)
    for finding in check_project(PROJECT, cases, language=language).findings:
        by[finding.file].append(finding)
    return by


@pytest.mark.parametrize("case", INVALID, ids=name_of)
def test_the_planted_fault_is_found_and_no_other(case: Path, found: By) -> None:
    wanted = Counter(expected(case))
    assert wanted, "an invalid file says in its first lines what is expected"
    keys = frozenset(key for each in wanted for key, _ in each)
    assert Counter(told(each, keys) for each in found.get(PROJECT.name_of(case), ())) == wanted


@pytest.mark.parametrize("case", VALID, ids=name_of)
def test_what_is_right_has_no_finding(case: Path, found: By) -> None:
    assert found.get(PROJECT.name_of(case), []) == []


def test_cases_cause_nothing_in_the_files_of_the_project(found: By) -> None:
    assert {file for file in found if not file.startswith("tests/shapes/")} == set()


def test_there_are_planted_faults_for_every_file_of_shapes() -> None:
    not_rules = {"agent", "clipgraph", "code", "date", "language"}  # parts that the others use
    rules = {file.stem for file in (ROOT / "shapes").glob("*.ttl")} - not_rules
    assert {case.parent.name for case in INVALID} - {"file"} == rules


def test_no_two_cases_describe_the_same_thing() -> None:
    described = Counter(
        subject
        for case in [*VALID, *INVALID]
        for subject in {str(each.triple.subject) for each in read_turtle(case)}
    )
    assert [subject for subject, count in described.items() if count > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_finding_says_what_is_wrong_and_what_to_do(language: str) -> None:
    findings = [each for group in _by_file(INVALID, language).values() for each in group]
    assert all(each.message and each.remedy and not _HOLE.search(each.remedy) for each in findings)
    assert len({each.remedy for each in findings}) > len(INVALID) / 3


def test_one_file_alone_has_the_findings_that_it_has_among_all(found: By) -> None:
    case = next(each for each in INVALID if each.name == "invalid-number-twice.ttl")
    assert list(check_files(PROJECT, [case]).findings) == found[PROJECT.name_of(case)]


def test_the_project_has_no_finding() -> None:
    assert check_project(PROJECT).findings == ()


def test_every_broken_file_is_reported_with_its_position() -> None:
    findings = {each.file: each for each in check_project(PROJECT, UNREADABLE).findings}
    assert len(findings) == len(UNREADABLE) >= 4
    for case in UNREADABLE:
        [wanted] = expected(case)
        finding = findings[PROJECT.name_of(case)]
        assert told(finding, frozenset()) - {("check", "unreadable")} == wanted
        assert finding.message
        assert finding.remedy
