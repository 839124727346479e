"""The fast engine says of a graph what pySHACL says of it, fault by fault; where it does not is known.

The project's own data, all planted faults of tests/shapes and a made-up graph, once as they are and once with
faults put into them for each property of each shape. The W3C suite is in test_w3c_shacl.py.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from rdflib import RDF, SH, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from clipgraph.errors import EngineFailed, InputError, Unavailable
from clipgraph.generating.project import generate
from clipgraph.sources.graphs import graph_files, profile_file
from clipgraph.sources.project import Project
from clipgraph.sparql.library import read_library
from clipgraph.validation import fast, shacl
from clipgraph.validation.checking import check_project, dataset_of, with_extra
from clipgraph.validation.conversion import Terms, data_and_shapes
from clipgraph.validation.judges import Engine, judge_of
from clipgraph.validation.reading import gather, read_file
from clipgraph.validation.shacl import Result
from shapes.cases import INVALID, ROOT, VALID
from validation.faults import put_faults

pytestmark = [
    pytest.mark.timeout(600),
    # rdflib's, where it compares ill-typed literals
    pytest.mark.filterwarnings("ignore:NotImplemented should not be used:DeprecationWarning"),
]


@dataclass(frozen=True)
class Judged:
    """What both engines say of one graph."""

    shapes: Graph
    plain: Counter[Result]
    fast: Counter[Result]
    with_false: set[Node]


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], tuple[Graph, Graph]]:
    """Data with every planted fault and a made-up graph, and all shapes, the stricter ones as well."""
    project, made = Project(ROOT), tmp_path_factory.mktemp("made")
    generate(project, made, 3000, 1, lambda _: None)
    files = [*graph_files(project), profile_file(project, "contribution")]
    extra = [*VALID, *INVALID, *sorted((made / "data/generated").glob("*.ttl"))]
    together = gather([read_file(file) for file in with_extra(project, files, extra)])
    store = dataset_of(together, read_library(project.queries, "rules"))
    return lambda: data_and_shapes(store, Terms())


def judged(data: Graph, shapes: Graph, with_false: set[Node]) -> Judged:
    plain, quick = Counter(shacl.validate(data, shapes)), Counter(fast.validate(data, shapes))
    return Judged(shapes, plain, quick, with_false)


@pytest.fixture(scope="module")
def planted(graphs: Callable[[], tuple[Graph, Graph]]) -> Judged:
    return judged(*graphs(), set())


@pytest.fixture(scope="module")
def faulty(graphs: Callable[[], tuple[Graph, Graph]]) -> Judged:
    data, shapes = graphs()
    return judged(data, shapes, put_faults(data, shapes))


def is_known(result: Result, found: Judged) -> bool:
    """Tell whether the engines are known to differ about this; docs/validating.md tells of each."""
    if result in found.fast - found.plain:  # rdflib takes any text for a year
        value = result.value
        years = (XSD.gYear, XSD.gYearMonth)
        return result.component == SH.DatatypeConstraintComponent and (
            isinstance(value, Literal) and value.datatype in years
        )
    # rdflib follows a path from any node where it should from "" or 0
    return result.component == SH.SPARQLConstraintComponent and result.focus in found.with_false


def differing(found: Judged) -> Iterator[Result]:
    yield from (found.plain - found.fast).elements()
    yield from (found.fast - found.plain).elements()


def test_the_planted_faults_are_found_alike(planted: Judged) -> None:
    assert len(planted.plain) > len(INVALID)
    assert [each for each in differing(planted) if not is_known(each, planted)] == []


def test_faults_of_every_kind_are_found_alike(faulty: Judged) -> None:
    assert [each for each in differing(faulty) if not is_known(each, faulty)] == []


def test_what_the_engines_differ_about_is_a_fault_for_both(faulty: Judged) -> None:
    """So the verdict is the same: no thing is free of violations for one engine and not for the other."""
    blamed = {each.focus for each in faulty.plain & faulty.fast if each.severity == SH.Violation}
    assert {each.focus for each in differing(faulty)} <= blamed


def test_there_are_faults_of_every_kind_that_the_shapes_know(faulty: Judged) -> None:
    parameters = {
        SH.minCount, SH.maxCount, SH["class"], SH.datatype, SH.nodeKind, SH.pattern, SH.node, SH.uniqueLang,
        SH.qualifiedMinCount, SH.minLength, SH.sparql, SH.languageIn, SH["in"], SH.hasValue, SH["or"],
        SH.minInclusive, SH.minExclusive,
    }  # fmt: skip
    told = {
        SH.deactivated, SH.flags, SH.property, SH.path, SH.severity, SH.message, SH.name, SH.order,
        SH.description, SH.qualifiedValueShape, SH.prefixes, SH.select, SH.prefix, SH.namespace, SH.declare,
        SH.alternativePath, SH.inversePath, SH.zeroOrMorePath, SH.zeroOrOnePath, SH.oneOrMorePath,
    }  # fmt: skip
    used = {each for each in faulty.shapes.predicates() if str(each).startswith(str(SH))}
    assert {each for each in used - told if not str(each).startswith(f"{SH}target")} == parameters
    assert len({each.component for each in faulty.plain}) == len(parameters)


def test_nearly_every_property_shape_finds_a_fault(faulty: Judged) -> None:
    shapes = {each for each in faulty.shapes.subjects(RDF.type, SH.PropertyShape) if isinstance(each, URIRef)}
    silent = shapes - {each.shape for each in faulty.plain}
    assert len(silent) < len(shapes) / 10


def test_the_project_has_no_finding_for_the_fast_engine_either() -> None:
    assert check_project(Project(ROOT), judge=judge_of(Engine.TURBO)).findings == ()


def test_a_report_is_the_same_but_for_its_seconds() -> None:
    case = next(each for each in INVALID if each.name == "invalid-number-twice.ttl")
    reports = [check_project(Project(ROOT), [case], judge=judge_of(each)) for each in Engine]
    assert reports[0].findings == reports[1].findings != ()
    assert reports[0].targets == reports[1].targets


def test_shapes_that_cannot_be_used_are_an_error() -> None:
    shapes = (
        "@prefix sh: <http://www.w3.org/ns/shacl#> . <x:S> a sh:NodeShape ; sh:property [ sh:minCount 1 ] ."
    )
    with pytest.raises(InputError, match="the shapes cannot be used"):
        fast.validate(Graph(), Graph().parse(data=shapes, format="turtle"))


def test_an_engine_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyshacl_turbo", None)
    with pytest.raises(Unavailable, match=r"pip install 'clipgraph\[fast\]'"):
        judge_of(Engine.TURBO)


def test_a_verdict_without_results_is_no_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fast.engine(), "validate", lambda *_, **__: (False, Graph(), ""))
    with pytest.raises(EngineFailed, match="0 results"):
        fast.validate(Graph(), Graph())
