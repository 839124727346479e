"""Files that pages load: those whose address changes with their content may be kept for ever."""

import mimetypes
import os
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from clipgraph.sparql.negotiation import compress_from

# A year, and no asking in between, not even on reloading: https://www.rfc-editor.org/rfc/rfc8246
_FOREVER = "public, max-age=31536000, immutable"


class BuiltFiles(StaticFiles):
    """Serves a folder of built files; the build made each one in gzip, too."""

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """Return a file, in gzip where the client takes it."""
        accepted = ", ".join(Headers(scope=scope).getlist("accept-encoding")) or None
        packed = Path(f"{os.fspath(full_path)}.gz")
        if compress_from(accepted) is None or not packed.is_file():
            response = super().file_response(full_path, stat_result, scope, status_code)
        else:
            media_type = mimetypes.guess_type(full_path)[0]
            response = FileResponse(packed, status_code, {"Content-Encoding": "gzip"}, media_type)
        # Only the manifest keeps its name.
        response.headers["Cache-Control"] = "no-cache" if packed.name == "manifest.json.gz" else _FOREVER
        response.headers["Vary"] = "Accept-Encoding"
        return response


class OwnFiles(StaticFiles):
    """Serves files that keep their names; pages name them with ``?v=`` and what tells their content."""

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """Return a file."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        lasting = scope["query_string"].startswith(b"v=")
        response.headers["Cache-Control"] = _FOREVER if lasting else "no-cache"
        return response
