"""The lists in the OpenAPI document: their parameters, and what their JSON holds."""

from typing import Any

from clipgraph.pages.listing import NAMES
from clipgraph.pages.lists import CITIES, PRACTICES, SEARCH, Kind
from clipgraph.search.questions import MOST_LETTERS

_Item = dict[str, Any]


def _text(description: str = "") -> _Item:
    return {"type": "string", **({"description": description} if description else {})}


def _maybe(schema: _Item) -> _Item:
    return {"anyOf": [schema, {"type": "null"}]}


def _list(items: _Item) -> _Item:
    return {"type": "array", "items": items}


def _object(properties: _Item) -> _Item:
    return {"type": "object", "properties": properties, "required": sorted(properties)}


_IRI = {"type": "string", "format": "iri"}
_COUNT = {"type": "integer", "minimum": 0}
_NAME = _object({"value": _text(), "language": _maybe(_text("A tag of BCP 47; null for none."))})
_MARKED = _object(
    {
        "value": _text(),
        "language": _maybe(_text()),
        "marks": _list({"type": "array", "items": _COUNT, "minItems": 2, "maxItems": 2}),
    }
)
_VALUE = {"value": _text("What the parameter of the facet takes."), "iri": _IRI, "label": _NAME}
_HREF = _maybe(_text("Where the page about it is."))
_FOUND_BY_NAME = {"iri": _IRI, "href": _HREF, "label": _MARKED, "found_as": _maybe(_MARKED)}
_FOUND = {
    **_object({**_FOUND_BY_NAME, "description": _maybe(_MARKED), "type": _list(_object(_VALUE))}),
    "description": "A thing, its values by facet, and in lists of practices and cities what is told of it.",
    "additionalProperties": True,
}
_RESULTS = _object(
    {
        "release": {"type": "integer", "minimum": 1},
        "query": _text(),
        "read_as": _maybe(_text("What was looked for in place of words that nothing has.")),
        "match": {"enum": ["all", "some"], "description": "Whether what is found has all words, or some."},
        "total": _COUNT,
        "page": {"type": "integer", "minimum": 1},
        "pages": {"type": "integer", "minimum": 1},
        "previous": _maybe(_text()),
        "next": _maybe(_text()),
        "results": _list(_FOUND),
        "facets": {
            "type": "object",
            "additionalProperties": _list(
                _object({**_VALUE, "count": _COUNT, "chosen": {"type": "boolean"}})
            ),
        },
    }
)
_SUGGESTIONS = _object(
    {
        "release": {"type": "integer", "minimum": 1},
        "query": _text(),
        "results": _list(_object({**_FOUND_BY_NAME, "type": _list(_object(_VALUE))})),
    }
)
_DATED = {
    "iri": _IRI,
    "label": _NAME,
    "kind": _text("A value of the parameter kind."),
    "when": _text("A year, month or day, as exactly as the sources say."),
    "until": _maybe(_text()),
    "lasts": {"type": "boolean", "description": "Whether it went on from then."},
    "proposed": {"type": "boolean"},
}
TIMELINE: _Item = _object(
    {
        "release": {"type": "integer", "minimum": 1},
        "total": _COUNT,
        "page": {"type": "integer", "minimum": 1},
        "pages": {"type": "integer", "minimum": 1},
        "more": {"type": "boolean", "description": "Whether there are later ones than were counted."},
        "results": _list(_object(_DATED)),
    }
)
_THING = {"iri": _IRI, "href": _HREF, "label": _NAME}
_FIELDS = _object(
    {
        "release": {"type": "integer", "minimum": 1},
        "pacts": _list(
            _object(
                {
                    **_THING,
                    "status": _list(_object(_THING)),
                    "fields": _list(
                        _object(
                            {
                                **_THING,
                                "number": _maybe(_text()),
                                "goal": _maybe(_NAME),
                                "counts": {"type": "object", "additionalProperties": _COUNT},
                                "covered_by": {
                                    "type": "object",
                                    "additionalProperties": _list(_object(_THING)),
                                },
                            }
                        )
                    ),
                }
            )
        ),
    }
)


def _parameter(name: str, description: str, schema: _Item) -> _Item:
    return {"name": name, "in": "query", "description": description, "required": False, "schema": schema}


_WORDS = _parameter(
    "q",
    f"Words; accents, case and typos are forgiven. The first {MOST_LETTERS} letters are used.",
    {"type": "string", "maxLength": MOST_LETTERS},
)
_FORM = [
    _parameter("format", "json, csv or html; wins over Accept.", {"enum": ["json", "csv", "html"]}),
    _parameter("release", "Number of an earlier release to ask.", {"type": "integer", "minimum": 1}),
]
_LANGUAGE = {
    "name": "Accept-Language",
    "in": "header",
    "description": "In which language names and descriptions are wanted first.",
    "required": False,
    "schema": {"type": "string"},
}


def _get(summary: str, parameters: list[_Item], schema: _Item, *, page: bool = True) -> _Item:
    content: _Item = {"application/json": {"schema": schema}}
    if page:
        content |= {form: {"schema": _text()} for form in ("text/csv", "text/html")}
    problem = {"description": "A problem document (RFC 9457).", "content": {"application/problem+json": {}}}
    return {
        "get": {
            "summary": summary,
            "parameters": [*parameters, _LANGUAGE],
            "responses": {
                "200": {"description": "The list.", "content": content},
                "304": {"description": "The client has it already."},
                "4XX": problem,
                "5XX": problem,
            },
        }
    }


def _facets(kind: Kind) -> list[_Item]:
    values = {"type": "array", "items": {"type": "string"}}
    told = "A value as the facets of an answer name it, or its IRI; of several, one has to hold."
    return [_parameter(facet, f"{NAMES[facet]}. {told}", values) for facet in kind.facets]


def _found(summary: str, kind: Kind) -> _Item:
    page = _parameter("page", "Number of the page, from 1.", {"type": "integer", "minimum": 1})
    return _get(summary, [_WORDS, *_facets(kind), page, *_FORM], _RESULTS)


PATHS: _Item = {
    "/search": _found("Look for things by words and facets.", SEARCH),
    "/search/suggest": _get("Things whose names begin so.", [_WORDS, _FORM[1]], _SUGGESTIONS, page=False),
    "/practices": _found("List the practices.", PRACTICES),
    "/cities": _found("List the cities and other places of local government.", CITIES),
    "/fields": _get("List the fields of action with what stands at each.", _FORM, _FIELDS),
}
