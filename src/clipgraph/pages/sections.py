"""In which order a page tells its facts, and under which headings: as a person would, not by the alphabet.

Headings are messages of the catalogues. What stands in no section comes last, in order of its labels; so a
class that nobody has thought of yet reads well too.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from clipgraph.pages.facts import Fact, expand
from clipgraph.pages.messages import N_


@dataclass(frozen=True)
class Section:
    """A heading, and the facts below it; ``prose`` to be read, ``beside`` at the side."""

    name: str
    heading: str
    facts: tuple[Fact, ...]
    prose: bool = False
    beside: bool = False


_SECTIONS = (
    (
        "story",
        N_("In detail"),
        expand(
            *("clip:context", "clip:goal", "clip:method", "clip:result", "clip:evaluation"),
            *("clip:transferability", "clip:conveyedBy"),
        ),
    ),
    (
        "about",
        N_("At a glance"),
        expand(
            *(
                "skos:altLabel",
                "dct:alternative",
                "foaf:title",
                "skos:notation",
                "clip:ordinal",
                "eli:number",
            ),
            *("clip:territoryKind", "dct:isPartOf", "clip:fieldOf", "dct:spatial", "clip:governanceLevel"),
            *("clip:sector", "org:subOrganizationOf", "org:unitOf", "org:postIn", "org:reportsTo"),
            *("clip:establishedBy", "clip:chairNominatedBy", "org:resultedFrom", "org:hasUnit", "org:member"),
            *("org:organization", "org:role", "clip:involvedParty", "clip:involvedGroup", "clip:involvedIn"),
            *("clip:post", "clip:implementedBy", "clip:developedBy", "prov:wasAssociatedWith"),
            *("clip:adoptedBy", "clip:awardedTo", "clip:awardedBy", "clip:signatory", "clip:signs"),
            *("clip:indicator", "sdmx-measure:obsValue", "sdmx-attribute:unitMeasure", "clip:amount"),
            *("clip:currency", "clip:precision", "clip:figureNature", "clip:base", "clip:figureAbout"),
            *("clip:asOf", "time:hasTime", "time:hasBeginning", "time:hasEnd", "dct:issued", "dct:created"),
            *("dct:creator", "dct:publisher", "dct:language", "dct:audience", "clip:partOfProgramme"),
            *("clip:coversField", "clip:documentedInModule", "clip:addressesChallenge"),
            *(
                "clip:followsApproach",
                "clip:mainstreamed",
                "clip:disagreementType",
                "clip:about",
                "clip:setDownIn",
                "dct:subject",
            ),
            *("skos:inScheme", "cv:contactPoint"),
        ),
    ),
    (
        "elsewhere",
        N_("The same elsewhere"),
        expand(
            *("owl:sameAs", "skos:exactMatch", "skos:closeMatch", "skos:relatedMatch", "skos:broadMatch"),
            *("skos:narrowMatch", "geo:sfEquals", "geo:sfWithin", "foaf:homepage", "foaf:page"),
            *("rdfs:seeAlso", "clip:urlAsGiven", "geo:hasGeometry", "dct:identifier"),
        ),
    ),
    ("notes", N_("Notes"), expand("skos:note", "skos:editorialNote", "skos:scopeNote", "rdfs:comment")),
)
_PROSE = ("story", "notes")
_BESIDE = ("about", "elsewhere")
_FURTHER = N_("Further facts")
_SAME_AREA, _WITHIN = expand("geo:sfEquals", "geo:sfWithin")


def arranged(facts: Iterable[Fact]) -> list[Section]:
    """Return the facts in their sections; empty sections are left out."""
    left = _areas_once({fact.property: fact for fact in facts})
    sections = []
    for name, heading, properties in _SECTIONS:
        found = tuple(left.pop(iri) for iri in properties if iri in left)
        if found:
            sections.append(Section(name, heading, found, name in _PROSE, name in _BESIDE))
    if left:
        further = tuple(sorted(left.values(), key=lambda fact: fact.label.text.casefold()))
        place = next((n for n, section in enumerate(sections) if section.name == "elsewhere"), len(sections))
        sections.insert(place, Section("further", _FURTHER, further))
    return sections


def _areas_once(facts: dict[str, Fact]) -> dict[str, Fact]:
    """Return the facts without saying of an area that is the same as this that this lies in it."""
    if _SAME_AREA not in facts or _WITHIN not in facts:
        return facts
    same = {item.value for item in facts[_SAME_AREA].items}
    wider = [item for item in facts[_WITHIN].items if item.value not in same]
    others = {iri: fact for iri, fact in facts.items() if iri != _WITHIN}
    return others | {_WITHIN: replace(facts[_WITHIN], items=wider)} if wider else others
