"""The shapes as people read them: what each asks, of what, how many, how severely, in which words."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from clipgraph.engines.rows import Value
from clipgraph.pages.property_paths import Path, read_path
from clipgraph.pages.statements import Statements, full
from clipgraph.rdf.prefixes import PREFIXES

CORE = "core"
_TARGETS = ("sh:targetClass", "sh:targetNode", "sh:targetSubjectsOf", "sh:targetObjectsOf")
# Parameters with one or more values that stand for themselves (https://www.w3.org/TR/shacl/#core-components).
_PLAIN = (
    *("class", "datatype", "nodeKind", "node", "hasValue", "pattern", "uniqueLang"),
    *("minLength", "maxLength", "minInclusive", "maxInclusive", "minExclusive", "maxExclusive"),
    *("equals", "disjoint", "lessThan", "lessThanOrEquals", "closed"),
)
_LISTED = ("in", "languageIn")
_LOGICAL = ("or", "and", "xone")
_DEEPEST = 5
_VIOLATION = full("sh:Violation")


@dataclass(frozen=True)
class Rule:
    """One thing that a shape asks of a value: the name of a constraint's parameter, and what it is given.

    ``values`` are terms; ``parts`` what ``or``, ``and``, ``xone``, ``not`` and qualified shapes combine;
    ``least`` and ``most`` are the counts of a qualified shape.
    """

    name: str
    values: tuple[Value, ...] = ()
    parts: tuple[tuple["Rule", ...], ...] = ()
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True)
class SparqlRule:
    """A constraint that is a query: its text, and what it says where something is found."""

    iri: str
    query: str
    messages: list[Value]
    comments: list[Value]
    severity: str


@dataclass(frozen=True)
class PropertyRules:
    """What a shape asks of the values at the end of a path."""

    iri: str
    path: Path
    names: list[Value]
    descriptions: list[Value]
    least: int | None
    most: int | None
    rules: tuple[Rule, ...]
    messages: list[Value]
    severity: str
    order: float
    sparql: tuple[SparqlRule, ...]
    active: bool

    @cached_property
    def classes(self) -> list[str]:
        """The classes that values have to be of, in one way or another."""
        return given(self.rules, "class")


@dataclass(frozen=True)
class Shape:
    """A node shape; ``targets`` are pairs of how it finds what it checks and an IRI.

    ``profile`` is ``core`` for shapes that every commit has to fit, else the name of the profile.
    """

    iri: str
    names: list[Value]
    descriptions: list[Value]
    targets: list[tuple[str, str]]
    rules: tuple[Rule, ...]
    messages: list[Value]
    severity: str
    properties: list[PropertyRules]
    sparql: tuple[SparqlRule, ...]
    active: bool
    profile: str = CORE
    used_by: list[str] = field(default_factory=list)

    @property
    def parts(self) -> list[str]:
        """The IRIs of its property shapes and of its constraints that are queries."""
        queries = [*self.sparql, *(query for rules in self.properties for query in rules.sparql)]
        return [*(rules.iri for rules in self.properties), *(query.iri for query in queries)]

    @cached_property
    def asks_for_class(self) -> bool:
        """Whether what it checks has to be of some class."""
        return bool(given(self.rules, "class"))

    @cached_property
    def classes(self) -> list[str]:
        """The classes whose instances it checks."""
        return [iri for how, iri in self.targets if how == "targetClass"]


def read_shapes(statements: Statements, profile: str = CORE) -> list[Shape]:
    """Return the node shapes with an IRI of their own, by IRI."""
    found = set(statements.subjects("rdf:type", full("sh:NodeShape")))
    own = sorted(iri for iri in found if "/.well-known/genid/" not in iri and not iri.startswith("_:"))
    return [_shape(statements, iri, profile) for iri in own]


def _shape(statements: Statements, iri: str, profile: str) -> Shape:
    targets = [(name[3:], value) for name in _TARGETS for value in statements.nodes(iri, name)]
    if full("owl:Class") in statements.nodes(iri, "rdf:type"):  # a class that is its own shape
        targets.append(("targetClass", iri))
    properties = [_property(statements, value) for value in statements.nodes(iri, "sh:property")]
    users = {s for name in ("sh:node", "sh:qualifiedValueShape") for s in statements.subjects(name, iri)}
    return Shape(
        iri,
        statements.values(iri, "sh:name", "rdfs:label"),
        statements.values(iri, "sh:description", "rdfs:comment"),
        targets,
        _rules(statements, iri),
        statements.values(iri, "sh:message"),
        _severity(statements, iri),
        sorted(properties, key=lambda rules: (rules.order, rules.iri)),
        _sparql(statements, iri),
        _active(statements, iri),
        profile,
        sorted(user for user in users if user.startswith(PREFIXES["clipsh"])),
    )


def _property(statements: Statements, iri: str) -> PropertyRules:
    order = statements.first(iri, "sh:order")
    return PropertyRules(
        iri,
        read_path(statements, statements.first(iri, "sh:path")),
        statements.values(iri, "sh:name"),
        statements.values(iri, "sh:description", "rdfs:comment"),
        statements.number(iri, "sh:minCount"),
        statements.number(iri, "sh:maxCount"),
        _rules(statements, iri),
        statements.values(iri, "sh:message"),
        _severity(statements, iri),
        _number(order),
        _sparql(statements, iri),
        _active(statements, iri),
    )


def _number(value: Value | None) -> float:
    try:
        return float(value.text) if value else float("inf")
    except ValueError:
        return float("inf")


def _severity(statements: Statements, iri: str) -> str:
    """Return ``Violation``, ``Warning``, ``Info`` or the IRI of another severity."""
    said = next(iter(statements.nodes(iri, "sh:severity")), _VIOLATION)
    return said.removeprefix(PREFIXES["sh"])


def _active(statements: Statements, iri: str) -> bool:
    return all(value.text not in ("true", "1") for value in statements.values(iri, "sh:deactivated"))


def _sparql(statements: Statements, iri: str) -> tuple[SparqlRule, ...]:
    return tuple(
        SparqlRule(
            node,
            _dedented(query.text),
            statements.values(node, "sh:message"),
            statements.values(node, "rdfs:comment"),
            _severity(statements, iri),
        )
        for node in sorted(statements.nodes(iri, "sh:sparql"))
        if (query := statements.first(node, "sh:select", "sh:ask"))
    )


def _dedented(text: str) -> str:
    lines = text.strip("\n").rstrip().split("\n")
    indents = [len(line) - len(line.lstrip()) for line in lines if line.strip()]
    return "\n".join(line[min(indents, default=0) :] for line in lines)


def _rules(statements: Statements, node: str, depth: int = 0) -> tuple[Rule, ...]:
    """Return what a shape asks of a value, but for counts and what it asks of the value's own properties."""
    if depth > _DEEPEST:
        return ()
    plain = [
        Rule(name, tuple(values)) for name in _PLAIN if (values := statements.values(node, f"sh:{name}"))
    ]
    listed = [
        Rule(name, tuple(statements.members(head)))
        for name in _LISTED
        for head in statements.nodes(node, f"sh:{name}")
    ]
    return (*plain, *listed, *_combined(statements, node, depth), *_nested(statements, node))


