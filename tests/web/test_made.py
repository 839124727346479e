"""Pages that were made are given again, and only where they would be made the same."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from conftest import Running

HTML = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Running, httpx2.Client, Path]]:
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    folder = tmp_path_factory.mktemp("made")
    (folder / "p/data/t").mkdir(parents=True)
    (folder / "p/data/t/one.ttl").write_text(
        f'<https://w3id.org/clipgraph/id/city/x> {label} "X"@en, "Iks"@de .'
    )
    options = ["--project", str(folder / "p"), "--data", str(folder / "d"), "--shapes", "none"]
    running = Running(options, log=folder / "log")
    with httpx2.Client(base_url=running.url, timeout=60, headers=HTML) as client:
        yield running, client, folder
    running.stop()


def misses(client: httpx2.Client) -> float:
    lines = client.get("/metrics", headers={"Accept": "text/plain"}).text.splitlines()
    return sum(
        float(line.split()[-1]) for line in lines if line.startswith('clipgraph_cache_total{outcome="')
    )


def test_a_page_is_made_once(serving: tuple[Running, httpx2.Client, Path]) -> None:
    _, client, _ = serving
    first = client.get("/doc/city/x")
    asked = misses(client)
    again = client.get("/doc/city/x")

    assert (first.status_code, again.status_code) == (200, 200)
    assert first.content == again.content
    assert re.fullmatch(r"total;dur=[\d.]+", first.headers["server-timing"])
    assert re.fullmatch(r"cache;desc=hit, total;dur=[\d.]+", again.headers["server-timing"])
    assert misses(client) == asked  # nothing more was asked of the engine or its cache


def test_another_language_form_or_address_is_another_page(
    serving: tuple[Running, httpx2.Client, Path],
) -> None:
    _, client, _ = serving
    pages = [
        client.get("/doc/city/x"),
        client.get("/doc/city/x", headers={"Accept-Language": "de"}),
        client.get("/de/doc/city/x"),
        client.get("/doc/city/x?from=0"),
        client.get("/cities"),
        client.get("/cities", headers={"Accept": "application/json"}),
    ]

    assert len({page.headers["etag"] for page in pages}) == len(pages)
    assert "<h1><bdi>Iks</bdi></h1>" in pages[1].text
    assert "<h1><bdi>X</bdi></h1>" in pages[0].text
    assert pages[5].headers["content-type"].startswith("application/json")


def test_what_is_only_in_another_language_is_marked(serving: tuple[Running, httpx2.Client, Path]) -> None:
    _, client, _ = serving

    assert '<h1><bdi lang="en">X</bdi></h1>' in client.get("/fr/doc/city/x").text
    assert "<h1><bdi>Iks</bdi></h1>" in client.get("/de/doc/city/x").text


def test_what_is_not_there_is_not_kept(serving: tuple[Running, httpx2.Client, Path]) -> None:
    _, client, _ = serving

    assert [client.get("/doc/city/y").status_code for _ in range(2)] == [404, 404]
