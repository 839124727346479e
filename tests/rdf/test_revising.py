"""Files changed so that they say something else, with the rest of their text as it was."""

import pytest
from pyoxigraph import RdfFormat, parse

from clipgraph.rdf.revising import revised
from clipgraph.rdf.terms import BlankNode, Literal, NamedNode, Triple

TEXT = """# About the file.
@base <https://w3id.org/clipgraph/id/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

# The first.
<a/1> dct:title "one . [ ;"@en ;  # of two
    rdfs:label 1.50 .

# The second.
<a/2> dct:title "two"@en .

# The end.
"""
LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")


def triples(text: str) -> set[Triple]:
    return {quad.triple for quad in parse(text, format=RdfFormat.TURTLE)}


def thing(name: str) -> NamedNode:
    return NamedNode(f"https://w3id.org/clipgraph/id/{name}")


WANTED = {
    Triple(each.subject, each.predicate, Literal("1.5", datatype=each.object.datatype))
    if isinstance(each.object, Literal) and each.object.value == "1.50"
    else each
    for each in triples(TEXT)
}


def test_what_says_the_same_stays_word_for_word() -> None:
    text = revised(TEXT, WANTED)

    assert TEXT[TEXT.index("# The first.") :] in text


def test_only_the_block_of_what_changed_is_written_anew() -> None:
    new = Triple(thing("a/2"), LABEL, Literal("zwei", language="de"))
    text = revised(TEXT, WANTED | {new})

    assert triples(text) == triples(TEXT) | {new}
    assert '<a/1> dct:title "one . [ ;"@en ;  # of two\n    rdfs:label 1.50 .' in text
    assert text.index("# The second.") < text.index("zwei") < text.index("# The end.")


def test_what_is_gone_is_gone_and_its_comment_stays() -> None:
    text = revised(TEXT, {each for each in WANTED if each.subject != thing("a/2")})

    assert triples(text) == {each for each in triples(TEXT) if each.subject != thing("a/2")}
    assert "# The second." in text


def test_a_new_subject_follows_at_the_end() -> None:
    new = Triple(thing("a/3"), LABEL, Literal("three"))
    text = revised(TEXT, WANTED | {new})

    assert triples(text) == triples(TEXT) | {new}
    assert text.index("<a/2>") < text.index("<a/3>")


def test_a_new_file_is_only_what_is_wanted() -> None:
    assert triples(revised("", WANTED)) == WANTED


def test_skolem_iris_become_blank_nodes_again() -> None:
    skolem = NamedNode("https://w3id.org/clipgraph/.well-known/genid/0a")
    text = revised("", {Triple(thing("a/1"), LABEL, skolem), Triple(skolem, LABEL, Literal("x"))})

    assert "genid" not in text
    assert any(isinstance(each.subject, BlankNode) for each in triples(text))


def test_skolem_iris_in_triple_terms_do_so_too() -> None:
    skolem = NamedNode("https://w3id.org/clipgraph/.well-known/genid/0a")
    claim = Triple(skolem, LABEL, Literal("x"))
    text = revised("", {Triple(thing("a/1"), LABEL, Triple(thing("a/2"), LABEL, claim)), claim})

    assert "genid" not in text
    said = {each.subject: each.object for each in triples(text)}
    named = said.pop(thing("a/1"))
    assert isinstance(named, Triple)
    assert isinstance(named.object, Triple)
    assert list(said) == [named.object.subject]


@pytest.mark.parametrize("text", ["<urn:a> <urn:b> <urn:c> .", "# only a comment\n"])
def test_files_without_a_head(text: str) -> None:
    new = Triple(NamedNode("urn:x"), LABEL, Literal("x"))

    assert triples(revised(text, triples(text) | {new})) == triples(text) | {new}
