"""Code lists: in the order of a tree, with odd ones shown, too; as CSV a table reads back."""

import csv
from io import StringIO

from clipgraph.engines.rows import Row, Value
from clipgraph.pages.reader import Reader
from clipgraph.pages.scheme_pages import as_csv
from clipgraph.pages.schemes import STEP, Scheme, as_data, read_scheme, read_schemes
from clipgraph.rdf.prefixes import SCHEME
from pages.vocabularies import rows

LIST = SCHEME + "sector"


def scheme(turtle: str, uses: dict[str, int] | None = None, start: int = 0) -> Scheme | None:
    found = [{"thing": row["subject"]} | row for row in rows(turtle)]
    used: list[Row] = [
        {
            "thing": Value("uri", f"{LIST}/{name}"),
            "property": Value("uri", "urn:p"),
            "number": Value("literal", str(number)),
        }
        for name, number in (uses or {}).items()
    ]
    return read_scheme(found, used, LIST, start, Reader())


def known(turtle: str, uses: dict[str, int] | None = None) -> Scheme:
    found = scheme(turtle, uses)
    assert found is not None
    return found


def test_codes_stand_below_the_broader_one_by_notation_then_label() -> None:
    found = known(
        f"sector:b skos:inScheme <{LIST}> ; skos:prefLabel 'beta'@en . "
        f"sector:a skos:inScheme <{LIST}> ; skos:prefLabel 'alpha'@en ; skos:broader sector:b . "
        f"sector:ten skos:inScheme <{LIST}> ; skos:notation '10' . "
        f"sector:two skos:inScheme <{LIST}> ; skos:notation '2' ."
    )
    told = [(code.iri.rsplit("/", 1)[1], code.depth) for code in found.codes.items]

    assert told == [("two", 0), ("ten", 0), ("b", 0), ("a", 1)]


def test_a_circle_of_codes_is_shown_all_the_same() -> None:
    found = known(
        f"sector:a skos:inScheme <{LIST}> ; skos:broader sector:b . "
        f"sector:b skos:inScheme <{LIST}> ; skos:broader sector:a ."
    )

    assert len(found.codes.items) == 2


def test_there_is_no_list_of_that_name() -> None:
    assert scheme("") is None
    assert scheme(f"<{LIST}> dct:title 'Empty'@en .") is not None


def test_a_long_list_is_shown_in_part() -> None:
    found = known("".join(f"sector:c{n} skos:inScheme <{LIST}> . " for n in range(STEP + 1)))

    assert len(found.codes.items) == STEP
    assert found.codes.more


def test_a_table_reads_the_csv_back() -> None:
    odd = 'a, "b"\nc;d'
    found = known(
        f"sector:x skos:inScheme <{LIST}> ; skos:prefLabel '''{odd}'''@en , 'ä'@de ; "
        "skos:exactMatch <urn:m> ; owl:deprecated true .",
        {"x": 4},
    )
    (line,) = csv.DictReader(StringIO(as_csv(found)))

    assert line["label_en"] == odd
    assert (line["label_de"], line["label_fr"], line["uses"], line["deprecated"]) == ("ä", "", "4", "true")
    assert line["matches"] == "http://www.w3.org/2004/02/skos/core#exactMatch urn:m"
    assert as_data(found)["codes"][0]["uses"] == {"urn:p": 4}


def test_lists_are_in_the_order_of_their_titles() -> None:
    def row(name: str, what: str, value: Value) -> Row:
        return {"scheme": Value("uri", SCHEME + name), "property": Value("uri", what), "value": value}

    title = "http://purl.org/dc/terms/title"
    found = read_schemes(
        [
            row("b", title, Value("literal", "zeta", "en")),
            row("b", title, Value("literal", "Alpha", "de")),
            row("a", "codes", Value("literal", "3")),
            row("c", title, Value("literal", "Beta", "en")),
        ],
        Reader("de"),
    )

    assert [(line.iri.removeprefix(SCHEME), line.codes) for line in found] == [("a", 3), ("b", 0), ("c", 0)]
