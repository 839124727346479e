"""Finds what a changed statement leads to: solutions of a branch in which one pattern is that statement."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from clipgraph.rdf.terms import Literal, NamedNode, Node, Triple
from clipgraph.sparql.patterns import Branch, Edge, End, Pattern, Table, Variable

Bound = Mapping[str, Node]
# Looks up triples by subject, predicate and object, of which None is any.
Lookup = Callable[[Node | None, NamedNode | None, Node | None], Iterable[Triple]]
Wanted = Callable[[Bound], bool]


def solutions(
    branch: Branch, index: int, triple: Triple, lookup: Lookup, wanted: Wanted
) -> Iterator[dict[str, Node]]:
    """Yield what the variables stand for where a pattern of the branch is this triple.

    Variables that nothing leads to from there stay open, and the patterns that only they stand in are not
    looked at: there may be more solutions here than in the query, and never fewer.

    Args:
        branch: patterns that a solution fits.
        index: which of its patterns the triple is.
        triple: a statement of the graph, or one that was taken out of it.
        lookup: the graph; with the statements taken out of it, where those matter, too.
        wanted: asked at each step; false gives up what has been bound so far.
    """
    if isinstance(triple.subject, Triple) or isinstance(triple.object, Triple):
        return
    pattern = branch.patterns[index]
    others = (*branch.patterns[:index], *branch.patterns[index + 1 :])
    for edge in pattern.edges:
        ends = (triple.object, triple.subject) if edge.inverse else (triple.subject, triple.object)
        for bound, more in _starts(pattern, edge, triple.predicate, ends):
            yield from _joined(bound, [*more, *others], list(branch.tables), lookup, wanted)


def _starts(
    pattern: Pattern, edge: Edge, predicate: NamedNode, ends: tuple[Node, Node]
) -> Iterator[tuple[dict[str, Node], list[Pattern]]]:
    """Yield the variables that the triple binds, and the walks that lead to it and on from it."""
    bound: dict[str, Node] = {}
    if edge.predicate is not None and not _binds(edge.predicate, predicate, bound):
        return
    if not pattern.transitive:
        if _binds(pattern.subject, ends[0], bound) and _binds(pattern.object, ends[1], bound):
            yield bound, []
        return
    # Somewhere on the way: any number of steps before it, and any number after it.
    walk = replace(pattern, reflexive=True)
    before, after = Variable("before the step"), Variable("after the step")
    bound |= {before.name: ends[0], after.name: ends[1]}
    yield bound, [replace(walk, object=before), replace(walk, subject=after)]


def _binds(end: End, term: Node, bound: dict[str, Node]) -> bool:
    """Bind an end to a term; tell whether it can be that."""
    if isinstance(end, Variable):
        return bound.setdefault(end.name, term) == term
    # Two ways to write a number are one to the engine: which literals are the same is not decided here.
    return end == term or (isinstance(end, Literal) and isinstance(term, Literal))


def _joined(
    bound: dict[str, Node], patterns: list[Pattern], tables: list[Table], lookup: Lookup, wanted: Wanted
) -> Iterator[dict[str, Node]]:
    if not wanted(bound):
        return
    for table in tables:
        if bound.keys() & set(table.variables):
            rest = [other for other in tables if other is not table]
            for fitting in _rows(table, bound):
                yield from _joined(fitting, patterns, rest, lookup, wanted)
            return
    chosen = min(patterns, key=lambda pattern: _cost(pattern, bound), default=None)
    if chosen is None or _cost(chosen, bound) >= _UNCONNECTED:
        yield bound
        return
    remaining = [pattern for pattern in patterns if pattern is not chosen]
    for more in _matches(chosen, bound, lookup):
        yield from _joined(more, remaining, tables, lookup, wanted)


def _rows(table: Table, bound: dict[str, Node]) -> Iterator[dict[str, Node]]:
    for row in table.rows:
        more = dict(bound)
        cells = zip(table.variables, row, strict=True)
        if all(value is None or _binds(Variable(name), value, more) for name, value in cells):
            yield more


_UNCONNECTED = 9


def _cost(pattern: Pattern, bound: Bound) -> int:
    """Return how many matches to fear: few where both ends are known, many where one is a hub."""
    known = [not isinstance(end, Variable) or end.name in bound for end in (pattern.subject, pattern.object)]
    if not (pattern.variables & bound.keys()):
        return _UNCONNECTED
    if all(known):
        return 2 if pattern.transitive else 0
    if not any(known):
        return _UNCONNECTED
    forwards = known[0] != any(edge.inverse for edge in pattern.edges)
    return (1 if forwards else 3) + (2 if pattern.transitive else 0)


def _matches(pattern: Pattern, bound: dict[str, Node], lookup: Lookup) -> Iterator[dict[str, Node]]:
    start, stop = _term(pattern.subject, bound), _term(pattern.object, bound)
    found = (
        _walks(pattern, start, stop, bound, lookup)
        if pattern.transitive
        else _steps(pattern, start, stop, bound, lookup)
    )
    for more, first, last in found:
        new = dict(more)
        if _binds(pattern.subject, first, new) and _binds(pattern.object, last, new):
            yield new


def _term(end: End, bound: Bound) -> Node | None:
    return bound.get(end.name) if isinstance(end, Variable) else end


def _steps(
    pattern: Pattern, start: Node | None, stop: Node | None, bound: Bound, lookup: Lookup
) -> Iterator[tuple[Bound, Node, Node]]:
    """Yield each single step, and where it starts and stops."""
    if pattern.reflexive:
        yield from ((bound, end, end) for end in (start, stop) if end is not None)
    for edge in pattern.edges:
        known = edge.predicate
        predicate = bound.get(known.name) if isinstance(known, Variable) else known
        if predicate is not None and not isinstance(predicate, NamedNode):
            continue
        subject, value = (stop, start) if edge.inverse else (start, stop)
        if isinstance(subject, Literal):
            continue
        for triple in lookup(subject, predicate, value):
            if isinstance(triple.object, Triple) or isinstance(triple.subject, Triple):
                continue
            more = {**bound, known.name: triple.predicate} if isinstance(known, Variable) else bound
            ends = (triple.subject, triple.object)
            yield (more, ends[1], ends[0]) if edge.inverse else (more, *ends)


def _walks(
    pattern: Pattern, start: Node | None, stop: Node | None, bound: Bound, lookup: Lookup
) -> Iterator[tuple[Bound, Node, Node]]:
    """Yield the ends of all walks from the known end, each once; no step at all where that is allowed."""
    backwards = start is None
    origin = stop if backwards else start
    if origin is None:
        return
    single = replace(pattern, reflexive=False)
    seen: set[Node] = {origin} if pattern.reflexive else set()
    todo = [origin]
    if pattern.reflexive:
        yield bound, origin, origin
    while todo:
        here = todo.pop()
        first_end, last_end = (None, here) if backwards else (here, None)
        for _, first, last in _steps(single, first_end, last_end, bound, lookup):
            there = first if backwards else last
            if there not in seen:
                seen.add(there)
                todo.append(there)
                yield (bound, there, origin) if backwards else (bound, origin, there)
