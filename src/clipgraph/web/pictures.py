"""/map, /network and /timeline: the pictures that one can walk, each a page and the same as data."""

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from clipgraph.pages.map import map_data, map_page, map_table
from clipgraph.pages.network import network_data, network_page, network_table
from clipgraph.pages.timeline import KINDS, timeline_data, timeline_page, timeline_table
from clipgraph.rdf.formats import DATA, GEOJSON, Format
from clipgraph.web.documents import Documents
from clipgraph.web.forms import LIST, MAP, asked_form
from clipgraph.web.openapi_lists import TIMELINE

_Answer = Callable[[Request], Awaitable[Response]]


class Pictures:
    """Answers for the pictures."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    async def network(self, request: Request) -> Response:
        """Actors across the governance levels and their ties: a page, or nodes and links."""
        return await self._documents.page_or_data(request, network_page, network_data, table=network_table)

    async def timeline(self, request: Request) -> Response:
        """What has a date, in order of time: a page, or its entries."""
        return await self._documents.page_or_data(request, timeline_page, timeline_data, table=timeline_table)

    async def map(self, request: Request) -> Response:
        """Places with a point: a page, or GeoJSON."""
        if asked_form(request, MAP) is GEOJSON:
            return await self._documents.data(request, map_data, GEOJSON.media_type)
        return await self._documents.page_or_data(request, map_page, map_data, table=map_table)


def add_pictures(app: FastAPI, documents: Documents) -> None:
    """Add the routes of the pictures, described for OpenAPI."""
    pictures = Pictures(documents)
    country = _parameter("country", "Places of this country alone, by its path (/id/country/…) or IRI.")
    network = _parameter("network", "Places whose authority belongs to this network.")
    level = _parameter("level", "Places with an actor of this governance level.")
    practices = _parameter("practices", "yes: places with practices; no: those without.", ["yes", "no"])
    _add(app, "/map", pictures.map, [country, network, level, practices], GEOJSON)
    actor = _parameter(
        "actor", "The actor whose neighbourhood to show, by its path (/id/organisation/…) or IRI."
    )
    level = _parameter("level", "Actors of this governance level, or none.")
    sector = _parameter("sector", "Actors of this sector, or none.")
    network = _parameter("network", "Actors tied to this network.")
    unfold = _parameter(
        "open", "Groups to show actor by actor, each named by one of them, separated by spaces."
    )
    _add(app, "/network", pictures.network, [actor, level, sector, network, unfold])
    kind = _parameter("kind", "Entries of this kind.", list(KINDS))
    state = _parameter("state", "real: what happened; proposed: what is not done yet.", ["real", "proposed"])
    page = _parameter("page", "Number of the page.") | {"schema": {"type": "integer", "minimum": 1}}
    about = _parameter("about", "Dates of this thing, and of what is linked to or from it.")
    _add(app, "/timeline", pictures.timeline, [kind, state, about, page], schema=TIMELINE)


def _add(
    app: FastAPI,
    path: str,
    answer: _Answer,
    parameters: list[dict[str, Any]],
    *further: Format,
    schema: dict[str, Any] | None = None,
) -> None:
    """Answer GET, and HEAD without a place of its own in the documentation; ``schema`` is of the JSON."""
    form = _parameter("format", "json: the same as data; csv: as a table; wins over Accept.")
    release = _parameter("release", "Number of an earlier release.") | {
        "schema": {"type": "integer", "minimum": 1}
    }
    kinds: dict[str, Any] = {each.media_type: {} for each in (*LIST, *further)}
    if schema:
        kinds[DATA.media_type] = {"schema": schema}
    app.add_api_route(
        path,
        answer,
        response_class=Response,
        responses={200: {"content": kinds}},
        openapi_extra={"parameters": [*parameters, form, release]},
    )
    app.add_api_route(path, answer, methods=["HEAD"], response_class=Response, include_in_schema=False)


def _parameter(name: str, description: str, values: list[str] | None = None) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"} | ({"enum": values} if values else {})
    return {"name": name, "in": "query", "description": description, "required": False, "schema": schema}
