"""Verifies passages against the source texts: position, digest, length, name, overlaps."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby

from clipgraph.evidence.passages import Evidence, Passage

# Code points that one passage may quote: enough for a sentence, too little to replace a text.
LONGEST = 700


@dataclass(frozen=True, slots=True)
class Failure:
    """What is wrong with a passage, and where the project says it."""

    passage: Passage
    reason: str

    @property
    def place(self) -> str:
        """``file:line``, which editors can follow."""
        return f"{self.passage.file}:{self.passage.line}"


def verify(evidence: Evidence, texts: Mapping[str, str]) -> list[Failure]:
    """Return what is wrong with each passage of the project, by file and line."""
    alone = [
        Failure(passage, reason)
        for passage in evidence.passages.values()
        for reason in reasons(passage, evidence, texts)
    ]
    found = [*alone, *_overlaps(evidence.passages.values())]
    return sorted(found, key=lambda failure: (failure.passage.file, failure.passage.line, failure.reason))


def reasons(passage: Passage, evidence: Evidence, texts: Mapping[str, str]) -> Iterator[str]:
    """Yield what is wrong with a passage by itself."""
    if passage.document not in evidence.documents:
        yield f"its document <{passage.document}> is not described"
    elif passage.document not in texts:
        yield f"its document <{passage.document}> has no clip:sha256, so its text cannot be found"
    elif problem := _position_problem(passage, len(texts[passage.document])):
        yield problem
    else:
        yield from _word_problems(passage, texts[passage.document][passage.start : passage.end])
    name = f"{passage.document}/passage/{passage.start}-{passage.end}"
    if passage.iri != name and passage.document:
        yield f"its IRI is not that of its position, <{name}>"


def _position_problem(passage: Passage, length: int) -> str:
    if not 0 <= passage.start < passage.end <= length:
        return f"oa:start and oa:end are no stretch of the document's {length} code points"
    if passage.end - passage.start > LONGEST:
        return f"it is {passage.end - passage.start} code points long; {LONGEST} are the most"
    return ""


def _word_problems(passage: Passage, words: str) -> Iterator[str]:
    if sha256(words.encode()).hexdigest() != passage.digest:
        yield "clip:sha256 is not the digest of the words at its position"
    elif words != words.strip():
        yield "it begins or ends in white space"


def _overlaps(passages: Iterable[Passage]) -> Iterator[Failure]:
    """Yield each passage that begins before one before it in the same document has ended."""
    ordered = sorted(passages, key=lambda each: (each.document, each.start, each.end, each.iri))
    for _, group in groupby(ordered, key=lambda each: each.document):
        reach: Passage | None = None
        for passage in group:
            if reach is not None and passage.start < reach.end:
                yield Failure(passage, f"it overlaps with the passage {reach.start}-{reach.end}")
            if reach is None or passage.end > reach.end:
                reach = passage
