"""The query workbench: an officer, a researcher and a program ask the same endpoint."""

import subprocess
import sys
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import Axe, Reader, Shot, overflow

COUNTS = """PREFIX clip: <https://w3id.org/clipgraph/def/>
SELECT ?kind (COUNT(*) AS ?things) { ?thing a ?kind FILTER(STRSTARTS(STR(?kind), STR(clip:))) }
GROUP BY ?kind ORDER BY DESC(?things) LIMIT 8"""
PLACES = """PREFIX geo: <http://www.opengis.net/ont/geosparql#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?place ?name ?point
{ ?place geo:hasGeometry/geo:asWKT ?point ; rdfs:label ?name FILTER(LANG(?name) = "en") }"""
STATEMENTS = """PREFIX clip: <https://w3id.org/clipgraph/def/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
CONSTRUCT { ?practice clip:documentedInModule ?module . ?module rdfs:label ?name }
{ ?practice clip:documentedInModule ?module . ?module rdfs:label ?name FILTER(LANG(?name) = "fr") }"""
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def write(page: Page, query: str) -> None:
    """Put a query in place of what the editor holds, as a person would."""
    page.locator(".CodeMirror").click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(query)


def ask(page: Page, query: str) -> None:
    """Write a query and run it from the keyboard."""
    write(page, query)
    page.keyboard.press("ControlOrMeta+Enter")


def view(page: Page, name: str) -> None:
    """Choose a way to look at the answer."""
    page.locator(f".views [data-view={name}]").click()


def test_an_example_in_the_readers_language_is_asked_and_can_be_shared(reader: Reader, axe: Axe) -> None:
    page = reader("/sparql", language="de")
    page.get_by_label("Fragen eingrenzen").fill("stadte MITGLIEDER")
    example = page.locator(".questions .queries a:visible").first
    title = example.inner_text()
    example.click()

    expect(page.locator(".result [role=status]")).to_contain_text("Zeile")
    expect(page.locator(".CodeMirror-code")).to_contain_text(title[:40])
    axe(page)
    again = reader(page.url.removeprefix(reader.origin), language="de", script=False)
    assert again.locator("textarea").input_value().startswith(f"# {title}\n")
    assert again.locator("tbody tr").count() == page.locator(".result tbody tr").count() > 0


def test_a_table_is_sorted_by_its_headings(reader: Reader) -> None:
    page = reader("/sparql")
    ask(page, COUNTS)
    head = page.locator(".result th", has_text="things")
    numbers = page.locator(".result td.number")
    expect(numbers).to_have_count(8)
    falling = [int(text) for text in numbers.all_inner_texts()]
    head.get_by_role("button").click()

    assert head.get_attribute("aria-sort") == "ascending"
    assert [int(text) for text in numbers.all_inner_texts()] == sorted(falling)


@pytest.mark.parametrize(
    ("name", "query", "drawn"),
    [
        ("chart", COUNTS, ".chart rect"),
        ("map", PLACES, ".map a .mark"),
        ("network", STATEMENTS, ".net a circle"),
        ("turtle", STATEMENTS, ".view pre"),
    ],
)
def test_an_answer_is_also_a_picture(
    reader: Reader, axe: Axe, shot: Shot, name: str, query: str, drawn: str
) -> None:
    page = reader("/sparql", language="fr")
    ask(page, query)
    view(page, name)
    expect(page.locator(drawn).first).to_be_visible()

    axe(page)
    shot(page, f"sparql-{name}")
    page.set_viewport_size({"width": 320, "height": 900})
    assert overflow(page) == []


def test_a_picture_names_things_by_their_labels(reader: Reader) -> None:
    page = reader("/sparql", language="fr")
    ask(page, STATEMENTS)
    view(page, "network")

    modules = page.locator(".net a[href^='/doc/module/']")
    expect(modules.first).to_be_visible()
    titles = [module.locator("title").text_content() or "" for module in modules.all()]
    assert any(title.startswith("Logement") for title in titles)


def test_a_yes_is_said(reader: Reader) -> None:
    page = reader("/sparql", language="de")
    ask(page, "ASK { ?s ?p ?o }")

    expect(page.locator(".verdict")).to_have_text("Ja")


def test_completion_knows_the_graphs_own_terms(reader: Reader, axe: Axe) -> None:
    page = reader("/sparql")
    write(page, "PREFIX clip: <https://w3id.org/clipgraph/def/>\nSELECT * { ?practice a clip:GoodPr")
    page.keyboard.press("Control+Space")

    hint = page.locator(".CodeMirror-hint", has_text="clip:GoodPractice")
    expect(hint.first).to_be_visible()
    axe(page)
    page.keyboard.press("Enter")
    page.keyboard.insert_text(" ; clip:documentedIn")
    page.keyboard.press("Control+Space")
    expect(page.locator(".CodeMirror-hint", has_text="clip:documentedInModule")).to_be_visible()


def test_a_prefix_of_ours_is_completed(reader: Reader) -> None:
    page = reader("/sparql")
    write(page, "PREFIX clip:")
    page.keyboard.press("Control+Space")
    expect(page.locator(".CodeMirror-hint").first).to_be_visible()
    page.keyboard.press("Enter")

    expect(page.locator(".CodeMirror-code")).to_contain_text("clip: <https://w3id.org/clipgraph/def/>")


def test_a_question_is_cancelled(reader: Reader) -> None:
    page = reader("/sparql")
    ask(page, ENDLESS)
    page.get_by_role("button", name="Cancel").click()

    expect(page.locator(".result [role=status]")).to_have_text("Cancelled.")
    ask(page, COUNTS)
    expect(page.locator(".result tbody tr")).to_have_count(8)


