"""Pages of the ontology, terms, shapes, code lists, named graphs and the dataset."""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from clipgraph.errors import BadRequest, NotFound
from clipgraph.pages import changes, dataset, named_graphs, ontology, schemes
from clipgraph.pages.asking import Asking
from clipgraph.pages.changes_page import changes_page
from clipgraph.pages.dataset_page import Limits, dataset_page
from clipgraph.pages.graph_pages import graph_page, graphs_page
from clipgraph.pages.ontology_pages import ontology_page, theme_of, theme_page
from clipgraph.pages.scheme_pages import as_csv, code_page, scheme_page, schemes_page, schemes_table
from clipgraph.pages.themes import Group
from clipgraph.pages.vocabulary import Vocabulary
from clipgraph.pages.vocabulary_pages import (
    SHAPES,
    part_page,
    shape_page,
    shapes_as_data,
    shapes_page,
    term_page,
)
from clipgraph.rdf.formats import DATA, HTML, TABLE
from clipgraph.rdf.identity import iri_of_path
from clipgraph.rdf.prefixes import BASE, PREFIXES, SCHEME
from clipgraph.rdf.writing import write
from clipgraph.releases.dumps import offers
from clipgraph.releases.release import Release
from clipgraph.sources.graphs import GRAPHS
from clipgraph.sparql.binding import is_iri
from clipgraph.sparql.parameters import read_offset, read_release_number
from clipgraph.web.answers import VARY
from clipgraph.web.dereference import Dereferencer, asked_format, without_suffix
from clipgraph.web.documents import Documents
from clipgraph.web.forms import CODE_LIST, DOCUMENT_WITH_DATA, accepts_rdf, asked_form
from clipgraph.web.json_ld import JsonLd
from clipgraph.web.requests import path_of
from clipgraph.web.shelves import Shelves
from clipgraph.web.signposting import of_dataset

# Their codes are fields of action, which have pages of their own.
_FIELDS = (PREFIXES["field"], PREFIXES["stuttgart-field"])
_RENDERED = 6


