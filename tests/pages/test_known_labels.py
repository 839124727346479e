"""Labels that were asked for once are kept for the pages of the same release, within bounds."""

import asyncio
from dataclasses import replace

import pyoxigraph as ox
import pytest

from clipgraph.engines.rows import Row, Value
from clipgraph.pages import known_labels
from clipgraph.pages.known_labels import KnownLabels
from clipgraph.pages.reader import Reader
from clipgraph.pages.resource import resource_page
from clipgraph.pages.site import open_site
from clipgraph.sources.project import Project
from clipgraph.sparql.library import read_library
from testing_asking import StoreEngine, asking_of

CITY = "https://w3id.org/clipgraph/id/city/"


def row(iri: str, text: str, language: str) -> Row:
    return {"thing": Value("uri", iri), "label": Value("literal", text, language)}


def test_each_reader_gets_the_best_label_and_what_has_none_is_known_too() -> None:
    known = KnownLabels(["en", "de"])
    known.put(1, ["urn:a", "urn:b"], [row("urn:a", "Stadt", "de"), row("urn:a", "City", "en")])

    assert known.missing(1, ["urn:a", "urn:b", "urn:c"]) == {"urn:c"}
    assert known.of(1, ["urn:a", "urn:b"], Reader("de")) == {"urn:a": Value("literal", "Stadt", "de")}
    assert known.of(1, ["urn:a"], Reader("en", "/en")) == {"urn:a": Value("literal", "City", "en")}


def test_releases_are_told_apart_and_the_last_two_kept() -> None:
    known = KnownLabels(["en"])
    for release in (0, 1, 2, 3):
        known.put(release, ["urn:a"], [row("urn:a", f"in {release}", "en")])

    assert [known.missing(release, ["urn:a"]) for release in (3, 2)] == [set(), set()]
    assert known.of(3, ["urn:a"], Reader())["urn:a"].text == "in 3"
    assert known.missing(1, ["urn:a"]) == {"urn:a"}
    assert known.missing(0, ["urn:a"]) == {"urn:a"}


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_labels, "_MOST", 1000)
    known = KnownLabels(["en"])
    for number in range(100):
        known.put(1, [f"urn:{number}"], [row(f"urn:{number}", "x" * 100, "en")])
    missing = known.missing(1, [f"urn:{number}" for number in range(100)])

    assert "urn:99" not in missing
    assert 85 < len(missing) < 100


def test_a_second_page_asks_no_label_again(graph: ox.Store, project: Project) -> None:
    engine = StoreEngine(graph)
    asking = replace(asking_of(engine, open_site(read_library(project.queries, "pages"), [])), release=1)
    pages = [asyncio.run(resource_page(asking, f"{CITY}malmo/geometry/point", "/doc/x", 0)) for _ in range(2)]

    assert pages[0] == pages[1]
    assert len(engine.rows) == 3  # what is stated, the labels; then only what is stated


def test_labels_of_another_release_are_asked_for(graph: ox.Store, project: Project) -> None:
    engine = StoreEngine(graph)
    asking = asking_of(engine, open_site(read_library(project.queries, "pages"), []))
    for release in (1, 2):
        over = replace(asking, release=release)
        asyncio.run(resource_page(over, f"{CITY}malmo/geometry/point", "/doc/x", 0))

    assert len(engine.rows) == 4
