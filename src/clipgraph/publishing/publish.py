"""Publishes a project: read, apply the rules, validate, commit an immutable release."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import import_module

from clipgraph.describing.counting import counting_queries
from clipgraph.describing.publication import PublishedDescriptions
from clipgraph.errors import InputError, NotValid, Unavailable
from clipgraph.publishing.conflicts import Conflict, conflicts
from clipgraph.publishing.filling import Said, fill, read_said
from clipgraph.rdf.terms import NamedNode, Store
from clipgraph.releases.change import Change, difference
from clipgraph.releases.collecting import collecting, collecting_later
from clipgraph.releases.commit import Origin, commit
from clipgraph.releases.edits import exact
from clipgraph.releases.founding import Fill, found
from clipgraph.releases.policy import Policy
from clipgraph.releases.release import FILES, MERGED, Release
from clipgraph.releases.shelf import Shelf
from clipgraph.sources.graphs import DERIVED, GraphFile, graph_files
from clipgraph.sources.project import Project, own_project
from clipgraph.sparql.library import read_library, rules_digest
from clipgraph.validation.positions import Positions
from clipgraph.validation.reading import PositionsLater
from clipgraph.validation.report import Finding, Report, ranked

Progress = Callable[[str], None]
_VALIDATOR = "clipgraph.validation.checking"
# Bytes of Turtle; the first release of so many takes some 5 GiB of memory (docs/scale.md).
_MOST_IN_MEMORY = 128 * 2**20


@dataclass(frozen=True)
class Terms:
    """How a project is published.

    ``shapes`` and ``rules`` say whether the project's are used; ``default_graph`` is ``merged`` or ``own``;
    ``discard`` lets the files win over what was written through the service; ``described`` says whether the
    release gets the named graphs that describe it, which one with a default graph of its own never does.
    """

    shapes: bool = True
    rules: bool = True
    default_graph: str = MERGED
    discard: bool = False
    described: bool = True


@dataclass(frozen=True)
class Published:
    """What a publish did: the release that is current now, whether it is new, and what was found."""

    release: Release
    new: bool
    report: Report | None


class NotPublished(NotValid):
    """The project is not valid: nothing was committed. ``report`` says what is wrong."""

    def __init__(self, report: Report) -> None:
        self.report = report
        super().__init__("not published: the project has findings that block", len(report.findings))


class LiveChanges(NotValid):
    """The service has written to graphs of files: nothing was committed; ``conflicts`` says what."""

    def __init__(self, found: Sequence[Conflict]) -> None:
        self.conflicts = tuple(found)
        super().__init__(
            "not published: the service has changed what files say. Take it over with clipgraph export, "
            "or let the files win with --discard-live-changes",
            len(found),
        )


def publish(
    project: Project, shelf: Shelf, origin: Origin, progress: Progress, terms: Terms = Terms()
) -> Published:
    """Make the state of the project's files the current release.

    Replaces exactly the graphs that are made from files; what was written through the service stays. Files
    that say what the current release says already make no new one.

    Args:
        project: the files.
        shelf: where releases are.
        origin: who publishes and why, recorded in the release.
        progress: told what is being done.
        terms: how.

    Raises:
        NotPublished: broken files or blocking findings; the old release serves on.
        LiveChanges: a graph of a file was changed through the service since it was published.
        InputError: two files are the same graph, a rule or shape is ill-formed, or the releases have another
            kind of default graph.
        Unavailable: the folder cannot be written, or too little disk.
    """
    shelf.prepare()
    # Locked before reading, so that who waits publishes what the files say then.
    with shelf.lock(), collecting_later():
        return _publish(project, shelf, origin, progress, terms)


def _publish(project: Project, shelf: Shelf, origin: Origin, progress: Progress, terms: Terms) -> Published:
    progress("reading files")
    files = graph_files(project)
    current = shelf.current()
    # Inferences would have no place of their own in a default graph that holds what is stated.
    inferring = terms.rules and terms.default_graph == MERGED
    rules = read_library(project.queries, "rules") if inferring else []
    names = frozenset(file.iri for file in files)
    policy = Policy(rules, rules_digest(rules), terms.default_graph, files=names)
    describing = _describing(project, terms)
    gate = _Gate(PositionsLater(files), len(files), progress, validates=terms.shapes)
    if current is None:
        on_disk = sum(map(_size, files)) > _MOST_IN_MEMORY
        release = found(shelf, _filling(files, gate), policy, gate, origin, describing, on_disk=on_disk)
        return Published(release, new=True, report=gate.report)
    said = read_said(files, current, gate.findings)
    gate.refuse_broken()
    if current.graphs and not files:
        raise InputError(
            f"{project.root} has no file to publish, while release {current.number} has: is it the project?"
        )
    change = _change(shelf, current, said, policy, discard=terms.discard)
    progress(f"applying {len(change.added)} additions and {len(change.removed)} removals")
    release = commit(shelf, exact(change), policy, gate, origin, describing=describing)
    return Published(release, new=release.number != current.number, report=gate.report)


def _filling(files: Sequence[GraphFile], gate: "_Gate") -> Fill:
    """Return what fills a store with the graphs of files; it raises NotPublished where one is broken."""

    def filling(store: Store) -> Iterator[str]:
        yield from fill(store, files, gate.findings)
        gate.refuse_broken()

    return filling


def _size(file: GraphFile) -> int:
    try:
        return file.path.stat().st_size
    except OSError:  # which is told when it is read
        return 0


def _describing(project: Project, terms: Terms) -> PublishedDescriptions | None:
    """Return what makes the descriptions: it counts by this package's queries, and shows the project's."""
    if not terms.described or terms.default_graph != MERGED:
        return None
    own = own_project() or project
    counting = counting_queries(read_library(own.queries, "reports"))
    return PublishedDescriptions(counting, read_library(project.queries, "competency"))


def _change(shelf: Shelf, current: Release, said: Said, policy: Policy, *, discard: bool) -> Change:
    """Return what the files change; raises LiveChanges where the service changed what they say."""
    files = policy.files or frozenset()
    store = _open(shelf, current)
    found = conflicts(current, store, said, files)
    if found and not discard:
        raise LiveChanges(found)
    before = [
        quad
        for iri, graph in current.graphs.items()
        if iri not in DERIVED and iri not in said.unchanged and (graph.owner == FILES or iri in files)
        for quad in store.quads_for_pattern(None, None, None, NamedNode(iri))
    ]
    return difference(before, said.quads)


def _open(shelf: Shelf, current: Release) -> Store:
    try:
        return Store.read_only(str(shelf.store_path(current.number)))
    except OSError as error:
        raise Unavailable(
            f"release {current.number} cannot be read ({error}): write the number of an older one of "
            f"{shelf.releases} into {shelf.root / 'current'}, or move {shelf.root} away to start anew"
        ) from error


def _validator() -> Callable[[Store, Positions], Report]:
    """Return what judges a dataset; its pySHACL and rdflib load when it is needed, for they take long."""
    found: Callable[[Store, Positions], Report] = import_module(_VALIDATOR).check_dataset
    return found


class _Gate:
    """The check of a commit: validates the staged dataset and refuses it where a finding blocks.

    ``findings`` are those of the files themselves, of which there are ``files``; who reads them adds to it.
    """

    def __init__(
        self,
        positions: Positions,
        files: int,
        progress: Progress,
        *,
        validates: bool,
    ) -> None:
        self.findings: list[Finding] = []
        self._positions, self._files, self._progress = positions, files, progress
        self._validates = validates
        self.report: Report | None = None

    def refuse_broken(self) -> None:
        """Raise NotPublished where what was found in the files themselves blocks."""
        broken = Report(findings=ranked(self.findings), files=self._files)
        if not broken.conforms():
            raise NotPublished(broken)

    def __call__(self, store: Store, _: Change | None = None) -> None:
        """Validate; raises NotPublished."""
        if not self._validates:
            return
        self._progress("validating")
        with collecting():  # pySHACL makes many
            report = _validator()(store, self._positions)
        findings = ranked((*self.findings, *report.findings))
        self.report = replace(report, findings=findings, files=self._files)
        if not self.report.conforms():
            raise NotPublished(self.report)
