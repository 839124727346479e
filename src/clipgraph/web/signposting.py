"""Links in the header for machines that land on a page: FAIR Signposting (https://signposting.org/FAIR/).

Targets are on the serving host, but for persistent identifiers, which no host owns.
"""

from collections.abc import Iterable

from clipgraph.pages.dataset import LICENCE
from clipgraph.rdf.formats import GRAPHS, HTML, Format
from clipgraph.rdf.identity import thing_path
from clipgraph.rdf.prefixes import BASE
from clipgraph.releases.dumps import MEDIA_TYPE, Offer

ABOUT_PAGE, DATASET = "https://schema.org/AboutPage", "https://schema.org/Dataset"
DATASET_PAGE = "/dataset"
# What describes the dataset as RDF.
DESCRIPTIONS = ("/catalog", "/.well-known/void")


def link(target: str, relation: str, media_type: str = "") -> str:
    """Return one link (https://www.rfc-editor.org/rfc/rfc8288#section-3); the target is percent-encoded."""
    return f'<{target}>; rel="{relation}"' + (f'; type="{media_type}"' if media_type else "")


def of_thing(path: str, form: Format, pinned: str) -> str:
    """Return the links of the document at a path, encoded and without a suffix, in one of its formats.

    A page is cited by the IRI of what it is about and described by the documents in RDF, which describe it.
    ``pinned`` keeps to the release that is asked for (``?release=7``).
    """
    if form != HTML:
        return ", ".join((link(path + pinned, "describes", HTML.media_type), link(LICENCE, "license")))
    described = (link(f"{path}.{each.extension}{pinned}", "describedby", each.media_type) for each in GRAPHS)
    identifier = BASE.rstrip("/") + thing_path(path)
    return ", ".join(
        (link(identifier, "cite-as"), *described, link(ABOUT_PAGE, "type"), link(LICENCE, "license"))
    )


def of_dataset(dumps: Iterable[Offer], pinned: str) -> str:
    """Return the links of the page of the dataset: to its files, and to what describes it."""
    described = (
        link(f"{path}.{each.extension}{pinned}", "describedby", each.media_type)
        for path in DESCRIPTIONS
        for each in GRAPHS
    )
    items = (link(dump.path + pinned, "item", MEDIA_TYPE) for dump in dumps if dump.graph is None)
    kinds = (link(ABOUT_PAGE, "type"), link(DATASET, "type"))
    return ", ".join((link(BASE, "cite-as"), *described, *items, *kinds, link(LICENCE, "license")))


def of_description(pinned: str) -> str:
    """Return the links of the catalogue and of VoID: to the page of the dataset that they describe."""
    return ", ".join((link(DATASET_PAGE + pinned, "describes", HTML.media_type), link(LICENCE, "license")))


def of_dump(pinned: str) -> str:
    """Return the links of a dump: to the page of the dataset that it is a file of."""
    collection = link(DATASET_PAGE + pinned, "collection", HTML.media_type)
    return ", ".join((collection, link(DATASET, "type"), link(LICENCE, "license")))
