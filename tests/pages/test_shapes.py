"""Shapes as people read them: every kind of path, counts, rules, queries."""

import pytest

from clipgraph.pages.property_paths import UNKNOWN
from clipgraph.pages.shapes import PropertyRules, Shape
from clipgraph.pages.vocabulary import Vocabulary
from clipgraph.pages.vocabulary_context import vocabulary_context
from clipgraph.pages.vocabulary_pages import part_page, shapes_as_data, shapes_page
from clipgraph.rdf.prefixes import PREFIXES
from pages.vocabularies import asking, vocabulary

CLIPSH = PREFIXES["clipsh"]


def shape(rules: str, more: str = "") -> tuple[Vocabulary, Shape]:
    known = vocabulary(
        "clip:a rdfs:label 'A'@en . clip:b rdfs:label 'B'@en . "
        f"clipsh:XShape a sh:NodeShape ; sh:targetClass clip:X {more} ; sh:property clipsh:X-p . "
        f"clipsh:X-p a sh:PropertyShape ; {rules} ."
    )
    return known, known.by_iri[CLIPSH + "XShape"]


def only(rules: str) -> PropertyRules:
    return shape(rules)[1].properties[0]


def told(rules: str, macro: str) -> str:
    """Return what a macro of the templates says of a property's rules, as text."""
    known, found = shape(rules)
    page = asking()
    template = page.site.environments[page.reader].from_string(
        '{% import "macros.html" as m %}{% import "vocabulary.html" as v with context %}'
        f"{{{{ v.{macro} }}}}"
    )
    text = template.render(rules=found.properties[0], **vocabulary_context(page, known, "/"))
    return " ".join(_without_tags(text).split())


def _without_tags(text: str) -> str:
    pieces = [piece.partition(">") for piece in text.split("<")]
    return pieces[0][0] + "".join(rest for _, _, rest in pieces[1:])


@pytest.mark.parametrize(
    ("path", "sparql", "words"),
    [
        ("clip:a", "clip:a", "A"),
        ("[ sh:inversePath clip:a ]", "^clip:a", "what points to it by A"),
        ("( clip:a clip:b )", "(clip:a/clip:b)", "A →then B"),
        ("[ sh:alternativePath ( clip:a clip:b ) ]", "(clip:a|clip:b)", "A or B"),
        ("[ sh:zeroOrMorePath clip:a ]", "clip:a*", "itself, and whatever A leads to, step by step"),
        ("[ sh:oneOrMorePath clip:a ]", "clip:a+", "whatever A leads to, step by step"),
        ("[ sh:zeroOrOnePath clip:a ]", "clip:a?", "itself or A"),
        ("( clip:a [ sh:inversePath clip:b ] )", "(clip:a/^clip:b)", "A →then what points to it by B"),
        ("'nonsense'", "?", "a path that cannot be read"),
        ("<urn:x>", "<urn:x>", "urn:x"),
    ],
)
def test_a_path_of_each_kind_is_said_in_words_and_in_sparql(path: str, sparql: str, words: str) -> None:
    assert only(f"sh:path {path}").path.sparql() == sparql
    assert told(f"sh:path {path}", "path(rules.path)") == words


def test_a_path_that_leads_into_itself_ends() -> None:
    known = vocabulary(
        "clipsh:XShape a sh:NodeShape ; sh:property clipsh:X-p . clipsh:X-p sh:path clipsh:loop . "
        "clipsh:loop sh:inversePath clipsh:loop ."
    )
    path = known.by_iri[CLIPSH + "XShape"].properties[0].path
    while path.parts:
        path = path.parts[0]

    assert path.kind == UNKNOWN


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ("sh:minCount 1 ; sh:maxCount 1", "exactly one"),
        ("sh:minCount 2 ; sh:maxCount 2", "exactly 2"),
        ("sh:minCount 1", "at least one"),
        ("sh:minCount 3", "at least 3"),
        ("sh:maxCount 1", "at most one"),
        ("sh:maxCount 5", "at most 5"),
        ("sh:minCount 2 ; sh:maxCount 4", "2 to 4"),
        ("sh:maxCount 0", "none"),
        ("sh:minCount 0", "any number"),
        ("sh:minCount 'many'", "any number"),
    ],
)
def test_how_many_is_said_in_words(rules: str, words: str) -> None:
    assert told(f"sh:path clip:a ; {rules}", "count(rules.least, rules.most)") == words


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ("sh:class clip:a", "of class A"),
        ("sh:nodeKind sh:IRI", "an IRI"),
        ("sh:in ( 'x' 'y' )", "one of: x, y"),
        ("sh:hasValue clip:b", "has the value B"),
        ("sh:minLength 1", "at least 1 character"),
        ("sh:maxLength 2", "at most 2 characters"),
        ("sh:minInclusive 3", "3 or more"),
        ("sh:maxExclusive 3", "less than 3"),
        ("sh:pattern '^<x>$'", "matches ^&lt;x&gt;$"),
        ("sh:languageIn ( 'en' 'de' )", "in one of the languages en, de"),
        ("sh:uniqueLang true", "each language once"),
        ("sh:or ( [ sh:class clip:a ] [ sh:nodeKind sh:Literal ] )", "of class A or a literal"),
        ("sh:not [ sh:class clip:a ]", "not of class A"),
        ("sh:xone ( [ sh:class clip:a ] [ sh:class clip:b ] )", "exactly one of: of class A or of class B"),
        (
            "sh:qualifiedValueShape [ sh:class clip:a ] ; sh:qualifiedMinCount 1",
            "at least one: of class A",
        ),
        ("sh:node [ sh:property [ sh:path clip:b ] ]", "fits"),
    ],
)
def test_a_rule_of_each_kind_is_said_in_words(rules: str, words: str) -> None:
    assert told(f"sh:path clip:a ; {rules}", "together(rules.rules)").startswith(words)


