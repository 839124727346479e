"""What descriptions are made of: a release, what is counted of it, what is said of the dataset by hand."""

from dataclasses import dataclass

from clipgraph.describing.figures import Figures
from clipgraph.describing.sayings import NOTHING_SAID, Said
from clipgraph.describing.serving import NOWHERE, Serving
from clipgraph.rdf.prefixes import BASE
from clipgraph.releases.dumps import Dump, Offer
from clipgraph.releases.release import Release
from clipgraph.sources.graphs import MADE_DESCRIPTIONS, role_of
from clipgraph.sparql.library import LibraryQuery


@dataclass(frozen=True)
class Account:
    """A release and what is known of it.

    ``figures`` is None where it is not counted (yet); ``dumps`` are the files that hold it, with sizes and
    digests where they are made; ``serving`` is what the service that tells this knows of itself; ``pinned``
    (``?release=7``) keeps the addresses of files to the release, where it was asked for by number;
    ``examples`` are the queries that show what can be asked.
    """

    release: Release
    figures: Figures | None = None
    said: Said = NOTHING_SAID
    dumps: tuple[Offer | Dump, ...] = ()
    serving: Serving = NOWHERE
    pinned: str = ""
    examples: tuple[LibraryQuery, ...] = ()

    @property
    def changed(self) -> str:
        """When the content became what it is: an xsd:dateTime in UTC, in its canonical form."""
        return _in_utc(self.release.changed or self.release.created)

    def changed_graph(self, iri: str) -> str:
        """Return when a named graph became what it is, empty where that is not known."""
        return _in_utc(self.release.graphs[iri].changed)

    def address_of(self, dump: Offer | Dump) -> str:
        """Return the persistent address of a dump."""
        return BASE + dump.path.removeprefix("/") + self.pinned

    @property
    def graphs(self) -> list[str]:
        """The IRIs of the named graphs, those of the descriptions among them, sorted."""
        made = (iri for iri in MADE_DESCRIPTIONS if iri in self.release.graphs)
        held = (iri for iri, record in self.release.graphs.items() if record.triples)
        return sorted({*held, *made})

    @property
    def counted_graphs(self) -> list[str]:
        """The named graphs without the descriptions that are made of all this."""
        return [iri for iri in self.graphs if iri not in MADE_DESCRIPTIONS]

    def is_merged(self, iri: str) -> bool:
        """Tell whether the default graph holds the triples of a named graph."""
        return self.release.default_graph == "merged" and role_of(iri).merged


def _in_utc(time: str) -> str:
    return time.removesuffix("+00:00") + "Z" if time.endswith("+00:00") else time
