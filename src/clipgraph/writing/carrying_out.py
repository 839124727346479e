"""Carries out a write under the lock: to be called in a worker."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from clipgraph.errors import BadRequest, Refused
from clipgraph.rdf.terms import Literal, NamedNode, Store
from clipgraph.releases.change import Change
from clipgraph.releases.commit import Origin, commit
from clipgraph.releases.edits import Edit, parts
from clipgraph.releases.policy import Policy
from clipgraph.releases.release import OWN, Release
from clipgraph.releases.shelf import Shelf
from clipgraph.sources.project import Project
from clipgraph.sparql.library import read_library, rules_digest
from clipgraph.sparql.operations import clears_all
from clipgraph.validation.forms import as_data, as_turtle
from clipgraph.validation.neighbourhood import check_change
from clipgraph.writing.conditions import check_conditions
from clipgraph.writing.edits import graph_edit, update_edit, without_blank_nodes
from clipgraph.writing.failures import Rejected
from clipgraph.writing.jobs import GraphJob, Job, Outcome, Place, UpdateJob

_MOST_FINDINGS = 100  # in the answer of a refused write; all are counted


def carry_out(job: Job, finishing: Callable[[], None]) -> Outcome:
    """Commit a write; ``finishing`` is called when it is about to be made, see commit.

    Raises:
        SyntaxError: the engine cannot read the update.
        UnreadableBody, BadRequest, NotFound, PreconditionFailed, Refused: the write is not possible.
        Rejected: the shapes refuse it.
        Unavailable: the release cannot be written.
    """
    place, write = job.place, job.write
    edit = _edit(job)
    policy = _policy(place)
    if isinstance(write, UpdateJob) and clears_all(write.text):
        policy = replace(policy, clears=True)
    edit = edit if place.default_graph == OWN else without_blank_nodes(edit)
    counted = _Counting(edit, policy, frozenset(place.loaded))
    gate = _check_shapes if place.shapes else _check_nothing
    shelf = Shelf(Path(place.data))
    shelf.prepare()
    with shelf.lock():
        before = shelf.current()
        graph = write.graph if isinstance(write, GraphJob) else None
        if isinstance(write, GraphJob):
            check_conditions(write, _digest(before, write.graph))
        release = commit(shelf, counted, policy, gate, Origin(job.author, job.message), finishing)
    return Outcome(
        release.number,
        counted.added,
        counted.removed,
        created=graph is not None and _digest(before, graph) is None,
        digest=(graph is not None and _digest(release, graph)) or "",
    )


def _edit(job: Job) -> Edit:
    if isinstance(job.write, GraphJob):
        return graph_edit(job.write, job.place.default_graph)
    return update_edit(job.write)


class _Counting:
    """An edit that remembers how much it changed of what is stated; ``loaded`` are graphs it may not."""

    added = removed = 0

    def __init__(self, edit: Edit, policy: Policy, loaded: frozenset[str]) -> None:
        self._edit, self._policy, self._loaded = edit, policy, loaded

    def __call__(self, store: Store, before: Store) -> Change:
        """Apply the edit and count."""
        change = self._edit(store, before)
        values = (quad.object.value for quad in change.added if isinstance(quad.object, Literal))
        if any("\0" in value for value in values):
            raise BadRequest("a value holds the character U+0000, which XML and many programs cannot read")
        named = {q.graph_name.value for q in change.added if isinstance(q.graph_name, NamedNode)}
        for graph in sorted(self._loaded & named):
            raise Refused(
                f"the graph <{graph}> is loaded from a file at the start (--load): change that file"
            )
        stated = parts(change, self._policy).stated
        self.added, self.removed = len(stated.added), len(stated.removed)
        return change


def _digest(release: Release | None, graph: str) -> str | None:
    """Return the digest of a graph, the default graph's for the empty IRI; None where there is none."""
    if release is None:
        return None
    if not graph:
        return release.digest
    record = release.graphs.get(graph)
    return record.digest if record and record.triples else None


def _policy(place: Place) -> Policy:
    inferring = place.rules and place.default_graph != OWN
    rules = read_library(Project(Path(place.project)).queries, "rules") if inferring else []
    return Policy(rules, rules_digest(rules), place.default_graph)


def _check_nothing(_: Store, __: Change) -> None:
    """Let everything pass, as the operator said."""


def _check_shapes(store: Store, change: Change) -> None:
    report = check_change(store, change)
    if not report.conforms():
        blocking = [finding for finding in report.findings if finding.severity.rank == 0]
        shown = tuple(blocking[:_MOST_FINDINGS])
        raise Rejected(
            f"the shapes refuse this: violations: {len(blocking)}",
            len(blocking),
            [as_data(finding) for finding in shown],
            as_turtle(replace(report, findings=shown)),
        )
