"""The pages of ontology, shapes, code lists, graphs, releases and dataset in a real browser."""

import pytest
from playwright.sync_api import expect

from browser.conftest import Axe, Reader, Shot, follow, overflow, path_of

SCREEN = 900  # pixels, of a phone held upright

PAGES = {
    "ontology": "/ontology",
    "ontology-theme": "/ontology/practices",
    "ontology-changes": "/ontology/changes",
    "class": "/def/Practice",
    "property": "/def/implementedBy",
    "shapes": "/shapes",
    "shape": "/shapes/PracticeShape",
    "rule": "/shapes/Practice-spatial",
    "schemes": "/scheme",
    "scheme": "/scheme/actor-group",
    "code": "/scheme/actor-group/city",
    "graphs": "/graph",
    "graph": "/graph/actors/authorities",
    "releases": "/releases",
    "release": "/releases/1",
    "difference": "/releases/1/diff/1",
    "dataset": "/dataset",
    "dumps": "/dumps/",
}


@pytest.mark.parametrize("name", PAGES)
def test_it_is_for_everyone(reader: Reader, axe: Axe, shot: Shot, name: str) -> None:
    page = reader("/de" + PAGES[name], width=320)

    assert page.locator("h1").count() == 1
    assert overflow(page) == []
    axe(page)
    shot(page, name)


@pytest.mark.parametrize("name", ["ontology", "ontology-theme", "shape", "scheme", "release", "dataset"])
def test_it_is_for_everyone_without_script_and_in_the_dark(reader: Reader, axe: Axe, name: str) -> None:
    axe(reader(PAGES[name], script=False, dark=True))


def test_the_diagram_and_the_index_lead_to_a_term_and_its_shape(reader: Reader) -> None:
    page = reader("/ontology")
    follow(page.get_by_role("link", name="Practices and research"))
    follow(page.locator(".diagram a", has_text="good practice").first)
    assert page.locator("h1").inner_text() == "good practice"
    follow(page.get_by_role("link", name="Practice", exact=True).first)
    assert "PracticeShape" in page.url
    page = reader("/ontology")
    follow(page.locator("#index ~ .theme").get_by_role("link", name="deals with field", exact=True))
    assert path_of(page) == "/def/coversField"


@pytest.mark.parametrize("script", [True, False])
def test_the_address_of_a_term_opens_it(reader: Reader, axe: Axe, *, script: bool) -> None:
    page = reader("/ontology#Practice", width=360, script=script)
    told = page.locator("#Practice .opened")
    expect(told).to_be_visible()
    expect(told).to_be_in_viewport()
    expect(page.locator("#Pact .opened")).to_be_hidden()
    axe(page)

    told.get_by_role("link").click()
    page.wait_for_url("**/ontology/practices#Practice")
    expect(page.locator("#Practice h3")).to_be_in_viewport()
    expect(page.locator("#Practice")).to_contain_text("Organised way of working")


def test_pages_of_the_ontology_are_some_screens_long_on_a_phone(reader: Reader) -> None:
    page = reader("/ontology", width=360)
    themes = [link.get_attribute("href") for link in page.locator(".theme h3 a").all()]
    assert len(themes) > 3
    for path in ("/ontology", *themes):
        assert path is not None
        page.goto(reader.origin + path, wait_until="networkidle")
        height: int = page.evaluate("document.documentElement.scrollHeight")
        assert height < 9 * SCREEN, f"{path}: {height}"


def test_a_phone_shows_classes_as_cards_that_fit(reader: Reader) -> None:
    page = reader("/de/ontology/policy", width=360, script=False)
    expect(page.locator(".diagram")).to_be_hidden()
    expect(page.locator(".class-cards > li").first).to_be_visible()
    assert page.evaluate(
        "[...document.querySelectorAll('.class-cards *')]"
        ".every(e => e.getBoundingClientRect().right <= innerWidth)"
    )
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(page.locator(".diagram svg")).to_be_visible()
    expect(page.locator(".class-cards")).to_be_hidden()


def test_a_term_says_what_it_is_at_once_and_the_rest_at_a_press(reader: Reader) -> None:
    page = reader("/de/ontology/practices", script=False, width=360)
    term = page.locator("#Practice")
    more = term.locator("dl.facts")
    expect(term).to_contain_text("Integration")
    expect(more).to_be_hidden()
    term.locator("summary").focus()
    page.keyboard.press("Enter")

    expect(more).to_be_visible()
    expect(more.get_by_role("link", name="Praxisbeispiel", exact=True).first).to_be_visible()


def test_the_diagram_is_walked_by_keyboard(reader: Reader) -> None:
    page = reader("/ontology/actors")
    link = page.locator(".diagram a:has(.own)").first
    target = link.get_attribute("href")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{target}")
    assert page.locator("h1").count() == 1
