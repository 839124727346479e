"""Inferences brought up to date for a Change, by what leads to it and follows from it alone.

What may rest on a changed triple is taken back first, with all that rests on it in turn; then whatever of it,
and of what the Change makes possible, follows from what is there now is put in (Gupta, Mumick and
Subrahmanian, Maintaining Views Incrementally, 1993: delete and rederive). The result is that of inferring
anew, as long as no rule denies what a rule concludes: else the order of conclusions matters.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from clipgraph.rdf.terms import Literal, NamedNode, Node, Quad, Store, Triple
from clipgraph.rdf.terms import Variable as Unknown
from clipgraph.releases.change import Change
from clipgraph.releases.merge import DEFAULT
from clipgraph.releases.rules import Rule
from clipgraph.sparql.joining import solutions

_MOST_LOOKED_AT = 200_000  # triples; beyond, to infer anew may take no longer


class TooMany(Exception):
    """A Change that reaches further than is worth being followed."""


class Following:
    """The default graph of a staged store and its inferences, while they follow a Change.

    Call ``state`` and ``retract`` for what is stated, then ``follow``. Where that raises, ``undo`` brings
    everything back.
    """

    def __init__(self, store: Store, rules: Sequence[Rule], inferences: str) -> None:
        self._store, self._rules, self._graph = store, rules, NamedNode(inferences)
        self._gone: dict[Node | None, list[Triple]] = defaultdict(list)
        self._looked_at = 0
        self._put: dict[Triple, None] = {}  # into the default graph
        self._taken: dict[Triple, None] = {}  # out of it
        self._inferred: dict[Triple, None] = {}
        self._not_inferred: dict[Triple, None] = {}

    def state(self, triples: Iterable[Triple]) -> None:
        """Take triples as stated: no inference any more where one was."""
        for triple in triples:
            if self._is_inferred(triple):
                self._store.remove(self._quad(triple))
                self._not_inferred[triple] = None
            elif not self._is_there(triple):
                self._store.add(_default(triple))
                self._put[triple] = None

    def retract(self, triples: Iterable[Triple]) -> None:
        """Take triples as stated no more."""
        for triple in triples:
            if self._is_there(triple):
                self._take(triple)

    def follow(self) -> tuple[Change, Change]:
        """Bring the inferences up to date; returns the exact Changes of them and of the default graph.

        Raises:
            TooMany: that reaches too far.
            Unread: a rule takes a value from where nothing leads to it.
        """
        possible = dict.fromkeys(self._taken)
        work = [*self._put, *self._taken]
        while work:
            for head in self._conclusions(work.pop()):
                if self._is_inferred(head):
                    self._store.remove(self._quad(head))
                    self._not_inferred[head] = None
                    self._take(head)
                    work.append(head)
                possible[head] = None
        queue = list(possible)
        while queue:
            triple = queue.pop()
            if not self._is_there(triple) and self._follows(triple):
                self._store.add(_default(triple))
                self._store.add(self._quad(triple))
                self._put[triple] = self._inferred[triple] = None
                queue += (head for head in self._conclusions(triple) if not self._is_there(head))
        return self._changes()

    def undo(self) -> None:
        """Bring default graph and inferences back to what they were."""
        for change in self._changes():
            for quad in change.added:
                self._store.remove(quad)
            self._store.extend(change.removed)

    def _changes(self) -> tuple[Change, Change]:
        inferred, not_inferred = self._inferred.keys(), self._not_inferred.keys()
        put, taken = self._put.keys(), self._taken.keys()
        return (
            Change(
                tuple(map(self._quad, inferred - not_inferred)),
                tuple(map(self._quad, not_inferred - inferred)),
            ),
            Change(tuple(map(_default, put - taken)), tuple(map(_default, taken - put))),
        )

    def _conclusions(self, triple: Triple) -> Iterator[Triple]:
        """Yield what rules may conclude by this triple, or by its absence."""
        for rule in self._rules:
            for branch in rule.branches:
                for index in range(branch.own, len(branch.patterns)):
                    for bound in solutions(branch, index, triple, self._look_up, lambda _: True):
                        yield from rule.concludes(bound)

    def _follows(self, triple: Triple) -> bool:
        """Tell whether a rule concludes a triple from what is there."""
        return any(
            self._store.query(rule.ask, substitutions={Unknown(name): term for name, term in values.items()})
            for rule in self._rules
            for values in rule.makes(triple)
        )

    def _look_up(
        self, subject: Node | None, predicate: NamedNode | None, object_: Node | None
    ) -> Iterator[Triple]:
        """Yield the triples of the default graph, and those that were taken out of it."""
        if isinstance(subject, Literal):
            return
        for quad in self._store.quads_for_pattern(subject, predicate, object_, DEFAULT):
            self._looked_at += 1
            if self._looked_at > _MOST_LOOKED_AT:
                raise TooMany
            yield quad.triple
        for triple in self._gone[subject if subject is not None else object_]:
            wanted = zip(
                (subject, predicate, object_), (triple.subject, triple.predicate, triple.object), strict=True
            )
            if all(one is None or one == other for one, other in wanted):
                yield triple

    def _take(self, triple: Triple) -> None:
        self._store.remove(_default(triple))
        self._taken[triple] = None
        for key in (triple.subject, triple.object, None):
            if not isinstance(key, Triple):
                self._gone[key].append(triple)

    def _is_there(self, triple: Triple) -> bool:
        return _default(triple) in self._store

    def _is_inferred(self, triple: Triple) -> bool:
        return self._quad(triple) in self._store

    def _quad(self, triple: Triple) -> Quad:
        return Quad(triple.subject, triple.predicate, triple.object, self._graph)


def _default(triple: Triple) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, DEFAULT)
