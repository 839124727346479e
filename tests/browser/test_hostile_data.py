"""Hostile data in a real browser: it is text, nothing of it runs, and the page keeps its width."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx2
import pytest
from playwright.sync_api import Browser, Dialog

import testing_hostile as hostile
from browser.conftest import Reader, overflow
from clipgraph.rdf.identity import document_path, path_of_iri
from conftest import CLIPGRAPH, Running

NAMES = (
    *(f"word/{number}" for number in range(len(hostile.MARKUP) + 3)),
    *("much/values", "much/pointed", "much/properties", "much/labels", "much/long"),
    *("ring/a", "ring/a/claim/x", "document/d", "document/d/passage/longheading", "document/d/passage/words"),
    *(f"odd/{name}" for name in ("%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E", "a?b#c", "🏙️", "x" * 1500)),
)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    root: Path = tmp_path_factory.mktemp("hostile")
    hostile.write(root)
    command = [*CLIPGRAPH, "publish", "--project", str(root), "--data", str(root / "var"), "--shapes", "none"]
    subprocess.run(command, check=True)
    running = Running(["--project", str(root), "--data", str(root / "var"), "--log", "off"])
    yield running
    running.stop()


@pytest.fixture
def opened(browser: Browser, running: Running) -> Iterator[Reader]:
    """Open pages about hostile data; none may do what no page may, or show a dialog."""
    reader = Reader(browser, running.url)
    yield reader
    reader.close()
    assert not reader.watch.wrong


def path(iri: str) -> str:
    found = path_of_iri(iri)
    assert found
    return document_path(found)


@pytest.mark.parametrize("name", NAMES, ids=lambda name: name[:30])
def test_hostile_data_is_shown_and_nothing_runs(opened: Reader, name: str) -> None:
    dialogs: list[str] = []
    page = opened(path(hostile.ID + name), width=320)

    def heard(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", heard)
    # What waits for a pointer runs now, if anything does.
    page.evaluate(
        "() => document.querySelectorAll('body *').forEach(e => e.dispatchEvent(new Event('mouseover')))"
    )
    page.wait_for_timeout(200)

    assert dialogs == []
    assert page.locator("h1").count() == 1
    assert page.locator("script:not([src]):not([type='application/ld+json'])").count() == 0
    assert page.locator("iframe, object, embed, img[src='x'], [onmouseover], [onload]").count() == 0
    assert page.locator("a[href^='javascript' i], a[href^='data' i], a[href^='vbscript' i]").count() == 0
    assert overflow(page) == []


@pytest.mark.parametrize("text", [*hostile.MARKUP[:4], hostile.TURNED, hostile.STACKED, "x" * 200])
@pytest.mark.parametrize("address", ["/search?q=", "/history?of=", "/doc/nowhere/", "/sparql?query="])
def test_hostile_words_in_an_address_do_nothing(opened: Reader, address: str, text: str) -> None:
    target = address + quote(text, safe="")
    status = httpx2.get(opened.origin + target, headers={"Accept": "text/html"}, timeout=60).status_code
    page = opened(target, width=320, status=status)

    assert page.locator("iframe, img[src='x'], [onmouseover], [onload], [onerror]").count() == 0
    assert overflow(page) == []
