"""A thing as Turtle, and how many triples that is (https://www.w3.org/TR/turtle/)."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

LANGUAGES = ("en", "de", "fr")


class Block(NamedTuple):
    """What is said of one thing."""

    text: str
    triples: int


def block(iri: str, *facts: tuple[str, Sequence[str]]) -> Block:
    """Return what is said of a thing: pairs of a property and its values, as Turtle writes them."""
    told = " ;\n    ".join(f"{name} {' , '.join(values)}" for name, values in facts if values)
    return Block(f"{iri} {told} .\n\n", sum(len(values) for _, values in facts))


def texts(text: str, languages: Iterable[str] = LANGUAGES) -> list[str]:
    """Return a text without quotes or backslashes as literals, the same in each language."""
    return [f'"{text}"@{language}' for language in languages]
