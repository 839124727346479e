"""The browser tests themselves notice what they are there to notice."""

import pytest

from browser.conftest import Axe, Reader, overflow

WRONG = {
    "a style of its own": "document.body.setAttribute('style', 'color: red')",
    "an inline script": "document.body.append(Object.assign(document.createElement('script'), {text: '1'}))",
    "another host": "new Image().src = 'http://127.0.0.1:9/picture.png'",
    "an error": "setTimeout(() => { throw new Error('planted') })",
    "a missing file": "fetch('/static/missing.js')",
}


@pytest.mark.parametrize("name", WRONG)
def test_what_no_page_may_do_is_seen(reader: Reader, name: str) -> None:
    page = reader("/sparql")
    assert reader.watch.wrong == []

    page.evaluate(f"() => {{ {WRONG[name]} }}")
    page.wait_for_timeout(300)

    assert reader.watch.wrong
    reader.watch.wrong.clear()


def test_axe_and_overflow_see_what_is_wrong(reader: Reader, axe: Axe) -> None:
    page = reader("/sparql", width=320)
    page.evaluate(
        """() => {
          const image = new Image();
          image.style.minWidth = '900px';
          image.style.minHeight = '9px';
          document.body.append(image);
        }"""
    )

    assert overflow(page)
    with pytest.raises(AssertionError, match="image-alt"):
        axe(page)


def test_a_page_that_is_not_there_is_one_all_the_same(reader: Reader, axe: Axe) -> None:
    page = reader("/doc/city/atlantis", status=404)

    assert page.locator("h1").is_visible()
    axe(page)
