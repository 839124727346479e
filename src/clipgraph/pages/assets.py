"""Islands: the built script and style of a page, found through the manifest of the build of frontend/.

The manifest is Vite's: https://vite.dev/guide/backend-integration.html
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from markupsafe import Markup

_PLACE = "/static/built/"
_Chunks = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Assets:
    """Tags for the head of a page, by the name of an island; none where the frontend is not built."""

    tags: Mapping[str, Markup]

    def island(self, name: str) -> Markup:
        """Return the tags that load an island, or nothing where it is not built."""
        return self.tags.get(name, Markup())


def open_assets(folder: Path) -> Assets:
    """Return the islands of a folder with built files; ``manifest.json`` in it says which file is which."""
    manifest = folder / "manifest.json"
    if not manifest.is_file():
        return Assets({})
    chunks: _Chunks = json.loads(manifest.read_text(encoding="utf-8"))
    return Assets({_name(key): _tags(chunks, key) for key, chunk in chunks.items() if chunk.get("isEntry")})


def versioned(folder: Path, name: str) -> str:
    """Return the address of one of our own files in a folder, which changes with its content."""
    digest = sha256((folder / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"


def _name(key: str) -> str:
    """Return the island of ``src/NAME/main.ts``."""
    return Path(key).parent.name


def _tags(chunks: _Chunks, key: str) -> Markup:
    needed = list(_with_imports(chunks, key))
    styles = dict.fromkeys(style for chunk in needed for style in chunks[chunk].get("css", ()))
    lines = [Markup('<link rel="stylesheet" href="{}{}">').format(_PLACE, style) for style in styles]
    # What the script imports is fetched beside it, not after it.
    ahead = [chunks[chunk]["file"] for chunk in needed if chunk != key]
    lines += [Markup('<link rel="modulepreload" href="{}{}">').format(_PLACE, file) for file in ahead]
    script = chunks[key]["file"]
    lines.append(Markup('<script type="module" src="{}{}"></script>').format(_PLACE, script))
    return Markup("\n").join(lines)


def _with_imports(chunks: _Chunks, key: str) -> Iterator[str]:
    """Yield what a chunk imports, however indirectly, then itself: styles cascade in that order."""
    seen, waiting = set[str](), [(key, False)]
    while waiting:
        chunk, is_told = waiting.pop()
        if is_told:
            yield chunk
        elif chunk not in seen:
            seen.add(chunk)
            waiting.append((chunk, True))
            waiting += [(imported, False) for imported in reversed(chunks[chunk].get("imports", ()))]
