"""Reads property paths (https://www.w3.org/TR/sparql11-query/#propertypaths) into steps.

A path is a sequence of links. A link is what one pattern says: properties to choose from, once or again and
again. What is more than that inside of one link is taken for any walk over the properties in it.
"""

from dataclasses import dataclass, replace

from clipgraph.rdf.terms import NamedNode
from clipgraph.sparql.cursor import Cursor, Unread
from clipgraph.sparql.patterns import Edge, End, Pattern


@dataclass(frozen=True, slots=True)
class Link:
    """One member of a path: properties to choose from, how often, and whether none at all will do."""

    edges: tuple[Edge, ...]
    transitive: bool = False
    reflexive: bool = False


Links = tuple[Link, ...]


def step(subject: End, link: Link, value: End) -> Pattern:
    """Return the pattern that a link makes between two ends."""
    return Pattern(subject, link.edges, value, transitive=link.transitive, reflexive=link.reflexive)


def one(predicate: NamedNode | None) -> Links:
    """Return the path of one property, or of any."""
    return (Link((Edge(predicate),)),)


def alternative(paths: list[Links]) -> Links:
    """Return a path for which each of the paths will do."""
    if len(paths) == 1:
        return paths[0]
    links = [link for path in paths for link in path]
    return (
        Link(
            tuple(dict.fromkeys(edge for link in links for edge in link.edges)),
            transitive=any(link.transitive for link in links) or any(len(path) > 1 for path in paths),
            reflexive=any(all(link.reflexive for link in path) for path in paths),
        ),
    )


def inverse(path: Links) -> Links:
    """Return the path from the end to the start."""
    return tuple(replace(link, edges=tuple(map(_turned, link.edges))) for link in reversed(path))


def repeated(path: Links, sign: str) -> Links:
    """Return the path zero or more (``*``), one or more (``+``), zero or one (``?``) times."""
    whole = alternative([path, path]) if len(path) > 1 else path
    [link] = whole
    return (
        replace(
            link,
            transitive=link.transitive or sign in "*+",
            reflexive=link.reflexive or sign in "*?",
        ),
    )


def _turned(edge: Edge) -> Edge:
    return replace(edge, inverse=not edge.inverse)


def read_path(cursor: Cursor) -> Links:
    """Read a path off a cursor; raises Unread where there is none."""
    found = [_sequence(cursor)]
    while cursor.take("|"):
        found.append(_sequence(cursor))
    return alternative(found)


def _sequence(cursor: Cursor) -> Links:
    found = _member(cursor)
    while cursor.take("/"):
        found = (*found, *_member(cursor))
    return found


def _member(cursor: Cursor) -> Links:
    if cursor.take("^"):
        return inverse(_member(cursor))
    if cursor.take("!"):
        raise Unread("a negated property set")
    if cursor.take("("):
        found = read_path(cursor)
        cursor.expect(")")
    else:
        term = cursor.end(verb=True)
        if not isinstance(term, NamedNode):
            raise Unread("a literal in place of a property")
        found = one(term)
    for sign in "*+?":
        if cursor.take(sign):
            return repeated(found, sign)
    return found
