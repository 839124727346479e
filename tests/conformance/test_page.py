"""docs/conformance.md and the EARL report are what a whole run finds."""

import os

import pyoxigraph as ox
import pytest

from conformance.cases import read_cases
from conformance.earl import write_earl
from conformance.outcomes import Outcomes
from conformance.page import write_page
from conformance.requirements import all_required
from conformance.w3c_protocol import EXCHANGES
from conftest import ROOT

PAGE = ROOT / "docs" / "conformance.md"
EARL = ROOT / "build" / "conformance-earl.ttl"
EARL_ASSERTION = "http://www.w3.org/ns/earl#Assertion"


@pytest.fixture
def whole(outcomes: Outcomes) -> Outcomes:
    """What a run of all tests found."""
    required = all_required() | {each.requirement.name for each in EXCHANGES}
    missing = ({case.name for case in read_cases()} | required) - outcomes.keys()
    if missing or not read_cases():
        # The page is about all tests: this run has left some out, or the W3C's suites are not there.
        pytest.skip(f"{len(missing)} tests have not run" if missing else "the W3C's suites are not there")
    return outcomes


def test_exceptions_are_tests_that_fail(whole: Outcomes, exceptions: dict[str, str]) -> None:
    failed = {name for name, outcome in whole.items() if outcome.service}

    assert exceptions.keys() == failed


def test_the_service_passes_what_the_engine_passes(whole: Outcomes, exceptions: dict[str, str]) -> None:
    lost = {name for name, outcome in whole.items() if outcome.engine == "" and outcome.service}

    assert lost <= exceptions.keys()


def test_the_report_has_an_assertion_for_each_test(whole: Outcomes, exceptions: dict[str, str]) -> None:
    report = write_earl(whole, exceptions)
    EARL.parent.mkdir(exist_ok=True)
    EARL.write_text(report, encoding="utf-8")

    quads = ox.parse(report, format=ox.RdfFormat.TURTLE, base_iri="http://example.org/")
    assert sum(quad.object == ox.NamedNode(EARL_ASSERTION) for quad in quads) == len(whole)


def test_the_page_is_what_was_found(whole: Outcomes, exceptions: dict[str, str]) -> None:
    page = write_page(whole, exceptions)
    if os.environ.get("CLIPGRAPH_WRITE_CONFORMANCE"):
        PAGE.write_text(page, encoding="utf-8")

    assert PAGE.read_text(encoding="utf-8") == page, "make conformance writes the page anew"
