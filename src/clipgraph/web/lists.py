"""/search, /search/suggest, /practices, /cities and /fields: pages of lists, and the same as JSON."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from clipgraph.pages.addresses import no_such_page, read_address
from clipgraph.pages.asking import Asking
from clipgraph.pages.fields import fields_data, fields_page, fields_table
from clipgraph.pages.listing import DATA_VALUES, PAGE_VALUES, SIZE, question, suggested
from clipgraph.pages.lists import CITIES, PRACTICES, SEARCH, Kind, list_data, list_page, list_table
from clipgraph.pages.tables import MOST_LINES
from clipgraph.search.questions import Results
from clipgraph.search.searcher import Searcher
from clipgraph.web.documents import Documents


class Lists:
    """Answers with lists, found by the search."""

    def __init__(self, documents: Documents, searcher: Searcher) -> None:
        self._documents, self._searcher = documents, searcher

    async def search(self, request: Request) -> Response:
        """``/search``: what has the words ``q`` and the chosen values of facets."""
        return await self._list(request, SEARCH)

    async def practices(self, request: Request) -> Response:
        """``/practices``: what cities and others do, to be borrowed."""
        return await self._list(request, PRACTICES)

    async def cities(self, request: Request) -> Response:
        """``/cities``: the places of local government."""
        return await self._list(request, CITIES)

    async def fields(self, request: Request) -> Response:
        """``/fields``: the fields of action with what stands at each."""
        return await self._documents.page_or_data(request, fields_page, fields_data, table=fields_table)

    async def suggest(self, request: Request) -> Response:
        """``/search/suggest``: a few things whose names begin as ``q`` does, as JSON."""
        words = request.query_params.get("q", "")
        release = self._documents.release_of(request)

        async def data(asking: Asking) -> dict[str, Any]:
            reader = asking.reader
            order = tuple(dict.fromkeys((reader.language, "en", "")))
            found = await self._searcher.suggest(words, order, release, asking.client)
            return suggested(words, found, release, reader)

        return await self._documents.data(request, data)

    async def _list(self, request: Request, kind: Kind) -> Response:
        address = read_address(kind.path, request.query_params.multi_items(), kind.facets)
        release = self._documents.release_of(request)

        async def results(asking: Asking, values: int, size: int = SIZE) -> Results:
            wanted = question(address, asking.reader, kind.facets, kind.within, values, size)
            found = await self._searcher.answer(wanted, release, asking.client)
            if found.page < address.page:
                raise no_such_page(address.page, found.page)
            return found

        async def page(asking: Asking) -> str:
            return await list_page(asking, kind, address, await results(asking, PAGE_VALUES))

        async def data(asking: Asking) -> dict[str, Any]:
            return await list_data(asking, kind, address, await results(asking, DATA_VALUES))

        async def table(asking: Asking) -> str:
            return await list_table(asking, kind, address, await results(asking, 0, MOST_LINES))

        return await self._documents.page_or_data(request, page, data, table=table)
