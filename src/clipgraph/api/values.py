"""RDF terms as Python values.

What Python has a type for is a value of that type, everything else a text that knows what it is: no term is
lost, and none is rounded.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, NamedTuple, Self

_XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGERS = (
    *("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger"),
    *(
        "nonPositiveInteger",
        "negativeInteger",
        "unsignedInt",
        "unsignedLong",
        "unsignedShort",
        "unsignedByte",
    ),
)


class IRI(str):
    """An IRI: its text, which is not that of a literal."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Return it as Python code."""
        return f"IRI({str(self)!r})"


class BlankNode(str):
    """A node without an IRI; its label means something within one answer only."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Return it as Python code."""
        return f"BlankNode({str(self)!r})"


class Text(str):
    """A text in a ``language`` (a tag in lower case); its base ``direction`` is ``ltr``, ``rtl`` or empty."""

    __slots__ = ("direction", "language")
    language: str
    direction: str

    def __new__(cls, text: str, language: str, direction: str = "") -> Self:
        """Return the text."""
        made = super().__new__(cls, text)
        made.language, made.direction = language, direction
        return made

    def __repr__(self) -> str:
        """Return it as Python code."""
        direction = f", {self.direction!r}" if self.direction else ""
        return f"Text({str(self)!r}, {self.language!r}{direction})"


class Literal(str):
    """The text of a literal that Python has no type for, or not one that holds it; ``datatype`` is an IRI."""

    __slots__ = ("datatype",)
    datatype: IRI

    def __new__(cls, text: str, datatype: str) -> Self:
        """Return the text."""
        made = super().__new__(cls, text)
        made.datatype = IRI(datatype)
        return made

    def __repr__(self) -> str:
        """Return it as Python code."""
        return f"Literal({str(self)!r}, {str(self.datatype)!r})"


class Triple(NamedTuple):
    """A triple term (https://www.w3.org/TR/rdf12-concepts/#dfn-triple-term)."""

    subject: "Value"
    predicate: "Value"
    object: "Value"


# A plain ``str`` is a literal of type xsd:string.
Value = (
    str | IRI | BlankNode | Text | Literal | bool | int | Decimal | float | date | datetime | time | Triple
)

_NUMBER = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)"
_DAY, _CLOCK, _ZONE = r"\d{4}-\d{2}-\d{2}", r"\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?", r"(?:Z|[+-]\d{2}:\d{2})?"
# By datatype: the form of what Python reads exactly, and how. A date with a time zone is none of Python's.
_READERS: Mapping[str, tuple[re.Pattern[str], Callable[[str], Value]]] = {
    _XSD + name: (re.compile(form, re.ASCII), read)
    for names, form, read in (
        (_INTEGERS, r"[+-]?\d{1,4000}", int),
        (("decimal",), _NUMBER, Decimal),
        (("double", "float"), rf"{_NUMBER}(?:[eE][+-]?\d+)?|[+-]?INF|NaN", float),
        (("boolean",), "true|false|1|0", lambda text: text in ("true", "1")),
        (("date",), _DAY, date.fromisoformat),
        (("dateTime", "dateTimeStamp"), f"{_DAY}T{_CLOCK}{_ZONE}", datetime.fromisoformat),
        (("time",), _CLOCK + _ZONE, time.fromisoformat),
    )
    for name in names
}


def value_of(term: Mapping[str, Any]) -> Value:
    """Return the value of a term as SPARQL results in JSON have it.

    https://www.w3.org/TR/sparql12-results-json/#select-encode-terms
    """
    kind, value = term["type"], term["value"]
    if kind == "uri":
        return IRI(value)
    if kind == "bnode":
        return BlankNode(value)
    if kind == "triple":
        return Triple(*(value_of(value[part]) for part in ("subject", "predicate", "object")))
    if "xml:lang" in term:
        return Text(value, term["xml:lang"].lower(), term.get("its:dir", ""))
    return _literal(value, term.get("datatype", _XSD + "string"))


def _literal(text: str, datatype: str) -> Value:
    if datatype == _XSD + "string":
        return text
    form, read = _READERS.get(datatype, (None, str))
    if form is None or not form.fullmatch(text):
        return Literal(text, datatype)
    try:
        return read(text)
    except ValueError:  # the year 0000, 24:00:00
        return Literal(text, datatype)
