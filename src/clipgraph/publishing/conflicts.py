"""What the service changed in graphs that are made from files, and what the files say against it."""

from collections.abc import Collection
from dataclasses import dataclass

from clipgraph.publishing.filling import Said
from clipgraph.rdf.terms import NamedNode, Store
from clipgraph.releases.change import Change, difference
from clipgraph.releases.release import FILES, Release


@dataclass(frozen=True)
class Conflict:
    """A graph that the service changed; ``change`` is what publishing its file would do to it."""

    graph: str
    change: Change


def conflicts(current: Release, store: Store, said: Said, files: Collection[str]) -> list[Conflict]:
    """Return the graphs that were written through the service and that the files would overwrite.

    Args:
        current: the current release.
        store: its store.
        said: what the files say.
        files: the IRIs of the graphs that the files make.
    """
    found = []
    for iri, record in current.graphs.items():
        from_service = record.owner != FILES and iri in files
        if iri in said.unchanged or not (record.changed_live or from_service):
            continue
        name = NamedNode(iri)
        new = [quad for quad in said.quads if quad.graph_name == name]
        change = difference(store.quads_for_pattern(None, None, None, name), new)
        if change:
            found.append(Conflict(iri, change))
    return found
