"""The page of the dataset: what it is, how good, how to get and cite it."""

from dataclasses import dataclass

from clipgraph.evidence.coverage_page import Told
from clipgraph.pages.asking import Asking
from clipgraph.pages.dataset import HOME, Dataset, bibtex, citation_cff
from clipgraph.pages.literals import grouped
from clipgraph.pages.messages import N_
from clipgraph.pages.structured_vocabulary import dataset_data
from clipgraph.pages.vocabulary import Vocabulary
from clipgraph.pages.vocabulary_context import vocabulary_context
from clipgraph.rdf.prefixes import PREFIXES

_EVERYTHING = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_TITLE = N_("clipgraph: local integration policy in Europe as linked data")


_ABOUT = N_(
    "Who acts at which level, what works in which city, and what was proposed: the CLIP network of "
    "cities, its good practices and the proposed European Pact for Integration, as a knowledge graph "
    "in which each thing names the passages, or the web page, that what is said of it comes from."
)
_RATES = {
    "second": N_("; a client may ask %(number)s times a second"),
    "minute": N_("; a client may ask %(number)s times a minute"),
    "hour": N_("; a client may ask %(number)s times an hour"),
    "day": N_("; a client may ask %(number)s times a day"),
}


@dataclass(frozen=True)
class Limits:
    """What the endpoint lets a query use: seconds, MiB, requests of one client (empty: as many as it likes).

    ``validated`` tells whether commits have to fit the shapes.
    """

    timeout: float
    memory: int
    rate: str
    validated: bool


def dataset_page(asking: Asking, vocabulary: Vocabulary, dataset: Dataset, limits: Limits) -> str:
    """Return the page."""
    title = asking.site.message(asking.reader, _TITLE)
    release = dataset.release
    return asking.render(
        "dataset.html",
        **vocabulary_context(asking, vocabulary),
        dataset=dataset,
        limits=limits,
        rate=_rate(asking, limits.rate),
        validated=limits.validated,
        passages=sum(source.passages for source in dataset.sources),
        cited=sum(source.cited for source in dataset.sources),
        coverage=_together(dataset),
        disagreements=PREFIXES["clip"] + "Disagreement",
        citation=f"{title}. Release {release.number}, {dataset.date}. {HOME} (CC BY 4.0)",
        bibtex=bibtex(dataset, asking.reader, title),
        cff=citation_cff(dataset, title),
        everything=_EVERYTHING,
        structured=dataset_data(
            dataset, title, asking.site.message(asking.reader, _ABOUT), asking.public_url
        ),
    )


def _rate(asking: Asking, rate: str) -> str:
    """Return in words how often a client may ask: ``6000/minute``; nothing where there is no bound."""
    number, _, unit = rate.partition("/")
    if not unit:
        return ""
    words = asking.site.message(asking.reader, _RATES[unit])
    return words % {"number": grouped(int(number), asking.reader.language)}


def _together(dataset: Dataset) -> Told | None:
    """Return the coverage of all sources as one, None where none was measured."""
    told = [source.coverage for source in dataset.sources if source.coverage]
    if not told:
        return None
    sums = [sum(numbers) for numbers in zip(*(list(vars(each).values())[1:] for each in told), strict=True)]
    return Told("", *sums)
