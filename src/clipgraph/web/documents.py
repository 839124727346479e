"""Pages and documents of one release, with an entity tag that needs no query."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from clipgraph.engines.cache import CachingEngine
from clipgraph.engines.engine import Engine
from clipgraph.engines.pinned import PinnedEngine
from clipgraph.errors import Unavailable
from clipgraph.rdf.formats import HTML
from clipgraph.sparql.parameters import read_release_number
from clipgraph.web.answers import VARY
from clipgraph.web.notes import note
from clipgraph.web.tags import is_same, tag_of

Page = Callable[[Engine], Awaitable[str]]


def release_of(request: Request, engine: CachingEngine) -> int:
    """Return the number of the release that a request is about: ``release=``, else the current one.

    Raises:
        BadRequest: it is no number.
        Unavailable: nothing is published.
    """
    number = read_release_number(request.query_params.getlist("release")) or engine.current()
    if number is None:
        raise Unavailable("nothing is published yet: run clipgraph publish")
    note(request.scope, release=number)
    return number


def unchanged(
    request: Request, engine: CachingEngine, release: int, *parts: str
) -> tuple[str, Response | None]:
    """Return the entity tag of what a request asks for, and the 304 where the client has that already."""
    tag = tag_of(release, engine.edition, request.url.path, request.url.query, *parts)
    if is_same(request.method, request.headers.get("if-none-match"), tag):
        return tag, Response(None, 304, {"ETag": tag, "Vary": VARY, "Cache-Control": "no-cache"})
    return tag, None


async def page_response(request: Request, engine: CachingEngine, page: Page) -> Response:
    """Return a page, made by asking the release that the request is about."""
    release = release_of(request, engine)
    tag, same = unchanged(request, engine, release, HTML.name)
    if same is not None:
        return same
    content = await page(PinnedEngine(engine, release))
    headers = {"ETag": tag, "Vary": VARY, "Cache-Control": "no-cache"}
    return Response(content, headers=headers, media_type=HTML.content_type)
