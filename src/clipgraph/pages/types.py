"""Which template the page of a thing gets, by its class, and what it asks besides.

A template stands in ``templates/types/`` and extends ``resource.html``. A further query of the name
``queries/pages/type-….rq`` has ``?resource`` for the thing, bounded parts, and rows of
``?part ?thing ?property ?value ?label`` (``parts.py``).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from clipgraph.pages.facts import expand


@dataclass(frozen=True)
class Kind:
    """How things of a class are shown.

    ``told`` are the properties that the template tells in a place of its own, ``told_back`` those that point
    to the thing (as prefixed names): the sections common to all things leave them out. The template gets them
    by ``resource.fact("clip:goal")`` and ``resource.back("clip:signs")``.
    """

    template: str = "resource.html"
    query: str = ""
    told: tuple[str, ...] = ()
    told_back: tuple[str, ...] = ()

    def is_told(self, iri: str, *, inverse: bool) -> bool:
        """Tell whether the template has a place of its own for a property."""
        return iri in expand(*(self.told_back if inverse else self.told))


GENERIC = Kind()

_PLACE = Kind("types/place.html", "type-place", ("clip:territoryKind",), ("clip:figureAbout", "clip:about"))
_PRACTICE = Kind(
    "types/practice.html",
    "type-practice",
    told_back=("clip:involvedIn", "clip:funds", "clip:figureAbout", "dct:isPartOf", "clip:about"),
)
_ORGANISATION = Kind(
    "types/organisation.html",
    "type-organisation",
    told_back=(
        *("clip:figureAbout", "clip:involvedIn", "org:postIn", "clip:about", "prov:wasAttributedTo"),
        *("org:resultingOrganization", "org:organization", "org:member"),
    ),
)
_PERSON = Kind(
    "types/person.html",
    "type-person",
    told_back=("org:member", "cv:hasParticipant", "clip:involvedParty", "prov:wasAttributedTo"),
)
_FIELD = Kind(
    "types/field.html",
    "type-field",
    told=("clip:goal", "skos:topConceptOf", "clip:fieldOf"),
    told_back=("clip:about", "clip:coversField", "clip:documentedInModule"),
)

_DOCUMENT = Kind(
    "types/document.html",
    "type-document",
    told=("dct:type",),
    told_back=("dct:isPartOf", "clip:cites", "clip:setDownIn", "dct:references"),
)
_EVENT = Kind(
    "types/event.html",
    "type-event",
    told=("cv:hasParticipation",),
    told_back=("dct:isPartOf", "clip:about"),
)
_INSTRUMENT = Kind(
    "types/instrument.html",
    "type-instrument",
    told=("clip:hasTarget", "clip:hasPrinciple"),
    told_back=(
        *("clip:fieldOf", "clip:establishedBy", "clip:pilotOf", "clip:monitors", "dct:isPartOf"),
        *("cv:isDerivedFrom", "clip:decidesOn", "clip:signs", "clip:involvedIn", "clip:figureAbout"),
        *("clip:about", "clip:givesReasonFor"),
    ),
)
_PASSAGE = Kind(
    "types/passage.html",
    "type-passage",
    told=("dct:isPartOf", "oa:start", "oa:end", "clip:sectionHeading", "dct:type", "clip:sha256"),
    told_back=("clip:evidence",),
)
_STATEMENT = Kind("types/statement.html", told=("prov:wasAttributedTo", "clip:statementType", "clip:about"))
_DISAGREEMENT = Kind("types/disagreement.html", told=("clip:hasClaim", "clip:disagreementType"))
_CLAIM = Kind("types/claim.html")

# The first class here that a thing has decides: the special stands before the general.
KINDS: dict[str, Kind] = {
    "clip:Practice": _PRACTICE,
    "clip:GoodPractice": _PRACTICE,
    "clip:Programme": _PRACTICE,
    "clip:Project": _PRACTICE,
    "clip:PilotProject": _PRACTICE,
    "clip:FieldOfAction": _FIELD,
    "clip:ResearchModule": _FIELD,
    "clip:Document": _DOCUMENT,
    "clip:MonitoringReport": _DOCUMENT,
    "clip:SourcePassage": _PASSAGE,
    "clip:Disagreement": _DISAGREEMENT,
    "clip:Statement": _STATEMENT,
    "clip:FurtherFact": _STATEMENT,
    "clip:PolicyInstrument": _INSTRUMENT,
    "clip:Pact": _INSTRUMENT,
    "clip:Charter": _INSTRUMENT,
    "clip:Recommendation": _INSTRUMENT,
    "cv:ReferenceFramework": _INSTRUMENT,
    "cv:PublicEvent": _EVENT,
    "org:Membership": _CLAIM,
    "clip:OfficeHolding": _CLAIM,
    "clip:Involvement": _CLAIM,
    "clip:Invitation": _CLAIM,
    "clip:Signature": _CLAIM,
    "clip:AwardConferral": _CLAIM,
    "clip:Founding": _CLAIM,
    "clip:Funding": _CLAIM,
    "clip:ReportedFigure": _CLAIM,
    "clip:Decision": _CLAIM,
    "cv:Participation": _CLAIM,
    "foaf:Person": _PERSON,
    "clip:CityNetwork": _ORGANISATION,
    "clip:GovernanceNetwork": _ORGANISATION,
    "clip:SteeringCommittee": _ORGANISATION,
    "clip:WorkingGroup": _ORGANISATION,
    "org:OrganizationalCollaboration": _ORGANISATION,
    "org:OrganizationalUnit": _ORGANISATION,
    "cv:PublicOrganisation": _ORGANISATION,
    "org:Organization": _ORGANISATION,
    "cv:AdminUnit": _PLACE,
    "dct:Location": _PLACE,
}


def kind_of(classes: Iterable[str]) -> Kind:
    """Return how a thing of some classes (IRIs) is shown."""
    found = set(classes)
    return next((kind for name, kind in KINDS.items() if expand(name)[0] in found), GENERIC)
