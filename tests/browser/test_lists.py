"""The lists in a real browser, and suggestions while one types: with keys, with a pointer, without script."""

import re

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import Axe, Reader, Shot, follow, overflow

PAGES = {
    "search": "/search?q=Stutgart",
    "search-nothing": "/search?q=xqzzkwv",
    "search-narrowed": "/search?q=integration&country=germany&level=local",
    "practices": "/practices",
    "cities": "/cities",
    "fields": "/fields",
}


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("name", PAGES)
def test_a_list_is_for_everyone(reader: Reader, axe: Axe, name: str, *, script: bool) -> None:
    page = reader(PAGES[name], script=script, width=320)

    assert page.locator("h1").count() == 1
    assert overflow(page) == []
    axe(page)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_a_list_is_for_everyone_wide_and_in_the_dark(
    reader: Reader, axe: Axe, shot: Shot, name: str, *, dark: bool
) -> None:
    page = reader(PAGES[name], dark=dark)

    axe(page)
    shot(page, f"{name}-dark" if dark else name)


def test_what_is_chosen_is_taken_off_again(reader: Reader) -> None:
    page = reader("/cities?country=germany&has=Practice")
    follow(page.locator(".chosen-values a").first)
    follow(page.locator(".facets a.chosen"))

    assert page.url.endswith("/cities")


def typed(page: Page, words: str) -> None:
    page.locator("#find").focus()
    page.keyboard.type(words)
    expect(page.locator("#find-suggestions li").first).to_be_visible()


def test_suggestions_come_while_one_types_and_keys_choose(reader: Reader, axe: Axe) -> None:
    page = reader("/de/")
    field = page.locator("#find")
    typed(page, "stuttgrat")

    assert field.get_attribute("aria-expanded") == "true"
    expect(page.locator(".find [role=status]")).to_have_text(re.compile(r"\d Vorschläge"))
    axe(page)
    page.keyboard.press("ArrowDown")
    first = page.locator("#find-suggestions li").first
    assert first.get_attribute("aria-selected") == "true"
    assert field.get_attribute("aria-activedescendant") == first.get_attribute("id")
    page.keyboard.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/de/doc/"))


def test_escape_closes_and_enter_searches(reader: Reader) -> None:
    page = reader("/")
    typed(page, "malm")
    page.keyboard.press("Escape")

    expect(page.locator("#find-suggestions")).to_be_hidden()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/search\?q=malm$"))


def test_a_suggestion_is_pressed(reader: Reader) -> None:
    page = reader("/")
    typed(page, "rosengard")
    page.locator("#find-suggestions li").first.click()

    page.wait_for_url(re.compile("/doc/area/rosengard$"))


def test_what_is_typed_stays_text(reader: Reader) -> None:
    page = reader("/search?q=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E+%E2%80%AEmalmo")
    page.locator("#within").focus()
    page.keyboard.type("<b>stuttgart</b>")
    page.wait_for_timeout(500)

    assert page.locator("main img[src=x], main b").count() == 0
    assert overflow(page) == []
