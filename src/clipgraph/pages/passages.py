"""The passages that support what a page says: document, section, place, and the words where they are here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from clipgraph.engines.rows import Row, Value
from clipgraph.evidence.quoting import Quotation, quote
from clipgraph.pages.asking import Asking
from clipgraph.pages.facts import expand, name_of
from clipgraph.pages.labels import Labels

_KIND, _ISSUED = expand("dct:type", "dct:issued")
_DOCUMENT, _START, _END, _HEADING, _DIGEST = expand(
    "dct:isPartOf", "oa:start", "oa:end", "clip:sectionHeading", "clip:sha256"
)
_MOST_DIGITS = 9  # of a position in a text
# Why the words of a passage are not shown.
UNSET, ABSENT, DIFFERENT = "unset", "absent", "different"


@dataclass(frozen=True)
class Passage:
    """A passage: its document, the heading above it, and its first and last code point there.

    ``quotation`` holds its words; where it is None, ``reason`` tells why: no texts are here (UNSET), not the
    text of its document (ABSENT), or it has other words at that place (DIFFERENT). ``about`` is what kind of
    document it is and when it came out.
    """

    iri: str
    document: str
    document_label: Value
    heading: Value
    start: int
    end: int
    digest: str = ""
    quotation: Quotation | None = None
    reason: str = UNSET
    about: tuple[Value, ...] = ()


def read_passages(
    cited: Iterable[Value],
    nested: Mapping[str, list[Row]],
    labels: Labels,
    documents: Mapping[str, list[Row]],
) -> list[Passage]:
    """Return the passages in the order of their documents."""
    found = [read_passage(value.text, nested.get(value.text, ()), labels) for value in cited]
    known = [
        replace(passage, about=_about(documents.get(passage.document, ()), labels, passage.document_label))
        for passage in found
        if passage
    ]
    return sorted(known, key=lambda passage: (passage.document, passage.start))


def read_passage(iri: str, rows: Iterable[Row], labels: Labels) -> Passage | None:
    """Return a passage from the rows of its properties, None where they do not make one."""
    told = {row["property"].text: row["value"] for row in rows}
    if not {_DOCUMENT, _START, _END} <= told.keys():
        return None
    start, end = _number(told[_START]), _number(told[_END])
    if start is None or end is None:
        return None
    document = told[_DOCUMENT].text
    heading, digest = told.get(_HEADING), told.get(_DIGEST)
    return Passage(
        iri,
        document,
        name_of(document, labels),
        heading or Value("literal", ""),
        start,
        end,
        digest.text if digest else "",
    )


def _about(rows: Iterable[Row], labels: Labels, name: Value) -> tuple[Value, ...]:
    """Return what kind of document it is and when it came out, as far as that is said and not in its name."""
    told = {row["property"].text: row["value"] for row in rows}
    kind = labels.get(told[_KIND].text) if _KIND in told else None
    kind = None if kind and f"({kind.text})" in name.text else kind
    return tuple(value for value in (kind, told.get(_ISSUED)) if value)


def _number(value: Value) -> int | None:
    whole = value.text.isascii() and value.text.isdigit() and len(value.text) <= _MOST_DIGITS
    return int(value.text) if whole else None


async def with_words(asking: Asking, passages: Sequence[Passage]) -> list[Passage]:
    """Return the passages with their words, as far as this service has the texts.

    The digests of the texts are one query that is the same for every page of a release.
    """
    if asking.texts is None or not passages:
        return list(passages)
    rows = await asking.rows("texts")
    digests = {row["document"].text: row["digest"].text for row in rows}
    return [_with_words(asking, passage, digests.get(passage.document, "")) for passage in passages]


def _with_words(asking: Asking, passage: Passage, text_digest: str) -> Passage:
    text = asking.texts.text(text_digest) if asking.texts else None
    if text is None:
        return replace(passage, reason=ABSENT)
    quotation = quote(text, passage.start, passage.end, passage.digest)
    return replace(passage, quotation=quotation, reason="" if quotation else DIFFERENT)
