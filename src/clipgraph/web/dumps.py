"""``/dumps/``: a release as files, with what they are and how to know that they came whole."""

from base64 import b64encode
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from clipgraph.errors import PreconditionFailed
from clipgraph.pages.asking import Asking
from clipgraph.pages.dumps_page import as_data, dumps_page
from clipgraph.releases.archive import Archive
from clipgraph.releases.dumper import Dumper, OpenDump
from clipgraph.releases.dumps import ADDRESS, MEDIA_TYPE, Dump, Dumps, checksums
from clipgraph.releases.line import Releases
from clipgraph.releases.release import Release
from clipgraph.sparql.parameters import read_offset
from clipgraph.web.asked import must_be_here
from clipgraph.web.documents import Documents
from clipgraph.web.files import PieceResponse
from clipgraph.web.languages import reader_of
from clipgraph.web.requests import query_of
from clipgraph.web.signposting import of_dump
from clipgraph.web.tags import is_expected, is_same

_TEXT = "text/plain; charset=utf-8"


class DumpPages:
    """Answers for ``/dumps/`` and what is below."""

    def __init__(self, documents: Documents, archive: Archive, dumper: Dumper, line: Releases) -> None:
        self._documents, self._archive, self._dumper = documents, archive, dumper
        self._line = line

    async def folder(self, request: Request) -> Response:
        """``/dumps``: the names of the files are below ``/dumps/``."""
        query = query_of(request.scope)
        return RedirectResponse(reader_of(request.scope).link(ADDRESS) + (f"?{query}" if query else ""), 308)

    async def listing(self, request: Request) -> Response:
        """``/dumps/``: the files of a release with sizes and digests, as a page or as JSON."""
        start = read_offset(request.query_params.getlist("from"))
        dumps = await self._dumps(request)
        pinned = self._documents.pinned(request)

        async def page(asking: Asking) -> str:
            return dumps_page(asking, dumps, start, pinned)

        async def data(asking: Asking) -> Any:  # noqa: ANN401
            return as_data(dumps, asking.public_url, pinned)

        return await self._documents.page_or_data(request, page, data)

    async def checksums(self, request: Request) -> Response:
        """``/dumps/SHA256SUMS``: the digests of all files, for ``sha256sum --check``."""
        dumps = await self._dumps(request)

        async def made() -> bytes:
            return checksums(dumps).encode()

        return await self._documents.same_for_all(request, dumps.release, _TEXT, made)

    async def file(self, request: Request) -> Response:
        """``/dumps/NAME``: a file, or the range of it that is asked for."""
        release = self._release(request)
        opened = await self._dumper.open(release, str(request.path_params["name"]))
        try:
            return _file(request, opened, release, of_dump(self._documents.pinned(request)))
        except BaseException:
            opened.file.close()
            raise

    async def _dumps(self, request: Request) -> Dumps:
        return await self._dumper.dumps(self._release(request))

    def _release(self, request: Request) -> Release:
        must_be_here(self._line)
        return self._archive.release(self._documents.release_of(request))


def _file(request: Request, opened: OpenDump, release: Release, links: str) -> Response:
    """Return the file; raises PreconditionFailed, UnsatisfiableRange."""
    dump, headers = opened.dump, _headers(opened.dump, release) | {"Link": links}
    if not is_expected(request.headers.get("if-match"), headers["ETag"]):
        raise PreconditionFailed("the dump is another one by now; its entity tag is not the one in If-Match")
    if is_same(request.method, request.headers.get("if-none-match"), headers["ETag"], there=True):
        opened.file.close()
        return Response(None, 304, headers)
    headers |= {"Content-Type": MEDIA_TYPE}
    return PieceResponse(request, opened.file, dump.start, dump.size, headers)


def _headers(dump: Dump, release: Release) -> dict[str, str]:
    """Return what tells one state of a file from another."""
    digest = b64encode(bytes.fromhex(dump.sha256)).decode()
    return {
        "ETag": f'"{dump.sha256[:32]}"',
        "Last-Modified": format_datetime(datetime.fromisoformat(release.created), usegmt=True),
        "Repr-Digest": f"sha-256=:{digest}:",  # https://www.rfc-editor.org/rfc/rfc9530#section-3
        "Cache-Control": "no-cache",
    }
