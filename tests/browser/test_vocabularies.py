"""The pages of ontology, shapes, code lists, graphs, releases and dataset in a real browser."""

import pytest
from playwright.sync_api import expect

from browser.conftest import Axe, Reader, Shot, follow, overflow

PAGES = {
    "ontology": "/ontology",
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


@pytest.mark.parametrize("name", ["ontology", "shape", "scheme", "release", "dataset"])
def test_it_is_for_everyone_without_script_and_in_the_dark(reader: Reader, axe: Axe, name: str) -> None:
    axe(reader(PAGES[name], script=False, dark=True))


def test_the_diagram_and_the_index_lead_to_a_term_and_its_shape(reader: Reader) -> None:
    page = reader("/ontology")
    follow(page.locator(".diagram a", has_text="good practice").first)
    assert page.locator("h1").inner_text() == "good practice"
    follow(page.get_by_role("link", name="Practice", exact=True).first)
    assert "PracticeShape" in page.url
    page.go_back()
    page.go_back()
    page.locator(".letters a", has_text="coversField").first.click()
    assert page.url.endswith("#coversField")
    expect(page.locator("#coversField h4")).to_be_in_viewport()


def test_a_term_says_what_it_is_at_once_and_the_rest_at_a_press(reader: Reader) -> None:
    page = reader("/de/ontology", script=False, width=360)
    term = page.locator("#Practice")
    more = term.locator("dl.facts")
    expect(term).to_contain_text("Integration")
    expect(more).to_be_hidden()
    term.locator("summary").focus()
    page.keyboard.press("Enter")

    expect(more).to_be_visible()
    expect(more.get_by_role("link", name="Praxisbeispiel", exact=True).first).to_be_visible()


def test_the_diagram_is_walked_by_keyboard(reader: Reader) -> None:
    page = reader("/ontology")
    link = page.locator(".diagram a:has(.own)").first
    target = link.get_attribute("href")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{target}")
    assert page.locator("h1").count() == 1
