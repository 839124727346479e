"""Where things lie: points written as WKT literals of GeoSPARQL, and what cannot be read as one."""

import re
from dataclasses import dataclass

# An optional IRI of the reference system, then WKT: https://docs.ogc.org/is/22-047r1/22-047r1.html
_NUMBER = r"[+-]?(?:\d{1,20}(?:\.\d{0,30})?|\.\d{1,30})(?:[eE][+-]?\d{1,2})?"
_POINT = re.compile(
    rf"\s*(?:<(?P<system>[^<>\s]*)>\s*)?POINT\s*(?:Z|M|ZM)?\s*"
    rf"\(\s*(?P<first>{_NUMBER})\s+(?P<second>{_NUMBER})(?:\s+{_NUMBER}){{0,2}}\s*\)\s*",
    re.IGNORECASE | re.ASCII,
)
# EPSG:4326 has the latitude first; CRS84, which GeoSPARQL takes where none is named, the longitude.
_LONGITUDE_FIRST = ("", "http://www.opengis.net/def/crs/OGC/1.3/CRS84")
_LATITUDE_FIRST = ("http://www.opengis.net/def/crs/EPSG/0/4326",)


@dataclass(frozen=True, slots=True)
class Point:
    """A thing with its name (``language`` is the name's) and where it lies, in degrees (WGS 84)."""

    iri: str
    label: str
    longitude: float
    latitude: float
    language: str = ""


def read_position(wkt: str) -> tuple[float, float] | None:
    """Return longitude and latitude in degrees of a WKT point, or None where it is none that we can read.

    Longitudes are brought between -180 and 180, so that a point beyond the antimeridian stays where it is.
    """
    found = _POINT.fullmatch(wkt)
    if not found:
        return None
    system = (found["system"] or "").replace("https://", "http://", 1)
    first, second = float(found["first"]), float(found["second"])
    if system in _LATITUDE_FIRST:
        first, second = second, first
    elif system not in _LONGITUDE_FIRST:
        return None
    if not (-360 <= first <= 360 and -90 <= second <= 90):  # noqa: PLR2004 - degrees
        return None
    return first if -180 <= first < 180 else (first + 180) % 360 - 180, second  # noqa: PLR2004 - degrees
