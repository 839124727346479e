"""The line of releases: what differs between two, and going back to one by a new one."""

from contextlib import suppress

from clipgraph.errors import NotFound, Unavailable
from clipgraph.rdf.terms import Store
from clipgraph.releases.change import Change
from clipgraph.releases.commit import Origin, commit
from clipgraph.releases.edits import compare, known, parts
from clipgraph.releases.policy import Policy
from clipgraph.releases.release import OWN, Release
from clipgraph.releases.shelf import Shelf
from clipgraph.sparql.library import LibraryQuery, rules_digest


def open_release(shelf: Shelf, number: int) -> Store:
    """Return the store of a release, read-only.

    Raises:
        NotFound: it is not kept; the message names those that are.
        Unavailable: it is damaged.
    """
    kept = shelf.numbers()
    if number not in kept:
        raise NotFound(f"release {number} is not here; kept: {_ranges(kept)}")
    try:
        return Store.read_only(str(shelf.store_path(number)))
    except OSError as error:
        raise Unavailable(f"release {number} cannot be read: {error}") from error


def _ranges(numbers: list[int]) -> str:
    """Return numbers in words: ``1 to 7, 9``."""
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][-1] + 1:
            found[-1] = [found[-1][0], number]
        else:
            found.append([number])
    return ", ".join(" to ".join(map(str, each)) for each in found) or "none"


def releases(shelf: Shelf) -> list[Release]:
    """Return the kept releases that can be read, oldest first."""
    found = []
    for number in shelf.numbers():
        with suppress(Unavailable, NotFound):  # damaged, or pruned this very moment
            found.append(shelf.read(number))
    return found


def stated_difference(shelf: Shelf, before: int, after: int) -> Change:
    """Return the Change of what is stated from one release to another; what is derived is left out.

    Raises:
        NotFound, Unavailable: one of them is not kept, or damaged.
    """
    kind = Policy(default_graph=shelf.read(after).default_graph)
    return parts(compare(open_release(shelf, before), open_release(shelf, after)), kind).stated


def rollback(shelf: Shelf, number: int, rules: list[LibraryQuery], origin: Origin) -> Release:
    """Make a new release with the content that release ``number`` has.

    It was valid then, so it is not validated anew; inferences follow from ``rules`` as they are now.

    Raises:
        NotFound: there is no such release.
        Unavailable: it or the new one cannot be read or written.
    """
    shelf.prepare()
    with shelf.lock():
        open_release(shelf, number)
        target, current = shelf.read(number), shelf.current()
        if current is None:
            raise NotFound("nothing is published yet")
        change = stated_difference(shelf, current.number, number)
        rules = rules if target.default_graph != OWN else []
        policy = Policy(rules, rules_digest(rules), target.default_graph, restored=target.graphs)
        return commit(shelf, known(change), policy, lambda _, __: None, origin)