def test_rules_that_lead_into_themselves_end() -> None:
    known = vocabulary(
        "clipsh:XShape a sh:NodeShape ; sh:not _:n . _:n sh:not _:m . _:m sh:not _:n ; sh:class clip:a ."
    )

    assert known.by_iri[CLIPSH + "XShape"].rules


def test_severity_order_and_words_are_kept() -> None:
    known = vocabulary(
        "clipsh:XShape a sh:NodeShape ; sh:property clipsh:second , clipsh:first ; sh:sparql clipsh:q . "
        "clipsh:first sh:path clip:a ; sh:order 1 ; sh:severity sh:Warning ; sh:message 'do'@en , 'tu'@de . "
        "clipsh:second sh:path clip:b ; sh:order 2 ; sh:deactivated true . "
        "clipsh:q sh:select '''\n    SELECT $this\n      WHERE { }\n    ''' ; sh:message 'found <b>'@en ."
    )
    found = known.by_iri[CLIPSH + "XShape"]

    assert [rules.iri for rules in found.properties] == [CLIPSH + "first", CLIPSH + "second"]
    assert [rules.severity for rules in found.properties] == ["Warning", "Violation"]
    assert [rules.active for rules in found.properties] == [True, False]
    assert found.sparql[0].query == "SELECT $this\n  WHERE { }"
    page = part_page(asking("de"), known, found, CLIPSH + "q", "/shapes/q")
    assert "found &lt;b&gt;" in page
    assert "<b>" not in page


def test_the_list_tells_targets_and_what_others_use() -> None:
    known = vocabulary(
        "clipsh:XShape a sh:NodeShape ; sh:targetClass clip:X ; sh:property clipsh:X-p . "
        "clipsh:X-p sh:path clip:a ; sh:node clipsh:YShape . clipsh:YShape a sh:NodeShape . "
        "clipsh:ZShape a sh:NodeShape ; sh:targetSubjectsOf clip:a , clip:b . [] a sh:NodeShape .",
        X=3,
    )
    data = shapes_as_data(known)
    page = shapes_page(asking(), known)

    assert [each["iri"].removeprefix(CLIPSH) for each in data] == ["XShape", "YShape", "ZShape"]
    assert known.by_iri[CLIPSH + "YShape"].used_by == [CLIPSH + "X-p"]
    assert page.index("What every commit has to fit") < page.index("Shared by other shapes")
    assert "Checks whatever has" in page


def test_what_rules_ask_of_one_property_is_put_together() -> None:
    known = vocabulary(
        "clipsh:XShape a sh:NodeShape ; sh:targetClass clip:X . "
        "clipsh:XShape sh:property clipsh:p1 , clipsh:p2 , clipsh:p3 . "
        "clipsh:p1 sh:path clip:a ; sh:maxCount 3 ; sh:order 1 . "
        "clipsh:p2 sh:path clip:a ; sh:maxCount 2 ; sh:order 2 ; "
        "sh:qualifiedValueShape [ sh:class clip:Y ] ; sh:qualifiedMinCount 1 . "
        "clipsh:p3 sh:path [ sh:inversePath clip:b ] ; sh:order 3 . "
        "clip:Z rdfs:subClassOf clip:X . "
        "clipsh:ZShape a sh:NodeShape ; sh:targetClass clip:Z ; sh:property clipsh:z . "
        "clipsh:z sh:path clip:c ; sh:minCount 1 ."
    )

    assert known.properties_of(PREFIXES["clip"] + "X") == [(PREFIXES["clip"] + "a", 1, 2)]
    assert known.properties_of(PREFIXES["clip"] + "Z") == [
        (PREFIXES["clip"] + "c", 1, None),
        (PREFIXES["clip"] + "a", 1, 2),
    ]
