"""``/docs``: the reference of the HTTP interface."""

from typing import Any, Protocol

from starlette.requests import Request
from starlette.responses import Response

from clipgraph.pages.asking import Asking
from clipgraph.pages.reference import reference_page
from clipgraph.web.documents import Documents
from clipgraph.web.forms import PAGE, asked_form


class Described(Protocol):
    """An application that has an OpenAPI document."""

    def openapi(self) -> dict[str, Any]:
        """Return the document."""


class Reference:
    """Tells the OpenAPI document of an application as a page."""

    def __init__(self, documents: Documents, app: Described) -> None:
        self._documents, self._app = documents, app

    async def docs(self, request: Request) -> Response:
        """``/docs``: this reference."""
        asked_form(request, PAGE)

        async def page(asking: Asking) -> str:
            return reference_page(asking.site, asking.reader, self._app.openapi())

        return await self._documents.page(request, page)
