"""What changed between two versions of the ontology and its shapes, term by term."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from clipgraph.engines.rows import Value
from clipgraph.pages.statements import Statements
from clipgraph.pages.vocabulary import Vocabulary
from clipgraph.rdf.identity import GENID
from clipgraph.rdf.prefixes import BASE, PREFIXES
from clipgraph.releases.release import Release
from clipgraph.sources.graphs import GRAPHS

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
_GRAPHS = tuple(GRAPHS + folder for folder in ("ontology/", "alignments/", "shapes/"))
_ONTOLOGY = BASE + "def"


@dataclass(frozen=True)
class PropertyChange:
    """A property of a term whose values differ; ``inner`` where only nameless parts below it do."""

    property: str
    removed: list[Value]
    added: list[Value]
    inner: bool = False


@dataclass(frozen=True)
class TermChange:
    """A term or shape that was added, removed or changed."""

    iri: str
    kind: str
    label: list[Value]
    properties: list[PropertyChange]


def versions(releases: Sequence[Release]) -> list[Release]:
    """Return the kept releases in which ontology, alignments or shapes became others, newest first."""
    found: list[Release] = []
    last: dict[str, str] | None = None
    for release in releases:
        digests = {
            iri: record.digest
            for iri, record in release.graphs.items()
            if iri.startswith(_GRAPHS) and record.triples
        }
        if digests != last:
            found.append(release)
            last = digests
    return found[::-1]


def compare(before: Vocabulary, after: Vocabulary) -> list[TermChange]:
    """Return what differs of the ontology's header, our terms and the shapes, by IRI."""
    old, new = before.statements, after.statements
    iris = sorted({*_ours(old), *_ours(new)}, key=lambda iri: (iri.casefold(), iri))
    return [change for iri in iris if (change := _change(old, new, iri))]


def _ours(statements: Statements) -> Iterable[str]:
    spaces = (PREFIXES["clip"], PREFIXES["clipsh"])
    return (iri for iri in statements.all() if iri == _ONTOLOGY or iri.startswith(spaces))


def _change(old: Statements, new: Statements, iri: str) -> TermChange | None:
    labels = new.values(iri, "rdfs:label", "sh:name") or old.values(iri, "rdfs:label", "sh:name")
    if iri not in old or iri not in new:
        return TermChange(iri, ADDED if iri not in old else REMOVED, labels, [])
    was, now = old.about(iri), new.about(iri)
    differing = [
        change
        for name in sorted(was.keys() | now.keys())
        if (change := _property_change(name, was.get(name, []), now.get(name, [])))
    ]
    return TermChange(iri, CHANGED, labels, differing) if differing else None


def _property_change(name: str, was: list[Value], now: list[Value]) -> PropertyChange | None:
    removed = [value for value in was if value not in now]
    added = [value for value in now if value not in was]
    if not (removed or added):
        return None
    # A nameless node has an IRI made of what it says: another IRI tells only that something below changed.
    inner = all(value.text.startswith(GENID) for value in (*removed, *added))
    return PropertyChange(name, [] if inner else removed, [] if inner else added, inner)


def as_data(found: Iterable[TermChange]) -> list[dict[str, Any]]:
    """Return the changes as JSON has them."""
    return [
        {
            "iri": change.iri,
            "change": change.kind,
            "properties": [
                {
                    "property": each.property,
                    "removed": [vars_of(value) for value in each.removed],
                    "added": [vars_of(value) for value in each.added],
                }
                for each in change.properties
            ],
        }
        for change in found
    ]


def vars_of(value: Value) -> dict[str, str]:
    """Return a value as SPARQL results in JSON have it."""
    told = {"type": value.kind, "value": value.text, "xml:lang": value.language, "datatype": value.datatype}
    return {name: text for name, text in told.items() if text or name == "value"}
