"""The reference at /docs: what is tried is answered in place, or opened where there is no script."""

from playwright.sync_api import expect

from browser.conftest import Axe, Reader, path_of


def test_a_request_is_tried_in_place(reader: Reader, axe: Axe) -> None:
    page = reader("/docs", language="de")
    operation = page.locator("#get-sparql")
    operation.get_by_text("Ausprobieren").click()
    operation.get_by_label("query", exact=True).fill("ASK {}")
    operation.get_by_role("button", name="GET").click()

    expect(operation.locator(".answer pre")).to_contain_text('"boolean"')
    expect(operation.locator(".answer code").first).to_have_text("GET /sparql?query=ASK+%7B%7D")
    axe(page)


def test_a_refusal_is_shown_as_it_comes(reader: Reader) -> None:
    page = reader("/docs")
    reader.watch.expected.add(f"{reader.origin}/sparql?query=SELEC")
    operation = page.locator("#get-sparql")
    operation.get_by_text("Try it").click()
    operation.get_by_label("query", exact=True).fill("SELEC")
    operation.get_by_role("button", name="GET").click()

    expect(operation.locator(".answer pre")).to_contain_text("query-syntax-error")


def test_without_script_the_answer_opens(reader: Reader) -> None:
    page = reader("/docs", script=False)
    operation = page.locator("#get-practices")
    operation.get_by_text("Try it").click()
    operation.get_by_role("button", name="GET").click()

    expect(page.locator("h1")).to_be_visible()
    assert path_of(page) == "/practices"
