"""The coasts and borders under the points of a map, where the frontend is built; else there is none.

The build of frontend/ draws them from Natural Earth, on the sheet of ``projection.py``.
"""

import json
from pathlib import Path

_PLACE = "/static/built/"
_NAME = "europe"


def outline_address(built: Path) -> str:
    """Return the address of the drawing, named by Vite's manifest, or nothing where it is not built.

    It is an SVG file with the parts ``graticule``, ``land`` and ``borders``.
    """
    manifest = built / "manifest.json"
    if not manifest.is_file():
        return ""
    files = (str(chunk["file"]) for chunk in json.loads(manifest.read_text(encoding="utf-8")).values())
    return next((_PLACE + file for file in files if file.startswith(_NAME) and file.endswith(".svg")), "")
