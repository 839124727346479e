"""What pages say in the words of schema.org."""

import json
from typing import Any

import pytest

from clipgraph.engines.rows import Value
from clipgraph.pages.facts import Fact, Item, expand
from clipgraph.pages.resource_model import Resource
from clipgraph.pages.structured import as_script, structured_data
from clipgraph.pages.types import GENERIC
from clipgraph.pages.whereabouts import map_of

CITY = "https://w3id.org/clipgraph/id/city/stuttgart"
ODD = "</script><script>alert(1)</script><!-- & \u202e \u2028 \" ' \\ \x00 <![CDATA["


def fact(name: str, *values: Value, inner: tuple[Fact, ...] = ()) -> Fact:
    label = Value("literal", name)
    return Fact(expand(name)[0], label, label, [Item(value, value, inner) for value in values])


def resource(*classes: str, label: str = "Stuttgart", facts: list[Fact] | None = None) -> Resource:
    name = Value("literal", label)
    nothing: dict[str, Any] = {"names": [], "types": [], "statuses": [], "lead": None, "pointing": []}
    nothing |= {"sections": [], "incoming": [], "start": 0, "more": False, "disputed": [], "passages": []}
    nothing |= {"graphs": [], "kind": GENERIC, "parts": {}, "trail": [], "passage": None}
    return Resource(CITY, frozenset(expand(*classes)), name, stated=facts or [], **nothing)


def read(page: Resource, public_url: str = "") -> dict[str, Any]:
    told: dict[str, Any] = json.loads(structured_data(page, public_url))
    return told


def test_a_city_is_a_city_with_country_place_and_links() -> None:
    wkt = fact("geo:asWKT", Value("literal", "POINT(9.17702 48.78232)"))
    told = read(
        resource(
            "dct:Location",
            "cv:AdminUnit",
            facts=[
                fact(
                    "clip:territoryKind",
                    Value("uri", "https://w3id.org/clipgraph/scheme/territory-kind/city"),
                ),
                fact("dct:isPartOf", Value("uri", "https://w3id.org/clipgraph/id/country/germany")),
                fact("owl:sameAs", Value("uri", "http://www.wikidata.org/entity/Q1022")),
                fact("geo:hasGeometry", Value("uri", CITY + "/geometry/point"), inner=(wkt,)),
            ],
        )
    )

    assert (told["@type"], told["@id"], told["name"]) == ("City", CITY, "Stuttgart")
    assert told["containedInPlace"]["@id"].endswith("/country/germany")
    assert told["sameAs"] == "http://www.wikidata.org/entity/Q1022"
    assert told["geo"]["latitude"] == 48.78232


@pytest.mark.parametrize(
    ("classes", "kind"),
    [
        (["cv:AdminUnit", "dct:Location"], "AdministrativeArea"),
        (["cv:PublicOrganisation"], "GovernmentOrganization"),
        (["clip:CityNetwork"], "Organization"),
        (["foaf:Person"], "Person"),
        (["clip:GoodPractice", "clip:Programme"], "CreativeWork"),
        (["cv:PublicEvent"], "Event"),
        (["clip:FieldOfAction"], "DefinedTerm"),
    ],
)
def test_types(classes: list[str], kind: str) -> None:
    assert read(resource(*classes))["@type"] == kind


def test_what_has_no_type_there_is_a_thing_with_name_and_address() -> None:
    told = read(resource("clip:Disagreement"), "https://example.org")

    assert (told["@type"], told["name"]) == ("Thing", "Stuttgart")
    assert told["url"] == "https://example.org/doc/city/stuttgart"


def test_the_address_is_absolute_where_the_public_one_is_known() -> None:
    assert (
        read(resource("foaf:Person"), "https://example.org")["url"]
        == "https://example.org/doc/city/stuttgart"
    )
    assert read(resource("foaf:Person"))["url"] == CITY


def test_nothing_in_a_value_leaves_the_script() -> None:
    script = structured_data(resource("foaf:Person", label=ODD), "")

    assert not set(script) & set("<>&\u2028\u202e\x00")
    assert json.loads(script)["name"] == ODD
    assert json.loads(as_script({"a": ODD})) == {"a": ODD}


def test_a_page_without_places_has_no_map() -> None:
    assert map_of(resource("foaf:Person")) is None


def test_a_thing_with_a_point_is_on_its_map() -> None:
    wkt = fact("geo:asWKT", Value("literal", "POINT(9.17702 48.78232)"))
    page = resource(facts=[fact("geo:hasGeometry", Value("uri", CITY + "/geometry/point"), inner=(wkt,))])
    found = map_of(page)

    assert found is not None
    assert [point.iri for mark in found.marks for point in mark.points] == [CITY]