def test_a_refusal_says_where_and_what_to_do(reader: Reader, axe: Axe) -> None:
    page = reader("/sparql")
    reader.watch.expected.add(f"{reader.origin}/sparql?query=SELEC")
    ask(page, "SELEC")

    expect(page.locator(".refusal")).to_contain_text("line 1, column 1: no query begins with")
    expect(page.locator(".result pre")).to_contain_text("^")
    axe(page)


@pytest.mark.parametrize(
    ("language", "reason", "hint"),
    [
        ("de", "Zeile 1, Spalte 1: Keine Abfrage beginnt mit", "eine Abfrage beginnt mit SELECT"),
        ("fr", "Ligne 1, colonne 1 : Aucune requête ne commence par", "une requête commence par SELECT"),
    ],
)
def test_a_refusal_is_in_the_language_of_its_page(
    reader: Reader, axe: Axe, language: str, reason: str, hint: str
) -> None:
    page = reader(f"/{language}/sparql")  # to a browser that likes English
    reader.watch.expected.add(f"{reader.origin}/sparql?query=SELEC")
    ask(page, "SELEC")

    refusal = page.locator(".refusal")
    expect(refusal).to_contain_text(reason)
    assert refusal.get_attribute("lang") == language
    expect(page.locator(".result")).to_contain_text(hint)
    axe(page)


def test_what_is_not_translated_says_that_it_is_english(reader: Reader) -> None:
    page = reader("/de/sparql")
    query = "SELECT * { ?s ?p ?o ."
    reader.watch.expected.add(f"{reader.origin}/sparql?query=SELECT+*+%7B+%3Fs+%3Fp+%3Fo+.")
    page.route(
        "**/sparql?*",
        lambda route: route.fulfill(
            status=500, content_type="application/problem+json", body='{"detail": "something broke"}'
        ),
    )
    ask(page, query)

    expect(page.locator(".refusal")).to_have_text("something broke")
    assert page.locator(".refusal").get_attribute("lang") == "en"


def test_markup_in_an_answer_is_text(reader: Reader) -> None:
    page = reader("/sparql")
    nasty = "<img src=x onerror=alert(1)><script>alert(1)</script>"
    ask(page, f'SELECT ?x ?n {{ VALUES (?x ?n) {{ ("{nasty}" 1) (<javascript:alert(1)> 2) }} }}')

    expect(page.locator(".result tbody tr")).to_have_count(2)
    assert page.locator(".result tbody td").first.inner_text() == nasty
    assert page.locator(".result tbody a").count() == 0
    view(page, "chart")
    expect(page.locator(".chart text").first).to_contain_text("<img")


def test_every_format_can_be_downloaded(reader: Reader) -> None:
    page = reader("/sparql")
    ask(page, COUNTS)
    link = page.locator(".downloads a", has_text="csv")
    expect(link).to_be_visible()
    assert page.locator(".downloads a").all_inner_texts() == ["xml", "json", "csv", "tsv"]

    with page.expect_download() as download:
        link.click()
    assert download.value.path().read_text().startswith("kind,things")


@pytest.mark.parametrize("query", [COUNTS, STATEMENTS, 'SELECT ("""\\"a\\" \'b\'""" AS ?x) {}'])
def test_programs_to_copy_ask_the_same(reader: Reader, query: str) -> None:
    page = reader("/sparql")
    write(page, query)
    page.get_by_text("Ask it from a program").click()
    code = page.locator(".programs code")
    choice = page.locator(".programs select")
    expect(code).to_contain_text("curl -s")
    by_curl = subprocess.run(["/bin/sh", "-c", code.inner_text()], capture_output=True, text=True, check=True)
    choice.select_option("Python")
    expect(code).to_contain_text("urlopen")
    by_python = subprocess.run(
        [sys.executable, "-c", code.inner_text()], capture_output=True, text=True, check=True
    )
    choice.select_option("R")

    expect(code).to_contain_text("library(httr2)")
    assert query in code.inner_text()
    assert by_curl.stdout.strip()
    assert by_python.stdout.strip() not in ("", "None")


def test_what_is_copied_is_on_the_clipboard(reader: Reader) -> None:
    page = reader("/sparql")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    write(page, COUNTS)
    page.get_by_text("Ask it from a program").click()
    page.locator(".programs button").click()

    expect(page.locator(".result [role=status]")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator(".programs code").inner_text()

    page.locator(".tools button").last.click()
    page.wait_for_function("async () => (await navigator.clipboard.readText()).includes('/sparql?query=')")
    again = reader(page.evaluate("navigator.clipboard.readText()").removeprefix(reader.origin))
    expect(again.locator(".CodeMirror-code")).to_contain_text("ORDER BY DESC(?things) LIMIT 8")


def test_the_keyboard_is_not_trapped_in_the_editor(reader: Reader) -> None:
    page = reader("/sparql")
    page.locator(".CodeMirror").click()
    page.keyboard.press("Tab")

    assert page.evaluate("() => document.activeElement.closest('.CodeMirror')") is None
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("() => document.activeElement.closest('.CodeMirror') !== null")


def test_going_back_shows_the_question_before(reader: Reader) -> None:
    page = reader("/sparql?" + urlencode({"query": COUNTS}))
    ask(page, "ASK {}")
    expect(page.locator(".verdict")).to_be_visible()
    page.go_back()

    expect(page.locator("#answered tbody tr")).to_have_count(8)
    expect(page.locator(".CodeMirror-code")).to_contain_text("COUNT(*) AS ?things")


def test_only_the_workbench_pays_for_its_size(reader: Reader) -> None:
    asked: list[str] = []
    page = reader("/")
    page.on("request", lambda request: asked.append(request.url))
    page.reload(wait_until="networkidle")

    assert asked
    assert not [url for url in asked if "workbench" in url]
