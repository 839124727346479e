"""The ontology as people read it: terms, themes, diagrams, what changed; odd ontologies, too."""

from clipgraph.engines.rows import Value
from clipgraph.pages.changes import ADDED, CHANGED, REMOVED, compare, versions
from clipgraph.pages.class_cards import cards
from clipgraph.pages.diagram import common, draw
from clipgraph.pages.ontology import as_data
from clipgraph.pages.ontology_pages import ontology_page, theme_of, theme_page
from clipgraph.pages.reader import Reader
from clipgraph.pages.relations import Relation
from clipgraph.pages.themes import OTHER, grouped
from clipgraph.pages.vocabulary import MOST_STATEMENTS, Vocabulary, make_vocabulary
from clipgraph.rdf.prefixes import PREFIXES
from clipgraph.releases.release import GraphRecord, Release
from pages.vocabularies import asking, rows, vocabulary

CLIP = PREFIXES["clip"]
ENGLISH = Reader()


def pages(known: Vocabulary, language: str = "en") -> str:
    """Return the first page and those of all themes, one after the other."""
    page = asking(language)
    themes = [theme_page(page, known, group) for group in grouped(known)]
    return "\n".join([ontology_page(page, known, []), *themes])


def test_an_empty_graph_has_a_page() -> None:
    page = ontology_page(asking(), vocabulary(""), [])

    assert "This graph has no ontology" in page
    assert as_data(vocabulary(""), ENGLISH)["terms"] == []


def test_a_term_without_label_and_definition_is_told_by_its_name() -> None:
    page = pages(vocabulary("clip:Bare a owl:Class ."))

    assert "<code>clip:Bare</code>" in page
    assert page.count("No definition is given.") == 2


def test_words_of_another_language_are_marked() -> None:
    known = vocabulary("clip:X a owl:Class ; rdfs:label 'Ding'@de ; rdfs:comment 'Etwas.'@de .")
    page = pages(known, "fr")

    assert '<bdi lang="de">Ding</bdi>' in page
    assert '<bdi lang="de">Etwas.</bdi> <span class="language"' in page


def test_markup_in_labels_is_text() -> None:
    attack = "<script>alert(1)</script>"
    known = vocabulary(
        f"clip:X a owl:Class ; rdfs:label '{attack}'@en ; rdfs:comment '{attack}'@en ; "
        f"skos:example '{attack}' ; skos:scopeNote '{attack}'@en . "
        "clip:X rdfs:subClassOf <urn:%3Cx> , <http://example.org/?a=b&c='d'> ."
        "clipsh:XShape a sh:NodeShape ; sh:targetClass clip:X ; sh:property clipsh:p . "
        f"clipsh:p sh:path clip:y ; sh:name '{attack}'@en ; sh:message '{attack}'@en ; sh:class clip:X ."
        f"clip:y a owl:ObjectProperty ; rdfs:label '{attack}'@en ."
    )
    page = pages(known)

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_classes_in_a_circle_are_told_once_each() -> None:
    known = vocabulary(
        "clip:A a owl:Class ; rdfs:subClassOf clip:B . clip:B a owl:Class ; rdfs:subClassOf clip:A ."
    )
    (group,) = grouped(known)
    diagram = draw(known, group, [], ENGLISH)

    assert diagram is not None
    assert sorted(box.iri for box in diagram.boxes) == [CLIP + "A", CLIP + "B"]
    assert sorted(card.term.name for card in cards(known, group, [])) == ["A", "B"]
    assert theme_page(asking(), known, group)


def test_boxes_lie_apart_and_within_the_picture() -> None:
    known = vocabulary(
        "".join(
            f"clip:C{n} a owl:Class ; rdfs:subClassOf prov:Entity , clip:C{n // 2} . "
            f"clip:C{n} rdfs:label '{'long ' * n}'@en . "
            f"clipsh:S{n} a sh:NodeShape ; sh:targetClass clip:C{n} ; sh:property clipsh:p{n} . "
            f"clipsh:p{n} sh:path clip:p{n % 5} ; sh:class clip:C{(n + 1) % 20} . "
            for n in range(1, 20)
        )
    )
    (group,) = [group for group in grouped(known) if group.classes]
    diagram = draw(known, group, known.relations, ENGLISH)

    assert diagram is not None
    assert len(diagram.leads) == 19
    for box in diagram.boxes:
        assert 0 <= box.x < box.x + box.width <= diagram.width
        assert 0 <= box.y < box.y + box.height <= diagram.height
        for other in diagram.boxes:
            if other is not box:
                apart = (
                    box.x + box.width <= other.x
                    or other.x + other.width <= box.x
                    or box.y + box.height <= other.y
                    or other.y + other.height <= box.y
                )
                assert apart, (box, other)
        assert len(box.title.text) <= box.width / 7


def test_what_nearly_every_class_has_is_left_out_of_pictures() -> None:
    found = [Relation(f"c{n}", "everywhere", "x") for n in range(9)] + [Relation("c1", "rare", "x")]

    assert common(found) == {"everywhere"}
    assert common(found[:3]) == set()


