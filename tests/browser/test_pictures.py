"""The pictures that one can walk, in a real browser: map, network and timeline."""

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import LANGUAGES, Axe, Reader, Shot, overflow

PICTURES = {
    "map": "/map",
    "map-country": "/map?country=/id/country/germany",
    "network": "/network",
    "network-actor": "/network?actor=/id/network/european-pact",
    "timeline": "/timeline",
}


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_for_everyone(reader: Reader, axe: Axe, name: str, *, script: bool) -> None:
    page = reader(PICTURES[name], script=script, width=320)

    assert page.locator("h1").count() == 1
    assert overflow(page) == []
    axe(page)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_for_everyone_wide_and_in_the_dark(
    reader: Reader, axe: Axe, shot: Shot, name: str, *, dark: bool
) -> None:
    page = reader(PICTURES[name], dark=dark)

    axe(page)
    shot(page, f"{name}-dark" if dark else name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_them(reader: Reader, axe: Axe, language: str) -> None:
    for path in ("/map", "/network", "/timeline"):
        page = reader(f"/{language}{path}", language=language)
        assert page.locator("html").get_attribute("lang") == language
        axe(page)


def scale(page: Page) -> float:
    value = page.locator(".plan .ground").evaluate("g => g.transform.baseVal.consolidate().matrix.a")
    return float(value)


def test_names_on_the_map_do_not_cover_each_other(reader: Reader) -> None:
    covered = """() => {
        const boxes = [...document.querySelectorAll('.plan text')]
            .filter(text => getComputedStyle(text).visibility === 'visible' && text.getClientRects().length)
            .map(text => [text.textContent, text.getBoundingClientRect()]);
        const pairs = [];
        boxes.forEach(([name, a], n) => boxes.slice(n + 1).forEach(([other, b]) => {
            const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
            const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
            if (across > 1 && down > Math.min(a.height, b.height) / 4) pairs.push(`${name} / ${other}`);
        }));
        return [boxes.length, pairs];
    }"""
    for width in (360, 1280):
        shown, pairs = reader("/map", width=width).evaluate(covered)
        assert shown > 12
        assert pairs == []


def test_the_map_is_enlarged_and_moved_by_keys_and_buttons(reader: Reader) -> None:
    page = reader("/map")
    before = scale(page)
    page.get_by_role("button", name="Zoom in").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("+")
    assert scale(page) == pytest.approx(before * 1.6**2, rel=0.01)

    at = page.locator(".plan .ground").get_attribute("transform")
    page.keyboard.press("ArrowRight")
    assert page.locator(".plan .ground").get_attribute("transform") != at

    page.get_by_role("button", name="Whole map").click()
    assert scale(page) == pytest.approx(before, rel=0.01)


def test_names_that_had_no_room_appear_when_the_map_is_enlarged(reader: Reader) -> None:
    page = reader("/map?network=/id/network/clip")
    hidden = page.locator(".plan text.hidden")
    assert hidden.count() > 3
    for _ in range(4):
        page.get_by_role("button", name="Zoom in").click()

    assert page.locator(".plan text.hidden.shown").count() > 0


def test_the_keyboard_reaches_every_place_and_is_told_what_is_there(reader: Reader) -> None:
    page = reader("/map?country=/id/country/germany")
    stuttgart = page.locator('.plan a[aria-label^="Stuttgart"]')
    page.get_by_role("button", name="Whole map").focus()
    for _ in range(page.locator(".plan a").count()):
        page.keyboard.press("Tab")
        if stuttgart.evaluate("link => link === document.activeElement"):
            break

    expect(stuttgart).to_be_focused()
    expect(page.locator(".tip")).to_contain_text("City of Stuttgart")
    page.keyboard.press("Escape")
    expect(page.locator(".tip")).to_be_hidden()
    stuttgart.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/doc/city/stuttgart")


def test_a_choice_changes_the_map_in_its_place_and_going_back_works(reader: Reader) -> None:
    page = reader("/map")
    all_places = page.locator(".plan a.spot").count()
    page.evaluate("window.here = true")
    page.get_by_role("link", name="with practices", exact=False).first.click()
    page.wait_for_url("**/map?practices=yes")

    assert page.evaluate("window.here") is True
    assert 0 < page.locator(".plan a.spot").count() < all_places
    assert page.evaluate("document.activeElement.textContent").strip().startswith("with practices")
    page.go_back()
    expect(page.locator(".plan a.spot")).to_have_count(all_places)


def test_an_actor_shows_its_ties_and_a_group_opens_without_reloading(reader: Reader) -> None:
    page = reader("/network?actor=/id/network/clip")
    page.evaluate("window.here = true")
    stuttgart = page.locator(".walk.wide .box", has_text="City of Stuttgart")
    stuttgart.focus()
    assert page.locator(".walk.wide .tie.lit").count() > 0
    assert page.locator(".walk.wide .tie:not(.lit)").count() > 0

    group = page.locator(".walk.wide .box.folded.organisation")
    many = page.locator(".walk.wide .box").count()
    group.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**open=**")
    assert page.locator(".walk.wide .box").count() > many + 25
    assert page.evaluate("window.here") is True


def test_one_walks_the_network_without_script(reader: Reader) -> None:
    page = reader("/network", script=False)
    page.locator(".walk.wide .box.network").first.click()
    page.wait_for_url("**/network?actor=**")
    expect(page.locator(".walk.wide .box[aria-current]")).to_have_count(1)
    page.locator(".walk.wide .box[aria-current]").click()
    page.wait_for_url("**/doc/network/**")
