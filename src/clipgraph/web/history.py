"""``/history?of=IRI``: in which releases what is said of a thing changed."""

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from clipgraph.errors import BadRequest
from clipgraph.pages.asking import Asking
from clipgraph.pages.history import History, as_data, history_page, read_history
from clipgraph.releases.deriving import Deriver
from clipgraph.releases.line import Releases
from clipgraph.releases.shelf import Shelf
from clipgraph.sparql.binding import is_iri
from clipgraph.sparql.parameters import read_offset
from clipgraph.web.asked import must_be_here
from clipgraph.web.documents import Documents


@dataclass(frozen=True)
class Histories:
    """Answers for the histories of things."""

    documents: Documents
    line: Releases
    shelf: Shelf
    deriver: Deriver

    async def history(self, request: Request) -> Response:
        """What the kept releases changed of what is said of an IRI, newest first; ``from`` pages."""
        iri = request.query_params.get("of", "")
        if not is_iri(iri):
            raise BadRequest.worded(
                "of= has to be the IRI of a thing, as in /history?of=https://w3id.org/clipgraph/…"
            )
        must_be_here(self.line)
        start = read_offset(request.query_params.getlist("from"))
        release = self.documents.release_of(request)

        async def read(asking: Asking) -> History:
            return await read_history(asking, self.shelf, self.deriver, iri, release, start)

        async def page(asking: Asking) -> str:
            return await history_page(asking, await read(asking))

        async def data(asking: Asking) -> Any:  # noqa: ANN401
            return as_data(await read(asking))

        kept = ",".join(map(str, self.shelf.numbers()))  # what is no longer kept is not in a history
        return await self.documents.page_or_data(request, page, data, kept)
