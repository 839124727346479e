"""The OpenAPI document names every address, and the service does what it says of itself."""

import json
from typing import Any

import httpx2
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error

from conftest import Running


@pytest.fixture(scope="module")
def document(service: Running) -> dict[str, Any]:
    answer = httpx2.get(f"{service.url}/openapi.json")
    found: dict[str, Any] = answer.json()
    return found


def test_it_names_the_endpoint_the_graph_store_and_the_documents(document: dict[str, Any]) -> None:
    paths = document["paths"]

    assert set(paths["/sparql"]) == {"get", "post"}
    assert set(paths["/graphs"]) == {"get", "put", "post", "delete"}
    assert {"/doc/{rest}", "/id/{rest}", "/healthz", "/readyz"} <= set(paths)


@pytest.mark.timeout(180)
def test_whatever_is_made_from_it_ends_in_an_answer_that_is_no_failure(
    service: Running, document: dict[str, Any]
) -> None:
    before = sorted(service.workers())
    schema = schemathesis.openapi.from_dict(document)
    tried = 0
    for operation in schema.get_all_operations():
        case_of = operation.ok().as_strategy()  # type: ignore[union-attr]

        @settings(
            max_examples=15,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=case_of)
        def one(case: schemathesis.Case[Any]) -> None:
            nonlocal tried
            case.call_and_validate(base_url=service.url, checks=[not_a_server_error])
            tried += 1

        one()

    assert tried > 100
    assert httpx2.get(f"{service.url}/readyz").status_code == 200
    assert len(service.workers()) == len(before)


def test_it_speaks_to_who_asks_and_not_of_code(document: dict[str, Any]) -> None:
    operations = [operation for item in document["paths"].values() for operation in item.values()]
    said = json.dumps(operations)

    for code in ("Successful Response", "Dereferencer", "JsonLd"):
        assert code not in said, code
    for path in ("/doc/{rest}", "/def/{rest}", "/graph/{rest}", "/passages", "/scheme/{rest}"):
        asked = {each["name"] for each in document["paths"][path]["get"]["parameters"]}
        assert asked > {"format", "release"}, path
