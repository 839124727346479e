"""Which form an answer comes in: ``?format=`` first, then Accept; and its coding (RFC 9110, section 12.5)."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import TypeVar

from clipgraph.errors import BadRequest
from clipgraph.rdf.formats import Format

_MOST_RANGES = 100
_SHORT = 500  # characters
_WEIGHT = re.compile(r"0(\.[0-9]*)?|1(\.0*)?", re.ASCII)
_EXACT = 3
_SMALL = 1024  # bytes: less of an answer is one packet anyway


T = TypeVar("T")


def _remembered(read: Callable[[str | None], T]) -> Callable[[str | None], T]:
    """Remember what a header's value means, unless it is long: programs send the same few."""
    known = lru_cache(1024)(read)
    return wraps(read)(lambda value: (known if value is None or len(value) <= _SHORT else read)(value))


@dataclass(frozen=True)
class _Range:
    """A media range of an Accept header and its weight from 0 to 1."""

    kind: str
    subtype: str
    weight: float

    def matches(self, media_type: str) -> int:
        """Return how exactly the range names the type: 0 not at all, 1 ``*/*``, 2 ``x/*``, 3 exactly."""
        kind, _, subtype = media_type.partition("/")
        if (self.kind, self.subtype) == (kind, subtype):
            return _EXACT
        if (self.kind, self.subtype) == (kind, "*"):
            return 2
        return 1 if (self.kind, self.subtype) == ("*", "*") else 0


def _ranges(accept: str) -> list[_Range]:
    found = []
    for item in accept.split(",")[:_MOST_RANGES]:
        media, *parameters = (part.strip() for part in item.split(";"))
        kind, slash, subtype = media.lower().partition("/")
        if slash or media == "*":
            found.append(_Range(kind or "*", subtype or "*", _weight(parameters)))
    return found


def _weight(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            return float(value) if _WEIGHT.fullmatch(value.strip()) else 1.0
    return 1.0


def _quality(ranges: Sequence[_Range], offered: Format) -> float:
    """Return the weight of the most exact range that names the format; an alias counts as its name."""
    best = (0, 0.0)
    for media_type in (offered.media_type, *offered.aliases):
        for item in ranges:
            exactness = item.matches(media_type)
            # An alias counts only where it is asked for by name: text/* does not mean RDF/XML.
            # Nor is the format refused with it: application/json;q=0 does not mean the results format.
            alias = media_type != offered.media_type
            if alias and (exactness < _EXACT or not item.weight):
                continue
            best = max(best, (exactness, item.weight))
    return best[1] if best[0] else 0.0


def negotiate(accept: str | None, offered: Sequence[Format]) -> Format | None:
    """Return the offered format that the Accept header likes best, or None where it likes none.

    Without a header, or where several are liked the same, the order of ``offered`` decides.
    """
    ranges = _ranges(accept or "*/*")
    if not ranges:
        return offered[0]
    best = max(offered, key=lambda offer: _quality(ranges, offer))
    return best if _quality(ranges, best) > 0 else None


def named(name: str, offered: Sequence[Format]) -> Format | None:
    """Return the offered format that ``?format=`` names, by our name, a common one or its media type."""
    wanted = name.strip().lower().replace(" ", "+")  # application/ld+json, its plus read as a space
    for offer in offered:
        if wanted in (offer.name, offer.extension, *offer.names, offer.media_type, *offer.aliases):
            return offer
    return None


@_remembered
def wants_html(accept: str | None) -> bool:
    """Tell whether a client asks for a page before anything else, as browsers do."""
    ranges = _ranges(accept or "")
    page = max((item.weight for item in ranges if (item.kind, item.subtype) == ("text", "html")), default=0.0)
    return page > 0 and page == max(item.weight for item in ranges)


@_remembered
def compress_from(accept_encoding: str | None) -> int | None:
    """Return from how many bytes on an answer is sent in gzip, or None where it never is (RFC 9110, 12.5.3).

    A small answer stays as it is, unless the client excludes that.
    """
    weights = {}
    for item in (accept_encoding or "").split(",")[:_MOST_RANGES]:
        coding, *parameters = (part.strip() for part in item.split(";"))
        weights[coding.lower().removeprefix("x-")] = _weight(parameters)
    gzip = weights.get("gzip", weights.get("*", 0.0))
    if not gzip or gzip < weights.get("identity", 0.0):
        return None
    return _SMALL if weights.get("identity", weights.get("*", 1.0)) else 0


def read_seconds(text: str, most: float) -> float:
    """Return ``timeout=`` in seconds, clamped to the most the server gives.

    Raises:
        BadRequest: zero, negative or not a number.
    """
    try:
        seconds = float(text)
    except ValueError:
        seconds = float("nan")
    if not seconds > 0:
        raise BadRequest.worded("timeout=%(given)s: give a number of seconds greater than 0", given=text[:40])
    return min(seconds, most)


def preferred_languages(header: str) -> list[str]:
    """Return the language tags of an Accept-Language header in lower case, the most wanted first.

    What has the weight 0 is left out (https://www.rfc-editor.org/rfc/rfc9110#name-accept-language).
    """
    wanted = []
    for item in header.split(",")[:_MOST_RANGES]:
        tag, *parameters = (part.strip() for part in item.split(";"))
        if tag and (weight := _weight(parameters)):
            wanted.append((weight, tag.lower()))
    return [tag for _, tag in sorted(wanted, key=lambda pair: -pair[0])]
