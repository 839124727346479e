"""The lists of other things on a page."""

from clipgraph.engines.rows import Row, Value
from clipgraph.pages.parts import read_parts
from clipgraph.pages.reader import Reader
from clipgraph.pages.types import GENERIC, KINDS, kind_of

GOAL = "https://w3id.org/clipgraph/def/goal"
PLACE = "http://purl.org/dc/terms/spatial"


def row(part: str, thing: str, **values: Value) -> Row:
    return {"part": Value("literal", part), "thing": Value("uri", thing)} | values


def text(words: str, language: str = "") -> Value:
    return Value("literal", words, language)


def test_things_stand_in_the_order_of_the_rows_with_the_readers_label() -> None:
    rows = [
        row("practices", "urn:b", label=text("Bee", "en")),
        row("practices", "urn:a", label=text("Ei", "de")),
        row("practices", "urn:a", label=text("Egg", "en")),
        row("others", "urn:c"),
    ]
    parts = read_parts(rows, Reader("de"))

    assert list(parts) == ["practices", "others"]
    assert [card.label.text for card in parts["practices"]] == ["Bee", "Ei"]
    assert parts["others"][0].label.text == "urn:c"


def test_what_is_said_of_a_thing_has_one_text_and_every_link() -> None:
    said = {"property": Value("uri", GOAL)}
    rows = [
        row("practices", "urn:a", **said, value=text("Goal", "en")),
        row("practices", "urn:a", **said, value=text("Ziel", "de")),
        row(
            "practices",
            "urn:a",
            property=Value("uri", PLACE),
            value=Value("uri", "urn:p"),
            label=text("P", "en"),
        ),
        row(
            "practices",
            "urn:a",
            property=Value("uri", PLACE),
            value=Value("uri", "urn:q"),
            label=text("Q", "en"),
        ),
    ]
    card = read_parts(rows, Reader("de"))["practices"][0]

    assert card.text("clip:goal") == text("Ziel", "de")
    assert [(item.iri, item.label.text) for item in card.items("dct:spatial")] == [
        ("urn:p", "P"),
        ("urn:q", "Q"),
    ]
    assert card.text("clip:result") is None


def test_a_class_without_a_template_of_its_own_has_the_generic_one() -> None:
    assert kind_of(["urn:nobody-has-thought-of-this"]) is GENERIC
    assert kind_of([]) is GENERIC
    for kind in KINDS.values():
        assert kind.template
