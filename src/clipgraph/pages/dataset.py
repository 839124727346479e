"""The dataset as a whole: sources, numbers, how good it is, how to cite it and where to get it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from clipgraph.engines.rows import Row, Value
from clipgraph.evidence.coverage_page import Told
from clipgraph.pages.asking import Asking
from clipgraph.pages.labels import best
from clipgraph.pages.reader import Reader
from clipgraph.pages.statements import full
from clipgraph.pages.things import Thing, named
from clipgraph.pages.vocabulary import Vocabulary
from clipgraph.rdf.prefixes import PREFIXES
from clipgraph.releases.release import Release

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
HOME = "https://w3id.org/clipgraph/"


@dataclass(frozen=True)
class Source:
    """A document with passages: how many, how many of them something points to, how much of it is covered."""

    iri: str
    titles: list[Value]
    kinds: list[Thing]
    issued: Value | None
    publishers: list[Thing]
    creators: list[Thing]
    rights: list[Value]
    passages: int
    cited: int
    coverage: Told | None


@dataclass(frozen=True)
class Numbers:
    """The dataset in numbers."""

    statements: int
    graphs: int
    things: int
    with_evidence: int
    disagreements: int
    shapes: int


@dataclass(frozen=True)
class Dataset:
    """What the page of the dataset shows."""

    release: Release
    numbers: Numbers
    classes: list[tuple[str, int]]
    sources: list[Source]
    version: str

    @property
    def year(self) -> str:
        """The year of the release."""
        return self.release.created[:4]

    @property
    def date(self) -> str:
        """The day of the release."""
        return self.release.created[:10]


async def load_dataset(
    asking: Asking, vocabulary: Vocabulary, release: Release, coverage: Sequence[Told]
) -> Dataset:
    """Return the dataset of a release; one query."""
    rows = await asking.rows("dataset")
    return read_dataset(rows, vocabulary, release, coverage, asking.reader)


def read_dataset(
    rows: Iterable[Row], vocabulary: Vocabulary, release: Release, coverage: Sequence[Told], reader: Reader
) -> Dataset:
    """Return the dataset from the rows of ``dataset``."""
    said: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        subject = row["subject"].text if "subject" in row else ""
        said[subject][row["property"].text].append(row)
    whole = said.pop("", {})
    told = {each.document: each for each in coverage}
    sources = [_source(iri, about, told, reader) for iri, about in said.items()]
    numbers = Numbers(
        release.triples,
        sum(1 for record in release.graphs.values() if record.triples),
        _number(whole, "subjects"),
        _number(whole, "things-with-evidence"),
        _number(whole, "disagreements"),
        len(vocabulary.shapes),
    )
    version = vocabulary.statements.first(HOME + "def", "owl:versionInfo")
    ordered = sorted(sources, key=lambda source: (-source.passages, source.iri))
    return Dataset(release, numbers, _classes(vocabulary), ordered, version.text if version else "")


def _number(about: dict[str, list[Row]], name: str) -> int:
    return int(about[name][0]["value"].text) if about.get(name) else 0


def _source(iri: str, about: dict[str, list[Row]], told: dict[str, Told], reader: Reader) -> Source:
    def values(name: str) -> list[Value]:
        return list(dict.fromkeys(row["value"] for row in about.get(full(name), ())))

    def linked(name: str) -> list[Thing]:
        labels: dict[str, list[Value]] = defaultdict(list)
        for row in about.get(full(name), ()):
            labels[row["value"].text] += [row["label"]] if "label" in row else []
        return [Thing(other, named(found, other, reader)) for other, found in labels.items()]

    issued = values("dct:issued")
    return Source(
        iri,
        values("dct:title"),
        linked("dct:type"),
        issued[0] if issued else None,
        linked("dct:publisher"),
        linked("dct:creator"),
        [*values("dct:rights"), *values("dct:license"), *values("dct:accessRights")],
        _number(about, "passages"),
        _number(about, "cited"),
        told.get(iri.rsplit("/", 1)[-1]),
    )


def _classes(vocabulary: Vocabulary) -> list[tuple[str, int]]:
    """Return our classes that have things, the most frequent first."""
    counted = [(iri, vocabulary.count(iri).all) for iri, term in vocabulary.terms.items() if term.is_class]
    return sorted(((iri, number) for iri, number in counted if number), key=lambda each: (-each[1], each[0]))


def bibtex(dataset: Dataset, reader: Reader, title: str) -> str:
    """Return the citation as an entry of BibTeX."""
    return (
        f"@misc{{clipgraph-{dataset.release.number},\n"
        f"  title        = {{{{{title}}}}},\n"
        "  author       = {{The clipgraph maintainers}},\n"
        f"  year         = {{{dataset.year}}},\n"
        f"  version      = {{release {dataset.release.number}}},\n"
        f"  howpublished = {{\\url{{{HOME}}}}},\n"
        f"  language     = {{{reader.language}}},\n"
        f"  note         = {{Digest {dataset.release.digest[:16]}, CC BY 4.0}}\n"
        "}"
    )


def citation_cff(dataset: Dataset, title: str) -> str:
    """Return the citation in the Citation File Format (https://citation-file-format.github.io/)."""
    return (
        "cff-version: 1.2.0\n"
        "message: If you use this dataset, please cite it as below.\n"
        "type: dataset\n"
        f'title: "{title}"\n'
        "authors:\n  - name: The clipgraph maintainers\n"
        f'version: "release {dataset.release.number}"\n'
        f"date-released: {dataset.date}\n"
        f"url: {HOME}\n"
        "license: CC-BY-4.0\n"
    )


def as_data(dataset: Dataset, reader: Reader) -> dict[str, Any]:
    """Return the dataset as JSON has it."""
    return {
        "release": dataset.release.number,
        "created": dataset.release.created,
        "digest": dataset.release.digest,
        "license": LICENCE,
        "ontology_version": dataset.version,
        "numbers": asdict(dataset.numbers),
        "classes": [{"iri": iri, "things": number} for iri, number in dataset.classes],
        "sources": [
            {
                "iri": source.iri,
                "title": title.text if (title := best(source.titles, reader)) else "",
                "passages": source.passages,
                "cited": source.cited,
                "coverage": asdict(source.coverage) if source.coverage else None,
            }
            for source in dataset.sources
        ],
        "class_prefix": PREFIXES["clip"],
    }
