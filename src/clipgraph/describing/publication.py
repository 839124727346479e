"""The descriptions that a publish puts into a release, as named graphs; see releases/descriptions.py."""

import hashlib
from collections.abc import Sequence
from dataclasses import astuple

from clipgraph import __version__
from clipgraph.describing.account import Account
from clipgraph.describing.counting import CountingQueries, count
from clipgraph.describing.documents import as_graphs
from clipgraph.describing.sayings import said_in
from clipgraph.rdf.terms import Quad, Store
from clipgraph.releases.dumps import offers
from clipgraph.releases.release import Release
from clipgraph.sparql.library import LibraryQuery

_FORM = 2  # of what is said; another makes the descriptions anew at the next publish


class PublishedDescriptions:
    """Makes the descriptions of a release with the persistent addresses, as no service tells them."""

    def __init__(self, queries: CountingQueries, examples: Sequence[LibraryQuery] = ()) -> None:
        self._queries, self._examples = queries, tuple(examples)

    @property
    def edition(self) -> str:
        """What tells this version of the program, what it counts by and what it shows, from others."""
        examples = [(query.name, query.text) for query in self._examples]
        told = repr((_FORM, __version__, astuple(self._queries), examples))
        return hashlib.sha256(told.encode()).hexdigest()

    def __call__(self, store: Store, release: Release) -> Sequence[Quad]:
        """Return the quads of the descriptions; takes time linear in what the store holds."""
        said = said_in(store)
        figures = count(store, self._queries, said)
        return as_graphs(Account(release, figures, said, tuple(offers(release)), examples=self._examples))
