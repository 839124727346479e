"""An OpenAPI document becomes groups of operations."""

from typing import Any

from clipgraph.pages.reader import Reader
from clipgraph.pages.reference import groups_of, prose, reference_page
from clipgraph.pages.site import open_site

NASTY = "<script>alert(1)</script>"
DOCUMENT: dict[str, Any] = {
    "info": {"title": "t", "version": "1"},
    "paths": {
        "/unheard/of": {"get": {"summary": NASTY, "responses": {"200": {"description": NASTY}}}},
        "/graphs": {
            "put": {
                "summary": "Put.",
                "security": [{"token": []}],
                "requestBody": {"content": {"text/turtle": {}}},
                "responses": {"204": {"description": "Done."}},
            }
        },
        "/def.{suffix}": {"get": {"summary": "Def", "responses": {}}},
        "/search": {
            "get": {
                "summary": "Look.",
                "description": f"``/search``: see https://example.org/a. {NASTY}\n\nNot this.",
                "parameters": [
                    {"name": "q", "in": "query", "schema": {"type": "string"}, "required": True},
                    {
                        "name": "is",
                        "in": "query",
                        "schema": {"type": "array", "items": {"enum": ["a", "b"], "type": "string"}},
                    },
                    {"name": "page", "in": "query", "schema": {"type": "integer"}},
                    {"name": "Accept-Language", "in": "header", "schema": {"type": "string"}},
                ],
                "responses": {"200": {"description": "Found.", "content": {"application/json": {}}}},
            }
        },
    },
}


def test_operations_stand_with_their_like() -> None:
    groups = {
        group.title: [operation.path for operation in group.operations] for group in groups_of(DOCUMENT)
    }

    assert groups == {
        "Graphs": ["/graphs"],
        "Things and terms": ["/def.{suffix}"],
        "Search and lists": ["/search"],
        "Others": ["/unheard/of"],
    }


def test_an_operation_is_told_whole() -> None:
    (search,) = next(group.operations for group in groups_of(DOCUMENT) if group.title == "Search and lists")

    assert search.anchor == "get-search"
    assert [(item.name, item.kind, item.choices, item.required) for item in search.parameters] == [
        ("q", "string", (), True),
        ("is", "string, …", ("a", "b"), False),
        ("page", "integer", (), False),
        ("Accept-Language", "string", (), False),
    ]
    assert search.answers == (("200", "Found.", ("application/json",)),)
    assert [item.name for item in search.tried or ()] == ["q", "is"]


def test_only_what_a_form_can_ask_is_tried() -> None:
    tried = {
        operation.path: operation.tried is not None
        for group in groups_of(DOCUMENT)
        for operation in group.operations
    }

    assert tried == {"/graphs": False, "/def.{suffix}": False, "/search": True, "/unheard/of": True}


def test_a_docstring_is_text_with_code_and_links() -> None:
    link = '<a href="https://example.org/x">https://example.org/x</a>'

    told = prose("``/a<b``: `c` https://example.org/x. &\n\nmore")

    assert told == f"<code>/a&lt;b</code>: <code>c</code> {link}. &amp;"


def test_nothing_in_a_document_is_markup() -> None:
    page = reference_page(open_site([], []), Reader(), DOCUMENT)

    assert NASTY not in page
    assert page.count("&lt;script&gt;") == 3
