"""Names what a test holds the service to: a section of a specification, how strongly it asks, and what."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

Test = TypeVar("Test", bound=Callable[..., object])
MUST, SHOULD, INFORMATIVE = "MUST", "SHOULD", "informative"
PROTOCOL = "https://www.w3.org/TR/sparql11-protocol/"
GRAPH_STORE = "https://www.w3.org/TR/sparql11-http-rdf-update/"
W3C_PROTOCOL = "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/manifest#"
W3C_GRAPH_STORE = "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/http-rdf-update/manifest#"
_DECORATED = re.compile(r"^@requires\(.*?^def test_(\w+)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Requirement:
    """One requirement.

    ``specification`` is the document, ``section`` its number there, ``fragment`` that section's anchor;
    ``says`` is the requirement in our words. A test of the W3C has its IRI as ``test`` and no section.
    """

    specification: str
    says: str
    section: str = ""
    fragment: str = ""
    level: str = MUST
    test: str = ""

    @property
    def source(self) -> str:
        """Where it is written."""
        return self.test or f"{self.specification}#{self.fragment}"

    @property
    def name(self) -> str:
        """The name of a test of the W3C, as suite/name."""
        suite, _, name = self.test.rpartition("/manifest#")
        return f"{suite.rpartition('/')[2]}/{name}"


def requires(
    specification: str, section: str, fragment: str, level: str, says: str
) -> Callable[[Test], Test]:
    """Mark a test as that of a requirement."""
    return _mark(Requirement(specification, says, section, fragment, level))


def w3c(manifest: str, name: str, says: str) -> Callable[[Test], Test]:
    """Mark a test as one of the W3C's, whose manifests for protocols describe requests in words."""
    return _mark(Requirement(manifest, says, test=manifest + name))


def _mark(requirement: Requirement) -> Callable[[Test], Test]:
    def mark(test: Test) -> Test:
        test.__dict__["requirement"] = requirement
        return test

    return mark


def requirement_of(test: object) -> Requirement | None:
    """Return the requirement that a test is marked with."""
    found = getattr(test, "requirement", None)
    return found if isinstance(found, Requirement) else None


def all_required() -> set[str]:
    """Return the names of all tests of requirements: what a whole run has to have run."""
    modules = sorted(Path(__file__).parent.glob("test_*.py"))
    return {name for module in modules for name in _DECORATED.findall(module.read_text(encoding="utf-8"))}
