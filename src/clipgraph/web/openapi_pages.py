"""What the OpenAPI document says of pages and documents: in the words of who asks, not of the code."""

from collections.abc import Sequence
from typing import Any

from clipgraph.rdf.formats import DATA, DOCUMENTS, GRAPHS, HTML, TABLE, Format

_Item = dict[str, Any]


def _asked(name: str, description: str, schema: _Item | None = None, *, required: bool = False) -> _Item:
    return {
        "name": name,
        "in": "query",
        "description": description,
        "required": required,
        "schema": schema or {"type": "string"},
    }


_RELEASE = _asked("release", "Number of an earlier release.", {"type": "integer", "minimum": 1})
_FROM = _asked("from", "Where a long list in it begins: the first is 0.", {"type": "integer", "minimum": 0})
_OF = _asked("of", "The IRI that it is about.", {"type": "string", "format": "iri"}, required=True)
_AT = _asked(
    "at", "Position in the text that it begins at, in characters.", {"type": "integer", "minimum": 0}
)
_SINCE = _asked("since", "Number of the release to compare with.", {"type": "integer", "minimum": 1})
_PAGE_OR_DATA = (HTML, DATA)
_DATA_OF_TERMS = (HTML, DATA, *GRAPHS)
_LIST = (HTML, DATA, TABLE)
_CODES = (*_LIST, *GRAPHS)

# By path: what one gets there, in which forms, and what may be asked beside format= and release=.
_TOLD: dict[str, tuple[str, Sequence[Format], Sequence[_Item]]] = {
    "/id/{rest}": ("The IRI of a thing: leads to its document (303).", (), ()),
    "/doc/{rest}": ("The document about a thing: a page, or what the graph says of it.", DOCUMENTS, [_FROM]),
    "/def": ("The ontology.", _DATA_OF_TERMS, ()),
    "/def.{suffix}": ("The ontology in the format of a suffix: ttl, nt, rdf, jsonld.", (), ()),
    "/def/{rest}": ("A class or property.", DOCUMENTS, [_FROM]),
    "/scheme/{rest}": ("A code list or a code.", _CODES, [_FROM]),
    "/shapes": ("The shapes.", _DATA_OF_TERMS, ()),
    "/shapes.{suffix}": ("The shapes in the format of a suffix: ttl, nt, rdf, jsonld.", (), ()),
    "/shapes/{rest}": ("A shape, or a profile of shapes.", DOCUMENTS, [_FROM]),
    "/graph/{rest}": ("A named graph.", DOCUMENTS, [_FROM]),
    "/ontology": ("The documentation of the ontology.", _PAGE_OR_DATA, ()),
    "/ontology/changes": ("What changed in the ontology since an earlier release.", _PAGE_OR_DATA, [_SINCE]),
    "/ontology/{theme}": ("The terms of one theme of the ontology, with a diagram.", _PAGE_OR_DATA, ()),
    "/scheme": ("The code lists.", _LIST, ()),
    "/graph": ("The named graphs.", _PAGE_OR_DATA, ()),
    "/dataset": ("The dataset as a whole: licence, statistics, downloads.", _PAGE_OR_DATA, ()),
    "/history": ("What releases changed about a thing.", _PAGE_OR_DATA, [_OF]),
    "/passages": ("The passages of a source document, in the order of its text.", _PAGE_OR_DATA, [_OF, _AT]),
}
_GOOD = "What was asked for."


def told(path: str, operation: _Item) -> _Item:
    """Return an operation of a path with what it is in plain words."""
    responses = operation.get("responses", {})
    if "200" in responses:
        responses = responses | {"200": responses["200"] | {"description": _GOOD}}
    operation = operation | {"responses": responses}
    if path not in _TOLD:
        return operation
    summary, forms, further = _TOLD[path]
    parts = [each for each in operation.get("parameters", ()) if each["in"] == "path"]
    names = " ".join(form.name for form in forms)
    asked = [*further, _RELEASE]
    if forms:
        asked.insert(0, _asked("format", f"One of: {names}. It wins over Accept."))
        content = {form.media_type: {"schema": {"type": "string"}} for form in forms}
        responses = responses | {"200": {"description": _GOOD, "content": content}}
    else:
        responses = (
            responses | {"303": {"description": "See there."}} if path.startswith("/id/") else responses
        )
    named = {each["name"] for each in (*parts, *asked)}
    kept = [each for each in operation.get("parameters", ()) if each["name"] not in named]
    shown = {key: value for key, value in operation.items() if key != "description"}
    return shown | {"summary": summary, "parameters": [*parts, *asked, *kept], "responses": responses}
