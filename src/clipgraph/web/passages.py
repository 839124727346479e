"""``/passages?of=IRI``: the passages of a document in the order of its text."""

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from clipgraph.errors import BadRequest
from clipgraph.pages.asking import Asking
from clipgraph.pages.passage_list import as_data, list_page, read_list
from clipgraph.sparql.binding import is_iri
from clipgraph.web.documents import Documents

_DIGITS = 9


@dataclass(frozen=True)
class PassageLists:
    """Answers for the passages of documents."""

    documents: Documents

    async def passages(self, request: Request) -> Response:
        """The passages of the document ``of``, from position ``at`` on, with what each supports."""
        iri, at = request.query_params.get("of", ""), request.query_params.get("at", "0")
        if not is_iri(iri):
            raise BadRequest.worded("of= has to be the IRI of a document")
        if not (at.isascii() and at.isdigit() and len(at) <= _DIGITS):
            raise BadRequest.worded("at= has to be a position in the text: a whole number from 0 on")

        async def page(asking: Asking) -> str:
            return await list_page(asking, iri, int(at))

        async def data(asking: Asking) -> Any:  # noqa: ANN401
            return as_data(await read_list(asking, iri, int(at)))

        return await self.documents.page_or_data(request, page, data)
