"""What the service changed in graphs that are made from files, and what the files say against it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from clipgraph.rdf.terms import NamedNode, Quad, Store
from clipgraph.releases.change import Change, difference
from clipgraph.releases.release import FILES, Release


@dataclass(frozen=True)
class Conflict:
    """A graph that the service changed; ``change`` is what publishing its file would do to it."""

    graph: str
    change: Change


def conflicts(
    current: Release, store: Store, stated: Sequence[Quad], files: Collection[str]
) -> list[Conflict]:
    """Return the graphs that were written through the service and that the files would overwrite.

    Args:
        current: the current release.
        store: its store.
        stated: what the files say.
        files: the IRIs of the graphs that the files make.
    """
    found = []
    for iri, record in current.graphs.items():
        from_service = record.owner != FILES and iri in files
        if not (record.changed_live or from_service):
            continue
        name = NamedNode(iri)
        said = [quad for quad in stated if quad.graph_name == name]
        change = difference(store.quads_for_pattern(None, None, None, name), said)
        if change:
            found.append(Conflict(iri, change))
    return found
