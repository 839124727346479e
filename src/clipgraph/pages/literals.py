"""Literals as a reader expects them: dates in words, numbers with the marks of the language."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal

from clipgraph.engines.rows import Value
from clipgraph.pages.reader import Reader
from clipgraph.rdf.prefixes import PREFIXES

MOST = 2000  # characters of one literal that a page shows
# Combining marks of the blocks made for them; no script needs more than these few on one letter.
_STACK = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{6})"
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
# French puts a space before these and after «, at which no line may end.
_SPACED, _NO_BREAK = re.compile(" (?=[:;!?»])|(?<=«) "), "\u00a0"
_XSD = PREFIXES["xsd"]
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d\d)", re.ASCII)
_NUMBERS = {
    _XSD + name for name in ("integer", "decimal", "nonNegativeInteger", "positiveInteger", "int", "long")
}
# A number of that many digits is one to be told in full; more are an identifier or an attack.
_DIGITS = 40


def told(value: Value, reader: Reader) -> str:
    """Return the text that a page shows for a literal, at most ``MOST`` characters of it."""
    text = unstacked(value.text)
    if value.datatype in (_XSD + "date", _XSD + "dateTime", _XSD + "gYearMonth"):
        return _date(text, reader.language)
    if value.datatype in _NUMBERS and len(text) <= MOST:
        return _number(text, reader.language)
    text = text if len(text) <= MOST else text[:MOST] + "…"
    return _SPACED.sub(_NO_BREAK, text) if value.language == "fr" else text


def unstacked(text: str) -> str:
    """Return a text without the marks above what one letter carries: stacked, they leave their line."""
    return text if text.isascii() else _STACK.sub(r"\1", text)


def moment(text: str, reader: Reader) -> str:
    """Return an ISO 8601 time (a release's) as a reader expects it, in UTC; as it is where it is none."""
    try:
        time = datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return text[:MOST]
    return f"{format_date(time, 'long', locale=_locale(reader.language))}, {time:%H:%M} UTC"


def _locale(language: str) -> str:
    """Return the locale whose dates a reader has: for English the European one, day before month."""
    return "en_GB" if language == "en" else language


@lru_cache(maxsize=4096)
def _date(text: str, language: str) -> str:
    try:
        if found := _DATE.fullmatch(text):
            day = date(*map(int, found.groups()))
            return format_date(day, "long", locale=_locale(language))
        if found := _MONTH.fullmatch(text):
            month = date(int(found[1]), int(found[2]), 1)
            return format_skeleton("yMMMM", month, locale=_locale(language))
    except ValueError:  # no such day: it is shown as it stands
        pass
    return text[:MOST]


def decimal_of(text: str) -> Decimal | None:
    """Return a number, None where it is none that can be told: not one, not finite, or far too long."""
    if len(text) > _DIGITS:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < _DIGITS else None


@lru_cache(maxsize=4096)
def _number(text: str, language: str) -> str:
    number = decimal_of(text)
    if number is None:
        return text
    return format_decimal(number, locale=language, decimal_quantization=False)


@lru_cache(maxsize=4096)
def grouped(number: int, language: str) -> str:
    """Return a number with the marks of a language between its thousands."""
    return format_decimal(number, locale=language)
