"""A passage is what was read at its position, and every way in which it can fail to be is found."""

from collections.abc import Callable
from pathlib import Path

import pytest

from clipgraph.errors import Unavailable
from clipgraph.evidence.passages import read_evidence
from clipgraph.evidence.texts import find_texts
from clipgraph.evidence.verifying import LONGEST, Failure, verify
from clipgraph.sources.project import Project
from evidence.conftest import DOCUMENT, FIRST, SECOND, TEXT, digest, passage


def failures(project: Project, folder: Path) -> list[Failure]:
    evidence = read_evidence(project)
    return verify(evidence, find_texts(folder, evidence.documents.values()))


def test_positions_count_code_points_of_the_text_as_it_is(
    note: Project, texts_folder: Path, add: Callable[[str], None]
) -> None:
    add(passage(SECOND))
    found = read_evidence(note)

    assert find_texts(texts_folder, found.documents.values()) == {DOCUMENT: TEXT}
    assert len(found.passages) == 2
    assert failures(note, texts_folder) == []


start = TEXT.index(SECOND)
WRONG = {
    "not the digest": passage(SECOND, digest=digest("It closes\nin 2011.")),
    "white space": passage(SECOND + "\r\n"),
    "no stretch": passage("nowhere", start=len(TEXT) - 2, end=len(TEXT) + 5),
    "no stretch of": passage("nowhere", start=9, end=9),
    "no stretch of the document": passage(SECOND).replace(f"oa:start {start}", 'oa:start "later"'),
    f"{LONGEST} are the most": passage("nowhere", start=0, end=LONGEST + 1),
    "is not described": passage("nowhere", document="letter"),
    "not that of its position": passage(SECOND).replace(f"oa:start {start}", f"oa:start {start - 1}"),
    "overlaps": passage(FIRST[4:] + " It", start=TEXT.index(FIRST) + 4),
}


@pytest.mark.parametrize("reason", WRONG)
def test_a_wrong_passage_is_found_with_its_line(
    note: Project, texts_folder: Path, add: Callable[[str], None], reason: str
) -> None:
    (texts_folder / "whatever it is called.bin").write_bytes(TEXT.encode())
    if "most" in reason:
        _lengthen(note, texts_folder)
    add(WRONG[reason])
    found = failures(note, texts_folder)

    assert any(reason in failure.reason and failure.place == "data/evidence/note.ttl:13" for failure in found)


def _lengthen(note: Project, folder: Path) -> None:
    """Make the text long enough for a passage that is too long."""
    long = TEXT + "x" * LONGEST
    (folder / "whatever it is called.bin").write_bytes(long.encode())
    documents = note.root / "data/documents/documents.ttl"
    documents.write_text(documents.read_text().replace(digest(TEXT), digest(long)))


def test_a_long_passage_overlaps_all_it_holds(
    note: Project, texts_folder: Path, add: Callable[[str], None]
) -> None:
    add(passage(f"{FIRST} {SECOND}") + passage(SECOND))

    assert sum("overlaps" in failure.reason for failure in failures(note, texts_folder)) == 2


def test_a_text_that_is_not_there_is_named(note: Project, texts_folder: Path) -> None:
    (texts_folder / "whatever it is called.bin").write_bytes(TEXT.replace("\r\n", "\n").encode())

    with pytest.raises(Unavailable, match=r"no file there has the digest of note$"):
        failures(note, texts_folder)


def test_a_folder_that_is_not_there_is_named(note: Project) -> None:
    with pytest.raises(Unavailable, match="no such folder"):
        failures(note, note.root / "nowhere")
