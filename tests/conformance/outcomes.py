"""What a run found, and which exceptions are listed."""

import csv
from dataclasses import dataclass
from pathlib import Path

from conformance.cases import Case
from conformance.requirements import Requirement

EXCEPTIONS = Path(__file__).with_name("exceptions.tsv")


@dataclass(frozen=True)
class Outcome:
    """The outcome of one test: how the engine alone and the service fail it, empty where they pass.

    ``engine`` is None where a test asks nothing of the engine.
    """

    test: Case | Requirement
    engine: str | None
    service: str


Outcomes = dict[str, Outcome]


def read_exceptions() -> dict[str, str]:
    """Return the tests that are expected to fail, each with its reason."""
    with EXCEPTIONS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    exceptions = {row[0]: row[1] for row in rows[1:]}
    assert rows[0] == ["test", "reason"]
    assert len(exceptions) == len(rows) - 1, "a test is listed twice"
    return exceptions
