"""How much of each source the graph holds: every unit of it covered, excused for a reason, or open."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from clipgraph.evidence.cutting import Span, Unit, cut
from clipgraph.evidence.passages import Document, Evidence
from clipgraph.evidence.reasons import Excuse, Reason

# The part of a unit's characters, white space left out, that must be marked: most of them, not all, since
# list numbers, footnote marks and the like stand in a unit and need not stand in a passage.
MOST = 2 / 3
FIRST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Judged:
    """A unit of a source and what became of it; ``words`` are its first, no more than FIRST_WORDS."""

    unit: Unit
    words: str
    covered: bool
    reason: Reason | None

    @property
    def open(self) -> bool:
        """Whether the unit has neither a passage nor a reason."""
        return not self.covered and self.reason is None


@dataclass(frozen=True)
class Coverage:
    """The units of one document, in order; ``stale`` are the excuses that excuse nothing."""

    document: Document
    units: Sequence[Judged]
    stale: Sequence[Excuse] = ()

    @property
    def covered(self) -> int:
        """How many units a passage marks that the graph points to."""
        return sum(unit.covered for unit in self.units)

    @property
    def excused(self) -> int:
        """How many units are not covered, for a reason."""
        return sum(unit.reason is not None for unit in self.units)

    @property
    def open(self) -> int:
        """How many units are neither."""
        return sum(unit.open for unit in self.units)

    @property
    def share(self) -> float:
        """Per cent of the units without a reason that are covered; 100 where there are none."""
        wanted = len(self.units) - self.excused
        return 100 * self.covered / wanted if wanted else 100.0


def coverage(evidence: Evidence, texts: Mapping[str, str], excuses: Iterable[Excuse]) -> list[Coverage]:
    """Judge every unit of every text, documents sorted by IRI."""
    given = list(excuses)
    return [
        _of_document(
            evidence, evidence.documents[iri], text, [each for each in given if each.document == iri]
        )
        for iri, text in sorted(texts.items())
    ]


def _of_document(evidence: Evidence, document: Document, text: str, excuses: list[Excuse]) -> Coverage:
    marked = [
        (passage.start, passage.end)
        for passage in evidence.passages.values()
        if passage.document == document.iri and passage.iri in evidence.pointed_at
    ]
    used: set[Excuse] = set()
    judged = []
    for unit in cut(text):
        covered = _part(text, unit, marked) >= MOST
        fitting = [each for each in excuses if _part(text, unit, [(each.start, each.end)]) >= MOST]
        reason = fitting[0].reason if fitting and not covered else None
        used.update(fitting if not covered else ())
        judged.append(Judged(unit, _first_words(text, unit), covered, reason))
    return Coverage(document, judged, [each for each in excuses if each not in used])


def _part(text: str, unit: Unit, spans: Iterable[Span]) -> float:
    """Return which part of a unit's characters, white space left out, stands in the spans."""
    near = [(start, end) for start, end in spans if start < unit.spans[-1][1] and end > unit.spans[0][0]]
    places = [at for start, end in unit.spans for at in range(start, end) if not text[at].isspace()]
    return sum(any(start <= at < end for start, end in near) for at in places) / len(places)


def _first_words(text: str, unit: Unit) -> str:
    words = " ".join(text[start:end] for start, end in unit.spans).split()
    return " ".join(words[:FIRST_WORDS]) + (" …" if len(words) > FIRST_WORDS else "")
