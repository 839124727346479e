"""The codes of a project's lists, which generated things point to."""

from dataclasses import dataclass
from pathlib import Path

from clipgraph.errors import BadRequest
from clipgraph.generating.blocks import Block, block, texts
from clipgraph.generating.chances import Ranked
from clipgraph.rdf.prefixes import SCHEME
from clipgraph.rdf.reading import read_turtle
from clipgraph.rdf.terms import NamedNode
from clipgraph.sources.project import Project

_IN_SCHEME = "http://www.w3.org/2004/02/skos/core#inScheme"


@dataclass(frozen=True)
class Codes:
    """Codes as IRIs in angle brackets, in the order of their IRIs; the first of a list are the most used."""

    topics: Ranked[str]
    audiences: Ranked[str]
    roles: Ranked[str]
    sectors: Ranked[str]
    indicators: Ranked[str]
    units: Ranked[str]
    document_types: Ranked[str]


def read_codes(project: Project) -> Codes:
    """Return the codes of a project's lists.

    Raises:
        BadRequest: the project has none of a list, so that its shapes are not those of clipgraph.
        UnreadableFile: a list is no Turtle.
    """
    lists = ("topic", "target-group", "role", "sector", "indicator", "unit", "document-type")
    return Codes(*(Ranked(_codes(project, name)) for name in lists))


def _codes(project: Project, name: str) -> list[str]:
    path = _path(project, name)
    scheme = SCHEME + name
    found = set[str]()
    if path.is_file():
        triples = (statement.triple for statement in read_turtle(path))
        found = {str(each.subject) for each in triples if each.predicate.value == _IN_SCHEME}
    # A share needs to say of what, which is more than a generated figure has.
    codes = sorted(found - {f"<{scheme}/percent>"})
    if not codes:
        raise BadRequest(f"{project.root} has no codes of the list {name}, which generated things point to")
    return codes


def _path(project: Project, name: str) -> Path:
    return project.root / "ontology" / "schemes" / f"{name}.ttl"


def undeclared_lists(project: Project) -> list[Block]:
    """Return a description of each code list that the shapes name and whose codes are data of the project.

    The generated data have no codes of these, but a name that nothing declares is found as a mistake.
    """
    objects = {
        statement.triple.object
        for path in sorted(project.root.glob("shapes/*.ttl"))
        for statement in read_turtle(path)
    }
    iris = (each.value for each in objects if isinstance(each, NamedNode))
    named = (iri.removeprefix(SCHEME) for iri in iris if iri.startswith(SCHEME))
    missing = sorted(name for name in named if "/" not in name and not _path(project, name).is_file())
    return [
        block(
            f"<{SCHEME}{name}>",
            ("a", ["skos:ConceptScheme"]),
            ("dct:title", texts(name)),
            ("dct:description", texts("A list without codes: those of clipgraph are no generated data.")),
        )
        for name in missing
    ]
