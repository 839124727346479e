"""The edits behind the two ways to write: a SPARQL Update, and a graph put, added to or taken away."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from clipgraph.errors import NotFound
from clipgraph.rdf.multipart import split_form
from clipgraph.rdf.skolem import skolemise
from clipgraph.rdf.terms import BlankNode, DefaultGraph, NamedNode, Quad, Store, Triple
from clipgraph.rdf.uploads import fresh, read_upload
from clipgraph.releases.change import Change, difference
from clipgraph.releases.edits import Edit, as_stored, compared, known
from clipgraph.releases.merge import apply_stated
from clipgraph.releases.release import OWN
from clipgraph.sparql.graph_store import upload_format
from clipgraph.sparql.merging import merged
from clipgraph.sparql.operations import Data, data_operations, one_by_one, with_dataset
from clipgraph.writing.jobs import GraphJob, UpdateJob


def update_edit(job: UpdateJob) -> Edit:
    """Return the edit of a SPARQL Update.

    Raises BadRequest where it and the protocol name a dataset, or its USING cannot be read without doubt, and
    SyntaxError, also when it is applied, where the engine cannot read it.
    """
    text = merged(with_dataset(job.text, job.using, job.using_named))
    if text != job.text:
        _check_readable(job)
    data = data_operations(text)

    def run(store: Store) -> None:
        _run(store, text, job.base)

    if not data:
        return compared(run)

    def edit(store: Store, before: Store) -> Change:
        run(Store())  # so that a mistake is found where it stands in the whole text
        try:
            change = _net(data, job.base)
        except SyntaxError:  # the text was cut where the engine does not cut it
            return compared(run)(store, before)
        return known(change)(store, before)

    return edit


def _run(store: Store, text: str, base: str) -> None:
    """Carry out an update; where it fails half-way, the store is not to be used any more."""
    try:
        store.update(text, base_iri=base)
    except SyntaxError:
        operations = one_by_one(text)
        if not operations:
            raise
        for each in operations:
            store.update(each, base_iri=base)


def _check_readable(job: UpdateJob) -> None:
    """Raise the SyntaxError of a text as it was sent: in the text that is carried out, places are others."""
    with suppress(RuntimeError, OSError, ValueError):  # what it could not do without data is told when it has
        _run(Store(), job.text, job.base)


def _net(data: Sequence[Data], base: str) -> Change:
    """Return what operations on data come to, one after the other."""
    wanted: dict[Quad, bool] = {}
    for each in data:
        alone = Store()
        alone.update(each.text, base_iri=base)
        wanted.update(dict.fromkeys(alone, each.inserts))
    return Change(
        tuple(quad for quad, inserted in wanted.items() if inserted),
        tuple(quad for quad, inserted in wanted.items() if not inserted),
    )


def graph_edit(job: GraphJob, default_graph: str) -> Edit:
    """Return the edit of a Graph Store write (https://www.w3.org/TR/sparql11-http-rdf-update/#http-put).

    Raises UnreadableBody, when it is applied, where the document cannot be read, and NotFound where the
    graph to delete is not there.
    """
    name = NamedNode(job.graph) if job.graph else DefaultGraph()

    def edit(store: Store, before: Store) -> Change:
        old = list(store.quads_for_pattern(None, None, None, name))
        if job.method == "DELETE":
            if not old and job.graph:
                raise NotFound(f"there is no graph <{job.graph}>")
            return known(Change(removed=tuple(old)))(store, before)
        triples = _sent(job)
        if job.method == "PUT" and default_graph != OWN:
            # So that putting the same document again changes nothing, and in two graphs they are two.
            triples = skolemise(triples, job.graph)
        new = as_stored(Quad(t.subject, t.predicate, t.object, name) for t in triples)
        change = difference(old, new) if job.method == "PUT" else Change(added=tuple(new))
        return known(change)(store, before)

    return edit


def _sent(job: GraphJob) -> list[Triple]:
    """Return the triples of what was sent; of a form's documents all, their blank nodes apart."""
    file = Path(job.file)
    if job.method == "POST" and not file.stat().st_size:
        return []  # nothing to add, in whatever format (section 5.5)
    if not job.boundary:
        return read_upload(file, job.format, job.graph)
    return [
        triple
        for part in split_form(file.read_bytes(), job.boundary)
        for triple in read_upload(
            part.content, upload_format({"content-type": part.content_type}, part.name).name, job.graph
        )
    ]


def without_blank_nodes(edit: Edit) -> Edit:
    """Return the edit whose new blank nodes get IRIs of their own (skolem IRIs)."""

    def named(store: Store, before: Store) -> Change:
        change = edit(store, before)
        blank = tuple(quad for quad in change.added if _has_blank(quad))
        if not blank:
            return change
        renamed = tuple(fresh(blank))
        apply_stated(store, Change(added=renamed, removed=blank))
        kept = tuple(quad for quad in change.added if not _has_blank(quad))
        return Change(kept + renamed, change.removed)

    return named


def _has_blank(quad: Quad) -> bool:
    return any(map(_is_blank, (quad.subject, quad.object, quad.graph_name)))


def _is_blank(term: object) -> bool:
    if isinstance(term, Triple):
        return _is_blank(term.subject) or _is_blank(term.object)
    return isinstance(term, BlankNode)
