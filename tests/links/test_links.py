"""Every link to an identifier elsewhere is one that the reference files confirm, and is of the right kind.

The reference files are not in the repository: CLIPGRAPH_REFERENCE names their folder, beside the checkout
by default.
"""

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox
import pytest

ROOT = Path(__file__).parents[2]
IDS = "https://w3id.org/clipgraph/id/"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
SAME = "http://www.w3.org/2002/07/owl#sameAs"
VERSION = "http://www.w3.org/2002/07/owl#versionInfo"
SKOS = "http://www.w3.org/2004/02/skos/core#"
GEO = "http://www.opengis.net/ont/geosparql#"
SUBJECT = "http://purl.org/dc/terms/subject"
SOURCE = "http://purl.org/dc/terms/source"
IDENTIFIER = "http://purl.org/dc/terms/identifier"
EVIDENCE = "https://w3id.org/clipgraph/def/evidence"
LINKSET = "http://rdfs.org/ns/void#Linkset"
NUTS = "http://data.europa.eu/nuts/code/"
NUTS_TABLE = "http://publications.europa.eu/resource/authority/nuts/"
WIKIDATA = "http://www.wikidata.org/entity/"
GEONAMES = "https://sws.geonames.org/"
EUROVOC = "http://eurovoc.europa.eu/"
EUROVOC_ID = re.compile(r"\bc_[0-9a-f]+\b|\b[0-9]+\b")
LINKS = {SAME, SUBJECT, GEO + "sfWithin", GEO + "sfEquals"} | {
    SKOS + match for match in ("exactMatch", "closeMatch", "relatedMatch")
}
PLACES = ("city", "province", "borough", "country", "area")
# Letters that Unicode does not take apart: dotless i, l with stroke.
LETTERS = {0x131: "i", 0x142: "l"}

# What the reference names otherwise than the last part of the IRI.
CONGRESS = "Congress of Local and Regional Authorities of the Council of Europe"
EUROFOUND = "European Foundation for the Improvement of Living and Working Conditions (Eurofound)"
OTHER_NAMES = {
    "area/catalonia": "Catalonia",
    "authority/catalonia": "Generalitat de Catalunya (government of the region where CITE works)",
    "authority/copenhagen": "Copenhagen Municipality",
    "authority/helsinki": "City of Helsinki",
    "authority/prague": "City of Prague",
    "authority/valencia": "City of Valencia (Ayuntamiento)",
    "city/luxembourg": "City of Luxembourg",
    "city/turin": "Torino",
    "country/former-yugoslav-republic-of-macedonia": "The former Yugoslav Republic of Macedonia",
    "instrument/lisbon-treaty": "Treaty of Lisbon",
    "organisation/cemr": "Council of European Municipalities and Regions",
    "organisation/committee-of-ministers": "Committee of Ministers of the Council of Europe",
    "organisation/congress-of-local-and-regional-authorities": CONGRESS,
    "organisation/eurofound": EUROFOUND,
    "organisation/fra": "European Union Agency for Fundamental Rights",
    "organisation/german-ministry-of-the-interior": "Ministry of the Interior (Germany)",
    "province/barcelona": "Diputacio de Barcelona",
}
FIELDS = {
    "intercultural-orientation": "public services",
    "public-relations": "public relations and media work",
}
MODULES = {
    "housing": "module 1",
    "equality-and-diversity": "module 2",
    "intercultural-policies": "module 3",
    "ethnic-entrepreneurship": "module 4",
}


class Link(NamedTuple):
    """One statement of a file in data/links/ that points out of the graph."""

    file: str
    subject: str
    predicate: str
    target: str

    @property
    def kind(self) -> str:
        """Return city, authority, organisation… or nothing for what is not a thing of ours."""
        return self.subject.removeprefix(IDS).split("/")[0] if self.subject.startswith(IDS) else ""


class Confirmed(NamedTuple):
    """One identifier of the reference files."""

    entity: str
    kind: str
    scheme: str
    target: str
    single: bool


def quads(pattern: str) -> Iterator[tuple[str, ox.Quad]]:
    """Yield the statements of the files in data/ that the pattern names, with file or folder."""
    for path in sorted((ROOT / "data").glob(pattern)):
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            yield (path.stem if "links" in pattern else path.parent.name), quad


def value(term: object) -> str:
    return str(getattr(term, "value", term))


