"""The language of a page: as the address says, else as the client likes."""

import re
from html import unescape

import httpx2
import pytest

HTML = {"Accept": "text/html"}


@pytest.mark.parametrize(
    ("path", "accepted", "language", "words"),
    [
        ("/", "", "en", "Good practices"),
        ("/", "de", "de", "Gute Praxisbeispiele"),
        ("/", "fr-CH, fr;q=0.9, en;q=0.8", "fr", "Bonnes pratiques"),
        ("/", "en;q=0.2, de;q=0.9", "de", "Gute Praxisbeispiele"),
        ("/", "de;q=0, en", "en", "Good practices"),
        ("/", "ja, zu;q=0.5", "en", "Good practices"),
        ("/", "*", "en", "Good practices"),
        ("/", ";;,q=x", "en", "Good practices"),
        ("/de", "fr", "de", "Gute Praxisbeispiele"),
        ("/de/", "fr", "de", "Gute Praxisbeispiele"),
        ("/en", "de", "en", "Good practices"),
        ("/fr/doc/city/vienna", "en", "fr", "Vienne"),
        ("/de/doc/city/vienna", "en", "de", "Wien"),
        ("/de/nothing/here", "en", "de", "Hier ist nichts"),
    ],
)
def test_the_address_decides_else_the_client(
    client: httpx2.Client, path: str, accepted: str, language: str, words: str
) -> None:
    page = client.get(path, headers=HTML | ({"Accept-Language": accepted} if accepted else {}))

    assert page.headers["content-language"] == language
    assert f'<html lang="{language}">' in page.text
    assert words in page.text
    assert "Accept-Language" in page.headers["vary"]


def test_links_stay_in_the_language_of_the_address(client: httpx2.Client) -> None:
    page = client.get("/de/doc/city/vienna", headers=HTML).text

    assert 'href="/de/doc/country/austria"' in page
    assert 'href="/de/sparql"' in page
    assert 'href="/doc/country' not in page
    assert '<a href="/fr/doc/city/vienna" hreflang="fr"' in page


def test_a_303_stays_in_the_language(client: httpx2.Client) -> None:
    response = client.get("/fr/id/city/vienna")

    assert (response.status_code, response.headers["location"]) == (303, "/fr/doc/city/vienna")


def test_each_language_has_its_own_tag(client: httpx2.Client) -> None:
    english = client.get("/doc/city/vienna", headers=HTML | {"Accept-Language": "en"})
    german = client.get("/doc/city/vienna", headers=HTML | {"Accept-Language": "de"})
    condition = {"If-None-Match": english.headers["etag"]}

    assert english.headers["etag"] != german.headers["etag"]
    assert client.get("/doc/city/vienna", headers=HTML | condition).status_code == 304
    again = client.get("/doc/city/vienna", headers=HTML | condition | {"Accept-Language": "de"})
    assert again.status_code == 200


def test_data_is_the_same_below_a_language(client: httpx2.Client) -> None:
    turtle = {"Accept": "text/turtle"}

    assert (
        client.get("/de/doc/city/vienna", headers=turtle).content
        == client.get("/doc/city/vienna", headers=turtle).content
    )


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/de/doc/city/nowhere", "Der Graph kennt &lt;https://w3id.org/clipgraph/id/city/nowhere&gt; nicht"),
        ("/fr/search?page=0", "page=0 n’est pas un numéro de page"),
        ("/de/releases/999", "Es gibt keine Ausgabe 999"),
        ("/de/history", "of= muss die IRI einer Sache sein"),
    ],
)
def test_refusals_are_in_the_language_of_their_page(client: httpx2.Client, path: str, words: str) -> None:
    text = client.get(path, headers=HTML).text

    assert words in text
    assert '<p class="lead">' in text  # in the language of the page
    problem = client.get(path, headers={"Accept": "application/json"}).json()
    assert "message" not in problem
    assert words not in problem["detail"]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/doc/city/nowhere", "der Graph kennt <https://w3id.org/clipgraph/id/city/nowhere> nicht"),
        ("/nothing/here", "unter /nothing/here ist nichts"),
        ("/sparql?query=SELEC", "Zeile 1, Spalte 1: Keine Abfrage beginnt mit"),
        ("/sparql?query=SELECT * { SERVICE <http://x.example/> { ?s ?p ?o } }", "SERVICE in Zeile 1 fragt"),
        ("/sparql?query=ASK{}&timeout=x", "timeout=x: "),
        ("/sparql?query=CLEAR ALL", "Das ist eine Änderung"),
    ],
)
def test_a_problem_document_is_in_the_language_that_is_asked_for(
    client: httpx2.Client, path: str, words: str
) -> None:
    german, english, plain = (
        client.get(path, headers={"Accept": "application/json"} | language)
        for language in ({"Accept-Language": "de-AT, en;q=0.5"}, {"Accept-Language": "en, de;q=0.5"}, {})
    )

    assert words.lower() in german.json()["detail"].lower()
    assert (german.headers["content-language"], english.headers["content-language"]) == ("de", "en")
    assert english.json() == plain.json()
    for member in ("code", "status", "type", "line", "column", "quoted"):
        assert german.json().get(member) == english.json().get(member)
    assert german.json().keys() == english.json().keys()
    assert german.json()["title"] != english.json()["title"]
    assert "Accept-Language" in german.headers["vary"]


