"""The cursor: terms as the engine reads them, or Unread and never another term."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from clipgraph.rdf.prefixes import REUSED
from clipgraph.rdf.terms import Literal, NamedNode
from clipgraph.sparql.cursor import Cursor, Unread
from clipgraph.sparql.patterns import Variable
from testing_groups import same

EX = "http://example.org/"
XSD = REUSED["xsd"]


def cursor(text: str) -> Cursor:
    return Cursor(text, {"ex": EX, "": EX + "none#"})


def typed(value: str, kind: str) -> Literal:
    return Literal(value, datatype=NamedNode(XSD + kind))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("?x", Variable("x")),
        ("$x", Variable("x")),
        ("<http://example.org/a#b>", NamedNode(EX + "a#b")),
        ("ex:a", NamedNode(EX + "a")),
        ("ex:", NamedNode(EX)),
        (":", NamedNode(EX + "none#")),
        (":a:b", NamedNode(EX + "none#a:b")),
        ("ex:a\\,b\\.c%41", NamedNode(EX + "a,b.c%41")),
        ("ex:a.b.", NamedNode(EX + "a.b")),
        ('"a"', Literal("a")),
        ("'{ ?x } # not a comment'", Literal("{ ?x } # not a comment")),
        ('"""a "quoted" }\nb"""', Literal('a "quoted" }\nb')),
        ("'''a'b'''", Literal("a'b")),
        ('""', Literal("")),
        ('"a"@en-GB', Literal("a", language="en-gb")),
        ('"2011"^^<http://www.w3.org/2001/XMLSchema#gYear>', typed("2011", "gYear")),
        ('"a"^^ex:kind', Literal("a", datatype=NamedNode(EX + "kind"))),
        ("5", typed("5", "integer")),
        ("5.25", typed("5.25", "decimal")),
        ("true", typed("true", "boolean")),
        ("false", typed("false", "boolean")),
        ("# <http://x> }\n  ex:a", NamedNode(EX + "a")),
    ],
)
def test_a_term_or_variable(text: str, expected: object) -> None:
    assert cursor(text).end() == expected


@pytest.mark.parametrize(
    "text",
    [
        *("", "# nothing", "[", "(", "{", "-5", "5.", ".5", "a", "TRUE", "FILTER", "_:b", "other:a"),
        *('"a\\n"', "<http://example.org/\\u0041>", "<relative>", "<>", '"a"^^"b"', '"a"^^?x', '"a"^ex:b'),
        *("'a", '"""a"', '"a"@abcdefghijklm', "<http://[>"),
    ],
)
def test_what_is_not_read_as_a_term(text: str) -> None:
    with pytest.raises(Unread):
        cursor(text).end()


def test_a_is_a_term_only_where_a_verb_stands() -> None:
    assert cursor("a").end(verb=True) == NamedNode(REUSED["rdf"] + "type")
    assert cursor("ex:a").end(verb=True) == NamedNode(EX + "a")
    with pytest.raises(Unread):
        cursor("A").end(verb=True)


_TERMS = st.one_of(
    st.text("abc{}#'?$ ", max_size=8).map(Literal),
    st.builds(Literal, st.text("ab }", max_size=4), language=st.sampled_from(["en", "de-at", "zh-hant"])),
    st.builds(Literal, st.text("ab }", max_size=4), datatype=st.builds(NamedNode, st.just(EX + "kind"))),
    st.integers(0, 10**20).map(Literal),
    st.text("ab/?&=()';,.:-_~", max_size=8).map(lambda text: NamedNode(f"{EX}{text}#a")),
)


@same(200)
@given(_TERMS, st.sampled_from(["", " ", "\t# }\n", "\r\n"]))
def test_what_the_engine_writes_is_read_as_the_same_term(term: Literal | NamedNode, between: str) -> None:
    text = str(term)
    assume("\\" not in text)

    reader = cursor(f"{between}{text}{between}.")

    assert reader.end() == term
    assert reader.take(".")
    reader.expect_end()


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("SELECT", "SELECT"),
        ("aSk", "ASK"),
        ("PREFIX b: <http://b/> select", "SELECT"),
        ("# SELECT {\nBASE <http://b/> ASK", "ASK"),
    ],
)
def test_the_form_of_a_query(text: str, form: str) -> None:
    assert cursor(text).prologue() == form


@pytest.mark.parametrize(
    "text",
    [
        "",
        "PREFIX b:",
        "CONSTRUCT {} {}",
        "DESCRIBE ?x",
        "INSERT DATA {}",
        "{",
        "'SELECT'",
        "PREFIX b: ex:b ASK",
    ],
)
def test_a_query_of_another_form_is_not_read(text: str) -> None:
    with pytest.raises(Unread):
        cursor(text).prologue()


@pytest.mark.parametrize(
    ("declarations", "term", "expected"),
    [
        ("PREFIX b: <http://b/>", "b:x", "http://b/x"),
        ("PREFIX ex: <http://b/>", "ex:x", "http://b/x"),
        ("prefix : <http://b/>", ":x", "http://b/x"),
        ("PREFIX b: <http://b/> PREFIX b: <http://c/>", "b:x", "http://c/x"),
        ("BASE <http://b/c/d>", "<e>", "http://b/c/e"),
        ("BASE <http://b/c/d>", "<#e>", "http://b/c/d#e"),
        ("BASE <http://b/c/d> BASE <e/f>", "<g>", "http://b/c/e/g"),
        ("BASE <http://b/c/d>", "<urn:e>", "urn:e"),
        # Namespaces end with an empty fragment, and it is part of them.
        ("BASE <http://b/c/d> PREFIX b: <#>", "b:x", "http://b/c/d#x"),
        ("BASE <http://b/> PREFIX b: <http://c/ns#>", "b:x", "http://c/ns#x"),
    ],
)
def test_declarations(declarations: str, term: str, expected: str) -> None:
    reader = cursor(f"{declarations} SELECT {term}")
    reader.prologue()

    assert reader.end() == NamedNode(expected)


def test_keywords_in_any_case_and_nothing_that_only_looks_like_one() -> None:
    assert cursor("filter").sees("FILTER")
    assert cursor("oPtIoNaL").sees_keyword()
    for text in ("'FILTER'", "?FILTER", "<FILTER>", "ex:FILTER", "FILTERS", "@FILTER", "#FILTER\n"):
        assert not cursor(text).sees("FILTER")
        assert not cursor(text).sees_keyword()


def test_take_goes_on_only_where_it_is() -> None:
    reader = cursor("{ }")

    assert not reader.take("}")
    assert reader.take("{")
    assert reader.take("}")
    assert not reader.take("}")
    reader.expect_end()


def test_what_is_expected_and_not_there() -> None:
    for act in (
        lambda: cursor("}").expect("{"),
        lambda: cursor("").expect("{"),
        lambda: cursor("'{'").expect("{"),
        lambda: cursor("}").expect_end(),
        lambda: cursor("ex:a").variable(),
        lambda: cursor("").variable(),
        lambda: cursor("").advance(),
    ):
        with pytest.raises(Unread):
            act()


def test_only_variables_and_no_dataset_before_the_group() -> None:
    for plain in ("* {", "DISTINCT ?x $y WHERE {", "reduced ?x where{", "{"):
        reader = cursor(plain)
        reader.skip_to_group("SELECT")
        assert reader.take("{")
    for other in ("(COUNT(?x) AS ?n) {", "?x FROM <http://a> {", "?x", "", "?x (1 AS ?y) WHERE {"):
        with pytest.raises(Unread):
            cursor(other).skip_to_group("SELECT")
