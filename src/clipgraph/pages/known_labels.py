"""Labels that pages of a release have asked for, kept for the pages to come, most of which name the same."""

from collections import OrderedDict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from clipgraph.engines.rows import Row, Value
from clipgraph.pages.labels import Labels, best
from clipgraph.pages.reader import Reader

_RELEASES = 2
_MOST = 8 << 20  # characters of one release: of IRIs and their labels, in each language


@dataclass
class _Known:
    """The best labels in each language by IRI, of those IRIs that were asked for; some have none."""

    asked: set[str] = field(default_factory=set)
    labels: dict[str, dict[str, Value]] = field(default_factory=dict)
    size: int = 0


class KnownLabels:
    """What is known of the labels of the releases asked for last, for readers of some languages.

    Of number 0, which is no release, nothing is.
    """

    def __init__(self, languages: Collection[str]) -> None:
        self._languages = tuple(languages)
        self._releases: OrderedDict[int, _Known] = OrderedDict()

    def missing(self, release: int, iris: Iterable[str]) -> set[str]:
        """Return those of the IRIs whose labels are not known."""
        return set(iris) - self._of(release).asked

    def put(self, release: int, iris: Collection[str], rows: Iterable[Row]) -> None:
        """Keep the labels of some IRIs: rows of ``thing`` and ``label``, all that there are."""
        if not release:
            return
        found: dict[str, list[Value]] = {iri: [] for iri in iris}
        for row in rows:
            found.setdefault(row["thing"].text, []).append(row["label"])
        known = self._of(release)
        if known.size > _MOST:
            known = self._releases[release] = _Known()
        for iri, values in found.items():
            known.asked.add(iri)
            known.size += len(iri)
            for language in self._languages:
                label = best(values, Reader(language))
                if label is not None:
                    known.labels.setdefault(language, {})[iri] = label
                    known.size += len(label.text)

    def of(self, release: int, iris: Iterable[str], reader: Reader) -> Labels:
        """Return the best label for a reader of each of the IRIs that has one and is known."""
        labels = self._of(release).labels.get(reader.language, {})
        return {iri: labels[iri] for iri in iris if iri in labels}

    def _of(self, release: int) -> _Known:
        known = self._releases.setdefault(release, _Known())
        self._releases.move_to_end(release)
        if len(self._releases) > _RELEASES:
            self._releases.popitem(last=False)
        return known
