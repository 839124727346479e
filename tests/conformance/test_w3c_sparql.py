"""The W3C test suites of SPARQL 1.1, over HTTP (https://www.w3.org/2009/sparql/docs/tests/)."""

import os

import pytest

from conformance.cases import NAMED, SUITES, Case, read_cases
from conformance.outcomes import Outcome, Outcomes
from conformance.over_http import Endpoint, verdict


def test_the_suites_are_whole() -> None:
    # The suites are not part of the repository, and a quick run does without; CI must have them.
    if not (SUITES.is_dir() or NAMED or os.environ.get("CLIPGRAPH_REQUIRE_ALL")):
        pytest.skip("the W3C test suites are not there; CLIPGRAPH_W3C_TESTS says where they are")

    assert len(read_cases()) == 508
    assert len({case.name for case in read_cases()}) == 508


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: case.name)
def test_w3c_sparql(
    case: Case,
    endpoint: Endpoint,
    engine_verdicts: dict[str, str],
    outcomes: Outcomes,
    exceptions: dict[str, str],
) -> None:
    failure = verdict(endpoint, case)
    outcomes[case.name] = Outcome(case, engine_verdicts.get(case.name), failure)

    if case.name in exceptions:
        assert failure, "this passes now: take it out of exceptions.tsv"
    else:
        assert not failure
