"""Publishes a project: read, apply the rules, validate, commit an immutable release."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from clipgraph.errors import InputError, NotValid, Unavailable
from clipgraph.rdf.terms import NamedNode, Quad, Store
from clipgraph.releases.change import difference
from clipgraph.releases.commit import Policy, commit
from clipgraph.releases.release import Release
from clipgraph.releases.shelf import Shelf
from clipgraph.sources.graphs import INFERENCES, Role, graph_files
from clipgraph.sources.project import Project
from clipgraph.sparql.library import LibraryQuery, read_library
from clipgraph.validation.checking import check_dataset
from clipgraph.validation.reading import Contents, FileContent, gather, read_file
from clipgraph.validation.report import Report, ranked

Progress = Callable[[str], None]
_FILES = "files"


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


def publish(project: Project, shelf: Shelf, author: str, message: str, progress: Progress) -> Published:
    """Make the state of the project's files the current release.

    Files that say what the current release says already make no new one.

    Args:
        project: the files.
        shelf: where releases are.
        author: who publishes, recorded in the release.
        message: why, recorded in the release.
        progress: told what is being done.

    Raises:
        NotPublished: broken files or blocking findings; the old release serves on.
        InputError: two files are the same graph, a graph changed its role, a rule or shape is ill-formed.
        Unavailable: the folder cannot be written, or too little disk.
    """
    shelf.prepare()
    with shelf.lock():  # before reading, so that who waits publishes what the files say then
        return _publish(project, shelf, _Origin(author, message), progress)


@dataclass(frozen=True)
class _Origin:
    """Who publishes, and why."""

    author: str
    message: str


def _publish(project: Project, shelf: Shelf, origin: _Origin, progress: Progress) -> Published:
    progress("reading files")
    files = graph_files(project)
    contents = [read_file(file) for file in files]
    together = gather(contents)
    broken = Report(findings=ranked(together.findings), files=len(files))
    if not broken.conforms():
        raise NotPublished(broken)
    policy = _policy(contents, read_library(project.queries, "rules"))
    current = shelf.current()
    if current and current.graphs and not files:
        raise InputError(
            f"{project.root} has no file to publish, while release {current.number} has: is it the project?"
        )
    _check_roles(current, policy)
    change = difference(_published(shelf, current), _stored(together.quads))
    if current and not change and current.rules == policy.rules_digest:
        return Published(current, new=False, report=None)
    gate = _Gate(together, len(files), progress)
    progress(f"applying {len(change.added)} additions and {len(change.removed)} removals")
    release = commit(shelf, change, policy, gate, origin.author, origin.message)
    return Published(release, new=True, report=gate.report)


def _check_roles(current: Release | None, policy: Policy) -> None:
    """Refuse a graph that was something else: the default graph would keep, or lack, what it holds."""
    for iri, (role, _) in policy.roles.items():
        before = current.graphs.get(iri) if current else None
        if before and before.role != role:
            raise InputError(f"<{iri}> was {before.role} and is {role} now: give the file another name")


class _Gate:
    """The check of a commit: validates the staged dataset and refuses it where a finding blocks."""

    def __init__(self, together: Contents, files: int, progress: Progress) -> None:
        self._together, self._files, self._progress = together, files, progress
        self.report: Report | None = None

    def __call__(self, store: Store) -> None:
        """Validate; raises NotPublished."""
        self._progress("validating")
        report = check_dataset(store, self._together.positions)
        findings = ranked((*self._together.findings, *report.findings))
        self.report = replace(report, findings=findings, files=self._files)
        if not self.report.conforms():
            raise NotPublished(self.report)


def _stored(quads: Sequence[Quad]) -> list[Quad]:
    """Return the quads as a store gives them back.

    A store writes some literals in another form (``1.50`` as ``1.5``); without that here, their files would
    look changed at every publish.
    """
    store = Store()
    store.extend(quads)
    return list(store)


def _published(shelf: Shelf, current: Release | None) -> list[Quad]:
    """Return the quads of the graphs that files own in the current release."""
    if current is None:
        return []
    try:
        store = Store.read_only(str(shelf.store_path(current.number)))
    except OSError as error:
        raise Unavailable(
            f"release {current.number} cannot be read ({error}): write the number of an older one of "
            f"{shelf.releases} into {shelf.root / 'current'}, or move {shelf.root} away to start anew"
        ) from error
    owned = [iri for iri, graph in current.graphs.items() if graph.owner == _FILES and iri != INFERENCES]
    return [quad for iri in owned for quad in store.quads_for_pattern(None, None, None, NamedNode(iri))]


def _policy(contents: Sequence[FileContent], rules: Sequence[LibraryQuery]) -> Policy:
    roles = {content.file.iri: content.file.role for content in contents} | {INFERENCES: Role.INFERENCES}
    return Policy(
        roles={iri: (role.value, _FILES) for iri, role in roles.items()},
        # A graph whose file is gone is only taken out of, so its role no longer matters.
        merged=lambda iri: roles.get(iri, Role.DATA).merged,
        rules=rules,
        rules_digest=hashlib.sha256("\0".join(rule.text for rule in rules).encode()).hexdigest(),
        inferences=INFERENCES,
    )
