"""The list of a release's dumps: as a page, and as data."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from babel.units import format_unit

from clipgraph.pages.asking import Asking
from clipgraph.pages.dataset import LICENCE
from clipgraph.pages.paging import Part
from clipgraph.releases.dumps import ADDRESS, CHECKSUMS, MEDIA_TYPE, Dump, Dumps

STEP = 250
_UNITS = ("byte", "kilobyte", "megabyte", "gigabyte", "terabyte")
_THOUSAND = 1000


@dataclass(frozen=True)
class DumpLine:
    """What one row of the page offers: the whole (``graph`` None) or a graph, in each format."""

    graph: str | None
    statements: int
    dumps: list[Dump]


def lines(dumps: Sequence[Dump]) -> list[DumpLine]:
    """Return the dumps with those of the same content together, in their order."""
    found: dict[str | None, DumpLine] = {}
    for dump in dumps:
        found.setdefault(dump.graph, DumpLine(dump.graph, dump.statements, [])).dumps.append(dump)
    return list(found.values())


def dumps_page(asking: Asking, dumps: Dumps, start: int, pinned: str) -> str:
    """Return the page; its list of graphs begins with that of number ``start``.

    ``pinned`` is what makes addresses those of this release (``?release=7``), empty for the current one's.
    """
    whole, *graphs = lines(dumps.files)
    shown = graphs[start : start + STEP]
    language = asking.reader.language
    return asking.render(
        "dumps.html",
        dumps=dumps,
        whole=whole,
        part=Part(shown, start, len(graphs) > start + STEP, STEP, len(graphs)),
        size=lambda count: size_in_words(count, language),
        address_here=ADDRESS,
        media_type=MEDIA_TYPE,
        licence=LICENCE,
        checksums=CHECKSUMS,
        pinned=pinned,
    )


def size_in_words(count: int, language: str) -> str:
    """Return a number of bytes with three digits that count: ``688 kB``."""
    size, unit = float(count), 0
    while round(size) >= _THOUSAND and unit + 1 < len(_UNITS):
        size, unit = size / _THOUSAND, unit + 1
    digits = "#,##0" if round(size) >= 100 or not unit else "#,##0.0"  # noqa: PLR2004  # three digits
    return format_unit(size, _UNITS[unit], "short" if unit else "long", digits, locale=language)


def as_data(dumps: Dumps, base: str, pinned: str) -> dict[str, Any]:
    """Return the dumps as JSON has them; ``base`` makes addresses absolute, ``pinned`` as for the page."""
    return {
        "release": dumps.release,
        "created": dumps.created,
        "license": LICENCE,
        "checksums": base + ADDRESS + CHECKSUMS + pinned,
        "files": [
            {
                "name": dump.name,
                "url": base + dump.path + pinned,
                "graph": dump.graph or None,
                "whole": dump.graph is None,
                "mediaType": dump.held.media_type,
                "compressFormat": MEDIA_TYPE,
                "statements": dump.statements,
                "bytes": dump.size,
                "sha256": dump.sha256,
                "uncompressedBytes": dump.plain_size,
                "uncompressedSha256": dump.plain_sha256,
            }
            for dump in dumps.files
        ],
    }
