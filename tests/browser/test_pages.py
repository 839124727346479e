"""Pages in a real browser: in every language, with and without script, narrow and wide."""

import pytest

from browser.conftest import LANGUAGES, Axe, Reader, Shot, overflow

# One of each kind of page, and the name of its pictures.
PAGES = {
    "front": "/",
    "city": "/doc/city/stuttgart",
    "country": "/doc/country/germany",
    "practice": "/doc/practice/recruiting-and-managing-apprentices",
    "authority": "/doc/authority/stuttgart",
    "network": "/doc/network/european-pact",
    "person": "/doc/person/wolfgang-schuster",
    "field": "/scheme/european-pact-field/education",
    "module": "/doc/module/housing",
    "disagreement": "/doc/disagreement/number-of-clip-countries",
    "sparql": "/sparql",
    "docs": "/docs",
}


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_for_everyone(reader: Reader, axe: Axe, name: str, language: str, *, script: bool) -> None:
    page = reader(PAGES[name], language=language, script=script, width=320)

    assert page.title()
    assert page.locator("h1").count() == 1
    assert overflow(page) == []
    axe(page)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_for_everyone_wide_and_in_the_dark(
    reader: Reader, axe: Axe, shot: Shot, name: str, *, dark: bool
) -> None:
    page = reader(PAGES[name], dark=dark)

    axe(page)
    shot(page, f"{name}-dark" if dark else name)
