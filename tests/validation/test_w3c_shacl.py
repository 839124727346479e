"""The W3C SHACL test suite through our validator (https://w3c.github.io/data-shapes/data-shapes-test-suite/)."""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import SH, BNode, Graph, Namespace
from rdflib.term import Node

from clipgraph.errors import InputError
from clipgraph.validation.judges import Engine, judge_of
from clipgraph.validation.paths import path_text
from clipgraph.validation.shacl import Result

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")
NAMED = os.environ.get("CLIPGRAPH_W3C_TESTS")
SUITE = Path(NAMED or Path(__file__).parents[3] / "shared" / "w3c") / "shacl"

KNOWN: dict[tuple[Engine, str], str] = {
    # pySHACL gives the constraint to the value "1" although only a boolean true activates it.
    (Engine.PYSHACL, "core/property/uniqueLang-002"): 'sh:uniqueLang "1"^^xsd:boolean counts as true',
    (Engine.TURBO, "core/property/uniqueLang-002"): "as pySHACL, so that the two agree",
    # pySHACL does not bind $shapesGraph, which the specification leaves optional.
    (Engine.PYSHACL, "sparql/pre-binding/shapesGraph-001"): "$shapesGraph is not bound",
}

# focus, path, value, severity, component, shape
Row = tuple[str, ...]


def cases() -> list[Path]:
    return sorted(file for file in SUITE.rglob("*.ttl") if "mf:action" in file.read_text(encoding="utf-8"))


def name_of(case: Path) -> str:
    return case.relative_to(SUITE).with_suffix("").as_posix()


def test_the_suite_is_whole() -> None:
    # The suite is not part of the repository, and a quick run does without; CI must have it.
    if not (SUITE.is_dir() or NAMED or os.environ.get("CLIPGRAPH_REQUIRE_ALL")):
        pytest.skip("the W3C test suites are not there; CLIPGRAPH_W3C_TESTS says where they are")
    # 98 core tests and 23 of SHACL-SPARQL.
    assert len(cases()) == 121


@pytest.mark.parametrize("engine", list(Engine))
@pytest.mark.parametrize("case", cases(), ids=name_of)
def test_w3c(case: Path, engine: Engine, request: pytest.FixtureRequest) -> None:
    reason, judge = KNOWN.get((engine, name_of(case))), judge_of(engine)
    if reason:
        request.applymarker(pytest.mark.xfail(reason=reason, strict=True))
    manifest = _read(case)
    for test in manifest.subjects(MF.result, None):
        action = manifest.value(test, MF.action)
        data, shapes = (_part(manifest, action, part, case) for part in (SHT.dataGraph, SHT.shapesGraph))
        wanted = manifest.value(test, MF.result)
        if wanted == SHT.Failure:
            with pytest.raises(InputError):
                judge(data, shapes)
        else:
            assert Counter(_found(judge(data, shapes))) == Counter(_expected(manifest, wanted))


def _read(file: Path) -> Graph:
    return Graph().parse(file, format="turtle", publicID=file.as_uri())


def _part(manifest: Graph, action: Node | None, part: Node, case: Path) -> Graph:
    named = manifest.value(action, part)
    file = Path(str(named).removeprefix("file://"))
    return manifest if file == case else _read(file)


def _found(results: list[Result]) -> Iterator[Row]:
    for each in results:
        shown = (each.value, each.severity, each.component, each.shape)
        yield (_shown(each.focus), each.path, *map(_shown, shown))


def _expected(manifest: Graph, report: Node | None) -> Iterator[Row]:
    for node in manifest.objects(report, SH.result):
        path = manifest.value(node, SH.resultPath)
        rest = (SH.value, SH.resultSeverity, SH.sourceConstraintComponent, SH.sourceShape)
        yield (
            _shown(manifest.value(node, SH.focusNode)),
            path_text(manifest, path) if path is not None else "",
            *(_shown(manifest.value(node, predicate)) for predicate in rest),
        )


def _shown(node: Node | None) -> str:
    """Blank nodes have other names in a report, so one is as good as another."""
    if node is None:
        return ""
    return "_:" if isinstance(node, BNode) else node.n3()
