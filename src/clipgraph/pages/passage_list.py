"""The passages of a document in the order of its text, from a position on."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from clipgraph.engines.rows import Row, Value
from clipgraph.errors import NotFound
from clipgraph.pages.asking import Asking
from clipgraph.pages.facts import expand, name_of
from clipgraph.pages.labels import chosen
from clipgraph.pages.passages import Passage, read_passage, with_words
from clipgraph.rdf.terms import Literal, NamedNode

SHOWN = 50
_PROPERTIES = dict(
    zip(
        ("start", "end", "heading", "digest"),
        expand("oa:start", "oa:end", "clip:sectionHeading", "clip:sha256"),
        strict=True,
    )
)
_PART_OF = expand("dct:isPartOf")[0]


@dataclass(frozen=True)
class Cited:
    """A passage and what it supports: IRIs with their labels."""

    passage: Passage
    supports: list[tuple[str, Value]]


@dataclass(frozen=True)
class PassageList:
    """Passages of a document from position ``at`` on; ``next`` is where those after them begin."""

    document: str
    label: Value
    at: int
    cited: list[Cited]
    next: int | None

    def sections(self) -> list[tuple[Value, list[Cited]]]:
        """Return the passages by the headings that they stand under, in the order of the text."""
        groups = groupby(self.cited, key=lambda each: each.passage.heading)
        return [(heading, list(cited)) for heading, cited in groups]


async def read_list(asking: Asking, document: str, at: int) -> PassageList:
    """Return passages of a document; two queries.

    Raises:
        NotFound: it has none from there on.
    """
    node, place = NamedNode(document), Literal(at)
    rows = await asking.rows("passages", document=node, least=place)
    if not rows:
        raise NotFound.worded(
            "<%(document)s> has no passages from position %(position)s on",
            document=document[:300],
            position=at,
        )
    labels = dict(chosen(await asking.rows("labels", thing=[node]), asking.reader))
    named = chosen((row for row in rows if "thing" in row), asking.reader)
    by_passage: dict[str, list[Row]] = {}
    for row in rows:
        by_passage.setdefault(row["passage"].text, []).append(row)
    found = [(_passage(iri, each[0], document, labels), each) for iri, each in by_passage.items()]
    known = [(passage, each) for passage, each in found if passage]
    words = await with_words(asking, [passage for passage, _ in known])
    cited = [Cited(passage, _supports(each, named)) for passage, (_, each) in zip(words, known, strict=True)]
    following = cited[SHOWN].passage.start if len(cited) > SHOWN else None
    return PassageList(document, name_of(document, labels), at, cited[:SHOWN], following)


def _passage(iri: str, row: Row, document: str, labels: dict[str, Value]) -> Passage | None:
    told = [{"property": Value("uri", name), "value": row[key]} for key, name in _PROPERTIES.items()]
    told.append({"property": Value("uri", _PART_OF), "value": Value("uri", document)})
    return read_passage(iri, told, labels)


def _supports(rows: Iterable[Row], labels: Any) -> list[tuple[str, Value]]:  # noqa: ANN401
    iris = dict.fromkeys(row["thing"].text for row in rows if "thing" in row)
    return [(iri, labels[iri]) for iri in iris if iri in labels]


def as_data(found: PassageList) -> dict[str, Any]:
    """Return the list as JSON has it; the words only where this service shows them."""
    return {
        "document": found.document,
        "from": found.at,
        "next": found.next,
        "passages": [
            {
                "iri": each.passage.iri,
                "section": each.passage.heading.text,
                "start": each.passage.start,
                "end": each.passage.end,
                "sha256": each.passage.digest,
                "words": each.passage.quotation.words if each.passage.quotation else None,
                "supports": [iri for iri, _ in each.supports],
            }
            for each in found.cited
        ],
    }


async def list_page(asking: Asking, document: str, at: int) -> str:
    """Return the page of a document's passages."""
    return asking.render("passages.html", found=await read_list(asking, document, at))
