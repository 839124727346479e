"""A thing in the words of schema.org, embedded in its page for search engines (https://schema.org/docs/gs.html)."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup

from clipgraph.pages.facts import Fact, Item, expand
from clipgraph.pages.literals import MOST
from clipgraph.pages.points import read_position
from clipgraph.pages.resource_model import Resource
from clipgraph.rdf.identity import document_path, path_of_iri
from clipgraph.rdf.prefixes import SCHEME

_MOST = 50  # values of one property
# The first class that a thing has decides; what has none of them is a Thing, which everything there is.
_TYPES = dict(
    zip(
        expand(
            *(
                "clip:Picture",
                "clip:SourcePassage",
                "clip:Statement",
                "clip:MonitoringReport",
                "clip:Document",
            ),
            *("clip:Practice", "clip:GoodPractice", "clip:Measure", "clip:PolicyInstrument", "clip:Charter"),
            *("clip:Pact", "clip:Recommendation", "cv:PublicEvent", "clip:ResearchModule"),
            *("clip:FieldOfAction", "skos:ConceptScheme", "skos:Concept", "foaf:Person"),
            *("cv:PublicOrganisation", "org:OrganizationalUnit", "org:Organization", "clip:CityNetwork"),
            *("clip:GovernanceNetwork", "clip:SteeringCommittee", "clip:WorkingGroup"),
            *("org:OrganizationalCollaboration", "cv:AdminUnit", "dct:Location", "cv:ContactPoint"),
        ),
        (
            *("ImageObject", "Quotation", "Statement", "Report", "DigitalDocument"),
            *("CreativeWork", "CreativeWork", "CreativeWork", "CreativeWork", "CreativeWork"),
            *("CreativeWork", "CreativeWork", "Event", "ResearchProject"),
            *("DefinedTerm", "DefinedTermSet", "DefinedTerm", "Person"),
            *("GovernmentOrganization", "Organization", "Organization", "Organization"),
            *("Organization", "Organization", "Organization"),
            *("Organization", "AdministrativeArea", "Place", "ContactPoint"),
        ),
        strict=True,
    )
)
_KINDS_OF_PLACE = {SCHEME + "territory-kind/city": "City", SCHEME + "territory-kind/country": "Country"}
# What a property is called there, for things of which types.
_LINKS = tuple(
    (expand(name)[0], target, types)
    for name, target, types in (
        ("dct:isPartOf", "containedInPlace", ("City", "Country", "AdministrativeArea", "Place")),
        (
            "dct:isPartOf",
            "isPartOf",
            ("CreativeWork", "Quotation", "ImageObject", "Report", "DigitalDocument"),
        ),
        ("dct:spatial", "spatialCoverage", ("CreativeWork", "Report", "DigitalDocument")),
        ("dct:spatial", "location", ("Event",)),
        ("dct:spatial", "areaServed", ("GovernmentOrganization", "Organization")),
        ("org:subOrganizationOf", "parentOrganization", ("GovernmentOrganization", "Organization")),
        ("org:unitOf", "parentOrganization", ("GovernmentOrganization", "Organization")),
        ("clip:implementedBy", "creator", ("CreativeWork",)),
        ("clip:developedBy", "creator", ("CreativeWork",)),
        ("dct:creator", "author", ("CreativeWork", "Report", "DigitalDocument", "ImageObject")),
        ("dct:publisher", "publisher", ("CreativeWork", "Report", "DigitalDocument")),
        ("prov:wasAttributedTo", "creator", ("Statement",)),
        ("clip:about", "about", ("Statement",)),
        ("dct:subject", "about", ("CreativeWork", "Report", "DigitalDocument", "Event", "ResearchProject")),
        ("skos:inScheme", "inDefinedTermSet", ("DefinedTerm",)),
    )
)
_TEXTS = tuple(
    (expand(name)[0], target)
    for name, target in (
        ("dct:issued", "datePublished"),
        ("dct:created", "dateCreated"),
        ("foaf:title", "honorificPrefix"),
        ("skos:notation", "termCode"),
        ("clip:credit", "creditText"),
    )
)
_SAME = expand("owl:sameAs", "skos:exactMatch")


def structured_data(resource: Resource, public_url: str) -> Markup:
    """Return what a ``script`` of type ``application/ld+json`` says of a thing.

    ``public_url`` is where the public reaches the service, empty where that is not known.
    """
    kind = _type(resource)
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": kind,
        "@id": resource.iri,
        "name": resource.label.text[:MOST],
        "url": address_of(resource.iri, public_url),
    }
    if resource.lead:
        told["description"] = resource.lead.text[:MOST]
    told |= _listed("alternateName", (value.text[:MOST] for value in resource.names))
    by_property = {fact.property: fact for fact in resource.stated}
    told |= _listed("sameAs", (item.iri for iri in _SAME for item in _items(by_property, iri) if _web(item)))
    for iri, target, types in _LINKS:
        if kind in types:
            told |= _listed(target, map(_reference, _items(by_property, iri)))
    for iri, target in _TEXTS:
        told |= _listed(target, (item.value.text[:MOST] for item in _items(by_property, iri) if not item.iri))
    return as_script(told | _coordinates(resource))


def address_of(iri: str, public_url: str) -> str:
    """Return where the page of an IRI is, by its IRI where the public address is not known."""
    path = path_of_iri(iri)
    return public_url + document_path(path) if public_url and path else iri


def as_script(data: Mapping[str, Any]) -> Markup:
    """Return JSON that can stand in a ``script`` element, whatever its strings hold.

    Nothing in it ends the element or begins a comment
    (https://html.spec.whatwg.org/multipage/scripting.html#restrictions-for-contents-of-script-elements).
    """
    text = json.dumps(data, separators=(",", ":"))
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704  # escaped above


def _type(resource: Resource) -> str:
    kind = resource.fact("clip:territoryKind")
    kinds = {item.iri for item in kind.items} if kind else ()
    special = next((name for iri, name in _KINDS_OF_PLACE.items() if iri in kinds), "")
    return special or next((name for iri, name in _TYPES.items() if iri in resource.classes), "Thing")


def _items(facts: Mapping[str, Fact], iri: str) -> list[Item]:
    return facts[iri].items[:_MOST] if iri in facts else []


def _listed(name: str, values: Iterable[Any]) -> dict[str, Any]:
    found = list(values)
    return {name: found[0] if len(found) == 1 else found} if found else {}


def _reference(item: Item) -> dict[str, str]:
    return {"@id": item.iri, "name": item.label.text[:MOST]} if item.iri else {"name": item.value.text[:MOST]}


def _web(item: Item) -> bool:
    return item.iri.startswith(("http://", "https://"))


def _coordinates(resource: Resource) -> dict[str, Any]:
    geometry = resource.fact("geo:hasGeometry")
    for item in geometry.items if geometry else ():
        written = item.one("geo:asWKT")
        if written and (position := read_position(written.value.text)):
            longitude, latitude = position
            return {"geo": {"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude}}
    return {}
