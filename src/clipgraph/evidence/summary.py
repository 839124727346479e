"""What the evidence command tells: counts per document, failures, and the words that support a subject."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from clipgraph.evidence.passages import Evidence, Passage
from clipgraph.evidence.verifying import Failure
from clipgraph.rdf.prefixes import shorten

Supports = Mapping[str, Sequence[Passage]]


def summary_lines(evidence: Evidence, failures: Sequence[Failure]) -> Iterator[str]:
    """Yield each failing passage with file and line, then a line per document, then the sum."""
    for failure in failures:
        yield f"{failure.place}: {_name(failure.passage)}: {failure.reason}"
    for row in document_rows(evidence, failures):
        yield f"{row['document']}: {_counted(row)}"
    bad = len({failure.passage.iri for failure in failures})
    verdict = _plural(bad, "failure") if bad else "all verified"
    yield f"{_plural(len(evidence.passages), 'passage')}, {verdict}"


def document_rows(evidence: Evidence, failures: Sequence[Failure]) -> list[dict[str, Any]]:
    """Return name, title and numbers of each document that has a text or passages, sorted by name.

    A passage with several faults counts as one failure.
    """
    passages = Counter(passage.document for passage in evidence.passages.values())
    failing = Counter(
        document for document, _ in {(each.passage.document, each.passage.iri) for each in failures}
    )
    known = {iri for iri, document in evidence.documents.items() if document.digest}
    rows = []
    for iri in sorted(known | passages.keys()):
        document = evidence.documents.get(iri)
        name, title = iri.rsplit("/", 1)[-1] or "(no document)", document.title if document else ""
        row = {"document": name, "iri": iri, "title": title}
        rows.append(row | {"passages": passages[iri], "failures": failing[iri]})
    return rows


def support_lines(evidence: Evidence, texts: Mapping[str, str], supports: Supports) -> Iterator[str]:
    """Yield the words behind each subject, passage by passage, under document and section."""
    for subject, passages in supports.items():
        yield shorten(subject)
        if not passages:
            yield "  no passage supports it"
        for passage in passages:
            document = evidence.documents[passage.document]
            yield f"  {document.title}, {passage.start}-{passage.end}"
            if passage.section:
                yield f"  § {passage.section}"
            yield f"    {words(passage, texts)}"
            yield ""


def words(passage: Passage, texts: Mapping[str, str]) -> str:
    """Return what stands at the passage's position, on one line."""
    return " ".join(texts[passage.document][passage.start : passage.end].split())


def as_data(
    evidence: Evidence, texts: Mapping[str, str], failures: Sequence[Failure], supports: Supports
) -> dict[str, Any]:
    """Return the same for programs; words are given as they stand, line ends included."""
    data: dict[str, Any] = {
        "documents": document_rows(evidence, failures),
        "failures": [
            {
                "file": each.passage.file,
                "line": each.passage.line,
                "passage": each.passage.iri,
                "reason": each.reason,
            }
            for each in failures
        ],
    }
    if supports:
        data["subjects"] = [
            {"iri": subject, "passages": [_told(evidence, texts, passage) for passage in passages]}
            for subject, passages in supports.items()
        ]
    return data


def _told(evidence: Evidence, texts: Mapping[str, str], passage: Passage) -> dict[str, Any]:
    return {
        "iri": passage.iri,
        "document": passage.document,
        "title": evidence.documents[passage.document].title,
        "section": passage.section,
        "start": passage.start,
        "end": passage.end,
        "words": texts[passage.document][passage.start : passage.end],
    }


def _name(passage: Passage) -> str:
    return "/".join(passage.iri.split("/")[-3:])


def _counted(row: Mapping[str, Any]) -> str:
    failures = f", {_plural(row['failures'], 'failure')}" if row["failures"] else ""
    return _plural(row["passages"], "passage") + failures


def _plural(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
