"""The shapes of the project's profiles, which no release holds: for what somebody contributes."""

from clipgraph.engines.rows import Value
from clipgraph.pages.shapes import Shape, read_shapes
from clipgraph.pages.statements import Statements
from clipgraph.rdf.skolem import skolemise
from clipgraph.rdf.terms import Literal, NamedNode, Triple
from clipgraph.sources.graphs import profile_files
from clipgraph.sources.project import Project

_PLAIN = "http://www.w3.org/2001/XMLSchema#string"


def read_profiles(project: Project) -> list[Shape]:
    """Return the shapes of every profile; raises UnreadableFile where a file cannot be read."""
    found: list[Shape] = []
    for name, file in profile_files(project).items():
        triples = skolemise(statement.triple for statement in file.statements())
        found += read_shapes(Statements(map(_as_row, triples)), name)
    return found


def _as_row(triple: Triple) -> tuple[str, str, Value]:
    return str(triple.subject)[1:-1], triple.predicate.value, _value(triple)


def _value(triple: Triple) -> Value:
    term = triple.object
    if isinstance(term, NamedNode):
        return Value("uri", term.value)
    if isinstance(term, Literal):
        datatype = "" if term.language or term.datatype.value == _PLAIN else term.datatype.value
        return Value("literal", term.value, term.language or "", datatype)
    return Value("bnode", str(term))
