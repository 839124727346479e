"""Tags for islands, from manifests as Vite writes them."""

import json
from pathlib import Path

import pytest

from clipgraph.pages.assets import Assets, open_assets

MANIFEST = {
    "src/map/main.ts": {
        "file": "map-1.js",
        "isEntry": True,
        "imports": ["_shared-3.js", "_deep-4.js"],
        "css": ["map-2.css"],
    },
    "_shared-3.js": {"file": "shared-3.js", "imports": ["_deep-4.js"], "css": ["shared-5.css"]},
    # Chunks may import each other.
    "_deep-4.js": {"file": "deep-4.js", "imports": ["_shared-3.js"]},
    "src/map/later.ts": {"file": "later-6.js", "isDynamicEntry": True, "css": ["later-7.css"]},
    "src/bare/main.ts": {"file": 'bare"8.js', "isEntry": True},
}


@pytest.fixture
def assets(tmp_path: Path) -> Assets:
    (tmp_path / "manifest.json").write_text(json.dumps(MANIFEST))
    return open_assets(tmp_path)


def test_an_island_comes_with_the_styles_and_scripts_that_it_imports(assets: Assets) -> None:
    assert assets.island("map").splitlines() == [
        '<link rel="stylesheet" href="/static/built/shared-5.css">',
        '<link rel="stylesheet" href="/static/built/map-2.css">',
        '<link rel="modulepreload" href="/static/built/deep-4.js">',
        '<link rel="modulepreload" href="/static/built/shared-3.js">',
        '<script type="module" src="/static/built/map-1.js"></script>',
    ]


def test_names_of_files_are_escaped(assets: Assets) -> None:
    assert "bare&#34;8.js" in assets.island("bare")


@pytest.mark.parametrize("name", ["later", "unknown", ""])
def test_what_is_no_island_has_no_tags(assets: Assets, name: str) -> None:
    assert assets.island(name) == ""


def test_without_a_build_there_are_no_islands(tmp_path: Path) -> None:
    assert open_assets(tmp_path / "missing").island("map") == ""
