"""Claims told as one line: who takes part in which role and when, a figure with its unit, a sum, a place.

A claim is a node that exists to say one thing, with its own evidence: a membership, a figure, an award.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from clipgraph.engines.rows import Value
from clipgraph.pages.facts import Claim, Fact, Item, expand, fact_of
from clipgraph.pages.figures import Figures

_MAIN = expand(
    *("org:member", "clip:post", "org:organization", "clip:involvedParty", "clip:involvedGroup"),
    *("clip:involvedIn", "clip:signatory", "clip:signs", "clip:confers", "clip:awardedTo", "clip:awardedBy"),
    *("clip:foundedBy", "org:resultingOrganization", "clip:funder", "clip:funds", "clip:decidedBy"),
    *("clip:decidesOn", "cv:hasParticipant", "clip:cites"),
)
_HOW = expand(
    *("org:role", "cv:role", "clip:distinction", "clip:decisionType", "clip:statementType"),
    *("clip:figureNature", "clip:disagreementType", "adms:status"),
)
_HOLDING = expand("clip:post", "clip:asOf")
_SAID_BY_POST = expand("org:organization", "org:role")
_BY = expand("prov:wasAttributedTo", "dct:source")
# What makes that a claim is headed by its own name.
_TITLED = expand("sdmx-measure:obsValue", "dct:description", "prov:wasAttributedTo", "dct:source")
_VALUES = expand(
    *("sdmx-measure:obsValue", "sdmx-attribute:unitMeasure", "clip:precision", "clip:base", "clip:indicator"),
    *("clip:amount", "clip:currency", "geo:asWKT", "time:hasTime", "clip:asOf", "dct:description"),
    *("time:hasBeginning", "time:hasEnd", "time:inXSDgYear", "time:inXSDgYearMonth", "time:inXSDDate"),
    *("skos:note", "skos:editorialNote", "clip:about", "clip:figureAbout", "dct:subject", "clip:ordinal"),
    *(
        "clip:governanceLevel",
        "clip:sector",
        "dct:isPartOf",
        "clip:followsApproach",
        "clip:hasClaim",
        "skos:altLabel",
    ),
    *("clip:givesReasonFor", "clip:locator", "clip:capitalOrdinal", "dct:isReferencedBy"),
)
_TOLD = frozenset((*_MAIN, *_HOW, *_BY, *_VALUES))
_FOUNDER, _FOUNDED, _DOCUMENT = expand("clip:foundedBy", "org:resultingOrganization", "dct:isReferencedBy")


@dataclass(frozen=True)
class Claims:
    """Tells claims in one language."""

    figures: Figures

    def claim(self, facts: tuple[Fact, ...], part: str = "") -> Claim:
        """Return a claim with these facts as a line.

        ``part`` is the property by which the thing that the page is about takes part in it: its value, which
        is not among the facts, is known to the reader.
        """
        if any(fact.property in _HOLDING for fact in facts):
            # The office says in whose service it is, and that it is held.
            facts = tuple(fact for fact in facts if fact.property not in _SAID_BY_POST)
        founders = () if part == _FOUNDED else _of(facts, (_FOUNDER,))
        telling = any(fact.property in (_FOUNDER, _FOUNDED) for fact in facts)
        titled = any(fact.property in _TITLED for fact in facts)
        return Claim(
            () if titled else _of(facts, (_FOUNDED,) if founders else _MAIN),
            _of(facts, _HOW),
            _of(facts, (_DOCUMENT, *_BY) if telling else _BY),
            self._line(facts),
            self._when(facts),
            _value(facts, "dct:description"),
            tuple(fact for fact in facts if fact.property not in _TOLD),
            founders,
            part == _FOUNDER,
        )

    def _line(self, facts: tuple[Fact, ...]) -> str:
        if number := _value(facts, "sdmx-measure:obsValue"):
            unit, precision = _iri(facts, "sdmx-attribute:unitMeasure"), _iri(facts, "clip:precision")
            return self.figures.figure(number, unit, precision, _value(facts, "clip:base"))
        if amount := _value(facts, "clip:amount"):
            return self.figures.amount(amount, _iri(facts, "clip:currency"))
        if place := _value(facts, "geo:asWKT"):
            return self.figures.place(place)
        return ""

    def _when(self, facts: tuple[Fact, ...]) -> str:
        if date := _value(facts, "clip:asOf"):
            return self.figures.as_of(date)
        if (time := fact_of(facts, "time:hasTime")) and (claim := time.items[0].claim):
            return claim.when
        begin, end = (_instant(facts, name) for name in ("time:hasBeginning", "time:hasEnd"))
        return self.figures.period(begin, end) or self.figures.moment(_moment(facts))


def _of(facts: Iterable[Fact], properties: tuple[str, ...]) -> tuple[Item, ...]:
    by_property = {fact.property: fact for fact in facts}
    return tuple(item for iri in properties if iri in by_property for item in by_property[iri].items)


def _value(facts: Iterable[Fact], name: str) -> Value | None:
    fact = fact_of(facts, name)
    return fact.items[0].value if fact else None


def _iri(facts: Iterable[Fact], name: str) -> str:
    fact = fact_of(facts, name)
    return fact.items[0].iri if fact else ""


def _moment(facts: Iterable[Fact]) -> Value | None:
    names = ("time:inXSDDate", "time:inXSDgYearMonth", "time:inXSDgYear", "time:inXSDDateTimeStamp")
    facts = tuple(facts)
    return next((value for name in names if (value := _value(facts, name))), None)


def _instant(facts: Iterable[Fact], name: str) -> Value | None:
    fact = fact_of(facts, name)
    return _moment(fact.items[0].facts) if fact else None