def _combined(statements: Statements, node: str, depth: int) -> Iterable[Rule]:
    for name in _LOGICAL:
        for head in statements.nodes(node, f"sh:{name}"):
            members = statements.members(head)
            yield Rule(name, parts=tuple(_part(statements, member, depth) for member in members))
    for value in statements.values(node, "sh:not"):
        yield Rule("not", parts=(_part(statements, value, depth),))
    for value in statements.values(node, "sh:qualifiedValueShape"):
        least = statements.number(node, "sh:qualifiedMinCount")
        most = statements.number(node, "sh:qualifiedMaxCount")
        yield Rule("qualified", parts=(_part(statements, value, depth),), least=least, most=most)


def _part(statements: Statements, shape: Value, depth: int) -> tuple[Rule, ...]:
    """Return what a shape within another asks: a named one by its name, another by its rules."""
    if shape.text.startswith(PREFIXES["clipsh"]):
        return (Rule("node", (shape,)),)
    return _rules(statements, shape.text, depth + 1)


def _nested(statements: Statements, node: str) -> Iterable[Rule]:
    """Yield one rule for each property that a nameless shape asks of the value."""
    if node.startswith(PREFIXES["clipsh"]) and "/.well-known/" not in node:
        return
    path = statements.first(node, "sh:path")
    if path:
        yield Rule("path", (Value("path", read_path(statements, path).sparql()),))
    for value in statements.values(node, "sh:property"):
        inner = statements.first(value.text, "sh:path")
        yield Rule("path", (Value("path", read_path(statements, inner).sparql()),))


def given(rules: Iterable[Rule], name: str) -> list[str]:
    """Return what rules, and those in them, give as values of a parameter."""
    return list(
        dict.fromkeys(value.text for rule in _all(rules) if rule.name == name for value in rule.values)
    )


def _all(rules: Iterable[Rule]) -> Iterable[Rule]:
    for rule in rules:
        yield rule
        for part in rule.parts:
            yield from _all(part)
