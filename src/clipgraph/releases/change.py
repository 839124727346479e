"""A Change: the quads that a commit takes out and puts in."""

from collections.abc import Iterable
from dataclasses import dataclass

from clipgraph.rdf.terms import Quad


@dataclass(frozen=True)
class Change:
    """The difference between two states of the named graphs; both sides are disjoint sets."""

    added: tuple[Quad, ...] = ()
    removed: tuple[Quad, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether there is anything to do."""
        return bool(self.added or self.removed)


def difference(before: Iterable[Quad], after: Iterable[Quad]) -> Change:
    """Return the Change that makes ``after`` of ``before``, in the order the quads were given."""
    old, new = dict.fromkeys(before), dict.fromkeys(after)
    added = tuple(quad for quad in new if quad not in old)
    removed = tuple(quad for quad in old if quad not in new)
    return Change(added, removed)