def test_a_problem_that_nobody_translated_is_english_and_says_so(client: httpx2.Client) -> None:
    answer = client.post("/sparql", content=b"x", headers={"Accept-Language": "fr", "Content-Type": "a/b"})

    assert (answer.status_code, answer.headers["content-language"]) == (415, "en")
    assert answer.json()["title"] == "Unsupported Media Type"


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/",
            "/search?page=2",
            "/practices?country=germany",
            "/cities",
            "/fields",
            "/map?practices=yes",
        ),
        *("/network?actor=/id/network/clip", "/timeline", "/timeline?kind=event", "/ontology", "/shapes"),
        *("/scheme/topic", "/graph/places/cities", "/releases/1", "/dataset", "/dumps/", "/docs", "/readyz"),
        *(
            "/doc/city/stuttgart",
            "/def/GoodPractice",
            "/history?of=https://w3id.org/clipgraph/id/city/stuttgart",
        ),
        *("/sparql", "/sparql?query=ASK%7B%7D&timeout=5", "/sparql?query=SELEC", "/nothing/here"),
    ],
)
def test_the_choice_of_a_language_leads_to_the_same_page(client: httpx2.Client, path: str) -> None:
    text = client.get(f"/de{path}", headers=HTML).text

    for pattern in (
        r'<li><a href="([^"]*)" hreflang="fr"',
        r'<link rel="alternate" hreflang="fr" href="([^"]*)"',
    ):
        links = {unescape(link) for link in re.findall(pattern, text)}
        assert links == {f"/fr{path}".removesuffix("/") if path == "/" else f"/fr{path}"}, pattern


def test_french_has_a_space_before_its_colons(client: httpx2.Client) -> None:
    french = client.get("/fr/doc/city/stuttgart", headers=HTML).text

    offices = re.findall(r"</a>(.{0,3}: ?)<a", french)
    assert offices
    assert set(offices) == {"\N{NO-BREAK SPACE}: "}
    assert "<bdi>Lieux\N{NO-BREAK SPACE}: cities</bdi>" in french
    assert "</a>: <a" in client.get("/doc/city/stuttgart", headers=HTML).text


@pytest.mark.parametrize(
    ("language", "dated", "issued"),
    [("en", "Published", "Has published"), ("fr", "Publication", "A publié")],
)
def test_a_date_of_publication_is_not_told_as_what_somebody_published(
    client: httpx2.Client, language: str, dated: str, issued: str
) -> None:
    document, publisher = (
        client.get(f"/{language}/doc/{path}", headers=HTML).text
        for path in ("document/european-pact-brochure-2011", "authority/stuttgart")
    )

    assert re.search(rf">{dated}<", document)
    assert issued not in document
    assert re.search(rf">{issued}<", publisher)


def test_what_is_not_there_can_be_looked_for(client: httpx2.Client) -> None:
    text = client.get("/doc/city/new-port", headers=HTML).text

    assert 'href="/search?q=new%20port"' in text
