"""The reviewed file of reasons: its form, and the line of whatever breaks it."""

from pathlib import Path

import pytest

from clipgraph.errors import UnreadableFile
from clipgraph.evidence.passages import Document, read_evidence
from clipgraph.evidence.reasons import Reason, read_excuses
from clipgraph.sources.project import Project
from conftest import ROOT
from evidence.conftest import DOCUMENT

HEAD = "# why\ndocument\tstart\tend\treason\n\n"


def read(path: Path, text: str) -> list[tuple[str, int, int, Reason, int]]:
    path.write_text(text)
    excuses = read_excuses(path, [Document(DOCUMENT)], "reasons.tsv")
    return [(each.document, each.start, each.end, each.reason, each.line) for each in excuses]


def test_rows_are_read_with_their_lines(tmp_path: Path) -> None:
    rows = read(
        tmp_path / "reasons.tsv",
        HEAD + "note\t1\t10\tlayout\n# more\nnote\t13\t20\trhetoric without a claim\n",
    )

    assert rows == [(DOCUMENT, 1, 10, Reason.LAYOUT, 4), (DOCUMENT, 13, 20, Reason.RHETORIC, 6)]


def test_no_file_is_no_reason(tmp_path: Path) -> None:
    assert read_excuses(tmp_path / "reasons.tsv", []) == []


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("note\t1\t10\tlayout\n", "reasons.tsv:1:1: the first row names the columns"),
        (HEAD + "note\t1\t10\n", "reasons.tsv:4:1: 3 columns instead of 4"),
        (HEAD + "memo\t1\t10\tlayout\n", "reasons.tsv:4:1: no document of the project is called memo"),
        (HEAD + "note\t10\t10\tlayout\n", "reasons.tsv:4:1: 10 to 10 is no stretch of a text"),
        (HEAD + "note\t-1\t10\tlayout\n", "reasons.tsv:4:1: -1 to 10 is no stretch of a text"),
        (
            HEAD + "note\t1\t10\tdull\n",
            "reasons.tsv:4:1: 'dull' is no reason; there are: letterhead, contact",
        ),
    ],
)
def test_a_broken_row_is_named(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(UnreadableFile) as raised:
        read(tmp_path / "reasons.tsv", text)

    assert str(raised.value).startswith(complaint)


def test_the_file_of_the_project_is_of_this_form(project: Project) -> None:
    path = ROOT / "docs" / "coverage-reasons.tsv"

    assert path.exists()
    assert read_excuses(path, read_evidence(project).documents.values()) is not None
