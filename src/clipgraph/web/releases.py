"""Pages of the releases: the line of them, one with what it changed, what differs between two, the feed."""

import asyncio
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from clipgraph.errors import BadRequest, ClipgraphError
from clipgraph.pages import release_pages as told
from clipgraph.pages.asking import Asking
from clipgraph.releases.archive import Archive
from clipgraph.releases.deriving import Deriver
from clipgraph.releases.differences import NOTHING, PAGE, DifferenceIndex, Statement
from clipgraph.releases.line import Releases
from clipgraph.releases.release import Release
from clipgraph.sparql.parameters import read_offset
from clipgraph.web.asked import must_be_here
from clipgraph.web.documents import Documents
from clipgraph.web.requests import origin_of

_ATOM = "application/atom+xml; charset=utf-8"
_IN_FEED = 50
_OFFERED = 12
_DIGITS = 9


class ReleasePages:
    """Answers for ``/releases`` and ``/feed``; ``public_url`` is where the public reaches the service."""

    def __init__(
        self, documents: Documents, archive: Archive, deriver: Deriver, line: Releases, public_url: str
    ) -> None:
        self._documents, self._archive, self._deriver = documents, archive, deriver
        self._line = line
        self._public_url = public_url

    async def releases(self, request: Request) -> Response:
        """``/releases``: those that are kept, newest first."""
        start = read_offset(request.query_params.getlist("from"))
        kept = await self._kept()

        async def page(asking: Asking) -> str:
            return asking.render("releases.html", part=told.lines(kept, start), current=kept[-1].number)

        async def data(_: Asking) -> Any:  # noqa: ANN401
            part = told.lines(kept, start)
            return {"releases": [told.as_data(line) for line in part.items], "more": part.more}

        return await self._documents.page_or_data(request, page, data, _numbers(kept))

    async def release(self, request: Request) -> Response:
        """``/releases/N``: one release, with what it changed."""
        number, start = _number(request, "number"), read_offset(request.query_params.getlist("from"))
        self._archive.release(number)
        kept = await self._kept()
        line = told.line_of(kept, number)
        if line is None:  # damaged, or pruned this very moment
            raise BadRequest(f"release {number} cannot be read")

        async def page(asking: Asking) -> str:
            return await self._release_page(asking, line, kept, start)

        async def data(asking: Asking) -> Any:  # noqa: ANN401
            index, statements = await self._difference(asking, line.release.parent or NOTHING, number, start)
            return told.as_data(line) | {"change": told.difference_as_data(index, statements, start)}

        return await self._documents.page_or_data(request, page, data, _numbers(kept))

    async def difference(self, request: Request) -> Response:
        """``/releases/N/diff/M``: what differs between two releases."""
        before, after = _number(request, "number"), _number(request, "other")
        start = read_offset(request.query_params.getlist("from"))

        async def page(asking: Asking) -> str:
            index, statements = await self._difference(asking, before, after, start)
            part = told.page_of(index, statements, start)
            return asking.render("difference.html", index=index, part=part, path_here=asking.path)

        async def data(asking: Asking) -> Any:  # noqa: ANN401
            index, statements = await self._difference(asking, before, after, start)
            return told.difference_as_data(index, statements, start)

        return await self._documents.page_or_data(request, page, data, _numbers(await self._kept()))

    async def feed(self, request: Request) -> Response:
        """``/feed``: the newest releases as Atom (RFC 4287)."""
        kept = await self._kept()
        origin = origin_of(request.scope, self._public_url)

        async def text(asking: Asking) -> str:
            lines = told.lines(kept, 0).items[:_IN_FEED]
            return asking.render("feed.xml", lines=lines, updated=kept[-1].created, origin=origin)

        return await self._documents.text(request, _ATOM, text, _numbers(kept), origin)

    async def _kept(self) -> list[Release]:
        return await asyncio.to_thread(self._archive.kept)

    async def _release_page(
        self, asking: Asking, line: told.ReleaseLine, kept: list[Release], start: int
    ) -> str:
        number = line.release.number
        index, part, trouble = None, None, ""
        try:
            index, statements = await self._difference(asking, line.release.parent or NOTHING, number, start)
            part = told.page_of(index, statements, start)
        except ClipgraphError as error:
            if start:
                raise
            trouble = str(error)
        numbers = [release.number for release in kept]
        return asking.render(
            "release.html",
            line=line,
            index=index,
            part=part,
            trouble=trouble,
            current=numbers[-1],
            next=next((other for other in numbers if other > number), None),
            others=[other for other in reversed(numbers) if other != number][:_OFFERED],
            path_here=asking.path,
        )

    async def _difference(
        self, asking: Asking, before: int, after: int, start: int
    ) -> tuple[DifferenceIndex, list[Statement]]:
        """Return a difference and the page of it that begins at ``start``."""
        must_be_here(self._line)
        if start % PAGE:
            raise BadRequest.worded(
                "from=%(start)s: pages begin at multiples of %(size)s", start=start, size=PAGE
            )
        index = await self._deriver.difference(before, after, asking.deadline, asking.client)
        if not index.offsets and not start:
            return index, []
        return index, await self._deriver.statements(index, start // PAGE)


def _number(request: Request, name: str) -> int:
    given = str(request.path_params[name])
    if not (given.isascii() and given.isdigit() and len(given) <= _DIGITS and given != "0"):
        raise BadRequest.worded("%(given)s is no number of a release", given=repr(given[:40]))
    return int(given)


def _numbers(kept: list[Release]) -> str:
    return ",".join(str(release.number) for release in kept)
