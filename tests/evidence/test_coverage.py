"""What counts as covered, what as left out, and that neither is counted twice."""

from collections.abc import Callable

import pytest

from clipgraph.evidence.coverage import Coverage, coverage
from clipgraph.evidence.coverage_page import escaped, page, percent, read_page
from clipgraph.evidence.passages import read_evidence
from clipgraph.evidence.reasons import Excuse, Reason
from clipgraph.sources.project import Project
from conftest import ROOT
from evidence.conftest import DOCUMENT, FIRST, SECOND, TEXT, passage

TITLE = TEXT.index("A note")


def judged(note: Project, *excuses: Excuse) -> Coverage:
    (found,) = coverage(read_evidence(note), {DOCUMENT: TEXT}, excuses)
    return found


def excuse(start: int, end: int, reason: Reason = Reason.LAYOUT) -> Excuse:
    return Excuse(DOCUMENT, start, end, reason, 4)


def test_a_unit_is_covered_when_something_points_to_its_passage(note: Project) -> None:
    found = judged(note)

    assert [(each.words, each.covered, each.open) for each in found.units] == [
        ("\ufeffA note 𝄞.", False, True),
        (FIRST, True, False),
        ("It closes in 2011.", False, True),
    ]
    assert (found.covered, found.excused, found.open) == (1, 0, 2)
    assert found.share == pytest.approx(100 / 3)


def test_a_passage_that_nothing_points_to_covers_nothing(note: Project, add: Callable[[str], None]) -> None:
    add(passage(SECOND))
    assert judged(note).covered == 1


@pytest.mark.parametrize(("words", "covered"), [("The café opened in", True), ("The café", False)])
def test_most_of_a_unit_has_to_be_marked(note: Project, words: str, covered: bool) -> None:  # noqa: FBT001
    (note.root / "data/evidence/note.ttl").write_text(
        (note.root / "data/places/cafe.ttl").read_text().split("<place")[0] + passage(words)
    )
    start = TEXT.index(words)
    cafe = note.root / "data/places/cafe.ttl"
    cafe.write_text(
        cafe.read_text().replace(f"{start}-{start + len(FIRST)}", f"{start}-{start + len(words)}")
    )

    assert judged(note).units[1].covered is covered


def test_a_reason_leaves_out_each_unit_that_it_holds(note: Project) -> None:
    title = judged(note, excuse(TITLE, TITLE + 9))
    everything = judged(note, excuse(0, len(TEXT), Reason.CONTACT))

    assert [each.reason for each in title.units] == [Reason.LAYOUT, None, None]
    assert title.share == pytest.approx(50)
    assert [each.reason for each in everything.units] == [Reason.CONTACT, None, Reason.CONTACT]
    assert (everything.share, everything.open) == (100, 0)


def test_a_reason_for_what_is_covered_or_not_there_is_stale(note: Project) -> None:
    start = TEXT.index(FIRST)
    rows = [excuse(start, start + len(FIRST)), excuse(start, start + 3), excuse(9000, 9001)]

    assert judged(note, *rows).stale == rows


def test_the_page_lists_what_is_left_with_position_and_reason(note: Project) -> None:
    found = judged(note, excuse(TITLE, TITLE + 9))
    text = page([found])
    start = TEXT.index(SECOND)

    assert "| [note](#note) | 3 | 1 | 2 | 1 | 1 | 50.0 % |" in text
    assert "A note 𝄞. | layout |" in text
    assert f"| {start}–{start + len(SECOND)} | It closes in 2011. | **open** |" in text
    assert FIRST not in text
    assert page([found]) == text


def test_the_page_does_not_show_how_to_reach_a_person(note: Project) -> None:
    text = page([judged(note, excuse(TITLE, TITLE + 9, Reason.CONTACT))])

    assert "| *not shown* | contact |" in text
    assert "A note" not in text


def test_the_page_quotes_eight_words_at_most_and_shows_them_as_they_are(note: Project) -> None:
    text = "One two three four five six seven eight nine ten."
    (found,) = coverage(read_evidence(note), {DOCUMENT: text}, [])

    assert found.units[0].words == "One two three four five six seven eight …"
    assert escaped("**a** | <b>") == r"\*\*a\*\* \| \<b\>"


def test_a_share_is_rounded_down() -> None:
    assert [percent(share) for share in (99.99, 98.0, 100.0, 0.04)] == [
        "99.9 %",
        "98.0 %",
        "100.0 %",
        "0.0 %",
    ]


def test_the_page_is_read_back() -> None:
    text = (ROOT / "docs/coverage.md").read_text(encoding="utf-8")
    told = read_page(text)
    total = next(line for line in text.splitlines() if line.startswith("| all |"))

    assert len(told) > 1
    for each in told:
        assert f"| [{each.document}](#{each.document}) | {each.units} | {each.left_out} " in text
        assert each.units == each.left_out + each.to_cover
        assert each.to_cover == each.covered + each.open
    assert f"| all | {sum(each.units for each in told)} |" in total
    assert read_page("| [x](#x) | many | 0 | 1 | 1 | 0 | 100.0 % |") == read_page("") == []