def test_a_property_stands_with_its_class_and_one_of_many_themes_apart() -> None:
    roots = ["org:Organization", "cv:Criterion", "foaf:Document", "skos:Concept"]
    known = vocabulary(
        "clip:own a owl:ObjectProperty . clip:shared a owl:ObjectProperty . "
        + "".join(
            f"clip:C{n} a owl:Class ; rdfs:subClassOf {root} . "
            f"clipsh:S{n} a sh:NodeShape ; sh:targetClass clip:C{n} ; sh:property clipsh:s{n} . "
            f"clipsh:s{n} sh:path clip:shared . "
            for n, root in enumerate(roots)
        )
        + "clipsh:S1 sh:property clipsh:o . clipsh:o sh:path clip:own ."
    )
    found = {group.theme.slug: [term.name for term in group.properties] for group in grouped(known)}

    assert found == {"actors": [], "policy": ["own"], "sources": [], "codes": [], OTHER.slug: ["shared"]}


def test_the_index_has_each_term_once_with_its_page_and_its_theme() -> None:
    known = vocabulary(
        "clip:C a owl:Class ; rdfs:subClassOf org:Organization ; rdfs:comment 'What it is.'@en . "
        "clip:p a owl:ObjectProperty . "
        "clipsh:S a sh:NodeShape ; sh:targetClass clip:C ; sh:property clipsh:s . "
        "clipsh:s sh:path clip:p . clip:q a owl:DatatypeProperty ."
    )
    page = ontology_page(asking(), known, [])
    index = page.partition('id="index"')[2].partition("<details")[0]

    for name, theme in (("C", "actors"), ("p", "actors"), ("q", "other")):
        assert page.count(f'id="{name}"') == 1
        item = index.partition(f'<li id="{name}">')[2].partition("</li>")[0]
        assert item.startswith(f'<a href="/def/{name}"'), name
        assert f'ontology/{theme}#{name}"' in item
    assert "What it is." in index


def test_a_theme_is_a_page_with_its_own_terms_alone() -> None:
    known = vocabulary(
        "clip:C a owl:Class ; rdfs:subClassOf org:Organization . "
        "clip:D a owl:Class ; rdfs:subClassOf foaf:Document ."
    )
    actors = theme_of(known, "actors")
    assert actors is not None
    page = theme_page(asking("de"), known, actors)

    assert 'id="C"' in page
    assert 'id="D"' not in page
    assert 'ontology/sources"' in page
    assert theme_of(known, "events") is None
    assert theme_of(known, "") is None


def test_cards_tell_what_the_picture_draws() -> None:
    known = vocabulary(
        "clip:C a owl:Class ; rdfs:subClassOf org:Organization . "
        "clip:D a owl:Class ; rdfs:subClassOf clip:C . "
        "clipsh:S a sh:NodeShape ; sh:targetClass clip:D ; sh:property clipsh:s . "
        "clipsh:s sh:path clip:p ; sh:class clip:C . clip:p a owl:ObjectProperty ."
    )
    group = theme_of(known, "actors")
    assert group is not None
    outer, inner = cards(known, group, known.relations)

    assert (outer.term.name, outer.depth, outer.parents) == ("C", 0, [PREFIXES["org"] + "Organization"])
    assert (inner.term.name, inner.depth, inner.parents) == ("D", 1, [])
    assert inner.leads == {CLIP + "p": [CLIP + "C"]}
    assert outer.leads == {}


def test_more_statements_than_a_page_takes_are_said_to_be_more() -> None:
    many = rows("clip:X a owl:Class .") * (MOST_STATEMENTS + 1)
    known = make_vocabulary(many, [])

    assert not known.whole
    assert pages(known).count("what follows is not all") == 2


def test_deprecated_terms_say_what_takes_their_place() -> None:
    known = vocabulary(
        "clip:Old a owl:Class ; owl:deprecated true ; dct:isReplacedBy clip:New . clip:New a owl:Class ."
    )
    page = pages(known)

    assert page.count(">deprecated<") == 3  # in the index, with its theme, and there at a press
    assert known.terms[CLIP + "Old"].replaced_by == [CLIP + "New"]


def test_what_changed_is_told_term_by_term() -> None:
    before = vocabulary(
        "clip:Same a owl:Class . clip:Gone a owl:Class . clip:Other a owl:Class ; rdfs:label 'a'@en . "
        "clipsh:S a sh:NodeShape ; sh:or ( [ sh:class clip:A ] ) ."
    )
    after = vocabulary(
        "clip:Same a owl:Class . clip:Come a owl:Class . clip:Other a owl:Class ; rdfs:label 'b'@en . "
        "clipsh:S a sh:NodeShape ; sh:or ( [ sh:class clip:B ] ) ."
    )
    found = {change.iri.rsplit("/", 1)[-1]: change for change in compare(before, after)}

    assert {name: change.kind for name, change in found.items()} == {
        "Come": ADDED,
        "Gone": REMOVED,
        "Other": CHANGED,
        "S": CHANGED,
    }
    (label,) = found["Other"].properties
    assert (label.removed, label.added) == ([Value("literal", "a", "en")], [Value("literal", "b", "en")])
    assert found["S"].properties[0].inner
    assert compare(before, before) == []


def test_versions_are_the_releases_in_which_a_graph_of_the_ontology_changed() -> None:
    def release(number: int, digest: str, graph: str = "ontology/clipgraph") -> Release:
        iri = f"https://w3id.org/clipgraph/graph/{graph}"
        graphs = {
            iri: GraphRecord("ontology", "files", 1, digest),
            "urn:data": GraphRecord("data", "files", 1, "x"),
        }
        return Release(number, number - 1 or None, "", "", "", 0, "", graphs)

    line = [
        release(1, "a"),
        release(2, "a"),
        release(3, "b"),
        release(4, "b", "shapes/x"),
        release(5, "b", "shapes/x"),
    ]

    assert [each.number for each in versions(line)] == [4, 3, 1]
    assert versions([]) == []
