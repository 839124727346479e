"""Every IRI of ours as a page: in the reader's language, under its label, whole and well-formed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import httpx2
import pyoxigraph as ox
import pytest
from justhtml import JustHTML

from clipgraph.engines.rows import Value
from clipgraph.pages.facts import expand, is_passage
from clipgraph.pages.iris import readable
from clipgraph.pages.labels import best
from clipgraph.pages.languages import read_languages
from clipgraph.pages.reader import Reader
from clipgraph.rdf.identity import document_path, iri_of_path, path_of_iri, thing_path
from clipgraph.rdf.prefixes import BASE, PREFIXES
from clipgraph.rdf.terms import Literal, NamedNode, Store
from testing_pages import Heading, Outline, read_page

NAMES = expand("skos:prefLabel", "dct:title", "rdfs:label", "foaf:name")
# What a page has to call by its label wherever it links to it.
NAMED = tuple(BASE + space for space in ("id/", "def/", "scheme/"))
LONGEST_TITLE = 120
# Passages are alike, and so are the shapes of properties: every so many of them is looked at.
OF_THE_ALIKE = 16
# In the other languages every so many pages.
OF_OTHERS = {"en": 1, "de": 8, "fr": 8}
PAGE = {"Accept": "text/html"}

Labels = Mapping[str, list[Value]]


@pytest.fixture(scope="module")
def labels(graph: Store) -> Labels:
    """Every name of every IRI of ours."""
    found: dict[str, list[Value]] = defaultdict(list)
    for name in NAMES:
        for quad in graph.quads_for_pattern(None, NamedNode(name), None, None):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
                found[quad.subject.value].append(
                    Value("literal", quad.object.value, quad.object.language or "")
                )
    return found


@pytest.fixture(scope="module")
def iris(graph: Store) -> list[str]:
    """Every IRI of ours that the graph says something of, and every named graph."""
    named = {graph_name.value for graph_name in graph.named_graphs() if isinstance(graph_name, NamedNode)}
    subjects = {quad.subject.value for quad in graph if isinstance(quad.subject, NamedNode)}
    found = sorted(iri for iri in subjects | named if path_of_iri(iri))
    alike = [iri for iri in found if is_passage(iri) or iri.startswith(PREFIXES["clipsh"])]
    return sorted({*found} - {*alike}) + alike[::OF_THE_ALIKE]


def kind(iri: str) -> str:
    """Return what the pages of some IRIs have in common: their path without the names in it."""
    parts = iri.removeprefix(BASE).split("/")
    return "/".join(part for number, part in enumerate(parts) if number == 0 or number % 2 == 1)


@dataclass(frozen=True)
class Judge:
    """Tells what is wrong with a page, in one language."""

    language: str
    labels: Labels
    untranslated: frozenset[str]

    def faults(self, iri: str, response: httpx2.Response) -> list[str]:
        """Return what is wrong with the page of an IRI, in words."""
        if response.status_code != 200:
            return [f"status {response.status_code}"]
        page = read_page(response.text)
        wrong = [*page.faults, *self._language(page, response), *self._title(iri, page.title)]
        wrong += [f"the heading {each.text!r} is English" for each in page.headings if self._is_english(each)]
        wrong += ["a section is empty" for each in page.sections if not (each.text or each.shows)]
        wrong += self._links(page)
        wrong += ["it has no heading"] if [each.level for each in page.headings].count(1) != 1 else []
        return wrong

    def _language(self, page: Outline, response: httpx2.Response) -> Iterable[str]:
        if (page.language, response.headers["content-language"]) != (self.language, self.language):
            yield f"it says it is in {page.language}"

    def _title(self, iri: str, title: str) -> Iterable[str]:
        label = best(self.labels.get(iri, ()), Reader(self.language))
        shown = title.removesuffix(" · clipgraph")
        if label and label.text[: LONGEST_TITLE - 3] not in shown:
            yield f"its title is {title!r}, not {label.text!r}"
        if not shown.strip() or "://" in shown:
            yield f"its title is {title!r}"

    def _is_english(self, heading: Heading) -> bool:
        # The first is the thing's own label, and some are the names of things.
        return heading.level > 1 and not heading.foreign and heading.text.strip() in self.untranslated

    def _links(self, page: Outline) -> Iterable[str]:
        for link in page.links:
            text = " ".join(link.text.split())
            if not text and not link.target.startswith("#"):
                yield f"the link to {link.target} has no text"
            if link.code or not link.target.startswith("/"):
                continue
            iri = iri_of_path(thing_path(link.target.removeprefix(f"/{self.language}").partition("?")[0]))
            names = self.labels.get(iri) if iri.startswith(NAMED) else None
            if text.startswith(BASE) or (
                names and text == readable(iri) and text not in {n.text for n in names}
            ):
                yield f"{text!r} is shown for what has a label"


@pytest.mark.timeout(600)
@pytest.mark.parametrize("language", OF_OTHERS)
def test_every_iri_has_a_good_page(
    client: httpx2.Client, iris: list[str], labels: Labels, language: str
) -> None:
    catalogue = read_languages()[language].translations
    # What the catalogue has other words for is English where it stands on a page all the same.
    messages = {text for text in getattr(catalogue, "_catalog", {}) if isinstance(text, str) and text}
    english = frozenset(text for text in messages if catalogue.gettext(text) != text)
    judge = Judge(language, labels, english)

    def judged(iri: str) -> list[str]:
        path = path_of_iri(iri)
        assert path
        response = client.get(f"/{language}{document_path(path)}", headers=PAGE)
        return judge.faults(iri, response)

    chosen = iris[:: OF_OTHERS[language]]
    with ThreadPoolExecutor(4) as pool:
        wrong = {iri: faults for iri, faults in zip(chosen, pool.map(judged, chosen), strict=True) if faults}

    assert len(iris) > 500
    assert not wrong, f"{len(wrong)} of {len(chosen)} pages: {dict(list(wrong.items())[:20])}"


def test_one_page_of_each_kind_is_html_without_a_single_error(client: httpx2.Client, iris: list[str]) -> None:
    by_kind = {kind(iri): iri for iri in iris}
    for number, iri in enumerate(by_kind.values()):
        path = path_of_iri(iri)
        assert path
        response = client.get(f"/{('en', 'de', 'fr')[number % 3]}{document_path(path)}", headers=PAGE)
        JustHTML(response.text, strict=True)
        turtle = client.get(document_path(path), headers={"Accept": "text/turtle"})
        described = {triple.subject for triple in ox.parse(turtle.content, format=ox.RdfFormat.TURTLE)}
        assert ox.NamedNode(iri) in described or iri.startswith(f"{BASE}graph/")

    assert len(by_kind) > 40
