"""/sparql and /graphs in the OpenAPI document: plain ASGI applications, which FastAPI does not see.

The form is that of https://spec.openapis.org/oas/v3.1.0.
"""

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from clipgraph.rdf.formats import GRAPHS, RESULTS
from clipgraph.sparql.parameters import FORM
from clipgraph.sparql.update import UPDATE
from clipgraph.web.openapi_lists import PATHS as LISTS
from clipgraph.web.openapi_pages import told

_Item = dict[str, Any]
_TEXT = {"type": "string"}
_IRIS = {"type": "array", "items": {"type": "string", "format": "iri"}}


def _parameter(name: str, description: str, schema: _Item | None = None, *, required: bool = False) -> _Item:
    return {
        "name": name,
        "in": "query",
        "description": description,
        "required": required,
        "schema": schema or _TEXT,
    }


_RELEASE = _parameter("release", "Number of an earlier release to ask.", {"type": "integer", "minimum": 1})
_FORMAT = _parameter("format", "Short name of a format; wins over Accept.")
_QUERY = [
    _parameter("query", "A SPARQL query; without it, the service description."),
    _parameter("default-graph-uri", "A graph of the default graph; may be repeated.", _IRIS),
    _parameter("named-graph-uri", "A named graph; may be repeated.", _IRIS),
    _parameter("timeout", "Most seconds.", {"type": "number", "exclusiveMinimum": 0}),
    _FORMAT,
    _RELEASE,
]
_GRAPH = [
    _parameter("graph", "IRI of a named graph.", {"type": "string", "format": "iri"}),
    _parameter("default", "The default graph, in place of graph.", {"type": "string", "maxLength": 0}),
]
_CONDITIONS = [
    {"name": name, "in": "header", "required": False, "schema": _TEXT}
    for name in ("If-Match", "If-None-Match")
]
_SAME, _MADE = {"304": "The client has it already."}, {"201": "Made."}
_TOKEN: list[dict[str, list[str]]] = [{"token": []}, {"password": []}]


def _content(*media_types: str) -> _Item:
    return {media_type: {"schema": _TEXT} for media_type in media_types}


_RDF = _content(*(form.media_type for form in GRAPHS))
_ANSWERS = _content(*(form.media_type for form in (*RESULTS, *GRAPHS)))
_PROBLEM = {"description": "A problem document (RFC 9457).", "content": _content("application/problem+json")}


def _responses(content: _Item | None, further: Mapping[str, str]) -> _Item:
    good = {"description": "The answer.", "content": content} if content else {"description": "Done."}
    told = {status: {"description": text} for status, text in further.items()}
    return {"200": good, **told, "4XX": _PROBLEM, "5XX": _PROBLEM}


def _write(summary: str, further: Mapping[str, str]) -> _Item:
    return {
        "summary": summary,
        "parameters": [*_GRAPH, *_CONDITIONS],
        "security": _TOKEN,
        "responses": _responses(None, {"204": "Done.", **further}),
    }


PATHS: _Item = {
    "/sparql": {
        "get": {
            "summary": "Ask a query.",
            "parameters": _QUERY,
            "responses": _responses(_ANSWERS, _SAME),
        },
        "post": {
            "summary": "Ask a query, or carry out an update (with a token of role maintainer).",
            "parameters": [parameter for parameter in _QUERY if parameter["name"] != "query"],
            "requestBody": {
                "required": True,
                "content": _content(FORM, "application/sparql-query", UPDATE),
            },
            "responses": _responses({**_ANSWERS, **_content("application/json")}, {}),
        },
    },
    "/graphs": {
        "get": {
            "summary": "Read a graph.",
            "parameters": [*_GRAPH, _FORMAT, _RELEASE],
            "responses": _responses(_RDF, _SAME),
        },
        "put": {
            **_write("Put a graph in place of what is there.", _MADE),
            "requestBody": {"required": True, "content": _RDF},
        },
        "post": {
            **_write("Add to a graph; without a name, to a new one.", _MADE),
            "requestBody": {"required": True, "content": {**_RDF, **_content("multipart/form-data")}},
        },
        "delete": _write("Take a graph away.", {}),
    },
}


def describe_all(app: FastAPI) -> None:
    """Let the application's OpenAPI document name what is not a route of FastAPI, too."""

    def document() -> _Item:
        if not app.openapi_schema:
            made = get_openapi(
                title=app.title, version=app.version, description=app.description, routes=app.routes
            )
            made["paths"] = {
                path: {method: told(path, operation) for method, operation in item.items()}
                for path, item in made["paths"].items()
            }
            made["paths"] |= PATHS | LISTS
            made.setdefault("components", {})["securitySchemes"] = {
                "token": {"type": "http", "scheme": "bearer"},
                "password": {"type": "http", "scheme": "basic"},
            }
            app.openapi_schema = made
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]
