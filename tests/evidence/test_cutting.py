"""The cutter: every difficulty of the five texts, each in small."""

import os
from itertools import pairwise
from pathlib import Path

import pytest

from clipgraph.evidence.cutting import cut
from conftest import ROOT

CASES = {
    "sentences": ("One ends. Two begins! Is three? Yes.", ["One ends.", "Two begins!", "Is three?", "Yes."]),
    "abbreviations": (
        "Dr. Wolfgang met Prof. Dr. Maria in St. Gallen, e. g. Monday, i.e. Nos. 3 and E. Maurer, etc.",
        None,
    ),
    "small letters": ("At a local. regional level it works.", None),
    "decimals and dates": ("On 08.09.2006 it was 3.1 per cent at www.coe.int/a.B now.", None),
    "quotes": ("“It works.” He left. « Non » dit-il.", ["“It works.”", "He left.", "« Non » dit-il."]),
    "footnote marks": (
        "It ends.²  Then cities. ¹⁶\n\n¹⁶ <http://x.org/A.B>",
        ["It ends.²", "Then cities. ¹⁶", "¹⁶ <http"],
    ),
    "a mark within": ("The Charter”⁷ of It¹² goes on.", None),
    "hyphen over a gap": (
        "It changed the commu-\n\nnication of leaders. Next.",
        ["It changed the commu-\n\nnication of", "Next."],
    ),
    "line in a sentence": ("for the development of a\ncommon policy", None),
    "open word": ("A contribution to the Strategy by\nGoverning in Partnership", None),
    "lines apart": ("European Council\nEuropean Commission", ["European Council", "European Commission"]),
    "letterhead": ("Germany\nphone: 12\nfax: 13", ["Germany", "phone: 12", "fax: 13"]),
    "numbered paragraph": (
        "1. The aim is peace. It holds.\n\n2. Next.",
        ["1. The aim is peace.", "It holds.", "2. Next."],
    ),
    "bold number": (
        "- **1.** Integration through education\n- 2. Sport",
        ["- **1.** Integration", "- 2. Sport"],
    ),
    "bullets": ("- Housing in the EU\n- Equality in jobs", ["- Housing", "- Equality"]),
    "heading after its number": ("5.3\n\nIntercultural policies", None),
    "heading in two": (
        "a. The Pact ¹ –\n\na strategy\n\nIn 2001 it began.",
        ["a. The Pact ¹ –\n\na strategy", "In 2001"],
    ),
    "contents": ("1. For a culture\t5\n2. Policies\t7", ["1. For a culture\t5", "2. Policies\t7"]),
    "row": (
        "Athens (Greece) | Breda (Netherlands) | Wien",
        ["Athens (Greece)", "Breda (Netherlands)", "Wien"],
    ),
    "caption": ("A lane in Zagreb.\n\nPhoto: Hass", ["A lane in Zagreb.", "Photo: Hass"]),
    "no full stop at the end": (
        "It is so. They act as employers\n\nAmong them",
        ["It is so.", "They act as", "Among"],
    ),
    "windows lines": ("One line\r\n\r\nTwo ends. Three.\r\n", ["One line", "Two ends.", "Three."]),
    "nothing to read": ("--- \n\n***\n", []),
}


@pytest.mark.parametrize("name", CASES)
def test_a_difficulty_is_cut_right(name: str) -> None:
    text, begins = CASES[name]
    found = [text[slice(*unit.main)] for unit in cut(text)]

    if begins is None:
        assert found == [text]
    else:
        assert len(found) == len(begins)
        assert all(unit.startswith(begun) for unit, begun in zip(found, begins, strict=True))


def test_a_sentence_goes_on_behind_captions() -> None:
    text = "It led on. The de-\n\n“New” people.\n\n¹ <http://x>\n\npartment supports them. More."
    units = cut(text)
    halves = next(unit for unit in units if len(unit.spans) > 1)

    assert [text[slice(*span)] for span in halves.spans] == ["The de-", "partment supports them."]
    assert text[slice(*halves.main)] == "partment supports them."
    assert [text[slice(*unit.main)] for unit in units][-1] == "More."


def source_texts() -> list[str]:
    folder = Path(os.environ.get("CLIPGRAPH_SOURCES") or ROOT.parent / "shared" / "sources")
    found = [path.read_bytes().decode() for path in sorted(folder.glob("0*.txt"))]
    if not found:
        (pytest.fail if os.environ.get("CLIPGRAPH_REQUIRE_ALL") == "1" else pytest.skip)(
            f"no source texts in {folder}"
        )
    return found


def test_the_sources_are_cut_whole_without_overlap() -> None:
    for text in source_texts():
        spans = sorted(span for unit in cut(text) for span in unit.spans)
        told = "".join(text[start:end] for start, end in spans)

        assert all(one[1] <= other[0] for one, other in pairwise(spans))
        assert sum(map(str.isalnum, told)) == sum(map(str.isalnum, text))
        assert [text[start:end] for start, end in spans if text[start:end] != text[start:end].strip()] == []
        assert max(end - start for start, end in spans) <= 700
        assert cut(text) == cut(text)
