"""Addresses of lists: what is looked for and chosen, as plain links that add, take off and turn the page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from clipgraph.errors import BadRequest, NotFound
from clipgraph.search.questions import FACETS, MOST_LETTERS

# What one request may choose at most of all facets together; a page offers fewer.
_MOST_CHOSEN = 50
_LONGEST_VALUE = 500
_DIGITS = 9


@dataclass(frozen=True)
class ListAddress:
    """The address of a list without the reader's language: its path and what its parameters ask for.

    ``chosen`` are pairs of facet and value in their order; ``kept`` are parameters that go along.
    """

    path: str
    words: str = ""
    chosen: tuple[tuple[str, str], ...] = ()
    page: int = 1
    kept: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        """Return the path with its query string."""
        told = [("q", self.words)] if self.words else []
        told += [*self.chosen, *self.kept]
        told += [("page", str(self.page))] if self.page > 1 else []
        return self.path + (f"?{urlencode(told)}" if told else "")

    def with_value(self, facet: str, value: str) -> "ListAddress":
        """Return the address with a further value of a facet, from the first page."""
        return replace(self, chosen=(*self.chosen, (facet, value)), page=1)

    def without_value(self, facet: str, *names: str) -> "ListAddress":
        """Return the address without a value of a facet, whichever of its names stands there."""
        left = tuple(pair for pair in self.chosen if pair[0] != facet or pair[1] not in names)
        return replace(self, chosen=left, page=1)

    def without_values(self) -> "ListAddress":
        """Return the address with nothing chosen."""
        return replace(self, chosen=(), page=1)

    def with_words(self, words: str) -> "ListAddress":
        """Return the address that looks for other words among the same."""
        return replace(self, words=words, page=1)

    def at_page(self, page: int) -> "ListAddress":
        """Return the address of another page."""
        return replace(self, page=page)

    def by_facet(self) -> dict[str, tuple[str, ...]]:
        """Return the chosen values of each facet."""
        facets = dict.fromkeys(facet for facet, _ in self.chosen)
        return {facet: tuple(v for name, v in self.chosen if name == facet) for facet in facets}


def read_address(
    path: str, parameters: Iterable[tuple[str, str]], facets: Sequence[str] = FACETS
) -> ListAddress:
    """Return the address that a request's parameters make; parameters of other names are left out.

    Raises:
        BadRequest: ``page`` is not a number from 1, or very much is chosen at once.
    """
    given = [(name, value) for name, value in parameters if value.strip()]
    last: Mapping[str, str] = dict(given)
    chosen = tuple(dict.fromkeys((name, value) for name, value in given if name in facets))
    if len(chosen) > _MOST_CHOSEN or any(len(value) > _LONGEST_VALUE for _, value in chosen):
        raise BadRequest.worded(
            "at most %(number)s values can be chosen at once, each of %(length)s characters at most",
            number=_MOST_CHOSEN,
            length=_LONGEST_VALUE,
        )
    words = " ".join(last.get("q", "")[: MOST_LETTERS + 1].split())
    kept = tuple((name, last[name]) for name in ("release",) if name in last)
    return ListAddress(path, words, chosen, page_number(last.get("page", "1")), kept)


def no_such_page(number: int, last: int) -> NotFound:
    """Return the refusal of a page beyond the last."""
    return NotFound.worded("there is no page %(page)s: the last is %(last)s", page=number, last=last)


def page_number(text: str) -> int:
    """Return the number that ``page=`` gives; raises BadRequest where that is none."""
    text = text.strip()
    if not (text.isascii() and text.isdecimal() and len(text) <= _DIGITS and int(text) > 0):
        raise BadRequest.worded("page=%(page)s is no number of a page: the first is 1", page=text[:40])
    return int(text)
