"""Generated documents, and the passages of them that generated things are said by."""

from hashlib import sha256
from itertools import count

from clipgraph.generating.blocks import Block, block, texts
from clipgraph.generating.chances import Chances, Ranked
from clipgraph.generating.codes import Codes
from clipgraph.generating.words import Words

_ENGLISH = "<http://publications.europa.eu/resource/authority/language/ENG>"
_FIRST_YEAR, _LAST_YEAR = 1990, 2025
_LONGEST = 400  # characters of a passage
_KINDS = ("sentence", "list-item", "heading", "table-row", "caption", "footnote")


class Documents:
    """Makes documents, one after the other, and passages of the last."""

    def __init__(self, chances: Chances, words: Words, codes: Codes) -> None:
        self._chances, self._words, self._codes = chances, words, codes
        self._kinds = Ranked([f"<../scheme/passage-kind/{kind}>" for kind in _KINDS])
        self._numbers = count(1)
        self._iri, self._heading, self._at = "", "", 0

    def begin(self, publisher: str) -> Block:
        """Return another document, published by an organisation."""
        number = next(self._numbers)
        name, self._at = f"document/generated-{number}", 0
        self._iri, self._heading = f"<{name}>", self._words.name(1, 3)
        title = self._words.name(2, 5)
        return block(
            self._iri,
            ("a", ["clip:Document"]),
            ("dct:title", texts(title, ("en",))),
            ("rdfs:label", texts(title, ("de", "fr"))),
            ("dct:type", [self._chances.one(self._codes.document_types)]),
            ("dct:publisher", [publisher]),
            ("dct:issued", [f'"{self._chances.number(_FIRST_YEAR, _LAST_YEAR)}"^^xsd:gYear']),
            ("dct:language", [_ENGLISH]),
            ("clip:sha256", [_digest(name)]),
        )

    def passage(self) -> tuple[str, Block]:
        """Return the next passage of the document: its IRI in angle brackets, and what is said of it."""
        begin = self._at
        self._at += self._chances.number(20, _LONGEST)
        if self._chances.happens(0.1):
            self._heading = self._words.name(1, 3)
        name = f"{self._iri[1:-1]}/passage/{begin}-{self._at}"
        said = block(
            f"<{name}>",
            ("a", ["clip:SourcePassage"]),
            ("dct:isPartOf", [self._iri]),
            ("clip:sectionHeading", texts(self._heading, ("en",))),
            ("dct:type", [self._chances.one(self._kinds)]),
            ("oa:start", [str(begin)]),
            ("oa:end", [str(self._at)]),
            ("clip:sha256", [_digest(name)]),
        )
        self._at += 1
        return f"<{name}>", said


def _digest(name: str) -> str:
    """Return what stands where the digest of a text does, of which there is none: that of its name."""
    return f'"{sha256(name.encode()).hexdigest()}"'
