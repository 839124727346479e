"""Updates cut into operations, and given a dataset."""

import pytest

from clipgraph.errors import BadRequest
from clipgraph.rdf.terms import NamedNode, Store
from clipgraph.sparql.operations import clears_all, data_operations, one_by_one, with_dataset

DATA = "{ <urn:s> <urn:p> '} ; #' }"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (f"INSERT DATA {DATA}", [True]),
        (f"insert\n# DELETE WHERE\ndata{DATA}", [True]),
        (f"INSERTDATA{DATA};DELETEDATA{DATA};", [True, False]),
        (
            f"PREFIX insert: <urn:x> BASE <urn:y> INSERT DATA {DATA} ; PREFIX a: <urn:z> DELETE DATA {DATA}",
            [True, False],
        ),
        (f"INSERT DATA {{ GRAPH <urn:g> {DATA} }}", [True]),
        ("", []),
    ],
)
def test_updates_of_data_alone_are_recognised(text: str, kinds: list[bool]) -> None:
    found = data_operations(text)

    assert found is not None
    assert [each.inserts for each in found] == kinds
    for each in found:
        store = Store()
        store.update(each.text)
        assert [quad.object.value for quad in store] == ["} ; #"]


@pytest.mark.parametrize(
    "text",
    [
        "DELETE WHERE { ?s ?p ?o }",
        f"INSERT DATA {DATA} ; CLEAR ALL",
        "INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
        "INSERT { <urn:data> <urn:p> 1 } WHERE {}",
        "INSERT DATA { 'unclosed } ; DELETE",
    ],
)
def test_others_are_not_taken_for_data(text: str) -> None:
    found = data_operations(text)

    assert found is None or not found or "unclosed" in found[0].text


def test_a_prologue_holds_for_its_own_and_the_later_operations() -> None:
    found = data_operations(
        "PREFIX a: <urn:1> INSERT DATA { a:x a:x a:x } ; PREFIX a: <urn:2> INSERT DATA { a:x a:x a:x }"
    )

    assert found is not None
    values = []
    for each in found:
        store = Store()
        store.update(each.text)
        values += [quad.subject.value for quad in store]
    assert values == ["urn:1x", "urn:2x"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("DELETE { GRAPH <urn:g> { ?s ?p ?o } } WHERE { ?s ?p ?o }", {"urn:h", "urn:n"}),
        ("DELETE{GRAPH<urn:g>{?s ?p ?o}}WHERE{?s ?p ?o}", {"urn:h", "urn:n"}),
        (
            "INSERT { GRAPH <urn:new> { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }",
            {"urn:g", "urn:h", "urn:n", "urn:new"},
        ),
        ("DELETE WHERE { GRAPH <urn:n> { ?s ?p ?o } } ; CLEAR GRAPH <urn:h>", {"urn:g"}),
        ("# WHERE\nDELETEWHERE{ GRAPH <urn:n> { ?s ?p ?o } }", {"urn:g", "urn:h"}),
        ("DELETE WHERE { GRAPH <urn:h> { ?s ?p ?o } }", {"urn:g", "urn:h", "urn:n"}),
        (
            "DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { { SELECT * WHERE { GRAPH ?g { ?s ?p ?o } } } }",
            {"urn:g", "urn:h"},
        ),
        ("CLEAR NAMED", set()),
        (
            "INSERT DATA { GRAPH <urn:new> { <urn:where> <urn:p> 'WHERE { }' } }",
            {"urn:g", "urn:h", "urn:n", "urn:new"},
        ),
    ],
)
def test_the_dataset_goes_into_every_where(text: str, left: set[str]) -> None:
    store = Store()
    for name in ("g", "h", "n"):
        store.update(f"INSERT DATA {{ GRAPH <urn:{name}> {{ <urn:1> <urn:p> 1 }} }}")

    store.update(with_dataset(text, ["urn:g"], ["urn:n"]))

    graphs = {quad.graph_name.value for quad in store if isinstance(quad.graph_name, NamedNode)}
    assert graphs == left


