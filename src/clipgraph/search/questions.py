"""What is asked of the index, and what it answers; travels to the worker and back as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

# Every facet, in the order in which people are shown them.
FACETS = (
    *("type", "level", "sector", "country", "place", "field", "module", "network"),
    *("audience", "topic", "told", "has"),
)
MOST_LETTERS = 200
MOST_WORDS = 12
MOST_PAGES = 500


@dataclass(frozen=True)
class Question:
    """Words and facets to look for.

    ``chosen`` maps facets to values, of which one must hold for each facet; a value is its key or its IRI.
    ``within`` are pairs of facet and value of which one must hold, whatever else is chosen. ``order`` are
    languages, the preferred first; ``counted`` the facets whose values are to be counted, of each at most
    ``values``. Pages count from 1.
    """

    words: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    within: tuple[tuple[str, str], ...] = ()
    order: tuple[str, ...] = ("en", "")
    counted: tuple[str, ...] = FACETS
    page: int = 1
    size: int = 20
    values: int = 200

    def to_data(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {**vars(self), "chosen": {name: list(values) for name, values in self.chosen.items()}}


def question_of(data: Mapping[str, Any]) -> Question:
    """Return the question that ``to_data`` made."""
    return Question(
        words=data["words"],
        chosen={name: tuple(values) for name, values in data["chosen"].items()},
        within=tuple((name, value) for name, value in data["within"]),
        order=tuple(data["order"]),
        counted=tuple(data["counted"]),
        page=data["page"],
        size=data["size"],
        values=data["values"],
    )


@dataclass(frozen=True)
class Text:
    """A text in a language (empty for none); ``marks`` are where found words stand, in code points."""

    value: str
    language: str = ""
    marks: tuple[tuple[int, int], ...] = ()

    @property
    def segments(self) -> list[tuple[str, bool]]:
        """The text in pieces, each with whether it is a found word."""
        pieces, since = [], 0
        for start, end in self.marks:
            pieces += [(self.value[since:start], False), (self.value[start:end], True)]
            since = end
        return [piece for piece in (*pieces, (self.value[since:], False)) if piece[0]]


@dataclass(frozen=True)
class Named:
    """A value of a facet: its key for links, its IRI, its name, and a short one where there is one.

    ``count`` results have it, where that was counted.
    """

    key: str
    iri: str
    label: Text
    short: Text | None = None
    count: int = 0
    chosen: bool = False


@dataclass(frozen=True)
class Found:
    """A thing that was found: its name, another name where that was found, what is said of it, its facets."""

    iri: str
    label: Text
    alternative: Text | None
    description: Text | None
    facets: Mapping[str, list[Named]]


@dataclass(frozen=True)
class Results:
    """The answer to a question.

    ``total`` counts what was found on all pages; ``page`` is the one asked for, or the last. ``read`` is what
    was looked for in place of the words where one was not known, else empty; ``loose`` tells that no thing
    has all the words, and these have some; ``shortened`` that only the first words were used. ``without``
    counts what the words find with nothing chosen.
    """

    release: int
    total: int
    found: list[Found]
    facets: dict[str, list[Named]]
    words: list[str]
    page: int = 1
    read: str = ""
    loose: bool = False
    shortened: bool = False
    without: int = 0


def results_of(data: Mapping[str, Any], release: int) -> Results:
    """Return the results from what the worker answered."""
    return Results(
        release=release,
        total=data["total"],
        found=[found_of(each) for each in data["found"]],
        facets={name: _named(values) for name, values in data["facets"].items()},
        words=data["words"],
        page=data["page"],
        read=data["read"],
        loose=data["loose"],
        shortened=data["shortened"],
        without=data["without"],
    )


def found_of(data: Mapping[str, Any]) -> Found:
    """Return a thing from what the worker told of it."""
    return Found(
        iri=data["iri"],
        label=_text(data["label"]),
        alternative=_text(data["alternative"]) if data["alternative"] else None,
        description=_text(data["description"]) if data["description"] else None,
        facets={name: _named(values) for name, values in data["facets"].items()},
    )


def _text(data: Mapping[str, Any]) -> Text:
    return Text(data["value"], data["language"], tuple((start, end) for start, end in data["marks"]))


def _named(data: list[dict[str, Any]]) -> list[Named]:
    return [
        Named(**{**each, "label": _text(each["label"]), "short": each["short"] and _text(each["short"])})
        for each in data
    ]
