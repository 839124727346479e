"""What a validation found: findings with file and line, and the report that holds them."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

# The check that reports a file that is not Turtle: nothing else can be said before it is mended.
UNREADABLE = "unreadable"


class Severity(StrEnum):
    """How much a finding weighs (https://www.w3.org/TR/shacl/#severity): only a Violation blocks a commit."""

    VIOLATION = "Violation"
    WARNING = "Warning"
    INFO = "Info"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong, where it stands and what to do.

    ``focus``, ``shape`` and ``constraint`` are IRIs, ``path`` is an IRI or a property path, ``value`` a term
    as N-Triples writes it; each is empty where it does not apply. ``component`` is the local name of the
    SHACL constraint component, or the name of one of the checks beside SHACL. ``line`` and ``column`` count
    from 1, 0 is unknown.
    """

    severity: Severity
    component: str
    message: str
    remedy: str
    file: str = ""
    line: int = 0
    column: int = 0
    focus: str = ""
    path: str = ""
    value: str = ""
    shape: str = ""
    constraint: str = ""

    @property
    def rule(self) -> str:
        """The shape, or the check where no shape is involved."""
        return self.shape or self.component

    @property
    def fingerprint(self) -> str:
        """What stays the same while the finding is not mended, wherever its line moves."""
        return "|".join((self.rule, self.focus or self.file, self.path))

    @property
    def order(self) -> tuple[int, str, int, str, str]:
        """Gravest first, then by file and line."""
        return self.severity.rank, self.file, self.line, self.focus, self.rule


@dataclass(frozen=True, kw_only=True)
class Report:
    """All findings of one validation, ranked, and what was looked at.

    ``targets`` counts the nodes that each shape was asked about: zero is a finding of its own.
    """

    findings: tuple[Finding, ...]
    statements: int = 0
    files: int = 0
    seconds: float = 0.0
    targets: Mapping[str, int] = field(default_factory=dict)

    @property
    def unreadable(self) -> bool:
        """Whether a file could not be read, so that the graph was not looked at."""
        return any(finding.component == UNREADABLE for finding in self.findings)

    def count(self, severity: Severity) -> int:
        """Return how many findings have exactly this severity."""
        return Counter(finding.severity for finding in self.findings)[severity]

    def conforms(self, fail_on: Severity = Severity.VIOLATION) -> bool:
        """Tell whether nothing as grave as ``fail_on`` was found."""
        return all(finding.severity.rank > fail_on.rank for finding in self.findings)

    def only(self, wanted: Callable[[Finding], bool]) -> "Report":
        """Return the same report with the wanted findings alone."""
        return replace(self, findings=tuple(filter(wanted, self.findings)))


def ranked(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings, each once, gravest first, then by file and line."""
    return tuple(sorted(dict.fromkeys(findings), key=lambda finding: finding.order))
