"""What four readers come for, by links and forms alone: in each language, with script and without."""

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.conftest import LANGUAGES, Reader, follow, path_of

pytestmark = [
    pytest.mark.parametrize("script", [True, False], ids=["script", "no script"]),
    pytest.mark.parametrize("language", LANGUAGES),
]


def link(page: Page, end: str, within: str = "main") -> Locator:
    """Return the first link in a part of the page whose address ends so."""
    return page.locator(f'{within} a[href$="{end}"]').first


def test_an_officer_finds_a_practice_to_borrow(reader: Reader, language: str, *, script: bool) -> None:
    page = reader(f"/{language}/", script=script)
    follow(link(page, "/practices", "nav.main"))
    all_practices = page.locator(".results > li").count()
    follow(page.locator('.facets a[href*="country=germany"]'))
    follow(page.locator('.facets a[href*="told=Funding"]').first)
    assert 0 < page.locator(".results > li").count() < all_practices

    follow(link(page, "/doc/practice/qualification-of-young-muslim-leaders", ".results"))
    assert path_of(page) == f"/{language}/doc/practice/qualification-of-young-muslim-leaders"
    # Who carried it out, who paid, whom to write to.
    expect(link(page, "/doc/authority/stuttgart")).to_be_visible()
    expect(link(page, "/doc/organisation/bamf")).to_be_visible()
    expect(page.locator('main a[href="mailto:sip@stuttgart.de"]')).to_be_visible()


def test_an_official_checks_what_is_said_of_the_network(
    reader: Reader, language: str, *, script: bool
) -> None:
    page = reader(f"/{language}/", script=script)
    follow(link(page, "/cities"))
    follow(link(page, "/doc/city/stuttgart"))
    follow(link(page, "/doc/network/clip"))
    # What it says of itself, where sources disagree, and the place in the document that says so.
    assert page.locator("main a[href*='/doc/authority/']").count() > 20
    follow(link(page, "/doc/disagreement/number-of-clip-cities"))
    assert page.locator("main a[href*='/further-fact/']").count() > 1
    follow(page.locator("main a[href*='/passage/']").first)
    expect(page.locator("main h1")).to_be_visible()
    follow(page.locator("main dd a[href*='/doc/document/']").first)
    assert path_of(page).count("/") == len(f"/{language}/doc/document/x".split("/")) - 1


def test_a_researcher_asks_and_cites(reader: Reader, language: str, *, script: bool) -> None:
    page = reader(f"/{language}/", script=script)
    follow(link(page, "/dataset", "nav.main"))
    expect(page.locator("main")).to_contain_text("https://w3id.org/clipgraph/")
    expect(page.locator("main a[rel=license]").first).to_be_visible()
    follow(link(page, "/def/Disagreement"))
    assert page.locator("#things ~ ul li, section:has(#things) li").count() > 10

    follow(link(page, "/sparql", "nav.main"))
    page = reader(f"/{language}/sparql?query=ASK%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D", script=script)
    expect(page.locator("#answered")).to_be_visible()


def test_a_maintainer_looks_up_what_a_practice_needs(reader: Reader, language: str, *, script: bool) -> None:
    page = reader(f"/{language}/", script=script)
    follow(link(page, "/ontology", "nav.main"))
    follow(link(page, "/def/Practice", "#Practice"))
    follow(link(page, "/shapes/PracticeShape"))
    expect(page.locator("table.rules")).to_contain_text("clip:evidence")
    expect(page.locator("pre").last).to_contain_text("clip:")
    follow(page.locator("main a[href*='/history']"))
    assert page.locator("main").inner_text()
    follow(link(page, "/graph", "footer"))
    follow(link(page, "/graph/practices/athens-international-radio"))
    expect(page.locator("main")).to_contain_text("data/practices/athens-international-radio.ttl")
