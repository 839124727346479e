"""Short names for the values of facets, for addresses: ``country=germany`` and not a whole IRI."""

from clipgraph.rdf.prefixes import BASE, PREFIXES, SCHEME, shorten

_NAMESPACES = {
    "type": PREFIXES["clip"],
    "level": SCHEME + "governance-level/",
    "sector": SCHEME + "sector/",
    "country": BASE + "id/country/",
    "place": BASE + "id/",
    "field": SCHEME + "european-pact-field/",
    "module": BASE + "id/module/",
    "network": BASE + "id/network/",
    "audience": SCHEME + "target-group/",
    "topic": SCHEME + "topic/",
    "told": PREFIXES["clip"],
    "has": PREFIXES["clip"],
}


def key_of(facet: str, iri: str) -> str:
    """Return the key of a value: its IRI without the namespace of most values of the facet, else short.

    Two values of a facet never share a key: what is left of an IRI in the namespace has no colon, and no
    prefix of ours.
    """
    namespace = _NAMESPACES.get(facet, "")
    local = iri.removeprefix(namespace) if namespace and iri.startswith(namespace) else ""
    if local and ":" not in local and not local.startswith(("id/", "def/", "scheme/")):
        return local
    short = shorten(iri)
    return iri.removeprefix(BASE) if short == iri else short
