"""A real browser on the real service; after each test, what no page may do is looked for.

Chromium is Debian's. What a page asked of another host, wrote to the console as an error (a refused script or
style is one) or threw fails the test that opened it.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Request, sync_playwright

from conftest import ROOT, Running

LANGUAGES = ("en", "de", "fr")
AXE = ROOT / "frontend/node_modules/axe-core/axe.min.js"
BUILT = ROOT / "src/clipgraph/pages/static/built/manifest.json"
SCREENSHOTS = ROOT / "build/screenshots"
WIDTHS = (360, 1280)
# WCAG 2.2 AA and what axe calls good practice.
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_PATIENCE = 60_000  # milliseconds; a page of a busy machine
_TALLEST = 4000  # pixels of a page in a picture: some pages have many more


def _missing(what: str) -> None:
    reason = f"{what}; `make test` brings it where it can"
    if os.environ.get("CLIPGRAPH_REQUIRE_ALL") == "1":
        pytest.fail(reason)
    # Chromium needs root to be installed, the frontend a network to be built: not every machine has them.
    pytest.skip(reason)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's chromium; a module's, as Playwright's loop would be in the way of other tests' loops."""
    path = shutil.which("chromium")
    if path is None:
        _missing("no chromium")
    if not BUILT.is_file() or not AXE.is_file():
        _missing("the frontend is not built")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@dataclass
class Watch:
    """What a page did that it must not do."""

    origin: str
    wrong: list[str] = field(default_factory=list)
    expected: set[str] = field(default_factory=set)

    def over(self, page: Page) -> None:
        """Listen to a page from now on."""
        page.on("request", self._request)
        page.on("pageerror", lambda error: self.wrong.append(f"thrown: {error}"))
        page.on("console", self._said)

    def _request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.origin}/", "data:", "blob:")):
            self.wrong.append(f"asked another host: {request.url}")

    def _said(self, message: object) -> None:
        kind, text = getattr(message, "type", ""), getattr(message, "text", "")
        url = getattr(message, "location", {}).get("url", "")
        if kind == "error" and url not in self.expected:
            self.wrong.append(f"console: {text} ({url})")


class Reader:
    """Somebody who opens pages: ``reader("/cities")``, with a browser that is set to something."""

    def __init__(self, browser: Browser, origin: str) -> None:
        self._browser, self.origin = browser, origin
        self.watch = Watch(origin)
        self._contexts: list[BrowserContext] = []
        self._scriptless: dict[Page, dict[str, Any]] = {}

    def __call__(
        self,
        path: str,
        *,
        language: str = "en",
        script: bool = True,
        width: int = 1280,
        dark: bool = False,
        status: int = 200,
        listen: Callable[[Request], None] | None = None,
    ) -> Page:
        """Open a page of the service and return it when it is at rest; fails where its status is another.

        ``listen`` is told of each request of the page that ended.
        """
        settings: dict[str, Any] = {
            "locale": language,
            "viewport": {"width": width, "height": 900},
            "color_scheme": "dark" if dark else "light",
            "reduced_motion": "reduce",
        }
        page = self._context(settings, java_script_enabled=script).new_page()
        if not script:
            self._scriptless[page] = settings
        self.watch.over(page)
        if listen is not None:
            # Playwright cannot look into a list's method.
            page.on("requestfinished", lambda request: listen(request))  # noqa: PLW0108
        if status != 200:
            self.watch.expected.add(self.origin + path)
        answer = page.goto(self.origin + path, wait_until="networkidle")
        assert answer is not None
        assert answer.status == status, f"{path}: {answer.status}"
        return page

    def scriptable(self, page: Page) -> Page:
        """Return a page in which axe can run: where scripts are off, the same one with its own made empty."""
        settings = self._scriptless.get(page)
        if settings is None:
            return page
        context = self._context(settings)
        context.route(
            "**/*",
            lambda route: (
                route.fulfill(body="", content_type="text/javascript")
                if route.request.resource_type == "script"
                else route.continue_()
            ),
        )
        same = context.new_page()
        same.goto(page.url, wait_until="networkidle")
        return same

    def _context(self, settings: dict[str, Any], *, java_script_enabled: bool = True) -> BrowserContext:
        context = self._browser.new_context(java_script_enabled=java_script_enabled, **settings)
        context.set_default_timeout(_PATIENCE)
        self._contexts.append(context)
        return context

    def close(self) -> None:
        """Close everything that was opened."""
        for context in self._contexts:
            context.close()


@pytest.fixture
def reader(browser: Browser, service: Running) -> Iterator[Reader]:
    """Open pages with it; none of them may have done what no page may."""
    reader = Reader(browser, service.url)
    yield reader
    reader.close()
    assert not reader.watch.wrong


def follow(link: Locator) -> None:
    """Click a link and wait until the page that it leads to is whole.

    A click returns when the first bytes of that page are there: what is counted then may still be on its way.
    """
    with link.page.expect_event("load"):
        link.click()


Axe = Callable[[Page], None]


@pytest.fixture
def axe(reader: Reader) -> Axe:
    """Assert that axe finds nothing wrong with a page.

    The rules come in through the debugger, which the page's policy does not concern: it stays in force.
    """
    source = AXE.read_text(encoding="utf-8")

    def check(page: Page) -> None:
        page = reader.scriptable(page)
        page.evaluate(f"{source}; undefined")
        found = page.evaluate(
            "rules => axe.run(document, {runOnly: rules}).then(all => all.violations)", _RULES
        )
        told = [
            f"{violation['id']}: {violation['help']}\n    "
            + "\n    ".join(f"{node['target']} {node['failureSummary']}" for node in violation["nodes"][:5])
            for violation in found
        ]
        assert not told, f"{page.url}:\n" + "\n".join(told)

    return check


Shot = Callable[..., None]


@pytest.fixture
def shot() -> Shot:
    """Write pictures of a page at two widths to build/screenshots, for people to look at."""

    def take(page: Page, name: str) -> None:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        before = page.viewport_size
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            height: int = page.evaluate("document.documentElement.scrollHeight")
            page.set_viewport_size({"width": width, "height": min(max(height, 900), _TALLEST)})
            page.screenshot(path=SCREENSHOTS / f"{name}-{width}.png")
        if before is not None:
            page.set_viewport_size(before)

    return take


def overflow(page: Page) -> list[str]:
    """Return what makes a page wider than its window (which then must be scrolled in two directions).

    https://www.w3.org/TR/WCAG22/#reflow
    """
    wider: list[str] = page.evaluate(
        """() => {
          const width = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= width) return [];
          const wide = [...document.body.querySelectorAll('*')].filter(
            (element) => element.getBoundingClientRect().right > width + 1);
          return ['the page', ...wide.slice(0, 5).map((element) => element.outerHTML.slice(0, 120))];
        }"""
    )
    return wider


def path_of(page: Page) -> str:
    """Return the path of the address that a page has now."""
    return urlsplit(page.url).path
