"""What well-known identifiers outside are called: the authority that gives them, and the code."""

import re
from functools import lru_cache

# What the address of an identifier looks like, and whose it is; the group is the code.
_AUTHORITIES = tuple(
    (re.compile(pattern), name)
    for pattern, name in (
        (r"https?://www\.wikidata\.org/(?:entity|wiki)/([QP]\d+)", "Wikidata {}"),
        (r"https?://(?:sws|www)\.geonames\.org/(\d+)/?", "GeoNames {}"),
        (r"http://data\.europa\.eu/nuts/code/(\w+)", "NUTS {}"),
        (r"http://publications\.europa\.eu/resource/authority/nuts/(\w+)", "EU Vocabularies: NUTS {}"),
        (r"http://publications\.europa\.eu/resource/authority/country/(\w+)", "EU Vocabularies: country {}"),
        (
            r"http://publications\.europa\.eu/resource/authority/corporate-body/(\w+)",
            "EU Vocabularies: body {}",
        ),
        (
            r"http://publications\.europa\.eu/resource/authority/language/(\w+)",
            "EU Vocabularies: language {}",
        ),
        (r"http://publications\.europa\.eu/resource/authority/([\w-]+/\w+)", "EU Vocabularies: {}"),
        (r"http://eurovoc\.europa\.eu/(\w+)", "EuroVoc {}"),
        (r"https?://data\.europa\.eu/eli/(.+)", "ELI {}"),
        (r"https?://publications\.europa\.eu/resource/(?:celex|cellar)/(.+)", "Publications Office {}"),
        (r"https?://ror\.org/(\w+)", "ROR {}"),
        (r"https?://d-nb\.info/gnd/([\w-]+)", "GND {}"),
        (r"https?://viaf\.org/viaf/(\d+)/?", "VIAF {}"),
        (r"https?://isni\.org/isni/(\w+)", "ISNI {}"),
        (r"https?://orcid\.org/([\dX-]+)", "ORCID {}"),
        (r"https?://(?:dx\.)?doi\.org/(.+)", "DOI {}"),
    )
)


@lru_cache(maxsize=4096)
def known_as(iri: str) -> str:
    """Return how an identifier of a well-known authority is named, ``Wikidata Q1022``; else nothing."""
    for pattern, name in _AUTHORITIES:
        if found := pattern.fullmatch(iri):
            return name.format(found[1])
    return ""
