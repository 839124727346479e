"""The tidy form: each rule by itself, and that what a file says is never changed."""

from pathlib import Path

import pytest

from clipgraph.errors import EngineFailed, InputError, UnreadableFile
from clipgraph.rdf import tidying
from clipgraph.rdf.heading import comment_words
from clipgraph.rdf.tidying import tidied, tidy

BASE = "@base <https://w3id.org/clipgraph/id/> .\n"
CLIP = "@prefix clip: <https://w3id.org/clipgraph/def/> .\n"
DCT = "@prefix dct: <http://purl.org/dc/terms/> .\n"
ONE = "<urn:x> clip:evidence <urn:y> .\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "file.ttl"


def form(file: Path, text: str) -> str:
    file.write_text(text)
    return tidied(file).after


def _lines(text: str) -> list[str]:
    """Return what is written; turtlefmt puts a space before a comment that stands first, and empty lines."""
    return [line.strip() for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (DCT + CLIP + "\n" + ONE, CLIP + "\n" + ONE),
        (CLIP + BASE + "\n" + ONE, BASE + CLIP + "\n" + ONE),
        (
            CLIP + "\n" + ONE + DCT + "<urn:x> dct:title 1 .\n",
            CLIP + DCT + "\n" + ONE + "\n<urn:x> dct:title 1 .\n",
        ),
        (CLIP.replace("clip:", "c:") + ONE.replace("clip:", "c:"), CLIP + "\n" + ONE),
        ("prefix clip: <https://w3id.org/clipgraph/def/>\n" + ONE, CLIP + "\n" + ONE),
        (CLIP + "# Classes\n" + ONE, CLIP + "\n# Classes\n\n" + ONE),
        (
            CLIP + "\n<urn:b> clip:x 1 .\n<urn:a> clip:x 1 .\n",
            CLIP + "\n<urn:b> clip:x 1 .\n\n<urn:a> clip:x 1 .\n",
        ),
        ('<urn:a> <urn:b> "dct:title # no" , """a:b\n@prefix""" .\n', None),
        (CLIP.replace(">", "> # why\n"), "# why\n"),
        ("@prefix prefix: <urn:own#> .\n\n<urn:a> prefix: <urn:b> .\n", None),
        ("@prefix x: <urn:own#> .\n\n<urn:a> x:b.c 1 .\n", None),
    ],
)
def test_a_rule(file: Path, before: str, after: str | None) -> None:
    found = form(file, before)

    assert _lines(found) == _lines(after or before)
    assert form(file, found) == found


def test_every_comment_is_kept(file: Path) -> None:
    head = f"# one\n{DCT}# two\n{CLIP.strip()} # three\n\n"
    text = f"{head}# four\n<urn:x> clip:a 1 ; # five\n  # six\n clip:b 2 .\n# seven\n"
    found = form(file, text)

    assert comment_words(found) == sorted(["one", "two", "three", "four", "five", "six", "seven"])
    assert form(file, found) == found


def test_a_name_of_the_table_that_means_something_else_stays(file: Path) -> None:
    text = CLIP.replace("clip:", "c:") + "@prefix clip: <urn:other#> .\n\n<urn:x> clip:a c:b .\n"

    assert "@prefix c: <https://w3id.org/clipgraph/def/> ." in form(file, text)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (
            CLIP + ONE + "@prefix clip: <urn:b#> .\n<urn:z> clip:a 1 .",
            "the prefix clip: stands for two namespaces",
        ),
        (BASE + "<a> <b> 1 .\n@base <urn:c/> .\n<a> <b> 1 .", "@base stands for two IRIs"),
    ],
)
def test_two_meanings_are_refused(file: Path, text: str, complaint: str) -> None:
    file.write_text(text)
    with pytest.raises(InputError, match=complaint):
        tidy(file)

    assert file.read_text() == text


def test_a_broken_file_has_its_position(file: Path) -> None:
    file.write_text("<urn:a>\n  <urn:b> ; .")
    with pytest.raises(UnreadableFile, match=r"^file\.ttl:2:"):
        tidied(file, "file.ttl")


def test_a_form_that_says_something_else_is_never_written(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forgetful(copy: Path, name: str) -> str:
        copy.write_text(CLIP)
        return CLIP

    monkeypatch.setattr(tidying, "_formatted", forgetful)
    file.write_text(CLIP + ONE)
    with pytest.raises(EngineFailed, match="would not say the same"):
        tidy(file)

    assert file.read_text() == CLIP + ONE


def test_a_form_that_loses_a_comment_is_never_written(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = tidying._formatted  # noqa: SLF001

    def silent(copy: Path, name: str) -> str:
        copy.write_text(copy.read_text().replace("# why", ""))
        return real(copy, name)

    monkeypatch.setattr(tidying, "_formatted", silent)
    file.write_text(CLIP + ONE + "# why\n")
    with pytest.raises(EngineFailed, match="would lose a comment"):
        tidy(file)


def test_blank_nodes_and_lists_stay_what_they_are(file: Path) -> None:
    text = CLIP + "_:b clip:x [ clip:y (1 2 [ clip:z _:b ]) ] .\n"
    file.write_text(text)
    tidy(file)

    assert tidied(file).is_tidy
    assert not tidy(file)


def test_the_mode_of_a_file_is_kept(file: Path) -> None:
    file.write_text(DCT + CLIP + ONE)
    file.chmod(0o640)

    assert tidy(file)
    assert file.stat().st_mode & 0o777 == 0o640
