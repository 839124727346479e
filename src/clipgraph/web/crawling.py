"""What machines ask for that nobody told them of: robots.txt, the sitemap, security.txt."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response

from clipgraph.errors import NotFound
from clipgraph.pages.sitemap import load_paths, sitemap_file, sitemap_index
from clipgraph.releases.archive import Archive
from clipgraph.web.documents import Documents
from clipgraph.web.requests import origin_of

_TEXT, _XML = "text/plain; charset=utf-8", "application/xml; charset=utf-8"
_A_DAY = {"Cache-Control": "max-age=86400"}
_VALID = timedelta(days=180)  # less than a year, as RFC 9116 (2.5.5) asks
_MOST_DIGITS = 6
# What has no end or is work without being a page: queries, facets, searches, earlier releases, large files.
_NOT_FOR_CRAWLERS = (
    *("/sparql?", "/graphs?", "/search?", "/search/suggest", "/practices?", "/cities?", "/map?", "/network?"),
    *("/timeline?", "/history?", "/passages?", "/releases/*/diff/", "/*release=", "/*from=", "/dumps/*.gz"),
    *("/metrics", "/readyz", "/healthz"),
)


@dataclass(frozen=True)
class Crawling:
    """Answers machines; ``private`` tells that reading needs a token, ``contact`` is for security.txt."""

    documents: Documents
    archive: Archive
    private: bool
    contact: str

    async def robots(self, request: Request) -> Response:
        """``/robots.txt``: pages are open, what has no end is not (https://www.rfc-editor.org/rfc/rfc9309)."""
        if self.private:
            return Response("User-agent: *\nDisallow: /\n", headers=_A_DAY, media_type=_TEXT)
        # A pattern with a star for the language before the path; the first matches without one.
        closed = [f"Disallow: {start}{path}\n" for path in _NOT_FOR_CRAWLERS for start in ("", "/*")]
        text = "".join(("User-agent: *\n", *closed, f"\nSitemap: {self._origin(request)}/sitemap.xml\n"))
        return Response(text, headers=_A_DAY, media_type=_TEXT)

    async def sitemap(self, request: Request) -> Response:
        """``/sitemap.xml``: the files in which pages are listed."""
        release, origin = self.documents.release_of(request), self._origin(request)
        asking = self.documents.asking(request, release)

        async def made() -> bytes:
            modified = self.archive.release(release).created
            return sitemap_index(asking, origin, await load_paths(asking), modified).encode()

        return await self.documents.same_for_all(request, release, _XML, made, origin)

    async def sitemap_file(self, request: Request) -> Response:
        """``/sitemap-N.xml``: pages in every language."""
        release, origin = self.documents.release_of(request), self._origin(request)
        asking, told = self.documents.asking(request, release), str(request.path_params["number"])
        number = int(told) if told.isascii() and told.isdigit() and len(told) <= _MOST_DIGITS else 0

        async def made() -> bytes:
            text = sitemap_file(asking, origin, await load_paths(asking), number)
            if text is None:
                raise NotFound("there is no such part of the sitemap; /sitemap.xml lists those there are")
            return text.encode()

        return await self.documents.same_for_all(request, release, _XML, made, origin)

    async def security(self) -> Response:
        """``/.well-known/security.txt`` (https://www.rfc-editor.org/rfc/rfc9116)."""
        if not self.contact:
            raise NotFound(
                "this service names nobody for reports on its security; who runs it sets "
                "CLIPGRAPH_SECURITY_CONTACT"
            )
        until = (datetime.now(UTC) + _VALID).strftime("%Y-%m-%dT00:00:00Z")
        lines = [f"Contact: {self.contact}", f"Expires: {until}"]
        if self.documents.public_url:
            lines.append(f"Canonical: {self.documents.public_url}/.well-known/security.txt")
        return Response("".join(f"{line}\n" for line in lines), headers=_A_DAY, media_type=_TEXT)

    def _origin(self, request: Request) -> str:
        return origin_of(request.scope, self.documents.public_url)
