"""The records of a release's graphs, brought up to date for a Change without reading the graphs."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from clipgraph.rdf.terms import NamedNode, Quad, Store
from clipgraph.releases.change import Change
from clipgraph.releases.digest import EMPTY, digest, moved
from clipgraph.releases.policy import Policy
from clipgraph.releases.release import FILES, SERVICE, GraphRecord
from clipgraph.sources.graphs import role_of

Records = dict[str, GraphRecord]


def records_after(before: Mapping[str, GraphRecord], change: Change, policy: Policy) -> Records:
    """Return the records of the named graphs after an exact Change, sorted by IRI.

    Exact: nothing added was there, nothing removed was not.
    """
    added, removed = _by_graph(change.added), _by_graph(change.removed)
    after = dict(before)
    for iri in (added.keys() | removed.keys()) - {""}:
        old = before.get(iri) or GraphRecord(role_of(iri).value, SERVICE, 0, EMPTY)
        after[iri] = moved_on(old, added[iri], removed[iri])
    # A graph from a file whose triples are all gone is remembered: it differs from its file.
    kept = {iri: record for iri, record in after.items() if record.triples or record.published}
    return dict(sorted(_owned(kept, policy).items()))


def moved_on(old: GraphRecord, added: Collection[Quad], removed: Collection[Quad]) -> GraphRecord:
    """Return the record of a graph after an exact Change of it."""
    triples = old.triples + len(added) - len(removed)
    return replace(old, triples=triples, digest=moved(old.digest, added, removed))


def _owned(records: Records, policy: Policy) -> Records:
    """Return the records with their owners after a publish or a rollback; other commits change no owner."""
    files = policy.files
    if policy.restored:
        others = {iri: record for iri, record in records.items() if record.triples}
        return others | dict(policy.restored)
    if files is None:
        return records
    return {
        iri: replace(record, owner=FILES, published=record.digest) if iri in files else record
        for iri, record in records.items()
        if record.triples
    }


def dated(records: Mapping[str, GraphRecord], before: Mapping[str, GraphRecord], now: str) -> Records:
    """Return the records with when each graph became what it is: ``now``, unless it was so before."""

    def since(iri: str, record: GraphRecord) -> str:
        old = before.get(iri)
        return old.changed if old and old.digest == record.digest else now

    return {iri: replace(record, changed=since(iri, record)) for iri, record in records.items()}


def record_of(store: Store, iri: str, owner: str) -> GraphRecord | None:
    """Return the record of a graph as the store holds it, None for an empty one; reads all of it."""
    quads = list(store.quads_for_pattern(None, None, None, NamedNode(iri)))
    return GraphRecord(role_of(iri).value, owner, len(quads), digest(quads)) if quads else None


def _by_graph(quads: Iterable[Quad]) -> defaultdict[str, list[Quad]]:
    """Return the quads by the IRI of their graph, the default graph's under the empty text."""
    found: defaultdict[str, list[Quad]] = defaultdict(list)
    for quad in quads:
        found[quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""].append(quad)
    return found
