"""``clipgraph evidence`` as a stranger meets it, on a small project and on the real one."""

import json
import os
from pathlib import Path

import pytest

from cli.test_commands import run
from clipgraph.sources.project import Project
from conftest import ROOT
from evidence.conftest import FIRST, SECOND, TEXT, digest, note, passage, texts_folder

__all__ = ["note", "texts_folder"]  # fixtures


def ask(note: Project, folder: Path, *arguments: str) -> tuple[int, str, str]:
    result = run("evidence", "--project", str(note.root), "--sources", str(folder), *arguments)
    assert "Traceback" not in result.stderr
    return result.returncode, result.stdout, result.stderr


def test_all_verified(note: Project, texts_folder: Path) -> None:
    assert ask(note, texts_folder) == (0, "note: 1 passage\n1 passage, all verified\n", "")


def test_a_failure_has_file_and_line(note: Project, texts_folder: Path) -> None:
    file = note.root / "data/evidence/note.ttl"
    file.write_text(file.read_text() + passage(SECOND, digest=digest("other")))
    code, out, _ = ask(note, texts_folder)

    assert code == 1
    assert out.startswith("data/evidence/note.ttl:13: note/passage/")
    assert out.endswith("note: 2 passages, 1 failure\n2 passages, 1 failure\n")


def test_a_subject_shows_the_words_behind_it(note: Project, texts_folder: Path) -> None:
    code, out, _ = ask(note, texts_folder, "place/cafe")

    assert code == 0
    assert "place/cafe\n  A note, " in out
    assert "  § A note\n" in out
    assert f"    {FIRST}\n" in out


def test_words_that_are_not_what_was_read_are_not_shown(note: Project, texts_folder: Path) -> None:
    file = note.root / "data/evidence/note.ttl"
    file.write_text(file.read_text().replace(digest(FIRST), digest("other")))
    code, out, err = ask(note, texts_folder, "place/cafe")

    assert code == 1
    assert FIRST not in out
    assert err.startswith("clipgraph: data/evidence/note.ttl:6: clip:sha256 is not the digest")


def test_json_says_the_same(note: Project, texts_folder: Path) -> None:
    code, out, _ = ask(note, texts_folder, "--format", "json", "place/cafe")
    told = json.loads(out)

    assert code == 0
    assert told["failures"] == []
    assert told["documents"][0]["passages"] == 1
    assert told["subjects"][0]["passages"][0]["words"] == FIRST


def test_a_subject_without_evidence_is_a_finding(note: Project, texts_folder: Path) -> None:
    assert ask(note, texts_folder, "document/note")[:2] == (
        1,
        "https://w3id.org/clipgraph/id/document/note\n  no passage supports it\n",
    )


def test_what_is_missing_is_one_line(note: Project, texts_folder: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    told = [ask(note, texts_folder, "place/nowhere"), ask(note, tmp_path / "no"), ask(note, empty)]

    assert [code for code, _, _ in told] == [2, 2, 2]
    assert [out for _, out, _ in told] == ["", "", ""]
    assert [err.count("\n") for _, _, err in told] == [1, 1, 1]
    assert "nothing in the project describes <" in told[0][2]
    assert "there is no such folder" in told[1][2]
    assert "no file there has the digest of note" in told[2][2]


def test_coverage_is_demanded_and_written(note: Project, texts_folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "coverage.md"
    code, out, err = ask(note, texts_folder, "--coverage", str(page))

    assert code == 1
    assert "note: 33.3 % of 3 units covered, 0 left out\n" in out
    assert (
        err == "clipgraph: note: 33.3 % covered is less than 98 %\nclipgraph: note: 2 of 3 units are open\n"
    )
    assert page.read_text().startswith("# Coverage of the sources\n")


def test_coverage_that_is_enough(note: Project, texts_folder: Path, tmp_path: Path) -> None:
    at = [str(TEXT.index(words)) for words in ("A note", SECOND)]
    rows = [f"note\t{at[0]}\t{int(at[0]) + 9}\tlayout", f"note\t{at[1]}\t{len(TEXT)}\trepetition"]
    reasons = note.root / "docs/coverage-reasons.tsv"
    reasons.write_text("\n".join(["document\tstart\tend\treason", *rows, ""]))
    page = str(tmp_path / "coverage.md")

    assert ask(note, texts_folder, "--coverage", page)[0] == 0
    reasons.unlink()
    assert ask(note, texts_folder, "--coverage", page, "--at-least", "33")[0] == 0
    assert ask(note, texts_folder, "--coverage", page, "--at-least", "34")[0] == 1


def test_a_stale_reason_is_found(note: Project, texts_folder: Path, tmp_path: Path) -> None:
    (note.root / "docs/coverage-reasons.tsv").write_text(
        "document\tstart\tend\treason\nnote\t900\t901\tlayout\n"
    )
    code, _, err = ask(note, texts_folder, "--coverage", str(tmp_path / "coverage.md"), "--at-least", "0")

    assert code == 1
    assert "docs/coverage-reasons.tsv:2: excuses no unit of note" in err


def test_the_project_holds_against_the_sources() -> None:
    folder = Path(os.environ.get("CLIPGRAPH_SOURCES") or ROOT.parent / "shared" / "sources")
    if not folder.is_dir():
        required = os.environ.get("CLIPGRAPH_REQUIRE_ALL") == "1"
        (pytest.fail if required else pytest.skip)(
            f"the source texts are not there: {folder} (set CLIPGRAPH_SOURCES)"
        )
    result = run("evidence", "--project", str(ROOT), "--sources", str(folder))

    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.endswith("all verified\n")


@pytest.mark.parametrize("command", ["evidence", "tidy"])
def test_help_says_exit_codes(command: str) -> None:
    result = run(command, "--help")

    assert result.returncode == 0
    assert "Exit codes: 0" in " ".join(result.stdout.split())
