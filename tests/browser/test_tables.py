"""Tables at every width: no word of theirs is broken, and none is cut off where it cannot be reached."""

import pytest

from browser.conftest import Reader

# Words of letters alone, as long as a line of a phone holds; codes and what hyphens divide aside.
BROKEN = """() => [...document.querySelectorAll('td, th, .numbers dt')]
    .filter(cell => cell.checkVisibility() && !cell.closest('.codes'))
    .filter(cell => !(cell.closest('thead')?.offsetWidth <= 1))
    .flatMap(cell => {
        const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT), broken = [];
        for (let text = texts.nextNode(); text; text = texts.nextNode()) {
            if (text.parentElement.closest('code, .unseen')) continue;
            for (const word of text.data.matchAll(/(?<![^\\s])\\p{L}{5,20}(?![^\\s])/gu)) {
                const range = document.createRange();
                range.setStart(text, word.index);
                range.setEnd(text, word.index + word[0].length);
                const lines = new Set([...range.getClientRects()].map(box => Math.round(box.top)));
                if (lines.size > 1) broken.push(word[0]);
            }
        }
        return broken;
    })"""
WIDER = """() => [...document.querySelectorAll('.scroll')].filter(each => each.querySelector('table.stacked'))
    .filter(each => each.checkVisibility() && each.scrollWidth > each.clientWidth + 1).length"""
QUERY = (
    "SELECT%20%2A%20%7B%20%3Fthing%20a%20%3Ftype%20%3B%20"
    "%3Chttp%3A%2F%2Fwww.w3.org%2F2000%2F01%2Frdf-schema%23label%3E%20%3Flabel%20%7D%20LIMIT%2020"
)
PAGES = (
    *("/scheme", "/shapes", "/map", "/dataset", "/releases/1", "/network", "/releases", "/docs", "/dumps/"),
    f"/sparql?query={QUERY}",
)


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_no_word_in_a_table_is_broken(reader: Reader, width: int) -> None:
    page = reader("/de/scheme", width=width)
    for path in PAGES:
        page.goto(f"{reader.origin}/de{path}", wait_until="networkidle")

        assert page.evaluate(BROKEN) == [], path
        if width == 360:  # each row is a block there, with every column in it
            assert page.evaluate(WIDER) == 0, path


@pytest.mark.parametrize("width", [320, 768])
def test_no_word_below_a_number_is_broken(reader: Reader, width: int) -> None:
    page = reader("/de/", width=width)
    for path in ("/de/", "/fr/", "/de/dataset"):
        page.goto(f"{reader.origin}{path}", wait_until="networkidle")

        assert page.evaluate(BROKEN) == [], path


def test_numbers_side_by_side_stand_at_one_height(reader: Reader) -> None:
    page = reader("/dataset")

    tops = page.evaluate(
        "[...document.querySelectorAll('.numbers dd')].map(dd => Math.round(dd.getBoundingClientRect().top))"
    )
    assert len(tops) == 5
    assert len(set(tops)) == 1


def test_no_line_begins_with_a_comma(reader: Reader) -> None:
    page = reader("/doc/city/stuttgart")
    # Links of several lines stand by themselves: a comma behind one would come to stand on a line of its own.
    founded = page.locator("dt", has_text="Founded").first.locator("xpath=following-sibling::dd[1]")

    assert founded.locator(".how").count() == 3
    lines = [line.strip() for line in founded.inner_text().splitlines() if line.strip()]
    assert len(lines) == 4
    assert not [line for line in lines if line.startswith(",") or line.endswith(",")]


@pytest.mark.parametrize(("width", "shown"), [(360, "narrow"), (768, "middle"), (1280, "wide")])
def test_the_network_has_a_drawing_for_every_width(reader: Reader, width: int, shown: str) -> None:
    page = reader("/network", width=width)

    drawings = page.locator("svg.walk:visible")
    assert drawings.count() == 1
    assert shown in (drawings.get_attribute("class") or "")
    box = drawings.bounding_box()
    assert box is not None
    assert box["width"] > width * 0.8


def test_results_are_ordered_by_their_heads_on_a_phone(reader: Reader) -> None:
    page = reader(f"/sparql?query={QUERY}", width=360)
    page.get_by_role("button", name="Run").click()
    page.wait_for_selector("table.sortable")

    page.locator(".sortable thead button", has_text="label").click()

    labels = page.locator(".sortable td[data-label=label]").all_inner_texts()
    assert labels == sorted(labels, key=str.casefold)
