"""A hook of the package's build: says so where the frontend is not built, and is left out."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FrontendHook(BuildHookInterface[Any]):
    """Builds nothing itself, so that a package can be built without Node and without a network."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Warn where the islands are left out."""
        manifest = Path(self.root) / "src/clipgraph/pages/static/built/manifest.json"
        if version == "standard" and not manifest.is_file():
            self.app.display_warning(
                "the frontend is not built, so its islands are left out and pages do without script: "
                "`make frontend` builds it, `make dist` does so by itself"
            )