def test_without_a_dataset_the_text_stays() -> None:
    assert with_dataset("WITH <urn:g> DELETE {} WHERE {}", (), ()) == "WITH <urn:g> DELETE {} WHERE {}"


@pytest.mark.parametrize(
    "text",
    [
        "PREFIX USINGex: <urn:> COPY USINGex:g TO USINGex:h",
        "PREFIX WITHex: <urn:> MOVE SILENT WITHex:g TO GRAPH WITHex:h",
        "INSERT DATA { <urn:s> <urn:p> 'USING <urn:a> WITH <urn:b>' } # USING <urn:g>",
    ],
)
def test_what_only_looks_like_a_dataset_is_not_refused(text: str) -> None:
    assert with_dataset(text, ["urn:g"], ()) == text


@pytest.mark.parametrize(
    "text", ["CLEAR ALL", "clearsilentALL", "DROPSILENT NAMED", "DROP#\nNAMED;CREATE <urn:g>"]
)
def test_emptying_everything_is_seen_without_spaces_too(text: str) -> None:
    assert clears_all(text)
    assert not clears_all(
        "CLEARDEFAULT;DROPSILENTGRAPH<urn:all>; INSERT DATA { <urn:all> <urn:p> 'DROP ALL' }"
    )


@pytest.mark.parametrize(
    "text",
    [
        "WITH <urn:g> DELETE {} WHERE {}",
        "with<urn:g>insert{}where{}",
        "INSERT {} USING <urn:g> WHERE {}",
        "PREFIX ex: <urn:> INSERT {} USINGex:g WHERE {}",
        "PREFIX USINGex: <urn:> PREFIX ex: <urn:> INSERT {} USINGex:g WHERE {}",
        "INSERT{}USINGNAMED<urn:g>WHERE{}",
        "INSERT{}usingNamed#\n<urn:g>#\nWHERE{}",
        "PREFIX ex: <urn:> INSERT{}USINGNAMEDex:g WHERE{}",
        "INSERT {} USING # NAMED\n <urn:g> WHERE {}",
        "INSERT {} USING\n#\nNAMED <urn:g> WHERE {}",
        "PREFIX ex: <urn:> WITHex:g INSERT{}WHERE{}",
        "PREFIX WITHex: <urn:> PREFIX ex: <urn:> WITHex:g INSERT{}WHERE{}",
        "CLEAR ALL;WITH#\n<urn:g>DELETE{}WHERE{}",
    ],
)
def test_two_datasets_are_refused(text: str) -> None:
    with pytest.raises(BadRequest, match="both name a dataset"):
        with_dataset(text, ["urn:g"], ())


def test_operations_with_prologues_of_their_own_stand_alone_in_their_places() -> None:
    text = (
        "PREFIX a: <urn:1> # ; PREFIX\nINSERT DATA { a:x a:y '; é' } ; # ;\n"
        "PREFIX a: <urn:2>\n  INSERT { a:x a:y ?o } WHERE { ?s ?p ?o };BASE <urn:3/> CLEAR NAMED ;"
    )

    found = one_by_one(text)

    store = Store()
    for each in found:
        store.update(each)
    assert sorted(quad.subject.value for quad in store) == ["urn:1x", "urn:2x"]
    assert [each.find(word) for each, word in zip(found, ("INSERT D", "INSERT {", "CLEAR"), strict=True)] == [
        text.find(word) for word in ("INSERT D", "INSERT {", "CLEAR")
    ]


@pytest.mark.parametrize(
    "text", ["", "PREFIX a: <urn:1> CLEAR ALL ; CLEAR ALL", "INSERT DATA { } ; # PREFIX\n"]
)
def test_without_later_prologues_a_text_stays_whole(text: str) -> None:
    assert one_by_one(text) == []
