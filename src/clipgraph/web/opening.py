"""Puts a service together from its settings: engines, pools, pages, registers; nothing runs yet."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import clipgraph
from clipgraph.access.audit import AuditLog
from clipgraph.access.register import Register
from clipgraph.describing.counting import counting_queries
from clipgraph.describing.describer import Describer
from clipgraph.engines.cache import Cache, CachingEngine, Kept
from clipgraph.evidence.texts import SourceTexts
from clipgraph.guests.guests import Loaded
from clipgraph.pages.environments import HERE
from clipgraph.pages.site import Site, open_site
from clipgraph.releases.archive import Archive
from clipgraph.releases.deriving import Deriver
from clipgraph.releases.dumper import Dumper
from clipgraph.releases.shelf import Shelf
from clipgraph.search.building import Queries
from clipgraph.search.searcher import Effort, Searcher
from clipgraph.settings import MIB, Settings
from clipgraph.sources.graphs import profile_files
from clipgraph.sources.project import Project, own_project
from clipgraph.sparql.library import read_library
from clipgraph.web.asked import Asked, ask_elsewhere, ask_own
from clipgraph.web.documents import Made
from clipgraph.web.metrics import Metrics
from clipgraph.web.shelves import COVERAGE
from clipgraph.writing.jobs import Place
from clipgraph.writing.writer import Writer


@dataclass(frozen=True)
class Service:
    """What a running service is made of; ``shelf`` is the folder of releases, ``asked`` what it asks."""

    settings: Settings
    project: Project
    shelf: Shelf
    asked: Asked
    archive: Archive
    queries: CachingEngine
    documents: CachingEngine
    made: Cache[Made]
    site: Site
    texts: SourceTexts | None
    register: Register
    audit: AuditLog
    writer: Writer
    deriver: Deriver
    dumper: Dumper
    describer: Describer
    searcher: Searcher
    metrics: Metrics


def open_service(settings: Settings, project: Project, shelf: Shelf, loaded: Loaded | None = None) -> Service:
    """Put a service together, with loaded files beside the releases; nothing runs yet."""
    asked = ask_elsewhere(settings, shelf) if settings.engine else ask_own(settings, shelf, loaded)
    engine, for_pages = asked.engine, asked.for_pages
    cache: Cache[Kept] = Cache(settings.cache * MIB)
    own = own_project() or project  # pages are asked for by this package's queries, whatever it serves
    site = open_site(read_library(own.queries, "pages"), read_library(project.queries, "competency"))
    texts = SourceTexts(settings.sources) if settings.sources else None
    edition = _edition(texts, own, project)
    metrics = Metrics(asked.pool, asked.line, lambda: engine.spooled + for_pages.spooled, cache)
    return Service(
        settings=settings,
        project=project,
        shelf=shelf,
        asked=asked,
        archive=Archive(asked.line),
        queries=CachingEngine(engine, asked.line, cache, edition + (loaded.digest if loaded else "")),
        documents=CachingEngine(for_pages, asked.line, cache, edition),
        made=Cache(settings.cache * MIB),
        site=site,
        texts=texts,
        register=Register(shelf.root),
        audit=AuditLog(shelf.root, metrics.count_write),
        writer=_writer(settings, project, shelf, loaded),
        deriver=Deriver(shelf, settings.memory * MIB, settings.waiting),
        dumper=Dumper(shelf, settings.memory * MIB),
        describer=_describer(settings, shelf, own, site),
        searcher=_searcher(settings, shelf, site, asked),
        metrics=metrics,
    )


def _writer(settings: Settings, project: Project, shelf: Shelf, loaded: Loaded | None) -> Writer:
    place = Place(
        str(shelf.root),
        str(project.root),
        settings.shapes != "none",
        settings.rules != "none",
        settings.default_graph,
        tuple(loaded.graphs) if loaded else (),
    )
    return Writer(place, settings.update_memory * MIB, settings.waiting)


def _describer(settings: Settings, shelf: Shelf, own: Project, site: Site) -> Describer:
    queries = counting_queries(read_library(own.queries, "reports"))
    return Describer(shelf, queries, settings.memory * MIB, settings.waiting, site.competency)


def _searcher(settings: Settings, shelf: Shelf, site: Site, asked: Asked) -> Searcher:
    queries = Queries(*(site.pages[f"search-{name}"] for name in ("texts", "facets", "links")))
    return Searcher(
        asked.line,
        shelf.root,
        queries,
        asked.material(queries),
        Effort(settings.memory * MIB, settings.waiting, settings.timeout),
    )


def _edition(texts: SourceTexts | None, *projects: Project) -> str:
    """Return what tells apart what other programs, queries, texts and templates make of the same release."""
    told = [clipgraph.__version__, texts.edition if texts else ""]
    told += [query.text for project in projects for query in read_library(project.queries)]
    told += [file.read_text(encoding="utf-8", errors="replace") for file in _beside(projects[-1])]
    files = [
        *sorted(HERE.glob("templates/**/*.*ml")),
        *sorted(HERE.glob("*/*.po")),
        *HERE.glob("static/built/manifest.json"),
    ]
    told += [path.read_text(encoding="utf-8") for path in files]
    return sha256("\0".join(told).encode()).hexdigest()


def _beside(project: Project) -> list[Path]:
    """Return the files that pages show and no release holds: the profiles, and how much is covered."""
    coverage = project.root / COVERAGE
    profiles = [file.path for file in profile_files(project).values()]
    return [*profiles, *([coverage] if coverage.is_file() else [])]
