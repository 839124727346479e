"""Edits: the ways to bring a staged store from one state to the next, each telling the exact Change."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from clipgraph.errors import Refused
from clipgraph.rdf.terms import BlankNode, DefaultGraph, NamedNode, Quad, Store
from clipgraph.releases.change import Change
from clipgraph.releases.merge import apply_stated, is_empty
from clipgraph.releases.policy import Policy

# Applies itself to the staged store, whose parent is the second argument; returns the exact Change.
Edit = Callable[[Store, Store], Change]


def as_stored(quads: Iterable[Quad]) -> list[Quad]:
    """Return the quads as a store gives them back, each once.

    A store writes some literals in another form (``1.50`` as ``1.5``): compared as they came, what is there
    already would look new, and what is new would look gone.
    """
    store = Store()
    store.bulk_extend(quads)
    return list(store)


def exact(change: Change) -> Edit:
    """Return the edit that applies a Change between what is stored and what would be, as it is."""

    def edit(store: Store, _: Store) -> Change:
        apply_stated(store, change)
        return change

    return edit


def known(change: Change) -> Edit:
    """Return the edit that applies a Change, of which only what is not so already counts."""

    def edit(store: Store, _: Store) -> Change:
        added = dict.fromkeys(as_stored(change.added))
        really = Change(
            tuple(quad for quad in added if quad not in store),
            tuple(quad for quad in as_stored(change.removed) if quad in store and quad not in added),
        )
        apply_stated(store, really)
        return really

    return edit


def compared(run: Callable[[Store], None]) -> Edit:
    """Return the edit that lets ``run`` write into the store and then finds out what it wrote.

    Takes time linear in the size of the store: one pass over it and its parent.
    """

    def edit(store: Store, parent: Store) -> Change:
        run(store)
        for name in list(store.named_graphs()):
            if is_empty(store, name):
                store.remove_graph(name)  # an empty graph is no graph
        return compare(parent, store)

    return edit


def compare(before: Store, after: Store) -> Change:
    """Return the exact Change from one store to another, default graphs included.

    Both give their quads in the same order, that of their terms' hashes, so that equal stretches are
    passed over together and only where they differ are quads looked up.
    """
    added: list[Quad] = []
    removed: list[Quad] = []
    old, new = _Cursor(iter(before)), _Cursor(iter(after))
    while old.quad is not None or new.quad is not None:
        if old.quad == new.quad:
            old.advance()
            new.advance()
        elif new.quad is not None and new.quad not in before:
            added.append(new.quad)
            new.advance()
        elif old.quad is not None and old.quad not in after:
            removed.append(old.quad)
            old.advance()
        else:  # both stand in both: the orders differ, which costs look-ups and loses nothing
            old.advance_if(old.quad is not None)
            new.advance_if(new.quad is not None)
    return Change(tuple(added), tuple(removed))


class _Cursor:
    """A place in a stream of quads; ``quad`` is None at its end."""

    def __init__(self, quads: Iterator[Quad]) -> None:
        self._quads = quads
        self.quad: Quad | None = None
        self.advance()

    def advance(self) -> None:
        """Go on to the next quad."""
        self.quad = next(self._quads, None)

    def advance_if(self, condition: bool) -> None:  # noqa: FBT001  # reads as a sentence
        """Go on where the condition holds."""
        if condition:
            self.advance()


@dataclass(frozen=True)
class Parts:
    """A Change in two: what is stated, and what was written into graphs that are made of the others."""

    stated: Change
    derived: Change


def parts(change: Change, policy: Policy) -> Parts:
    """Split a Change by whether the policy derives the graph."""

    def of(quad: Quad) -> bool:
        name = quad.graph_name
        return not isinstance(name, BlankNode) and policy.derived(
            name.value if isinstance(name, NamedNode) else ""
        )

    return Parts(
        Change(tuple(q for q in change.added if not of(q)), tuple(q for q in change.removed if not of(q))),
        Change(tuple(q for q in change.added if of(q)), tuple(q for q in change.removed if of(q))),
    )


def undo(store: Store, change: Change) -> None:
    """Take a Change that a store has back out of it."""
    apply_stated(store, Change(change.removed, change.added))


def check_derived(store: Store, written: Change) -> None:
    """Refuse what was written into a derived graph and is not what the other graphs make of it.

    Raises:
        Refused: the message says what to write instead.
    """
    for quad in written.added:
        if quad not in store:
            raise Refused(_DERIVED.format(what="put into", quad=quad.triple, where=_name(quad)))
    for quad in written.removed:
        if quad in store:
            raise Refused(_DERIVED.format(what="taken out of", quad=quad.triple, where=_name(quad)))


_DERIVED = (
    "nothing can be {what} {where} by itself: it is made of the named graphs. Write to one of them, with "
    "GRAPH <iri> {{ … }} or WITH <iri> (in question: {quad})"
)


def _name(quad: Quad) -> str:
    if isinstance(quad.graph_name, DefaultGraph):
        return "the default graph"
    return f"the graph {quad.graph_name}"
