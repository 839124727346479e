"""What every commit of a project keeps to: roles, rules, and what the default graph is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from clipgraph.releases.release import MERGED, GraphRecord
from clipgraph.sources.graphs import DERIVED, role_of
from clipgraph.sparql.library import LibraryQuery


@dataclass(frozen=True)
class Policy:
    """The rules of inference and the kind of default graph.

    ``rules_digest`` tells one set of rules from another; ``default_graph`` is ``merged`` or ``own``;
    ``files`` are the IRIs of the graphs that this commit takes from files, None for any commit that is not
    a publish; ``restored`` are the records of the release that this commit goes back to;
    ``clears`` tells that the commit empties every graph first, so that nothing is meant by taking triples out
    of those that are made of the others.
    """

    rules: Sequence[LibraryQuery] = ()
    rules_digest: str = "none"
    default_graph: str = MERGED
    files: frozenset[str] | None = None
    clears: bool = False
    restored: Mapping[str, GraphRecord] = field(default_factory=dict)

    def merged(self, graph: str) -> bool:
        """Tell whether the default graph holds the triples of the named graph with this IRI."""
        return self.default_graph == MERGED and role_of(graph).merged

    def derived(self, graph: str) -> bool:
        """Tell whether the graph with this IRI (empty: the default graph) is made of the others."""
        return self.default_graph == MERGED and graph in DERIVED
