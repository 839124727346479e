"""Passages on pages: their words where the service has the texts, else where they stand."""

import subprocess
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import httpx2
import pytest

from conftest import CLIPGRAPH, Running

BEFORE, WORDS, AFTER = "The house stands here. ", "It opened <b>in 2006</b> & closed.", " Nobody knows why."
TEXT = f"\ufeffA note 𝄞\r\n\r\n{BEFORE}{WORDS}{AFTER}\r\n"
START, END = TEXT.index(WORDS), TEXT.index(WORDS) + len(WORDS)
HEAD = """@base <https://w3id.org/clipgraph/id/> .
@prefix clip: <https://w3id.org/clipgraph/def/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

"""
SOUND = f"document/note/passage/{START}-{END}"
WRONG = "document/note/passage/0-9"
ELSEWHERE = "document/letter/passage/0-9"


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def passage(name: str, words: str) -> str:
    place = name.rsplit("/", 1)[-1].split("-")
    return (
        f"<{name}> a clip:SourcePassage ; dct:isPartOf <{name.split('/passage', maxsplit=1)[0]}> ;\n"
        f'  clip:sectionHeading "A note"@en ; oa:start {place[0]} ; oa:end {place[1]} ;\n'
        f'  clip:sha256 "{digest(words)}" .\n'
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published project whose one text is TEXT, and the folder of that text."""
    root = tmp_path_factory.mktemp("note")
    for name in ("ontology", "shapes", "queries", "data/documents", "data/evidence", "data/places", "texts"):
        (root / name).mkdir(parents=True)
    documents = "".join(
        f'<document/{name}> a clip:Document ; dct:title "The {name}"@en ; rdfs:label "The {name}"@en ;\n'
        f'  clip:sha256 "{digest(text)}" .\n'
        for name, text in (("note", TEXT), ("letter", "a letter that nobody has"))
    )
    (root / "data/documents/documents.ttl").write_text(HEAD + documents)
    passages = (
        passage(SOUND, WORDS) + passage(WRONG, "words of another text") + passage(ELSEWHERE, "a letter ")
    )
    (root / "data/evidence/note.ttl").write_text(HEAD + passages)
    cited = ", ".join(f"<{name}>" for name in (SOUND, WRONG, ELSEWHERE))
    (root / "data/places/cafe.ttl").write_text(
        f'{HEAD}<place/cafe> rdfs:label "Café"@en ; clip:evidence {cited} .\n'
    )
    (root / "texts/whatever.bin").write_bytes(TEXT.encode())
    command = [*CLIPGRAPH, "publish", "--project", str(root), "--data", str(root / "var"), "--shapes", "none"]
    subprocess.run(command, check=True)
    return root


Get = Callable[[str], str]


def _reading(folder: Path, *arguments: str) -> Iterator[Get]:
    running = Running(["--project", str(folder), "--data", str(folder / "var"), *arguments])
    try:
        with httpx2.Client(base_url=running.url, headers={"Accept": "text/html"}, timeout=30) as client:
            yield lambda path: client.get(path).raise_for_status().text
    finally:
        running.stop()


@pytest.fixture(scope="module")
def with_texts(folder: Path) -> Iterator[Get]:
    yield from _reading(folder, "--sources", str(folder / "texts"))


@pytest.fixture(scope="module")
def without_texts(folder: Path) -> Iterator[Get]:
    yield from _reading(folder)


ESCAPED = "It opened &lt;b&gt;in 2006&lt;/b&gt; &amp; closed."


def test_a_passage_shows_its_words_in_their_place(with_texts: Get) -> None:
    page = with_texts(f"/doc/{SOUND}")

    assert f"<mark><bdi>{ESCAPED}</bdi></mark>" in page
    assert BEFORE.strip() in page
    assert AFTER.strip() in page
    assert f"<title>A note, {START}–{END}" in page
    assert '<a href="/doc/document/note"><bdi>The note</bdi></a>' in page


def test_a_page_opens_its_passages_in_place(with_texts: Get) -> None:
    page = with_texts("/doc/place/cafe")
    summary, _, words = (
        page.partition('<details class="passage">')[2].partition("</details>")[0].partition("<p>")
    )

    assert "A note" in summary
    assert f"characters {START} to {END}" in summary
    assert ESCAPED in words
    assert AFTER.strip() not in page


def test_words_that_do_not_match_are_not_shown_and_it_is_said(with_texts: Get) -> None:
    page = with_texts(f"/doc/{WRONG}")

    assert "<mark>" not in page
    assert TEXT[1:9].strip() not in page.replace("A note, 0–9", "").replace('"en">A note<', "")
    assert "has other words at this place" in page
    assert "other words at this place" in with_texts("/doc/place/cafe")


def test_a_text_that_is_not_here_is_said(with_texts: Get) -> None:
    assert "The text of this document is not here" in with_texts(f"/doc/{ELSEWHERE}")


def test_without_texts_a_page_tells_where_the_words_stand(without_texts: Get) -> None:
    page, place = without_texts("/doc/place/cafe"), without_texts(f"/doc/{SOUND}")

    assert f"characters {START} to {END}" in page
    assert "<blockquote" not in page + place
    assert "This service holds no source texts" in place
    assert "2006" not in page + place


def test_other_texts_are_another_entity_tag(folder: Path, with_texts: Get, without_texts: Get) -> None:
    assert with_texts(f"/doc/{SOUND}") != without_texts(f"/doc/{SOUND}")
    tags = []
    for arguments in ((), ("--sources", str(folder / "texts"))):
        running = Running(["--project", str(folder), "--data", str(folder / "var"), *arguments])
        try:
            tags.append(
                httpx2.get(f"{running.url}/doc/{SOUND}", headers={"Accept": "text/html"}).headers["etag"]
            )
        finally:
            running.stop()
    assert tags[0] != tags[1]


def test_a_folder_that_is_not_there_ends_the_start(folder: Path, tmp_path: Path) -> None:
    command = [*CLIPGRAPH, "serve", "--project", str(folder), "--data", str(folder / "var"), "--port", "0"]
    ended = subprocess.run(
        [*command, "--sources", str(tmp_path / "no")], capture_output=True, text=True, check=False, timeout=60
    )

    assert ended.returncode == 2
    assert "there is no such folder" in ended.stderr
