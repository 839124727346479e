"""What a person may write for a subject, and what supports it."""

from collections.abc import Callable

import pytest

from clipgraph.errors import InputError, NotFound
from clipgraph.evidence.passages import read_evidence, subject_iri
from clipgraph.sources.project import Project
from evidence.conftest import FIRST, SECOND, TEXT, passage

ID = "https://w3id.org/clipgraph/id/"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("city/stuttgart", ID + "city/stuttgart"),
        ("/id/city/stuttgart", ID + "city/stuttgart"),
        ("<https://example.org/x>", "https://example.org/x"),
        ("https://example.org/x", "https://example.org/x"),
        ("urn:x", "urn:x"),
        ("role:founder", "https://w3id.org/clipgraph/scheme/role/founder"),
    ],
)
def test_a_subject_is_named_in_any_form(written: str, meant: str) -> None:
    assert subject_iri(written) == meant


def test_an_unknown_prefix_is_an_error() -> None:
    with pytest.raises(InputError, match="the prefix rolle: is not known"):
        subject_iri("rolle:founder")


def test_a_thing_and_a_passage_have_their_passages(note: Project) -> None:
    evidence = read_evidence(note)
    start = TEXT.index(FIRST)
    found = evidence.of(ID + "place/cafe")

    assert [(each.start, each.end) for each in found] == [(start, start + len(FIRST))]
    assert evidence.of(found[0].iri) == found
    assert evidence.of(ID + "document/note") == []


def test_an_unknown_subject_says_what_was_meant(note: Project) -> None:
    with pytest.raises(NotFound, match=r"nothing .* <.*place/caffe>; is it <.*place/cafe>\?"):
        read_evidence(note).of(ID + "place/caffe")


def test_a_document_that_points_to_its_passage_covers_nothing(
    note: Project, add: Callable[[str], None]
) -> None:
    name = f"document/note/passage/{TEXT.index(SECOND)}-{TEXT.index(SECOND) + len(SECOND)}"
    add(passage(SECOND) + f"<document/note> dct:hasPart <{name}> .\n")

    assert ID + name not in read_evidence(note).pointed_at
