"""The dataset, its terms, code lists and codes in the words of schema.org, as pages of things have them.

https://developers.google.com/search/docs/appearance/structured-data/dataset
"""

from collections.abc import Iterable, Sequence
from typing import Any

from markupsafe import Markup

from clipgraph.engines.rows import Value
from clipgraph.pages.asking import Asking
from clipgraph.pages.dataset import HOME, LICENCE, Dataset
from clipgraph.pages.labels import best
from clipgraph.pages.literals import MOST
from clipgraph.pages.structured import address_of, as_script
from clipgraph.rdf.prefixes import shorten
from clipgraph.releases.dumps import ADDRESS, MEDIA_TYPE

_DATASET = HOME + "catalog#dataset"  # as catalogue and VoID call it
_LANGUAGES = ("en", "de", "fr")
_PUBLISHER = "The clipgraph maintainers"
_ONTOLOGY = HOME + "def"
_MOST_LINKS = 50


def dataset_data(dataset: Dataset, title: str, description: str, public_url: str) -> Markup:
    """Return the dataset of a release, with its dumps; ``public_url`` as for ``structured_data``."""
    home = public_url or HOME.rstrip("/")
    forms = (("clipgraph.nq.gz", "application/n-quads"), ("clipgraph.trig.gz", "application/trig"))
    release = f"?release={dataset.release.number}"
    return as_script(
        {
            "@context": "https://schema.org",
            "@type": "Dataset",
            "@id": _DATASET,
            "name": title,
            "description": description,
            "url": f"{home}/dataset",
            "identifier": _DATASET,
            "license": LICENCE,
            "isAccessibleForFree": True,
            "creator": {"@type": "Organization", "name": _PUBLISHER},
            "version": str(dataset.release.number),
            "dateModified": dataset.release.created,
            "inLanguage": list(_LANGUAGES),
            "distribution": [
                {
                    "@type": "DataDownload",
                    "name": name,
                    "contentUrl": f"{home}{ADDRESS}{name}{release}",
                    "encodingFormat": [media_type, MEDIA_TYPE],
                }
                for name, media_type in forms
            ],
        }
    )


def term_data(asking: Asking, iri: str, labels: Sequence[Value], definitions: Sequence[Value]) -> Markup:
    """Return a term of the ontology."""
    return _defined(asking, "DefinedTerm", iri, labels, definitions, {"inDefinedTermSet": {"@id": _ONTOLOGY}})


def code_data(
    asking: Asking, iri: str, labels: Sequence[Value], definitions: Sequence[Value], lists: Iterable[str]
) -> Markup:
    """Return a code in the lists with these IRIs."""
    sets = [{"@id": each} for each in lists][:_MOST_LINKS]
    further = {"inDefinedTermSet": sets[0] if len(sets) == 1 else sets} if sets else {}
    return _defined(asking, "DefinedTerm", iri, labels, definitions, further)


def list_data(asking: Asking, iri: str, titles: Sequence[Value], descriptions: Sequence[Value]) -> Markup:
    """Return a code list."""
    return _defined(asking, "DefinedTermSet", iri, titles, descriptions, {"license": LICENCE})


def _defined(
    asking: Asking,
    kind: str,
    iri: str,
    names: Sequence[Value],
    definitions: Sequence[Value],
    further: dict[str, Any],
) -> Markup:
    name, about = best(names, asking.reader), best(definitions, asking.reader)
    others = [value.text[:MOST] for value in names if value != name][:_MOST_LINKS]
    return as_script(
        {
            "@context": "https://schema.org",
            "@type": kind,
            "@id": iri,
            "name": name.text[:MOST] if name else shorten(iri),
            "url": address_of(iri, asking.public_url),
            **({"description": about.text[:MOST]} if about else {}),
            **({"alternateName": others} if others else {}),
            **further,
        }
    )
