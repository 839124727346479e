"""The passages that support what a page says: document, section and place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from clipgraph.engines.rows import Row, Value
from clipgraph.pages.facts import expand, name_of
from clipgraph.pages.labels import Labels

_DOCUMENT, _START, _END, _HEADING = expand("dct:isPartOf", "oa:start", "oa:end", "clip:sectionHeading")


@dataclass(frozen=True)
class Passage:
    """A passage: its document, the heading above it, and its first and last code point there."""

    iri: str
    document: str
    document_label: Value
    heading: str
    start: int
    end: int


def read_passages(cited: Iterable[Value], nested: Mapping[str, list[Row]], labels: Labels) -> list[Passage]:
    """Return the passages in the order of their documents."""
    passages = []
    for value in cited:
        told = {row["property"].text: row["value"].text for row in nested.get(value.text, ())}
        if {_DOCUMENT, _START, _END} <= told.keys() and (told[_START] + told[_END]).isdigit():
            document = told[_DOCUMENT]
            places = int(told[_START]), int(told[_END])
            name = name_of(document, labels)
            passages.append(Passage(value.text, document, name, told.get(_HEADING, ""), *places))
    return sorted(passages, key=lambda passage: (passage.document, passage.start))
