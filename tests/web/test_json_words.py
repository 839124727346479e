"""The names of what documents in JSON hold: one form of them, and what the OpenAPI document says."""

import re
from collections.abc import Iterator
from typing import Any

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


@pytest.mark.parametrize(
    "path", ["/search", "/search/suggest", "/practices", "/cities", "/fields", "/timeline"]
)
def test_what_the_document_of_the_api_says_is_there(client: httpx2.Client, path: str) -> None:
    described = client.get("/openapi.json").json()["paths"][path]["get"]["responses"]["200"]["content"]
    told = client.get(path, params={"q": "stuttgart"}, headers={"Accept": "application/json"}).json()

    fits(described["application/json"]["schema"], told, path)


def fits(schema: dict[str, Any], value: object, where: str) -> None:
    """Assert that a value has the members that its schema names, and no others where these are all."""
    choices = schema.get("anyOf")
    if choices:
        if value is not None:
            fits(choices[0], value, where)
    elif schema.get("type") == "object" and "properties" in schema:
        assert isinstance(value, dict), where
        known = schema["properties"].keys()
        assert schema["required"] == sorted(known), where
        assert known <= value.keys(), where
        assert schema.get("additionalProperties") or value.keys() <= known, where
        for name, inner in schema["properties"].items():
            fits(inner, value[name], f"{where}.{name}")
    elif schema.get("type") == "array":
        assert isinstance(value, list), where
        for each in value[:5]:
            fits(schema["items"], each, f"{where}[]")
    else:
        kinds = {"string": str, "integer": int, "boolean": bool, "object": dict}
        assert isinstance(value, kinds.get(schema.get("type", ""), object)), where
