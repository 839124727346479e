"""Writes the report of a run in EARL (https://www.w3.org/TR/EARL10-Schema/), as the W3C collects them."""

import json
from collections.abc import Iterator
from importlib.metadata import version

from conformance.outcomes import Outcome, Outcomes
from conformance.requirements import Requirement

_HEAD = """@prefix dct: <http://purl.org/dc/terms/> .
@prefix doap: <http://usefulinc.com/ns/doap#> .
@prefix earl: <http://www.w3.org/ns/earl#> .

<#clipgraph> a doap:Project , earl:TestSubject , earl:Software ;
  doap:name "clipgraph" ;
  doap:programming-language "Python" ;
  doap:release [ doap:name "clipgraph {version}" ; doap:revision "{version}" ] .
<#run> a earl:Assertor , earl:Software ; dct:title "make conformance" .
"""
_ASSERTION = """
[] a earl:Assertion ;
  earl:assertedBy <#run> ; earl:subject <#clipgraph> ; earl:mode earl:automatic ;
  earl:test {test} ;
  earl:result [ a earl:TestResult ; earl:outcome earl:{outcome}{info} ] .
"""
_REQUIREMENT = """
{test} a earl:TestRequirement ; dct:title {title} ; dct:isPartOf <{source}> .
"""


def write_earl(outcomes: Outcomes, exceptions: dict[str, str]) -> str:
    """Return the report in Turtle: one assertion a test, in the order of their names."""
    return "".join(_parts(outcomes, exceptions))


def _parts(outcomes: Outcomes, exceptions: dict[str, str]) -> Iterator[str]:
    yield _HEAD.format(version=version("clipgraph"))
    for name, outcome in sorted(outcomes.items()):
        test, reason = _iri(name, outcome), exceptions.get(name)
        if isinstance(outcome.test, Requirement) and not outcome.test.test:
            title = json.dumps(f"{outcome.test.section} {outcome.test.says}", ensure_ascii=False)
            yield _REQUIREMENT.format(test=test, title=title, source=outcome.test.source)
        info = f" ; dct:description {json.dumps(reason, ensure_ascii=False)}" if reason else ""
        verdict = "failed" if outcome.service else "passed"
        yield _ASSERTION.format(test=test, outcome=verdict, info=info)


def _iri(name: str, outcome: Outcome) -> str:
    """Return the IRI that the W3C gave the test, or one of our own where it has none."""
    given = outcome.test.test if isinstance(outcome.test, Requirement) else outcome.test.iri
    return f"<{given}>" if given else f"<#{name}>"