class VocabularyPages:
    """Answers for terms, shapes, lists and graphs; IRIs of other things are the Dereferencer's."""

    def __init__(self, documents: Documents, shelves: Shelves, limits: Limits, json_ld: JsonLd) -> None:
        self._documents, self._shelves, self._limits = documents, shelves, limits
        self._dereferencer = Dereferencer(documents, json_ld, self.page)
        self._rendered: OrderedDict[tuple[Any, ...], str] = OrderedDict()

    async def page(self, asking: Asking, iri: str, path: str, start: int) -> str | None:
        """Return the page about an IRI of these spaces, None where it is not for this class to tell."""
        if not is_iri(iri):
            return None
        if iri.startswith((BASE + "def", SHAPES)):
            return await self._term(asking, iri, path, start)
        if iri.startswith(SCHEME) and not iri.startswith(_FIELDS):
            show = scheme_page if schemes.is_list(iri) else code_page
            return await show(asking, await self._vocabulary(asking), iri, path, start)
        if iri.startswith(GRAPHS):
            return await self._graph(asking, iri, path, start)
        return None

    async def document(self, request: Request) -> Response:
        """An IRI: a list as JSON or CSV where that is asked for, all else as the Dereferencer has it."""
        iri = iri_of_path(path_of(request.scope))
        told = {ontology.ONTOLOGY: self._ontology_data, SHAPES: self._shapes_data}.get(iri)
        if told and asked_form(request, DOCUMENT_WITH_DATA) is DATA:
            return await self._documents.data(request, told)
        if iri.startswith(SCHEME) and is_iri(iri) and schemes.is_list(iri):
            found = await self._list(request, iri)
            if found is not None:
                return found
        if iri.startswith(SHAPES + "/"):
            stem, form = without_suffix(iri)
            form = form or asked_format(request)
            triples = self._shelves.profiles.saying(stem) if form != HTML else ()
            if triples:
                return Response(write(triples, form), media_type=form.content_type, headers={"Vary": VARY})
        parts = [self._kept()] if iri.startswith(GRAPHS) else []
        return await self._dereferencer.answer(request, *parts)

    async def ontology(self, request: Request) -> Response:
        """``/ontology``: the documentation of the ontology."""
        return await self._documents.page_or_data(request, self._ontology, self._ontology_data, self._kept())

    async def theme(self, request: Request) -> Response:
        """``/ontology/THEME``: the terms of one theme, with a diagram."""

        async def found(asking: Asking) -> tuple[Vocabulary, Group]:
            vocabulary = await self._vocabulary(asking)
            group = theme_of(vocabulary, request.path_params["theme"])
            if group is None:
                raise NotFound.worded("the ontology has no such theme; /ontology lists those there are")
            return vocabulary, group

        async def page(asking: Asking) -> str:
            return theme_page(asking, *await found(asking))

        async def data(asking: Asking) -> Any:  # noqa: ANN401
            vocabulary, group = await found(asking)
            return ontology.as_data(vocabulary, asking.reader, [*group.classes, *group.properties])

        return await self._documents.page_or_data(request, page, data)

    async def changes(self, request: Request) -> Response:
        """``/ontology/changes``: what changed since the release ``since=``, by default the version before."""
        since = read_release_number(request.query_params.getlist("since"), "since")

        async def page(asking: Asking) -> str:
            return changes_page(asking, *await self._changes(request, asking, since))

        async def data(asking: Asking) -> Any:  # noqa: ANN401
            _, before, after = await self._changes(request, asking, since)
            if before is None:
                return {"since": None, "changes": []}
            return {
                "since": before[0].number,
                "changes": changes.as_data(changes.compare(before[1], after[1])),
            }

        return await self._documents.page_or_data(request, page, data, self._kept())

    async def schemes(self, request: Request) -> Response:
        """``/scheme``: the code lists."""

        async def data(asking: Asking) -> Any:  # noqa: ANN401
            lines = await schemes.load_schemes(asking)
            return {"release": asking.release, "schemes": schemes.lines_as_data(lines)}

        return await self._documents.page_or_data(request, schemes_page, data, table=schemes_table)

    async def graphs(self, request: Request) -> Response:
        """``/graph``: the named graphs."""

        async def page(asking: Asking) -> str:
            return graphs_page(asking, self._release(asking))

        async def data(asking: Asking) -> Any:  # noqa: ANN401
            return named_graphs.as_data(self._release(asking))

        return await self._documents.page_or_data(request, page, data)

    async def dataset(self, request: Request) -> Response:
        """``/dataset``: the dataset as a whole; what it is as RDF is in the catalogue."""
        if accepts_rdf(request):
            return RedirectResponse("/catalog", 303, {"Vary": "Accept"})

        async def loaded(asking: Asking) -> dataset.Dataset:
            vocabulary = await self._vocabulary(asking)
            told = self._shelves.coverage()
            return await dataset.load_dataset(asking, vocabulary, self._release(asking), told)

        async def page(asking: Asking) -> str:
            return dataset_page(asking, await self._vocabulary(asking), await loaded(asking), self._limits)

        async def data(asking: Asking) -> Any:  # noqa: ANN401
            return dataset.as_data(await loaded(asking), asking.reader)

        response = await self._documents.page_or_data(request, page, data)
        release = self._shelves.archive.release(self._documents.release_of(request))
        response.headers["Link"] = of_dataset(offers(release), self._documents.pinned(request))
        return response

    async def _vocabulary(self, asking: Asking) -> Vocabulary:
        return await self._shelves.vocabularies.of(asking)

    def _release(self, asking: Asking) -> Release:
        return self._shelves.archive.release(asking.release)

    def _kept(self) -> str:
        """Return what tells apart which releases are kept."""
        return ",".join(str(release.number) for release in self._shelves.archive.kept())

    def _until(self, asking: Asking) -> list[Release]:
        return [release for release in self._shelves.archive.kept() if release.number <= asking.release]

    async def _ontology(self, asking: Asking) -> str:
        """Return the first page of the ontology, the last few kept, as it names every term."""
        versions = changes.versions(self._until(asking))
        numbers = tuple(release.number for release in versions)
        key = (asking.release, asking.state, asking.reader, asking.path, asking.parameters, numbers)
        if key not in self._rendered:
            vocabulary = await self._vocabulary(asking)
            self._rendered[key] = ontology_page(asking, vocabulary, versions)
            if len(self._rendered) > _RENDERED:
                self._rendered.popitem(last=False)
        return self._rendered[key]

    async def _ontology_data(self, asking: Asking) -> Any:  # noqa: ANN401
        return ontology.as_data(await self._vocabulary(asking), asking.reader)

    async def _shapes_data(self, asking: Asking) -> Any:  # noqa: ANN401
        return shapes_as_data(await self._vocabulary(asking))

    async def _term(self, asking: Asking, iri: str, path: str, start: int) -> str | None:
        vocabulary = await self._vocabulary(asking)
        if iri in (ontology.ONTOLOGY, ontology.version_of(vocabulary)):
            return await self._ontology(asking)
        if iri == SHAPES:
            return shapes_page(asking, vocabulary)
        if iri in vocabulary.terms:
            return await term_page(asking, vocabulary, vocabulary.terms[iri], path, start)
        if iri in vocabulary.by_iri:
            return await shape_page(asking, vocabulary, vocabulary.by_iri[iri], path)
        owner = vocabulary.owner_of(iri)
        return part_page(asking, vocabulary, owner, iri, path) if owner else None

    async def _graph(self, asking: Asking, iri: str, path: str, start: int) -> str | None:
        release = self._release(asking)
        record = release.graphs.get(iri)
        if record is None or not record.triples:
            return None
        file = await asyncio.to_thread(self._shelves.file_of, iri, release.number)
        vocabulary = await self._vocabulary(asking)
        return await graph_page(asking, vocabulary, iri, self._until(asking), release, file, path, start)

    async def _list(self, request: Request, iri: str) -> Response | None:
        """Return a code list as JSON or as a table where that is asked for."""
        start = read_offset(request.query_params.getlist("from"))
        suffix, named = without_suffix(iri)[1], iri.removesuffix(".csv")

        async def data(asking: Asking) -> Any:  # noqa: ANN401
            return {"release": asking.release} | schemes.as_data(await _known_scheme(asking, iri, start))

        async def text(asking: Asking) -> str:
            return as_csv(await _known_scheme(asking, named, start))

        if named != iri:
            return await self._documents.text(request, TABLE.content_type, text)
        form = suffix or asked_form(request, CODE_LIST)
        if form is TABLE:
            return await self._documents.text(request, TABLE.content_type, text)
        return await self._documents.data(request, data) if form is DATA else None

    async def _changes(
        self, request: Request, asking: Asking, since: int | None
    ) -> tuple[Sequence[Release], tuple[Release, Vocabulary] | None, tuple[Release, Vocabulary]]:
        """Return the versions, the one to compare with, where there is one, and the one asked about."""
        versions = changes.versions(self._until(asking))
        after = (self._release(asking), await self._vocabulary(asking))
        if since is None and not versions[1:]:
            return versions, None, after
        number = since or versions[1].number
        if number >= asking.release:
            raise BadRequest.worded(
                "since=%(number)s: name a release before %(release)s", number=number, release=asking.release
            )
        before = self._shelves.archive.release(number)
        vocabulary = await self._vocabulary(self._documents.asking(request, number))
        return versions, (before, vocabulary), after


async def _known_scheme(asking: Asking, iri: str, start: int) -> schemes.Scheme:
    scheme = await schemes.load_scheme(asking, iri, start)
    if scheme is None:
        raise NotFound.worded("there is no code list <%(iri)s>", iri=iri)
    return scheme
