"""Choices as plain links: what may be chosen, how many things each choice leaves, where its link leads."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import parse_qsl, urlencode

from clipgraph.errors import BadRequest
from clipgraph.rdf.identity import iri_of_path, path_of_iri, thing_path

Thing = TypeVar("Thing")
# What an address may ask beside the choices of its page, which every link keeps.
KEPT = ("release",)
_LONGEST = 4000  # characters: /network?open= names groups


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a choice: ``text`` is its name, ``count`` the number of things it leaves."""

    value: str
    text: str
    language: str
    count: int
    chosen: bool
    address: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose by; ``anything`` is the address without it."""

    name: str
    heading: str
    options: list[Option]
    anything: str
    is_made: bool


@dataclass(frozen=True, slots=True)
class Address:
    """A page's path and what is asked of it; links to the same page with another choice start from here."""

    path: str
    asked: Mapping[str, str]

    def with_(self, **changed: str) -> str:
        """Return the address with other values; an empty one is left out, and so is the page of a list."""
        told = {**self.asked, "page": "", **changed}
        query = urlencode({name: value for name, value in told.items() if value}, safe="/:")
        return f"{self.path}?{query}" if query else self.path

    def choice(self, name: str, heading: str, options: Iterable[tuple[str, str, str, int]]) -> Choice:
        """Return a choice from the value, text, language and count of each option."""
        made = self.asked.get(name, "")
        shown = [
            Option(value, text, language, count, value == made, self.with_(**{name: value}))
            for value, text, language, count in options
        ]
        return Choice(name, heading, shown, self.with_(**{name: ""}), bool(made))


def asked_of(query: str, names: Iterable[str]) -> dict[str, str]:
    """Return what the query of an address asks, of the names that its page knows; the first value counts.

    Raises:
        BadRequest: a value is very long.
    """
    known = {*names, *KEPT}
    asked: dict[str, str] = {}
    for name, value in parse_qsl(query):
        if name in known and value.strip():
            asked.setdefault(name, value.strip())
        if len(asked.get(name, "")) > _LONGEST:
            raise BadRequest.worded(
                "%(name)s= is longer than %(length)s characters", name=name, length=_LONGEST
            )
    return asked


def must_be_of(asked: Mapping[str, str], name: str, values: Iterable[str]) -> None:
    """Raise BadRequest where an address asks for a value that there is not."""
    allowed = list(values)
    if name in asked and asked[name] not in allowed:
        raise BadRequest.worded(
            "%(name)s=%(value)s: it can be %(values)s",
            name=name,
            value=asked[name][:40],
            values=", ".join(allowed),
        )


def name_of(iri: str) -> str:
    """Return how an address names a thing: the path of ours, the whole IRI of others."""
    return path_of_iri(iri) or iri


def iri_named(name: str) -> str:
    """Return the IRI that an address names, by path (``/id/…`` or ``/doc/…``) or in full."""
    return iri_of_path(thing_path(name)) if name.startswith("/") else name


def counted(things: Iterable[Thing], values: Callable[[Thing], Iterable[str]]) -> dict[str, int]:
    """Return how many of the things have each value."""
    counts: dict[str, int] = {}
    for thing in things:
        for value in set(values(thing)):
            counts[value] = counts.get(value, 0) + 1
    return counts
