"""Reads the planted faults: what the first lines of a file in tests/shapes expect."""

import re
from pathlib import Path

from clipgraph.rdf.prefixes import shorten
from clipgraph.validation.report import Finding
from clipgraph.validation.short_names import short

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
VALID = sorted(HERE.glob("*/valid-*.ttl"))
INVALID = sorted(HERE.glob("*/invalid-*.ttl"))
UNREADABLE = sorted((HERE / "unreadable").glob("*.ttl"))
# A skolem IRI is the hash of what a blank node says: no name a person would write.
_SKOLEM = re.compile(r"<?https://w3id\.org/clipgraph/\.well-known/genid/\w+>?|_:\w+")

Expected = frozenset[tuple[str, str]]


def name_of(case: Path) -> str:
    """Return the case's path as a test's name."""
    return case.relative_to(HERE).as_posix()


def expected(case: Path) -> list[Expected]:
    """Return what each ``# expect:`` line says: key and value, severity Violation where it says none."""
    lines = case.read_text(encoding="utf-8", errors="replace").splitlines()
    marked = [line.removeprefix("# expect:") for line in lines if line.startswith("# expect:")]
    return [_pairs(line) for line in marked]


def _pairs(line: str) -> Expected:
    # Values are Turtle: a quoted text may hold spaces, and its quotes belong to it.
    tokens = re.findall(r"(\w+)=((?:\"[^\"]*\"|\S)+)", line)
    return frozenset({"severity": "Violation", **dict(tokens)}.items())


def told(finding: Finding, keys: frozenset[str]) -> Expected:
    """Return of a finding what an expectation with these keys can say, in the same short words."""
    words = {
        "line": str(finding.line or ""),
        "column": str(finding.column or ""),
        "focus": _term(finding.focus),
        "path": _path(finding.path),
        "value": "" if finding.value == f"<{finding.focus}>" else _term(finding.value),
        "severity": finding.severity.value,
        "shape": shorten(finding.shape),
        "constraint": shorten(finding.constraint),
        "check": "" if finding.shape else finding.component,
        "component": finding.component if "component" in keys else "",
    }
    return frozenset((key, word) for key, word in words.items() if word)


def _term(text: str) -> str:
    if _SKOLEM.fullmatch(text):
        return "[]"
    if text.startswith('"'):
        return re.sub(r"\^\^<([^>]*)>$", lambda match: f"^^{short(match[1])}", text)
    iri = text[1:-1] if text.startswith("<") else text
    return short(iri) if "://" in iri else text


def _path(path: str) -> str:
    if path.startswith("http"):
        return short(path)
    return re.sub(r"<([^>]*)>", lambda match: short(match[1]), path).strip("()")