ALL_LINKS = [
    Link(file, value(quad.subject), quad.predicate.value, value(quad.object))
    for file, quad in quads("links/*.ttl")
    if quad.predicate.value in LINKS
]
ABOUT = {(value(quad.subject), quad.predicate.value): value(quad.object) for _, quad in quads("links/*.ttl")}

FIELD_NUMBERS = {
    value(quad.object): value(quad.subject)
    for _, quad in quads("fields/european-pact.ttl")
    if quad.predicate.value == SKOS + "notation"
}


@pytest.fixture(scope="module")
def confirmed(reference: Path) -> list[Confirmed]:
    return [*_identifiers(reference), *_eu_identifiers(reference)]


def _identifiers(folder: Path) -> Iterator[Confirmed]:
    with (folder / "identifiers.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            by = row["confirmed_by"]
            if row["identifier"] and not by.startswith("NOT CONFIRMED"):
                target = _iri(row["scheme"], row["identifier"])
                yield Confirmed(row["entity"], row["kind"], row["scheme"], target, "(single source)" in by)


def _eu_identifiers(folder: Path) -> Iterator[Confirmed]:
    with (folder / "eu-identifiers.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["iri"] and "check" not in row["what was verified"]:
                yield Confirmed(row["label"], row["kind"], row["what was verified"], row["iri"], single=False)


def _iri(scheme: str, identifier: str) -> str:
    if scheme.startswith("GeoNames"):
        return f"{GEONAMES}{identifier}/"
    if scheme.startswith("NUTS"):
        return NUTS + identifier
    return WIKIDATA + identifier if scheme == "Wikidata" else identifier


def slug(name: str) -> str:
    """Return the last part of the IRI that the name would have."""
    plain = re.sub(r"\s*\(.*?\)", "", name).replace("'", "").translate(LETTERS)
    ascii_ = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_).strip("-")


def names(subject: str, entity: str) -> bool:
    """Return whether the reference's entity is the thing that the IRI names."""
    thing = subject.removeprefix(IDS)
    kind, _, last = thing.partition("/")
    if OTHER_NAMES.get(thing) == entity:
        return True
    if kind == "authority" and (of := re.search(r"\(authority of (.+)\)", entity)):
        return slug(of[1]) == last
    if kind == "module":
        return entity.startswith(MODULES[last])
    if "/european-pact-field/" in subject:
        about = slug(re.sub(r" \(2\)$", "", entity.removeprefix("field: ")))
        field = subject.rsplit("/", 1)[1]
        return field in about or slug(FIELDS.get(field, field)) == about
    return slug(entity) == subject.rsplit("/", 1)[1]


def test_every_link_is_confirmed(confirmed: list[Confirmed], reference: Path) -> None:
    by_target: dict[str, list[Confirmed]] = {}
    for identifier in confirmed:
        by_target.setdefault(identifier.target, []).append(identifier)
    chosen = chosen_for_fields_and_modules(reference)
    wrong = [
        link
        for link in ALL_LINKS
        if not link.subject.startswith(NUTS)
        and not any(names(link.subject, found.entity) for found in by_target.get(link.target, []))
        and not eurovoc_body(link, by_target.get(link.target, []))
        and not (link.target in by_target and (link.subject, link.target) in chosen)
    ]

    assert ALL_LINKS
    assert not wrong


def chosen_for_fields_and_modules(folder: Path) -> set[tuple[str, str]]:
    """Return field or module and EuroVoc concept, as the conventions choose them (part 1.4)."""
    text = (folder / "eu-conventions.md").read_text(encoding="utf-8")
    of_fields, _, of_modules = (
        text.partition("choice is judgement):")[2].partition("## ")[0].partition(". CLIP")
    )
    chosen = set()
    for listed in of_fields.split("·"):
        number, *concepts = EUROVOC_ID.findall(listed)
        chosen |= {(FIELD_NUMBERS[number], EUROVOC + concept) for concept in concepts}
    for module, listed in zip(MODULES, of_modules.split(";"), strict=True):
        chosen |= {(f"{IDS}module/{module}", EUROVOC + concept) for concept in EUROVOC_ID.findall(listed)}
    return chosen


def test_fields_and_modules_have_what_the_conventions_choose(reference: Path) -> None:
    chosen = chosen_for_fields_and_modules(reference)
    linked = {(link.subject, link.target) for link in ALL_LINKS}

    assert len(chosen) == 27 + 7
    assert not chosen - linked


def test_one_concept_matches_in_one_way() -> None:
    """What matches closely is not merely related: SKOS Reference, 10.4, keeps the mapping relations apart."""
    matches = Counter((link.subject, link.target) for link in ALL_LINKS if link.predicate.startswith(SKOS))

    assert matches
    assert not [pair for pair, times in matches.items() if times > 1]


def test_every_concept_of_eurovoc_has_the_label_of_the_reference(reference: Path) -> None:
    linked = {
        value(quad.object)
        for path in [ROOT / "data/links/eurovoc.ttl", ROOT / "ontology/alignments/eurovoc.ttl"]
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
        if value(quad.object).startswith(EUROVOC)
    }
    labels = labels_of_eurovoc(reference)
    named = {iri: text for (iri, predicate), text in ABOUT.items() if predicate == SKOS + "prefLabel"}

    assert set(named) == linked
    assert named == {iri: labels[iri] for iri in linked}


def labels_of_eurovoc(folder: Path) -> dict[str, str]:
    with (folder / "eu-identifiers.csv").open(encoding="utf-8") as file:
        labels = {row["iri"]: row["label"] for row in csv.DictReader(file)}
    with (folder / "identifiers.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if label := re.search(r'prefLabel "(.*?)"', row["confirmed_by"]):
                labels[row["identifier"]] = label[1]
    return labels


def eurovoc_body(link: Link, found: list[Confirmed]) -> bool:
    """Return whether the table of EU identifiers confirms it, which calls the Congress by its older name."""
    older = {
        "Congress of Local and Regional Authorities of Europe": "congress-of-local-and-regional-authorities"
    }
    last = link.subject.rsplit("/", 1)[1]
    return any(
        older.get(one.entity, slug(one.entity)) == last for one in found if one.kind == "eurovoc-actor"
    )


def test_regions_and_their_table_are_confirmed(confirmed: list[Confirmed]) -> None:
    codes = {one.target for one in confirmed if one.target.startswith((NUTS, NUTS_TABLE))}
    between = [link for link in ALL_LINKS if link.subject.startswith(NUTS)]

    assert between
    assert {link.subject for link in between} | {link.target for link in between} <= codes
    for link in between:
        same = link.target.removeprefix(NUTS_TABLE) == link.subject.removeprefix(NUTS)
        wider = link.subject.startswith(link.target) and len(link.subject) == len(link.target) + 1
        assert same if link.predicate == SKOS + "exactMatch" else wider, link


def test_what_one_register_alone_names_stands_apart(confirmed: list[Confirmed]) -> None:
    single = {one.target for one in confirmed if one.single}
    wrong = [link for link in ALL_LINKS if (link.target in single) != link.file.endswith("-single-source")]

    assert not wrong


def test_each_target_has_all_that_is_confirmed_of_a_subject_here(confirmed: list[Confirmed]) -> None:
    linked = {(link.subject, link.target) for link in ALL_LINKS}
    territories = {subject for subject in subjects() if subject.removeprefix(IDS).split("/")[0] in PLACES}
    missing = [
        (subject, one.target)
        for one in confirmed
        if one.kind in {"City", "Country", "Borough"}
        and one.scheme in {"GeoNames", "Wikidata", "NUTS 3 (2024)", "EuroVoc", "EU authority country"}
        for subject in territories
        if is_that_territory(subject, one) and (subject, one.target) not in linked
    ]

    assert territories
    assert not missing


def is_that_territory(subject: str, one: Confirmed) -> bool:
    return subject.removeprefix(IDS).split("/")[0] == one.kind.lower() and names(subject, one.entity)


def subjects() -> set[str]:
    """Return what data/ gives a type, apart from links and further facts."""
    return {
        value(quad.subject)
        for folder, quad in quads("*/*.ttl")
        if quad.predicate.value == RDF_TYPE and folder not in {"links", "further-facts", "evidence"}
    }


def test_a_link_starts_from_something_that_the_graph_describes() -> None:
    here = subjects() | {
        value(quad.subject)
        for path in (ROOT / "ontology/schemes").glob("*.ttl")
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
    }

    assert not [link for link in ALL_LINKS if not link.subject.startswith(NUTS) and link.subject not in here]


def test_the_same_thing_is_of_the_same_kind() -> None:
    same = [link for link in ALL_LINKS if link.predicate == SAME]
    territories = {link.target for link in same if link.kind in PLACES}
    bodies = {link.target for link in same if link.kind in ("authority", "organisation", "network")}

    assert same
    assert not territories & bodies
    assert {link.kind for link in same if link.target.startswith(GEONAMES)} <= set(PLACES)
    assert all(link.target.startswith((GEONAMES, WIKIDATA)) for link in same)
    assert len({(link.subject, link.target.split("/")[2]) for link in same}) == len(same)


def test_a_region_names_its_version() -> None:
    regions = {
        (iri, link.file) for link in ALL_LINKS for iri in (link.subject, link.target) if iri.startswith(NUTS)
    }

    assert regions
    for region, file in regions:
        version = ABOUT.get((region, VERSION), "")
        assert re.fullmatch(r"NUTS 20\d\d", version), region
        assert slug(version) == file, region
        assert ABOUT[region, IDENTIFIER] == region.removeprefix(NUTS)


@pytest.mark.parametrize(
    ("about", "right"),
    [
        ("europa.eu", lambda iri: iri.startswith("http://")),
        ("geonames.org", lambda iri: re.fullmatch(r"https://sws\.geonames\.org/\d+/", iri)),
        ("wikidata.org", lambda iri: re.fullmatch(r"http://www\.wikidata\.org/entity/Q\d+", iri)),
        ("ror.org", lambda iri: re.fullmatch(r"https://ror\.org/0[a-z0-9]{8}", iri)),
    ],
)
def test_iris_are_as_their_publisher_writes_them(about: str, right: Callable[[str], object]) -> None:
    targets = {link.target for link in ALL_LINKS if about in link.target.split("/")[2]}

    assert targets
    assert not [target for target in targets if not right(target)]


def test_points_are_those_of_the_reference(confirmed: list[Confirmed]) -> None:
    degrees: dict[str, list[Confirmed]] = {}
    for one in confirmed:
        if one.scheme.startswith("WGS84") and one.kind == "City":
            degrees.setdefault(one.scheme.removeprefix("WGS84 "), []).append(one)
    points = {subject: text for (subject, predicate), text in ABOUT.items() if predicate == GEO + "asWKT"}

    assert points
    for point, text in points.items():
        city = point.removesuffix("/geometry/point")
        found = re.fullmatch(r"POINT\((\S+) (\S+)\)", text)
        assert found, text
        for number, axis in zip(found.groups(), ("longitude", "latitude"), strict=True):
            assert [one for one in degrees[axis] if one.target == number and names(city, one.entity)], text
        assert ABOUT[point, SOURCE] == next(
            link.target for link in ALL_LINKS if link.subject == city and link.target.startswith(GEONAMES)
        )


@pytest.mark.parametrize("file", sorted(path.stem for path in (ROOT / "data/links").glob("*.ttl")))
def test_every_file_names_its_source(file: str) -> None:
    graph = f"https://w3id.org/clipgraph/graph/links/{file}"

    assert ABOUT[graph, RDF_TYPE] == LINKSET
    assert ABOUT[graph, SOURCE].startswith("https://")
    if file in {"geonames", "coordinates"}:
        assert "CC BY 4.0" in (ROOT / f"data/links/{file}.ttl").read_text(encoding="utf-8").split("\n\n")[0]


def test_further_facts_name_a_page_and_no_passage() -> None:
    facts: dict[str, dict[str, str]] = {}
    for _, quad in quads("further-facts/*.ttl"):
        facts.setdefault(value(quad.subject), {})[quad.predicate.value] = value(quad.object)
    own = {iri: about for iri, about in facts.items() if iri.startswith(IDS)}

    assert own
    assert all(about[SOURCE] in facts for about in own.values())
    assert not [iri for iri, about in facts.items() if EVIDENCE in about]


def test_further_facts_are_of_the_pages_of_the_reference(reference: Path) -> None:
    with (reference / "further-facts.tsv").open(encoding="utf-8") as file:
        pages = {row["source_url"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}
    cited = {value(quad.object) for _, quad in quads("further-facts/*.ttl") if quad.predicate.value == SOURCE}

    assert cited
    assert cited <= pages
