"""What Virtuoso 7 writes in its own way, brought back to what the standards have.

It keeps numbers of an internal kind for some datatypes and writes these: a boolean is ``1``, a duration its
months or seconds, a geometry has an internal datatype and the digits of a single-precision number. Only the
syntax around a value is looked at, never what a value holds: a quote within one is escaped.

Standard library only: a worker imports this.
"""

import re
from typing import Protocol

_XSD = rb"http://www\.w3\.org/2001/XMLSchema#"
_GEOMETRY = rb"http://www\.openlinksw\.com/schemas/virtrdf#Geometry"
_WKT = b"http://www.opengis.net/ont/geosparql#wktLiteral"
_NUMBER = rb"-?\d+(?:\.\d+)?"
_TYPED = rb'(?P<before>"datatype": "%s", "value": ")(?P<value>%s)(?P<after>")'
# https://www.w3.org/TR/sparql11-results-json/, each row on a line of its own.
_JSON_BOOLEAN = re.compile(_TYPED % (_XSD + b"boolean", b"[01]"))
_JSON_DURATION = re.compile(_TYPED % (_XSD + b"duration", _NUMBER))
_JSON_GEOMETRY = re.compile(_TYPED % (_GEOMETRY, rb'[^"\\]*'))
# https://www.w3.org/TR/n-triples/
_LINE_DURATION = re.compile(rb'(?P<before>")(?P<value>%s)(?P<after>"\^\^<%sduration>)' % (_NUMBER, _XSD))
_LINE_GEOMETRY = re.compile(rb'(?P<before>")(?P<value>[^"\\]*)(?P<after>"\^\^<%s>)' % _GEOMETRY)
_LONG_NUMBER = re.compile(rb"-?\d+\.\d{6,}")
_PIECE = 1 << 16


class Source(Protocol):
    """A binary file that is read from."""

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes, at most so many; none at the end."""
        ...


class Mended:
    """A binary file over one that Virtuoso wrote: results in JSON, or N-Triples."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._unfinished, self._ready = bytearray(), b""

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, ``size`` at most, all of them where that is negative; none at the end."""
        if size < 0:
            return b"".join(iter(lambda: self.read(_PIECE), b""))
        while not self._ready:
            piece = self._source.read(_PIECE)
            if not piece and not self._unfinished:
                return b""
            self._take(piece)
        given, self._ready = self._ready[:size], self._ready[size:]
        return given

    def _take(self, piece: bytes) -> None:
        """Mend the lines that are whole now, or what is left where there is no more."""
        end = piece.rfind(b"\n") + 1
        if piece and not end:
            self._unfinished += piece
            return
        whole = bytes(self._unfinished) + piece[:end]
        self._unfinished = bytearray(piece[end:])
        self._ready = mend(whole)


def mend(lines: bytes) -> bytes:
    """Return whole lines of results in JSON or of N-Triples as the standards have them."""
    if b"XMLSchema#boolean" in lines:
        lines = _JSON_BOOLEAN.sub(_boolean, lines)
    if b"XMLSchema#duration" in lines:
        lines = _LINE_DURATION.sub(_duration, _JSON_DURATION.sub(_duration, lines))
    if b"virtrdf#Geometry" in lines:
        lines = _LINE_GEOMETRY.sub(_geometry, _JSON_GEOMETRY.sub(_geometry, lines))
    return lines


def _boolean(found: re.Match[bytes]) -> bytes:
    return found["before"] + (b"true" if found["value"] == b"1" else b"false") + found["after"]


def _duration(found: re.Match[bytes]) -> bytes:
    """Write months, which are a whole number, or seconds, which have a fraction, as xsd:duration has them."""
    value = found["value"].decode()
    sign = "-" if value.startswith("-") else ""
    whole, _, fraction = value.removeprefix("-").partition(".")
    if not fraction:
        years, months = divmod(int(whole), 12)
        parts = _parts((years, "Y"), (months, "M")) or "0M"
        return found["before"] + f"{sign}P{parts}".encode() + found["after"]
    minutes, seconds = divmod(int(whole), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    rest = fraction.rstrip("0")
    time = _parts((hours, "H"), (minutes, "M"))
    if seconds or rest:
        time += f"{seconds}{'.' + rest if rest else ''}S"
    parts = _parts((days, "D")) + (f"T{time}" if time else "")
    return found["before"] + f"{sign}P{parts or 'T0S'}".encode() + found["after"]


def _parts(*numbers: tuple[int, str]) -> str:
    return "".join(f"{number}{unit}" for number, unit in numbers if number)


def _geometry(found: re.Match[bytes]) -> bytes:
    """Give a geometry its own datatype, and its numbers the seven digits that single precision has."""
    value = _LONG_NUMBER.sub(lambda number: f"{float(number[0]):.7g}".encode(), found["value"])
    around = found["before"] + value + found["after"]
    return re.sub(_GEOMETRY, _WKT, around)
