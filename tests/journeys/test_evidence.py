"""Every source passage is where the data says it is, and says what was read.

The source texts are not in the repository: CLIPGRAPH_SOURCES names their folder, beside the checkout by
default. A document's text is found by its digest, so file names do not matter.
"""

import os
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, NoReturn

import pyoxigraph as ox
import pytest

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"
DEFINITIONS = "https://w3id.org/clipgraph/def/"
PART_OF = "http://purl.org/dc/terms/isPartOf"
POSITION = "http://www.w3.org/ns/oa#"
LONGEST = 700


class Passage(NamedTuple):
    """A source passage as data/evidence/ describes it."""

    document: str
    start: int
    end: int
    digest: str


Facts = dict[str, dict[str, str]]


def facts(folder: Path) -> Facts:
    """Return what the Turtle files of a folder say, by subject and predicate; single values only."""
    found: Facts = {}
    for path in sorted(folder.glob("*.ttl")):
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            found.setdefault(_value(quad.subject), {})[quad.predicate.value] = _value(quad.object)
    return found


def _value(term: object) -> str:
    return str(getattr(term, "value", term))


@pytest.fixture(scope="module")
def passages() -> dict[str, Passage]:
    return {
        iri: Passage(
            about[PART_OF],
            int(about[POSITION + "start"]),
            int(about[POSITION + "end"]),
            about[DEFINITIONS + "sha256"],
        )
        for iri, about in facts(DATA / "evidence").items()
    }


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """The undisturbed text of each document, by the document's IRI."""
    folder = Path(os.environ.get("CLIPGRAPH_SOURCES") or ROOT.parent / "shared" / "sources")
    if not folder.is_dir():
        _missing(f"the source texts are not there: {folder} (set CLIPGRAPH_SOURCES)")
    by_digest = {sha256(path.read_bytes()).hexdigest(): path for path in folder.iterdir() if path.is_file()}
    found = {}
    for document, about in facts(DATA / "documents").items():
        if DEFINITIONS + "sha256" not in about:  # a document that is only cited
            continue
        path = by_digest.get(about[DEFINITIONS + "sha256"])
        if path is None:
            _missing(f"no file in {folder} has the digest of <{document}>")
        found[document] = path.read_bytes().decode("utf-8")
    return found


def _missing(reason: str) -> NoReturn:
    if os.environ.get("CLIPGRAPH_REQUIRE_ALL") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def test_every_passage_is_what_was_read(passages: dict[str, Passage], texts: dict[str, str]) -> None:
    wrong = [
        iri
        for iri, passage in passages.items()
        if sha256(texts[passage.document][passage.start : passage.end].encode()).hexdigest() != passage.digest
    ]
    assert passages
    assert wrong == []


def test_no_passage_begins_or_ends_in_white_space(
    passages: dict[str, Passage], texts: dict[str, str]
) -> None:
    slices = {iri: texts[passage.document][passage.start : passage.end] for iri, passage in passages.items()}
    assert [iri for iri, text in slices.items() if not text or text != text.strip()] == []


def test_passages_are_short(passages: dict[str, Passage]) -> None:
    assert [iri for iri, passage in passages.items() if not 0 < passage.end - passage.start <= LONGEST] == []


def test_a_passage_is_named_by_its_position(passages: dict[str, Passage]) -> None:
    misnamed = [
        iri
        for iri, passage in passages.items()
        if iri != f"{passage.document}/passage/{passage.start}-{passage.end}"
    ]
    assert misnamed == []


def test_passages_of_a_document_do_not_overlap(passages: dict[str, Passage]) -> None:
    pairs = pairwise(sorted(passages.values()))
    assert [(a, b) for a, b in pairs if a.document == b.document and b.start < a.end] == []


def test_evidence_points_to_described_passages_and_each_passage_is_pointed_at(
    passages: dict[str, Passage],
) -> None:
    files = [path for path in DATA.rglob("*.ttl") if path.parent.name != "evidence"]
    quads = [quad for path in files for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)]
    pointed = {_value(quad.object) for quad in quads if quad.predicate.value == DEFINITIONS + "evidence"}
    assert pointed == set(passages)


def test_every_subject_outside_documents_has_evidence_in_its_file() -> None:
    bare = []
    for path in DATA.rglob("*.ttl"):
        without = {"description", "documents", "evidence", "links", "further-facts"}
        if path.parent.name in without or path.parent == DATA:
            continue
        quads = list(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))
        evidenced = {quad.subject for quad in quads if quad.predicate.value == DEFINITIONS + "evidence"}
        bare += [(path.name, _value(quad.subject)) for quad in quads if quad.subject not in evidenced]
    assert sorted(set(bare)) == []
