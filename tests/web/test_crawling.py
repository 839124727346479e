"""robots.txt keeps crawlers to pages, the sitemap lists these in every language, nobody is named unasked."""

import asyncio
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest

from clipgraph.releases.archive import Archive
from clipgraph.releases.shelf import Shelf
from clipgraph.settings import Settings
from clipgraph.web.crawling import Crawling

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def is_open(robots: str, address: str) -> bool:
    """Tell whether a crawler may fetch an address: https://www.rfc-editor.org/rfc/rfc9309#section-2.2.2."""
    for line in robots.splitlines():
        name, _, pattern = line.partition(": ")
        if name == "Disallow":
            expression = re.escape(pattern).replace(r"\*", ".*")
            if re.match(expression, address):
                return False
    return True


@pytest.fixture(scope="module")
def robots(client: httpx2.Client) -> str:
    answer = client.get("/robots.txt")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    return answer.text


@pytest.fixture(scope="module")
def listed(client: httpx2.Client) -> list[ET.Element]:
    """The addresses in all files of the sitemap."""
    index = ET.fromstring(client.get("/sitemap.xml").content)  # noqa: S314  # our own
    files = [client.get(urlsplit(each.text or "").path) for each in index.iter(f"{SITEMAP}loc")]
    assert len(files) > 1
    assert {file.headers["content-type"] for file in files} == {"application/xml; charset=utf-8"}
    return [url for file in files for url in ET.fromstring(file.content)]  # noqa: S314  # our own


def address(url: ET.Element) -> str:
    return url.findtext(f"{SITEMAP}loc") or ""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        ("/de/doc/city/stuttgart", True),
        ("/practices", True),
        ("/sparql", True),
        ("/dumps/", True),
        ("/doc/city/stuttgart.ttl", True),
        ("/sparql?query=SELECT", False),
        ("/fr/sparql?query=SELECT", False),
        ("/de/practices?country=germany", False),
        ("/search?q=x", False),
        ("/doc/city/stuttgart?release=3", False),
        ("/scheme/topic?a=b&from=60", False),
        ("/releases/1/diff/2", False),
        ("/dumps/graph/ontology/clipgraph.nq.gz", False),
        ("/graphs?graph=urn:g", False),
    ],
)
def test_crawlers_get_pages_and_not_what_has_no_end(robots: str, path: str, allowed: bool) -> None:  # noqa: FBT001
    assert is_open(robots, path) == allowed


def test_robots_txt_leads_to_the_sitemap(client: httpx2.Client, robots: str) -> None:
    assert f"\nSitemap: {client.base_url!s}".rstrip("/") + "/sitemap.xml\n" in robots


def test_every_page_is_listed_in_every_language_with_the_others(listed: list[ET.Element]) -> None:
    by_path: dict[str, set[str]] = {}
    for url in listed:
        _, _, _, language, *rest = address(url).split("/")
        by_path.setdefault("/" + "/".join(rest), set()).add(language)
        links = {each.get("hreflang"): each.get("href") for each in url.iter(f"{XHTML}link")}
        assert set(links) == {"en", "de", "fr", "x-default"}
        assert links[language] == address(url)
    assert all(languages == {"en", "de", "fr"} for languages in by_path.values())
    for path in ("/", "/practices", "/doc/city/stuttgart", "/def/sector", "/scheme/role/member"):
        assert path in by_path
    assert not [path for path in by_path if "/passage/" in path]
    assert len({address(url) for url in listed}) == len(listed)


def test_what_is_listed_answers_and_is_open(
    client: httpx2.Client, robots: str, listed: list[ET.Element]
) -> None:
    addresses = [urlsplit(address(url)) for url in listed]

    assert all(is_open(robots, each.path) for each in addresses)
    for each in addresses[:: len(addresses) // 40]:
        assert client.get(each.path, headers={"Accept": "text/html"}).status_code == 200


@pytest.mark.parametrize("number", ["0", "99", "x", "1" * 50, "%C2%B2"])
def test_there_are_no_other_files(client: httpx2.Client, number: str) -> None:
    assert client.get(f"/sitemap-{number}.xml").status_code == 404


def test_who_is_not_set_is_not_named(client: httpx2.Client) -> None:
    answer = client.get("/.well-known/security.txt")

    assert answer.status_code == 404
    assert "CLIPGRAPH_SECURITY_CONTACT" in answer.json()["detail"]


@pytest.mark.parametrize(
    "contact", ["me@example.org", "http://example.org", "mailto:a b", "mailto:a\nExpires: x"]
)
def test_a_contact_that_is_no_address_is_refused(contact: str) -> None:
    with pytest.raises(ValueError, match="security_contact"):
        Settings(security_contact=contact)


def test_the_public_address_is_the_canonical_one() -> None:
    documents: Any = SimpleNamespace(public_url="https://graph.example")
    crawling = Crawling(documents, Archive(Shelf(Path("none"))), private=False, contact="tel:+49-711-0")

    lines = bytes(asyncio.run(crawling.security()).body).decode().splitlines()

    assert lines[0] == "Contact: tel:+49-711-0"
    assert lines[2] == "Canonical: https://graph.example/.well-known/security.txt"
