"""The one prefix table: what queries, Turtle files and pages abbreviate, and how."""

from functools import lru_cache
from types import MappingProxyType

BASE = "https://w3id.org/clipgraph/"
SCHEME = BASE + "scheme/"

OWN = {
    "actor-group": SCHEME + "actor-group/",
    "approach": SCHEME + "approach/",
    "benefit": SCHEME + "benefit/",
    "challenge": SCHEME + "challenge/",
    "city-role": SCHEME + "city-role/",
    "clip": BASE + "def/",
    "clipsh": BASE + "shapes/",
    "decision-type": SCHEME + "decision-type/",
    "disagreement-type": SCHEME + "disagreement-type/",
    "distinction": SCHEME + "distinction/",
    "document-type": SCHEME + "document-type/",
    "event-type": SCHEME + "event-type/",
    "factsheet-target": SCHEME + "factsheet-target/",
    "field": SCHEME + "european-pact-field/",
    "figure-nature": SCHEME + "figure-nature/",
    "indicator": SCHEME + "indicator/",
    "instrument-type": SCHEME + "instrument-type/",
    "level": SCHEME + "governance-level/",
    "mission": SCHEME + "mission/",
    "passage-kind": SCHEME + "passage-kind/",
    "precision": SCHEME + "precision/",
    "principle": SCHEME + "principle/",
    "role": SCHEME + "role/",
    "sector": SCHEME + "sector/",
    "statement-type": SCHEME + "statement-type/",
    "status": SCHEME + "status/",
    "stuttgart-field": SCHEME + "stuttgart-pact-field/",
    "target": SCHEME + "target/",
    "target-group": SCHEME + "target-group/",
    "territory-kind": SCHEME + "territory-kind/",
    "topic": SCHEME + "topic/",
    "unit": SCHEME + "unit/",
}

REUSED = {
    "adms": "http://www.w3.org/ns/adms#",
    "bibo": "http://purl.org/ontology/bibo/",
    "corporate-body": "http://publications.europa.eu/resource/authority/corporate-body/",
    "country": "http://publications.europa.eu/resource/authority/country/",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "eurovoc": "http://eurovoc.europa.eu/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "geonames": "https://sws.geonames.org/",
    "locn": "http://www.w3.org/ns/locn#",
    "nuts": "http://data.europa.eu/nuts/code/",
    "nuts-authority": "http://publications.europa.eu/resource/authority/nuts/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "ror": "https://ror.org/",
    "schema": "https://schema.org/",
    "sdmx-attribute": "http://purl.org/linked-data/sdmx/2009/attribute#",
    "sdmx-dimension": "http://purl.org/linked-data/sdmx/2009/dimension#",
    "sdmx-measure": "http://purl.org/linked-data/sdmx/2009/measure#",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "spex": "https://purl.expasy.org/sparql-examples/ontology#",
    "time": "http://www.w3.org/2006/time#",
    "vann": "http://purl.org/vocab/vann/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "void": "http://rdfs.org/ns/void#",
    "void-ext": "http://ldf.fi/void-ext#",
    "wikidata": "http://www.wikidata.org/entity/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

PREFIXES = MappingProxyType(dict(sorted((OWN | REUSED).items())))
_BY_LENGTH = sorted(PREFIXES.items(), key=lambda item: -len(item[1]))


def expand(name: str) -> str:
    """Return the IRI of a prefixed name of the table: ``rdfs:label``."""
    prefix, local = name.split(":", 1)
    return PREFIXES[prefix] + local


@lru_cache(maxsize=8192)
def shorten(iri: str) -> str:
    """Return ``prefix:local`` where the table knows the namespace, else the IRI itself.

    A local part with a slash or another character that Turtle would escape is left whole.
    """
    for prefix, namespace in _BY_LENGTH:
        local = iri[len(namespace) :] if iri.startswith(namespace) else ""
        if local and all(character.isalnum() or character in "-_" for character in local):
            return f"{prefix}:{local}"
    return iri
