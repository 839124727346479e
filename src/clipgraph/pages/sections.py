"""In which order a page tells its facts, and under which headings: as a person would, not by the alphabet.

Headings are messages of the catalogues. What stands in no section comes last, in order of its labels; so a
class that nobody has thought of yet reads well too.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from clipgraph.pages.facts import Fact, expand
from clipgraph.pages.messages import N_


@dataclass(frozen=True)
class Section:
    """A heading, and the facts below it; ``prose`` where they are read as paragraphs."""

    name: str
    heading: str
    facts: tuple[Fact, ...]
    prose: bool = False


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
                "skos:notation",
                "clip:ordinal",
                "eli:number",
                "clip:territoryKind",
            ),
            *(
                "dct:isPartOf",
                "dct:spatial",
                "clip:governanceLevel",
                "clip:sector",
                "org:member",
                "org:organization",
            ),
            *(
                "org:role",
                "clip:involvedParty",
                "clip:involvedGroup",
                "clip:involvedIn",
                "clip:post",
                "org:postIn",
            ),
            *("clip:implementedBy", "clip:developedBy", "clip:adoptedBy", "clip:awardedTo", "clip:awardedBy"),
            *(
                "clip:signatory",
                "clip:signs",
                "clip:indicator",
                "sdmx-measure:obsValue",
                "sdmx-attribute:unitMeasure",
            ),
            *(
                "clip:amount",
                "clip:currency",
                "clip:precision",
                "clip:figureNature",
                "clip:base",
                "clip:asOf",
            ),
            *("time:hasTime", "time:hasBeginning", "time:hasEnd", "dct:issued", "dct:created", "dct:creator"),
            *("dct:publisher", "dct:language", "dct:audience", "clip:coversField", "clip:documentedInModule"),
            *(
                "dct:subject",
                "clip:addressesChallenge",
                "clip:followsApproach",
                "clip:mainstreamed",
                "clip:about",
            ),
        ),
    ),
    (
        "elsewhere",
        N_("The same elsewhere"),
        expand(
            *("owl:sameAs", "skos:exactMatch", "skos:closeMatch", "skos:relatedMatch", "skos:broadMatch"),
            *(
                "skos:narrowMatch",
                "geo:sfEquals",
                "geo:sfWithin",
                "foaf:homepage",
                "foaf:page",
                "rdfs:seeAlso",
            ),
            *("clip:urlAsGiven", "geo:hasGeometry", "dct:identifier"),
        ),
    ),
    ("notes", N_("Notes"), expand("skos:note", "skos:editorialNote", "skos:scopeNote", "rdfs:comment")),
)
_PROSE = ("story", "notes")
_FURTHER = N_("Further facts")

# What the values are that point to a thing by a property; another property is read backwards.
INVERSE = dict(
    zip(
        expand(
            *("clip:involvedIn", "clip:figureAbout", "clip:about", "org:member", "org:organization"),
            *(
                "dct:isPartOf",
                "dct:spatial",
                "clip:implementedBy",
                "clip:coversField",
                "clip:documentedInModule",
            ),
            *(
                "clip:hasClaim",
                "clip:post",
                "org:postIn",
                "clip:involvedParty",
                "clip:involvedGroup",
                "dct:subject",
            ),
            *("dct:audience", "clip:evidence", "skos:inScheme", "rdf:type", "clip:signs", "clip:signatory"),
            *("org:subOrganizationOf", "clip:awardedTo", "clip:awardedBy", "clip:addressedTo", "dct:source"),
            *("prov:wasAttributedTo", "foaf:depicts", "clip:cites", "clip:sector", "clip:governanceLevel"),
            *(
                "skos:broader",
                "dct:creator",
                "dct:publisher",
                "clip:addressesChallenge",
                "clip:givesReasonFor",
            ),
        ),
        (
            *(N_("Who is involved"), N_("Figures"), N_("What is said about it"), N_("Memberships")),
            *(N_("Members and memberships"), N_("Parts"), N_("Here"), N_("Carries out"), N_("Covered by")),
            *(
                N_("Documents it"),
                N_("Where sources disagree"),
                N_("Held by"),
                N_("Posts"),
                N_("Involved in"),
            ),
            *(N_("Involved in"), N_("About this subject"), N_("Meant for them"), N_("Supports")),
            *(N_("Codes"), N_("Instances"), N_("Signatures"), N_("Signed")),
            *(
                N_("Organisations within"),
                N_("Awards"),
                N_("Confers"),
                N_("Asked to act"),
                N_("Comes from it"),
            ),
            *(N_("Said by them"), N_("Pictures"), N_("Cited by"), N_("In this sector"), N_("At this level")),
            *(N_("Narrower"), N_("Created"), N_("Published"), N_("Addressed by"), N_("Reasons given")),
        ),
        strict=True,
    )
)


def arranged(facts: Iterable[Fact]) -> list[Section]:
    """Return the facts in their sections; empty sections are left out."""
    left = {fact.property: fact for fact in facts}
    sections = []
    for name, heading, properties in _SECTIONS:
        found = tuple(left.pop(iri) for iri in properties if iri in left)
        if found:
            sections.append(Section(name, heading, found, prose=name in _PROSE))
    if left:
        further = tuple(sorted(left.values(), key=lambda fact: fact.label.text.casefold()))
        place = next((n for n, section in enumerate(sections) if section.name == "elsewhere"), len(sections))
        sections.insert(place, Section("further", _FURTHER, further))
    return sections
