"""The names of what documents in JSON hold: one form of them, and what the OpenAPI document says."""

import re
from collections.abc import Iterator

import httpx2
import pytest

DOCUMENTS = [
    *(
        "/search?q=stutgart",
        "/search/suggest?q=stutt",
        "/practices",
        "/cities",
        "/fields",
        "/network",
        "/timeline",
    ),
    *("/map", "/scheme", "/scheme/territory-kind", "/ontology", "/ontology/practices", "/shapes", "/graph"),
    *("/releases", "/releases/1", "/dataset", "/readyz"),
    "/passages?of=https://w3id.org/clipgraph/id/document/eurocities-press-release-2013",
    "/history?of=https://w3id.org/clipgraph/id/practice/bokaler",
]
# What stands for itself: languages, IRIs, the terms of SPARQL results; and classes by their names.
_KEYS = re.compile(r"[a-z]+[0-9]*(_[a-z0-9]+)*|[a-z]{2}(-[A-Z]{2})?|https?://.*|xml:lang")
_BY_CLASS = ("counts", "covered_by")


def names(value: object) -> Iterator[str]:
    """Yield the names of all members."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from names(list(inner.values()) if name in _BY_CLASS else inner)
    elif isinstance(value, list):
        for each in value:
            yield from names(each)


@pytest.mark.parametrize("path", DOCUMENTS)
def test_members_are_small_words_with_underscores(client: httpx2.Client, path: str) -> None:
    answer = client.get(path, headers={"Accept": "application/json"})

    assert answer.headers["content-type"] == "application/json"
    assert {name for name in names(answer.json()) if not _KEYS.fullmatch(name)} == set()


def test_lists_count_alike(client: httpx2.Client) -> None:
    for path in ("/search", "/practices", "/cities", "/timeline"):
        told = client.get(path, params={"format": "json"}).json()
        assert {"release", "total", "page", "pages", "results"} <= told.keys(), path
        assert told["results"][0]["label"].keys() >= {"value", "language"}, path
