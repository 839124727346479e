"""A project with one text of two sentences, and what to change in it."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from clipgraph.sources.project import Project

# What a careless count gets wrong: a byte order mark, a character beyond the basic plane, Windows line ends.
TEXT = "\ufeffA note 𝄞.\r\n\r\nThe café opened in 2006. It closes\r\nin 2011.\r\n"
FIRST = "The café opened in 2006."
SECOND = "It closes\r\nin 2011."
DOCUMENT = "https://w3id.org/clipgraph/id/document/note"
HEAD = """@base <https://w3id.org/clipgraph/id/> .
@prefix clip: <https://w3id.org/clipgraph/def/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix oa: <http://www.w3.org/ns/oa#> .

"""


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def passage(words: str, **changed: object) -> str:
    """Return the Turtle of the passage of some words of TEXT; ``changed`` overrides what it says of them."""
    start = TEXT.index(words) if words in TEXT else 0
    said = {"start": start, "end": start + len(words), "digest": digest(words), "document": "note"} | changed
    name = f"<document/{said['document']}/passage/{said['start']}-{said['end']}>"
    return (
        f"{name} a clip:SourcePassage ;\n    dct:isPartOf <document/{said['document']}> ;\n"
        f'    clip:sectionHeading "A note"@en ;\n    oa:start {said["start"]} ;\n    oa:end {said["end"]} ;\n'
        f'    clip:sha256 "{said["digest"]}" .\n\n'
    )


@pytest.fixture
def note(tmp_path: Path) -> Project:
    """A project whose one document is TEXT, with a thing that its first sentence supports."""
    root = tmp_path / "project"
    for folder in ("ontology", "shapes", "queries", "docs", "data/documents", "data/evidence", "data/places"):
        (root / folder).mkdir(parents=True)
    (root / "data/documents/documents.ttl").write_text(
        f'{HEAD}<document/note> a clip:Document ;\n    dct:title "A note"@en ;\n'
        f'    clip:sha256 "{digest(TEXT)}" .\n'
    )
    (root / "data/evidence/note.ttl").write_text(HEAD + passage(FIRST))
    start = TEXT.index(FIRST)
    (root / "data/places/cafe.ttl").write_text(
        f"{HEAD}<place/cafe> clip:evidence <document/note/passage/{start}-{start + len(FIRST)}> .\n"
    )
    return Project(root)


@pytest.fixture
def texts_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "whatever it is called.bin").write_bytes(TEXT.encode())
    return folder


@pytest.fixture
def add(note: Project) -> Callable[[str], None]:
    """Append Turtle to the passages of the project."""

    def append(turtle: str) -> None:
        file = note.root / "data/evidence/note.ttl"
        file.write_text(file.read_text() + turtle)

    return append
