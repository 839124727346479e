"""The table of settings is the settings."""

from clipgraph.cli.settings import settings_page
from clipgraph.settings import Settings
from conftest import ROOT


def test_the_page_of_settings_is_up_to_date() -> None:
    assert (ROOT / "docs/settings.md").read_text() == settings_page(), "run make docs"


def test_every_setting_has_a_row_that_says_what_it_is() -> None:
    rows = [line.split(" | ") for line in settings_page().splitlines() if line.startswith("| `CLIPGRAPH_")]

    assert [row[0] for row in rows] == [f"| `CLIPGRAPH_{name.upper()}`" for name in Settings.model_fields]
    assert all(len(row) == 5 and row[4].removesuffix(" |").strip() for row in rows)
    assert "| `CLIPGRAPH_TIMEOUT` | `--timeout` | `30.0` | number > 0, ≤ 86400 |" in settings_page()
