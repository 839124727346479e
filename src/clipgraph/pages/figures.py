"""Numbers, sums, periods and coordinates in the words of one language."""

from dataclasses import dataclass
from decimal import Decimal

from babel import Locale
from babel.numbers import format_compact_decimal, format_currency, format_decimal, format_percent
from babel.support import NullTranslations

from clipgraph.engines.rows import Value
from clipgraph.pages.literals import decimal_of, told
from clipgraph.pages.messages import N_
from clipgraph.pages.points import read_position
from clipgraph.pages.reader import Reader
from clipgraph.rdf.prefixes import SCHEME

_MILLION = 10**6
_ROUND = 10**5
_PLACES = 3  # of degrees: about 100 m
_UNIT, _PRECISION = SCHEME + "unit/", SCHEME + "precision/"
_CURRENCIES = {_UNIT + "euro": "EUR"}
_PRECISIONS = {
    _PRECISION + "about": N_("about %(number)s"),
    _PRECISION + "at-least": N_("at least %(number)s"),
    _PRECISION + "less-than": N_("less than %(number)s"),
    _PRECISION + "more-than": N_("more than %(number)s"),
}


@dataclass(frozen=True)
class Figures:
    """Tells values in a reader's language, by its catalogue and by the rules that Babel knows of it."""

    reader: Reader
    translations: NullTranslations

    def figure(self, number: Value, unit: str, precision: str, base: Value | None) -> str:
        """Return a number with its unit and precision and, of a share, the whole.

        ``unit`` and ``precision`` are IRIs; units that count things are left to the figure's name.
        """
        words = self._with_unit(number, unit)
        if precision in _PRECISIONS:
            words = self._say(_PRECISIONS[precision]) % {"number": words}
        if base:
            whole = told(base, self.reader)
            words = self._say(N_("%(number)s of %(whole)s")) % {"number": words, "whole": whole}
        return words

    def amount(self, amount: Value, currency: str) -> str:
        """Return a sum of money; without a known currency the number alone."""
        number, code = decimal_of(amount.text), _CURRENCIES.get(currency)
        if number is None or code is None:
            return told(amount, self.reader)
        locale = Locale.parse(self.reader.language)
        pattern = locale.currency_formats["standard"].pattern
        if number == number.to_integral_value():
            pattern = pattern.replace(".00", "")
        return format_currency(number, code, pattern, locale=locale, currency_digits=False)

    def place(self, wkt: Value) -> str:
        """Return the coordinates of a point in WKT, of another geometry nothing."""
        found = read_position(wkt.text)
        if not found:
            return ""
        longitude, latitude = (round(Decimal(degrees), _PLACES) for degrees in found)
        north = N_("%(degrees)s° N") if latitude >= 0 else N_("%(degrees)s° S")
        east = N_("%(degrees)s° E") if longitude >= 0 else N_("%(degrees)s° W")
        parts = ((north, latitude), (east, longitude))
        return ", ".join(self._say(words) % {"degrees": self._number(abs(value))} for words, value in parts)

    def moment(self, moment: Value | None) -> str:
        """Return a date, a month or a year; nothing where there is none."""
        return told(moment, self.reader) if moment else ""

    def as_of(self, date: Value) -> str:
        """Return the date for which something is stated."""
        return self._say(N_("as of %(date)s")) % {"date": told(date, self.reader)}

    def period(self, begin: Value | None, end: Value | None) -> str:
        """Return from when to when, nothing where neither is known."""
        first, last = self.moment(begin), self.moment(end)
        if first and last:
            return f"{first}–{last}" if first.isdigit() and last.isdigit() else f"{first} – {last}"
        if first:
            return self._say(N_("since %(date)s")) % {"date": first}
        return self._say(N_("until %(date)s")) % {"date": last} if last else ""

    def _with_unit(self, value: Value, unit: str) -> str:
        number = decimal_of(value.text)
        if number is None:
            return told(value, self.reader)
        if unit == _UNIT + "percent":
            return format_percent(number / 100, locale=self.reader.language, decimal_quantization=False)
        if unit in _CURRENCIES:
            return self.amount(value, unit)
        words = self._number(number)
        said, whole = self.translations, int(number)
        if unit == _UNIT + "year":
            words = said.ngettext("%(number)s year", "%(number)s years", whole) % {"number": words}
        if unit == _UNIT + "month":
            words = said.ngettext("%(number)s month", "%(number)s months", whole) % {"number": words}
        return words

    def _number(self, number: Decimal) -> str:
        if number >= _MILLION and number % _ROUND == 0:
            return format_compact_decimal(
                number, format_type="long", locale=self.reader.language, fraction_digits=1
            )
        return format_decimal(number, locale=self.reader.language, decimal_quantization=False)

    def _say(self, message: str) -> str:
        return str(self.translations.gettext(message))
