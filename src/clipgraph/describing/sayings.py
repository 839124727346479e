"""What is said of the dataset by hand: the graph description/dataset, from data/description/dataset.ttl."""

from dataclasses import dataclass
from functools import cached_property

from clipgraph.describing.identifiers import CATALOGUE, DATASET
from clipgraph.rdf.prefixes import expand
from clipgraph.rdf.terms import NamedNode, Node, Store, Triple
from clipgraph.sources.graphs import SAID_OF_DATASET

_EU_LICENCES = "http://publications.europa.eu/resource/authority/licence/"
_SPACE = expand("void:uriSpace")


@dataclass(frozen=True)
class Said:
    """The statements about the dataset, its catalogue and the datasets it links to, in their order."""

    triples: tuple[Triple, ...]

    def values(self, subject: str, name: str) -> list[Node]:
        """Return what a subject is said to have for a property, given as a prefixed name."""
        wanted = expand(name)
        return [value for predicate, value in self._by_subject.get(subject, ()) if predicate == wanted]

    def about(self, subject: str) -> list[tuple[str, Node]]:
        """Return what is said of a subject: pairs of the property's IRI and a value."""
        return self._by_subject.get(subject, [])

    @cached_property
    def subjects(self) -> list[str]:
        """The IRIs that something is said of."""
        return list(self._by_subject)

    @cached_property
    def space(self) -> str:
        """What the IRIs of the dataset's entities begin with (void:uriSpace), empty where it is not said."""
        return next((value.value for value in self.values(DATASET, "void:uriSpace")), "")

    @cached_property
    def targets(self) -> dict[str, str]:
        """The datasets that ours links to, by the beginning of their IRIs."""
        return {
            value.value: subject
            for subject, said in self._by_subject.items()
            for predicate, value in said
            if predicate == _SPACE and subject != DATASET
        }

    def target_of(self, iri: str) -> str:
        """Return the dataset that an IRI belongs to by its beginning, the longest that fits, else nothing."""
        spaces = [space for space in self.targets if iri.startswith(space)]
        return self.targets[max(spaces, key=len)] if spaces else ""

    @cached_property
    def licence(self) -> str:
        """The licence of the data, as the EU's table of licences names it where that is said."""
        said = self.values(DATASET, "dct:license") or self.values(CATALOGUE, "dct:license")
        iris = sorted(value.value for value in said if isinstance(value, NamedNode))
        return next((iri for iri in iris if iri.startswith(_EU_LICENCES)), iris[0] if iris else "")

    @cached_property
    def _by_subject(self) -> dict[str, list[tuple[str, Node]]]:
        found: dict[str, list[tuple[str, Node]]] = {}
        for triple in self.triples:
            if isinstance(triple.subject, NamedNode) and not isinstance(triple.object, Triple):
                found.setdefault(triple.subject.value, []).append((triple.predicate.value, triple.object))
        return found


NOTHING_SAID = Said(())


def said_in(store: Store) -> Said:
    """Return what a store's graph of that says, in an order that depends on nothing else."""
    quads = store.quads_for_pattern(None, None, None, NamedNode(SAID_OF_DATASET))
    return Said(tuple(sorted((quad.triple for quad in quads), key=str)))
