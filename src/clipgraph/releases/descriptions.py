"""The named graphs that describe a release: a publish makes them, other commits leave them as they are.

They name the release that they describe, so they stay true of it when the graph goes on.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from clipgraph.rdf.terms import NamedNode, Quad, Store
from clipgraph.releases.digest import EMPTY
from clipgraph.releases.records import Records, record_of
from clipgraph.releases.release import FILES, GraphRecord, Release
from clipgraph.sources.graphs import MADE_DESCRIPTIONS, Role


class Describing(Protocol):
    """Makes the descriptions of a release; ``edition`` tells apart what would make others of the same."""

    @property
    def edition(self) -> str:
        """What tells this one from others."""

    def __call__(self, store: Store, release: Release) -> Sequence[Quad]:
        """Return the quads of the descriptions, given the store of the release."""


def content_of(release: Release, edition: str) -> str:
    """Return what tells the content that descriptions of this edition are made of from any other."""
    graphs = [(iri, each.digest) for iri, each in release.graphs.items() if iri not in MADE_DESCRIPTIONS]
    return hashlib.sha256(repr((edition, release.digest, graphs)).encode()).hexdigest()


def carried(records: Mapping[str, GraphRecord], before: Mapping[str, GraphRecord]) -> Records:
    """Return the records with those of the descriptions as they were before."""
    others = {iri: record for iri, record in records.items() if iri not in MADE_DESCRIPTIONS}
    return others | {iri: before[iri] for iri in MADE_DESCRIPTIONS if iri in before}


def described(store: Store, release: Release, describing: Describing) -> Release:
    """Put the descriptions of a release into its store, in place of others; returns the release with them."""
    forget_descriptions(store)
    none = {iri: GraphRecord(Role.DESCRIPTION.value, FILES, 0, EMPTY) for iri in MADE_DESCRIPTIONS}
    told = replace(release, graphs=_sorted(carried(release.graphs, {}) | none))
    store.extend(describing(store, told))
    made = {iri: record_of(store, iri, FILES) for iri in MADE_DESCRIPTIONS}
    records = {
        iri: replace(record, published=record.digest, changed=release.created)
        for iri, record in made.items()
        if record
    }
    return replace(
        release,
        graphs=_sorted(carried(release.graphs, records)),
        described=content_of(release, describing.edition),
    )


def forget_descriptions(store: Store) -> None:
    """Take the descriptions out of a store."""
    for iri in MADE_DESCRIPTIONS:
        store.remove_graph(NamedNode(iri))


def _sorted(records: Records) -> Records:
    return dict(sorted(records.items()))
