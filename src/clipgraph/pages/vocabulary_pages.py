"""The pages of single terms and shapes, and the list of shapes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from clipgraph.engines.rows import Value, read_body
from clipgraph.pages.asking import Asking
from clipgraph.pages.labels import best
from clipgraph.pages.messages import N_
from clipgraph.pages.paging import MOST_ORDERED, Part, part
from clipgraph.pages.relations import Relation
from clipgraph.pages.shapes import CORE, Shape
from clipgraph.pages.structured_vocabulary import term_data
from clipgraph.pages.terms import Term
from clipgraph.pages.things import Thing, named, things
from clipgraph.pages.vocabulary import Vocabulary
from clipgraph.pages.vocabulary_context import vocabulary_context
from clipgraph.rdf.formats import TURTLE
from clipgraph.rdf.prefixes import BASE, shorten
from clipgraph.rdf.terms import NamedNode
from clipgraph.sparql.binding import bind
from clipgraph.sparql.protocol import Query

SHAPES = BASE + "shapes"
TARGETS = {
    "targetClass": N_("Checks everything of class"),
    "targetNode": N_("Checks"),
    "targetSubjectsOf": N_("Checks whatever has"),
    "targetObjectsOf": N_("Checks whatever is a value of"),
}
_MOST_EXAMPLE = 64 << 10
_PREFIX = re.compile(r"@prefix ([\w-]*): <[^>]*> \.\n")


async def term_page(asking: Asking, vocabulary: Vocabulary, term: Term, path: str, start: int) -> str:
    """Return the page of a term with a page of its things, or of the statements with it; one query."""
    found: dict[str, Any] = {"things": None, "statements": None, "pointing": []}
    if term.is_class:
        found["things"] = await _instances(asking, vocabulary, term, start)
        found["pointing"] = _pointing(vocabulary, term)
    else:
        found["statements"] = await _statements(asking, vocabulary, term, start)
    label = vocabulary.label(term.iri, asking.reader)
    return asking.render(
        "term.html",
        **vocabulary_context(asking, vocabulary, path),
        **found,
        term=term,
        structured=term_data(asking, term.iri, term.labels, term.definitions),
        called=label.text if label else shorten(term.iri),
        sparql=_snippet(vocabulary, term),
    )


async def _instances(asking: Asking, vocabulary: Vocabulary, term: Term, start: int) -> Part[Thing]:
    total = vocabulary.count(term.iri).all
    name = "instances" if total <= MOST_ORDERED else "instances-unordered"
    evidence = asking.graphs_of("evidence")
    rows = await asking.rows(name, start=start, resource=NamedNode(term.iri), evidence=evidence)
    return part(things(rows, asking.reader), start, total=total)


async def _statements(
    asking: Asking, vocabulary: Vocabulary, term: Term, start: int
) -> Part[tuple[Thing, Value, Value]]:
    evidence = asking.graphs_of("evidence")
    rows = await asking.rows("statements-with", start=start, resource=NamedNode(term.iri), evidence=evidence)
    subjects = {thing.iri: thing for thing in things(rows, asking.reader)}
    labels: dict[str, list[Value]] = {}
    for row in rows:
        labels.setdefault(row["value"].text, []).extend([row["valueLabel"]] if "valueLabel" in row else [])
    pairs = dict.fromkeys((row["thing"].text, row["value"]) for row in rows)
    found = [
        (subjects[iri], value, named(labels[value.text], value.text, asking.reader)) for iri, value in pairs
    ]
    return part(found, start, total=vocabulary.count(term.iri).all)


def _pointing(vocabulary: Vocabulary, term: Term) -> list[Relation]:
    """Return what leads to things of a class, by the shapes."""
    return [relation for relation in vocabulary.relations if relation.target == term.iri]


def _snippet(vocabulary: Vocabulary, term: Term) -> str:
    """Return a query for the things of a class or the statements with a property, where these stand."""
    uses = vocabulary.count(term.iri)
    pattern = f"?thing a {term_text(term.iri)}" if term.is_class else f"?thing {term_text(term.iri)} ?value"
    within = pattern if uses.default or not uses.evidence else f"GRAPH ?graph {{ {pattern} }}"
    shown = "?thing ?label" if term.is_class else "?thing ?label ?value"
    lines = [f"PREFIX clip: <{BASE}def/>", "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>"]
    body = [
        f"SELECT {shown} WHERE {{",
        f"  {within} .",
        "  OPTIONAL { ?thing rdfs:label ?label }",
        "} LIMIT 100",
    ]
    return "\n".join([*lines, *body])


def term_text(iri: str) -> str:
    """Return a term as a query names it."""
    short = shorten(iri)
    return short if short.startswith("clip:") else str(NamedNode(iri))


@dataclass(frozen=True)
class Example:
    """A thing that fits a shape, as Turtle."""

    thing: Thing
    turtle: str


async def shape_page(asking: Asking, vocabulary: Vocabulary, shape: Shape, path: str) -> str:
    """Return the page of a shape with an example from the data; two queries where it has one."""
    example = await _example(asking, shape.classes[0]) if shape.classes and shape.profile == CORE else None
    return _shape_page(asking, vocabulary, shape, path, example=example)


def part_page(asking: Asking, vocabulary: Vocabulary, owner: Shape, iri: str, path: str) -> str:
    """Return the page of a property shape or a constraint: the shape that it is part of, cut down to it."""
    properties = [rules for rules in owner.properties if rules.iri == iri]
    sparql = tuple(
        query
        for query in (*owner.sparql, *(q for r in owner.properties for q in r.sparql))
        if query.iri == iri
    )
    part_of = replace(
        owner,
        iri=iri,
        names=properties[0].names if properties else [],
        descriptions=[],
        rules=(),
        messages=[],
        properties=properties,
        sparql=sparql,
        used_by=[],
    )
    return _shape_page(asking, vocabulary, part_of, path, owner=owner)


def _shape_page(
    asking: Asking,
    vocabulary: Vocabulary,
    shape: Shape,
    path: str,
    *,
    owner: Shape | None = None,
    example: Example | None = None,
) -> str:
    return asking.render(
        "shape.html",
        **vocabulary_context(asking, vocabulary, path),
        targets=TARGETS,
        shape=shape,
        owner=owner,
        example=example,
    )


async def _example(asking: Asking, class_iri: str) -> Example | None:
    evidence = asking.graphs_of("evidence")
    rows = await asking.rows("example", resource=NamedNode(class_iri), evidence=evidence)
    if not rows:
        return None
    thing = things(rows, asking.reader)[0]
    text = bind(asking.site.pages["example-statements"], {"resource": NamedNode(thing.iri)})
    query = Query(text, None, TURTLE, asking.deadline)
    answer = await asking.engine.answer(query, asking.client)
    turtle = (await read_body(answer, 1 << 24)).decode()
    return Example(thing, _with_used_prefixes(turtle[:_MOST_EXAMPLE]))


def _with_used_prefixes(turtle: str) -> str:
    """Return Turtle without the declarations of prefixes that nothing in it uses."""
    body = _PREFIX.sub("", turtle)
    used = set(re.findall(r"(?<![\w-])([\w-]+):", body))
    kept = [match[0] for match in _PREFIX.finditer(turtle) if match[1] in used]
    return "".join(kept) + ("\n" if kept else "") + body.strip("\n")


def shapes_page(asking: Asking, vocabulary: Vocabulary) -> str:
    """Return the list of shapes: those of classes, those that others use, those of profiles."""
    core = [shape for shape in vocabulary.shapes if shape.profile == CORE]
    said = vocabulary.statements
    return asking.render(
        "shapes.html",
        **vocabulary_context(asking, vocabulary),
        targets=TARGETS,
        title=best(said.values(SHAPES, "dct:title"), asking.reader),
        description=best(said.values(SHAPES, "dct:description"), asking.reader),
        sections=[section for section in _sections(asking, vocabulary, core) if section[3]],
        counts={
            shape.iri: sum(vocabulary.count(iri).all for iri in shape.classes) for shape in vocabulary.shapes
        },
    )


def _sections(
    asking: Asking, vocabulary: Vocabulary, core: Sequence[Shape]
) -> list[tuple[str, str, str, list[Shape]]]:
    def called(shape: Shape) -> str:
        return named(shape.names, shape.iri, asking.reader).text.casefold()

    def ordered(found: Sequence[Shape]) -> list[Shape]:
        return sorted(found, key=lambda shape: (called(shape), shape.iri))

    checking = [shape for shape in core if shape.targets]
    others = [shape for shape in core if not shape.targets]
    profiles = [shape for shape in vocabulary.shapes if shape.profile != CORE]
    return [
        (
            "core",
            N_("What every commit has to fit"),
            N_("A violation refuses the commit; what should be so is reported."),
            ordered(checking),
        ),
        ("parts", N_("Shared by other shapes"), N_("Rules that several shapes use."), ordered(others)),
        (
            "profiles",
            N_("Profiles for contributions"),
            N_("Asked for by name when something is contributed; the release itself need not fit them."),
            ordered(profiles),
        ),
    ]


def shapes_as_data(vocabulary: Vocabulary) -> list[dict[str, Any]]:
    """Return the shapes as JSON has them."""
    return [
        {
            "iri": shape.iri,
            "name": {value.language: value.text for value in shape.names},
            "profile": shape.profile,
            "targets": [{"kind": how, "iri": iri} for how, iri in shape.targets],
            "properties": [
                {
                    "iri": rules.iri,
                    "path": rules.path.sparql(),
                    "min": rules.least,
                    "max": rules.most,
                    "classes": rules.classes,
                    "severity": rules.severity,
                    "message": {value.language: value.text for value in rules.messages},
                }
                for rules in shape.properties
            ],
            "queries": [{"iri": rule.iri, "select": rule.query} for rule in shape.sparql],
        }
        for shape in vocabulary.shapes
    ]
