"""The shapes of the project's profiles, which no release holds: for what somebody contributes."""

from dataclasses import dataclass

from clipgraph.engines.rows import Value
from clipgraph.pages.shapes import Shape, read_shapes
from clipgraph.pages.statements import Statements
from clipgraph.rdf.skolem import skolemise
from clipgraph.rdf.terms import Literal, NamedNode, Triple
from clipgraph.sources.graphs import profile_files
from clipgraph.sources.project import Project
from clipgraph.sparql.binding import is_iri

_PLAIN = "http://www.w3.org/2001/XMLSchema#string"


@dataclass(frozen=True)
class Profiles:
    """The shapes of every profile, and all that each file says, for who asks for a shape as data."""

    shapes: tuple[Shape, ...] = ()
    triples: tuple[tuple[Triple, ...], ...] = ()

    def saying(self, iri: str) -> tuple[Triple, ...]:
        """Return what the profile says that describes a shape or a part of one, nothing for another IRI."""
        node = NamedNode(iri) if is_iri(iri) else None
        return next((file for file in self.triples if any(t.subject == node for t in file)), ())


def read_profiles(project: Project) -> Profiles:
    """Return the profiles of a project; raises UnreadableFile where a file cannot be read."""
    shapes: list[Shape] = []
    files = []
    for name, file in profile_files(project).items():
        triples = skolemise(statement.triple for statement in file.statements())
        shapes += read_shapes(Statements(map(as_row, triples)), name)
        files.append(tuple(triples))
    return Profiles(tuple(shapes), tuple(files))


def as_row(triple: Triple) -> tuple[str, str, Value]:
    """Return a triple of IRIs as pages have it: subject, property, value."""
    return str(triple.subject)[1:-1], triple.predicate.value, _value(triple)


def _value(triple: Triple) -> Value:
    term = triple.object
    if isinstance(term, NamedNode):
        return Value("uri", term.value)
    if isinstance(term, Literal):
        datatype = "" if term.language or term.datatype.value == _PLAIN else term.datatype.value
        return Value("literal", term.value, term.language or "", datatype)
    return Value("bnode", str(term))
