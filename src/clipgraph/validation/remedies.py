"""Says what to do about a SHACL result, from the constraint that failed and its parameters."""

from collections.abc import Callable

from rdflib import RDF, RDFS, SH, XSD, Graph
from rdflib.collection import Collection
from rdflib.term import Node

from clipgraph.validation.names import Names, best, literal, texts
from clipgraph.validation.phrases import LANGUAGE_NAMES, has, say
from clipgraph.validation.shacl import Result

# More allowed values than these are not read by anybody.
MOST_VALUES = 8

_EXAMPLES = {
    str(XSD.date): '"2011-07-31"^^xsd:date',
    str(XSD.decimal): "400000000.0",
    str(XSD.gYear): '"2011"^^xsd:gYear',
    str(XSD.integer): "35",
    str(XSD.nonNegativeInteger): '"35"^^xsd:nonNegativeInteger',
    str(XSD.string): '"CLIP"',
    str(RDF.langString): '"CLIP"@en',
}


def component_name(component: Node) -> str:
    """Return ``MinCount`` for sh:MinCountConstraintComponent."""
    return str(component).rsplit("#", 1)[-1].rsplit("/", 1)[-1].removesuffix("ConstraintComponent")


def remedy(result: Result, shapes: Graph, names: Names) -> str:
    """Return what to do in the reader's language.

    A SPARQL constraint says it itself, in its rdfs:comment, since nothing can be read off a query.
    """
    own = [] if result.constraint is None else texts(shapes, result.constraint, RDFS.comment)
    if own:
        return best(own, names.language)
    key = component_name(result.component)
    parts = {
        "focus": names.of(result.focus),
        "path": names.path(result.path),
        "value": names.of(result.value),
        "shape": names.of(result.shape),
        **_PARTS.get(key, _no_parts)(shapes, result.shape, names),
    }
    if "tag" in parts:
        key += "-language"
    return say(key if has(key) else "other", names.language, **parts)


_Parts = Callable[[Graph, Node, Names], dict[str, str]]


def _no_parts(_shapes: Graph, _shape: Node, _names: Names) -> dict[str, str]:
    return {}


def _number(parameter: Node) -> _Parts:
    def parts(shapes: Graph, shape: Node, _names: Names) -> dict[str, str]:
        return {"limit": str(shapes.value(shape, parameter))}

    return parts


def _term(parameter: Node) -> _Parts:
    def parts(shapes: Graph, shape: Node, names: Names) -> dict[str, str]:
        return {"limit": " / ".join(sorted(names.of(node) for node in shapes.objects(shape, parameter)))}

    return parts


def _members(shapes: Graph, head: Node | None) -> list[Node]:
    return [] if head is None else list(Collection(shapes, head))


def _list(parameter: Node) -> _Parts:
    def parts(shapes: Graph, shape: Node, names: Names) -> dict[str, str]:
        members = _members(shapes, shapes.value(shape, parameter))
        shown = [names.of(member) for member in members[:MOST_VALUES]]
        rest = len(members) - len(shown)
        more = [say("and-more", names.language, count=rest)] if rest else []
        return {"limit": ", ".join([*shown, *more])}

    return parts


def _shapes(parameter: Node, *, listed: bool) -> _Parts:
    """Let the shapes that a value may fit say themselves what they ask for."""

    def parts(shapes: Graph, shape: Node, names: Names) -> dict[str, str]:
        values = list(shapes.objects(shape, parameter))
        inner = [each for value in values for each in (_members(shapes, value) if listed else [value])]
        return {"limit": " / ".join(_asked(shapes, each, names) for each in inner)}

    return parts


def _asked(shapes: Graph, shape: Node, names: Names) -> str:
    own = texts(shapes, shape, SH.message)
    below = [text for each in shapes.objects(shape, SH.property) for text in texts(shapes, each, SH.message)]
    return best(own or below, names.language) or names.of(shape)


def _datatype(shapes: Graph, shape: Node, names: Names) -> dict[str, str]:
    datatype = shapes.value(shape, SH.datatype)
    example = _EXAMPLES.get(str(datatype), f'"…"^^{names.of(datatype)}')
    return {"limit": names.of(datatype), "example": example}


def _node_kind(shapes: Graph, shape: Node, names: Names) -> dict[str, str]:
    kind = shapes.value(shape, SH.nodeKind)
    return {"limit": say("literal" if kind == SH.Literal else "iri", names.language)}


def _languages(shapes: Graph, shape: Node, _names: Names) -> dict[str, str]:
    tags = [f"@{tag}" for tag in _members(shapes, shapes.value(shape, SH.languageIn))]
    return {"limit": ", ".join(tags), "example": f'"…"{tags[0]}' if tags else ""}


def _qualified(shapes: Graph, shape: Node, names: Names) -> dict[str, str]:
    inner = shapes.value(shape, SH.qualifiedValueShape)
    limit = str(shapes.value(shape, SH.qualifiedMinCount))
    parts = {"limit": limit, "qualifier": names.of(inner)}
    tags = [] if inner is None else _members(shapes, shapes.value(inner, SH.languageIn))
    if len(tags) == 1:
        tag = str(tags[0])
        parts |= {"tag": f"@{tag}", "named_language": LANGUAGE_NAMES.get(names.language, {}).get(tag, tag)}
    return parts


def _pattern(shapes: Graph, shape: Node, _names: Names) -> dict[str, str]:
    return {"limit": " / ".join(literal(node, 200) for node in shapes.objects(shape, SH.pattern))}


_PARTS: dict[str, _Parts] = {
    "MinCount": _number(SH.minCount),
    "MaxCount": _number(SH.maxCount),
    "MinLength": _number(SH.minLength),
    "MaxLength": _number(SH.maxLength),
    "MinInclusive": _number(SH.minInclusive),
    "MaxInclusive": _number(SH.maxInclusive),
    "MinExclusive": _number(SH.minExclusive),
    "HasValue": _term(SH.hasValue),
    "Class": _term(SH["class"]),
    "Not": _term(SH["not"]),
    "In": _list(SH["in"]),
    "Or": _shapes(SH["or"], listed=True),
    "Node": _shapes(SH.node, listed=False),
    "Datatype": _datatype,
    "NodeKind": _node_kind,
    "LanguageIn": _languages,
    "QualifiedMinCount": _qualified,
    "Pattern": _pattern,
}
