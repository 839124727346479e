"""Pages and documents of one release, with an entity tag that needs no query."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from clipgraph.engines.cache import Cache, CachingEngine
from clipgraph.engines.pinned import PinnedEngine
from clipgraph.evidence.texts import SourceTexts
from clipgraph.pages.asking import Asking, Page
from clipgraph.pages.site import Site
from clipgraph.rdf.formats import DATA, HTML, TABLE
from clipgraph.releases.archive import Archive
from clipgraph.sparql.parameters import read_release_number
from clipgraph.web.answers import VARY
from clipgraph.web.forms import LIST, PAGE_OR_DATA, asked_form
from clipgraph.web.languages import reader_of
from clipgraph.web.notes import note
from clipgraph.web.requests import client_of, path_of, query_of
from clipgraph.web.tags import is_same, tag_of

_VARY = VARY + ", Accept-Language"
_JSON = "application/json"


@dataclass(frozen=True)
class Made:
    """A page or a document as it was made, kept for whoever asks the same next."""

    content: bytes
    media_type: str


@dataclass(frozen=True)
class Documents:
    """What pages and documents are made with; ``deadline`` in seconds for each query behind one.

    ``archive`` has what the releases say of themselves; ``texts`` are the source texts, where the service has
    them; ``public_url`` is where the public reaches it, empty where that is not known, else without a slash
    at the end. ``pages`` keeps what was made, by its entity tag.
    """

    engine: CachingEngine
    archive: Archive
    site: Site
    deadline: float
    pages: Cache[Made]
    texts: SourceTexts | None = None
    public_url: str = ""

    def asking(self, request: Request, release: int) -> Asking:
        """Return a request's way to the graph of a release."""
        return Asking(
            PinnedEngine(self.engine, release),
            self.site,
            reader_of(request.scope),
            self.deadline,
            client_of(request.scope),
            path_of(request.scope),
            query_of(request.scope),
            self.texts,
            release,
            self.public_url,
            self.engine.state(release),
            lambda: self.archive.release(release).graphs,
        )

    def release_of(self, request: Request) -> int:
        """Return the number of the release that a request is about: ``release=``, else the current one.

        Raises:
            BadRequest: it is no number.
            Unavailable, NotFound, Gone: nothing is published; it is of the future; it is no longer kept.
        """
        number = self.engine.kept(read_release_number(request.query_params.getlist("release")))
        note(request.scope, release=number)
        return number

    def pinned(self, request: Request) -> str:
        """Return what keeps addresses to the release that a request names: ``?release=7``, or nothing."""
        number = read_release_number(request.query_params.getlist("release"))
        return f"?release={number}" if number is not None else ""

    def unchanged(
        self, request: Request, release: int, *parts: str, vary: str = _VARY
    ) -> tuple[str, Response | None]:
        """Return the entity tag of what a request asks for, and the 304 where the client has that already.

        ``vary`` is what the whole answer varies by (https://www.rfc-editor.org/rfc/rfc9110#section-15.4.5).
        """
        tag = tag_of(
            release, self.engine.edition(release), path_of(request.scope), query_of(request.scope), *parts
        )
        if is_same(request.method, request.headers.get("if-none-match"), tag):
            headers = {"ETag": tag, "Vary": vary, "Cache-Control": "no-cache"}
            return tag, Response(None, 304, headers)
        return tag, None

    async def page(self, request: Request, page: Page, *parts: str) -> Response:
        """Return a page, made by asking the release that the request is about.

        ``parts`` tell apart, for its entity tag, what else than the release it depends on.
        """

        async def made(asking: Asking) -> tuple[str, str]:
            return await page(asking), HTML.content_type

        return await self._made(request, HTML.name, made, *parts)

    async def data(
        self,
        request: Request,
        data: Callable[[Asking], Awaitable[Any]],
        media_type: str = _JSON,
        *parts: str,
    ) -> Response:
        """Return what a program reads as JSON, under the media type of its kind; ``parts`` as for a page."""

        async def made(asking: Asking) -> tuple[str, str]:
            return json.dumps(await data(asking), ensure_ascii=False, indent=1) + "\n", media_type

        return await self._made(request, media_type, made, *parts)

    async def text(self, request: Request, media_type: str, text: Page, *parts: str) -> Response:
        """Return a text of another media type; ``parts`` as for a page."""

        async def made(asking: Asking) -> tuple[str, str]:
            return await text(asking), media_type

        return await self._made(request, media_type, made, *parts)

    async def page_or_data(
        self,
        request: Request,
        page: Page,
        data: Callable[[Asking], Awaitable[Any]],
        *parts: str,
        table: Page | None = None,
    ) -> Response:
        """Return a page, or the same as JSON or as a table where that is asked for; ``parts`` as for a page.

        Raises:
            BadRequest: ``format=`` names another form.
            NotAcceptable: none of them is accepted.
        """
        form = asked_form(request, LIST if table else PAGE_OR_DATA)
        if table and form is TABLE:
            return await self.text(request, TABLE.content_type, table, *parts)
        if form is DATA:
            return await self.data(request, data, _JSON, *parts)
        return await self.page(request, page, *parts)

    async def same_for_all(
        self,
        request: Request,
        release: int,
        media_type: str,
        made: Callable[[], Awaitable[bytes]],
        *parts: str,
    ) -> Response:
        """Return a document that is the same in every language; ``parts`` as for a page."""
        tag, same = self.unchanged(request, release, media_type, *parts, vary=VARY)
        if same is not None:
            return same
        kept = self.pages.get(tag)
        if kept is None:
            kept = Made(await made(), media_type)
            self.pages.put(tag, kept)
        headers = {"ETag": tag, "Vary": VARY, "Cache-Control": "no-cache"}
        return Response(kept.content, headers=headers, media_type=kept.media_type)

    async def _made(
        self,
        request: Request,
        form: str,
        made: Callable[[Asking], Awaitable[tuple[str, str]]],
        *parts: str,
    ) -> Response:
        release = self.release_of(request)
        asking = self.asking(request, release)
        tag, same = self.unchanged(request, release, form, repr(asking.reader), self.public_url, *parts)
        if same is not None:
            return same
        kept = self.pages.get(tag)
        was_kept = kept is not None
        if kept is None:
            content, media_type = await made(asking)
            kept = Made(content.encode("utf-8", "replace"), media_type)
            self.pages.put(tag, kept)
        headers = {"ETag": tag, "Vary": _VARY, "Cache-Control": "no-cache"}
        if is_same(request.method, request.headers.get("if-none-match"), tag, there=True):
            return Response(None, 304, headers)
        headers["Content-Language"] = asking.reader.language
        if was_kept:
            headers["Server-Timing"] = "cache;desc=hit"
        return Response(kept.content, headers=headers, media_type=kept.media_type)
