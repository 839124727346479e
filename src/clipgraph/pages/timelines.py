"""Dates in order, each as exact as the graph has it, and the small timeline of a page.

``small_timeline(entries)`` here makes it, the macro ``small_timeline`` of ``timelines.html`` draws it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from clipgraph.engines.rows import Value
from clipgraph.pages.statuses import is_unreal

# xsd:date, xsd:gYearMonth, xsd:gYear and the date of an xsd:dateTime: https://www.w3.org/TR/xmlschema11-2/#date
_DATE = re.compile(
    r"(?P<year>-?\d{4,9})(?:-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>0[1-9]|[12]\d|3[01]))?)?"
    r"(?:T[\d:.]{1,30})?(?:Z|[+-]\d\d:\d\d)?",
    re.ASCII,
)
_MOST = 100  # entries of a small timeline


@dataclass(frozen=True)
class Moment:
    """A date as it is stated: a day, a month or a year, or a text that is none of these."""

    value: Value

    @cached_property
    def parts(self) -> tuple[int, int, int] | None:
        """Year, month and day; 0 for what is not stated, None where it cannot be read."""
        found = _DATE.fullmatch(self.value.text)
        return (int(found["year"]), int(found["month"] or 0), int(found["day"] or 0)) if found else None

    @property
    def year(self) -> int | None:
        """The year, None where it cannot be read."""
        return self.parts[0] if self.parts else None

    @property
    def order(self) -> tuple[int, tuple[int, int, int], str]:
        """What moments are sorted by: a year before its months, what cannot be read at the end."""
        return (0, self.parts, "") if self.parts else (1, (0, 0, 0), self.value.text)


@dataclass(frozen=True)
class Entry:
    """Something with a date.

    ``lasts`` tells that it began then, and goes on ``until`` where that is known. ``kind`` is a word for
    what it is, a message of the catalogues; ``status`` an IRI or empty.
    """

    iri: str
    label: Value
    when: Moment
    until: Moment | None = None
    lasts: bool = False
    kind: str = ""
    status: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether its time is a year and no more, which a heading can say."""
        return not self.lasts and self.when.parts is not None and self.when.parts[1] == 0

    @property
    def is_proposed(self) -> bool:
        """Whether it is only proposed, demanded or announced, and has not happened."""
        return is_unreal(self.status)

    @property
    def order(self) -> tuple[object, str, str]:
        """What entries are sorted by: their time, then their names."""
        return self.when.order, self.label.text.casefold(), self.iri


@dataclass(frozen=True)
class SmallTimeline:
    """The entries of a small timeline in order of time; ``more`` is how many are left out."""

    entries: list[Entry]
    more: int = 0


def small_timeline(entries: Iterable[Entry]) -> SmallTimeline | None:
    """Return the timeline of a thing with several dates, or None where it has fewer than two."""
    given = sorted(dict.fromkeys(entries), key=lambda entry: entry.order)
    if len(given) < 2:  # noqa: PLR2004 - one date is a fact, told where it belongs
        return None
    return SmallTimeline(given[:_MOST], max(0, len(given) - _MOST))
