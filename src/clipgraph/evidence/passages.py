"""What the project says of its sources: documents, passages, and what each passage supports."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from clipgraph.errors import InputError, NotFound
from clipgraph.rdf.prefixes import BASE, PREFIXES
from clipgraph.rdf.reading import Statement
from clipgraph.rdf.terms import NamedNode
from clipgraph.sources.graphs import GraphFile, graph_files
from clipgraph.sources.project import Project

_CLIP, _DCT, _OA = PREFIXES["clip"], PREFIXES["dct"], PREFIXES["oa"]
_TYPE = PREFIXES["rdf"] + "type"
UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Document:
    """A published text; ``digest`` is empty for one whose text is not counted in."""

    iri: str
    title: str = ""
    digest: str = ""

    @property
    def slug(self) -> str:
        """The document's name in its IRI."""
        return self.iri.rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document and the place in the project where it is described.

    ``start`` and ``end`` count Unicode code points from 0, the end excluded; UNKNOWN where they are not
    said or not a number. ``line`` counts from 1.
    """

    iri: str
    document: str
    start: int
    end: int
    digest: str
    section: str
    file: str
    line: int


@dataclass
class Evidence:
    """All documents and passages by IRI, and who points where."""

    documents: dict[str, Document] = field(default_factory=dict)
    passages: dict[str, Passage] = field(default_factory=dict)
    support: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    subjects: set[str] = field(default_factory=set)
    pointed_at: set[str] = field(default_factory=set)

    def of(self, subject: str) -> list[Passage]:
        """Return the passages that support a subject, in the order of the sources; a passage is its own.

        Raises:
            NotFound: nothing in the project describes the subject.
        """
        if subject not in self.subjects:
            near = get_close_matches(subject, self.subjects, 1)
            hint = f"; is it <{near[0]}>?" if near else ""
            raise NotFound(f"nothing in the project describes <{subject}>{hint}")
        names = [subject] if subject in self.passages else self.support.get(subject, [])
        found = {self.passages[name] for name in names if name in self.passages}
        return sorted(found, key=lambda passage: (passage.document, passage.start))


def read_evidence(project: Project) -> Evidence:
    """Read every file of the project for its documents, passages and evidence.

    Raises:
        UnreadableFile: a file is not Turtle.
    """
    evidence, links = Evidence(), []
    for file in graph_files(project):
        about: dict[str, list[Statement]] = defaultdict(list)
        for statement in file.statements():
            about[str(getattr(statement.triple.subject, "value", ""))].append(statement)
        for iri, statements in about.items():
            _take(evidence, iri, statements, file)
            links += [(iri, *_link(each)) for each in statements if isinstance(each.triple.object, NamedNode)]
    for subject, predicate, target in links:
        if predicate == _CLIP + "evidence":
            evidence.support[subject].append(target)
        if (
            target in evidence.passages
            and subject not in evidence.documents.keys() | evidence.passages.keys()
        ):
            evidence.pointed_at.add(target)
    return evidence


def _take(evidence: Evidence, iri: str, statements: list[Statement], file: GraphFile) -> None:
    evidence.subjects.add(iri)
    values: dict[str, str] = {}
    types: dict[str, int] = {}
    for statement in statements:
        predicate, value = statement.triple.predicate.value, getattr(statement.triple.object, "value", "")
        values.setdefault(predicate, value)
        if predicate == _TYPE:
            types[value] = statement.line
    if _CLIP + "Document" in types:
        title, digest = values.get(_DCT + "title", ""), values.get(_CLIP + "sha256", "")
        evidence.documents[iri] = Document(iri, title, digest)
    if line := types.get(_CLIP + "SourcePassage"):
        evidence.passages[iri] = _passage(iri, values, file.name, line)


def _passage(iri: str, values: Mapping[str, str], file: str, line: int) -> Passage:
    start, end = (_number(values.get(_OA + name, "")) for name in ("start", "end"))
    document, digest = values.get(_DCT + "isPartOf", ""), values.get(_CLIP + "sha256", "")
    return Passage(iri, document, start, end, digest, values.get(_CLIP + "sectionHeading", ""), file, line)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() else UNKNOWN


def _link(statement: Statement) -> tuple[str, str]:
    return statement.triple.predicate.value, str(getattr(statement.triple.object, "value", ""))


def subject_iri(text: str) -> str:
    """Return the IRI that a person means: an IRI, ``prefix:name`` or the end of an id, ``city/stuttgart``.

    Raises:
        InputError: the prefix is not in the table.
    """
    if text.startswith("<") and text.endswith(">"):
        return text[1:-1]
    prefix, colon, local = text.partition(":")
    if not colon:
        return f"{BASE}id/{text.removeprefix('/').removeprefix('id/')}"
    if local.startswith("//") or prefix == "urn":
        return text
    if prefix not in PREFIXES:
        raise InputError(f"{text}: the prefix {prefix}: is not known; write the IRI, or the end of it")
    return PREFIXES[prefix] + local
