"""What a shape reads: all predicates that can change its verdict, or the word that nobody can tell."""

import pytest
from rdflib import Graph, URIRef

from clipgraph.rdf.terms import NamedNode
from clipgraph.sparql.patterns import Edge, Pattern, Variable, reaches
from clipgraph.validation.footprint import SUBCLASS, THIS, TYPE, Footprint, footprint
from testing_groups import EX
from testing_shapes import HEAD

SHAPE = URIRef(EX + "S")
P, Q = NamedNode(EX + "p"), NamedNode(EX + "q")
VALUES = Variable("at 0")


def read(text: str) -> Footprint:
    return footprint(Graph().parse(data=HEAD + text, format="turtle"))


def shape(constraints: str, target: str = "sh:targetNode ex:n0") -> Footprint:
    return read(f"ex:S a sh:NodeShape ; {target} ; {constraints} .")


def predicates(found: Footprint) -> set[str | None]:
    """Return what is watched, by local name; None is any predicate."""
    return {key and key.value.rsplit("/", 1)[-1].rsplit("#", 1)[-1] for key in found.reads}


def select(clause: str) -> str:
    return f'sh:sparql [ sh:select "SELECT $this {{ {clause} }}" ; sh:prefixes ex: ]'


DECLARED = 'ex: sh:declare [ sh:prefix "ex" ; sh:namespace "http://example.org/" ] .'


@pytest.mark.parametrize(
    ("constraints", "expected"),
    [
        ("sh:nodeKind sh:IRI ; sh:in ( ex:a ) ; sh:hasValue ex:a ; rdfs:label 'x'", set()),
        ("sh:class ex:C", {"type", "subClassOf"}),
        ("sh:closed true ; sh:ignoredProperties ( ex:p )", {None}),
        ("sh:equals ex:p", {"p"}),
        ("sh:disjoint ex:p", {"p"}),
        ("sh:property [ sh:path ex:p ; sh:minCount 1 ; sh:message 'x' ; sh:severity sh:Info ]", {"p"}),
        ("sh:property [ sh:path ex:p ; sh:lessThan ex:q ]", {"p", "q"}),
        ("sh:property [ sh:path ex:p ; sh:lessThanOrEquals ex:q ]", {"p", "q"}),
        ("sh:property [ sh:path ex:p ; sh:class ex:C ]", {"p", "type", "subClassOf"}),
        ("sh:property [ sh:path ( ex:p [ sh:inversePath ex:q ] ) ; sh:minCount 1 ]", {"p", "q"}),
        ("sh:property [ sh:path [ sh:alternativePath ( ex:p ex:q ) ] ; sh:minCount 1 ]", {"p", "q"}),
        ("sh:property [ sh:path [ sh:zeroOrMorePath ex:p ] ; sh:minCount 1 ]", {"p"}),
        ("sh:property [ sh:path ex:p ; sh:property [ sh:path ex:q ; sh:minCount 1 ] ]", {"p", "q"}),
        ("sh:property [ sh:path ex:p ; sh:closed true ]", {"p", None}),
        ("sh:node [ sh:equals ex:p ]", {"p"}),
        ("sh:not [ sh:equals ex:p ]", {"p"}),
        ("sh:and ( [ sh:equals ex:p ] [ sh:equals ex:q ] )", {"p", "q"}),
        ("sh:or ( [ sh:equals ex:p ] [ sh:equals ex:q ] )", {"p", "q"}),
        ("sh:xone ( [ sh:equals ex:p ] [ sh:equals ex:q ] )", {"p", "q"}),
        ("sh:property [ sh:path ex:p ; sh:qualifiedValueShape [ sh:equals ex:q ] ]", {"p", "q"}),
        (select("$this ex:p ?x . OPTIONAL { ?x a ex:C }"), {"p", "type"}),
        (select("$this ?p ?x"), {None}),
        (f"sh:property [ sh:path ex:p ; {select('$this $PATH ?x . ?x ex:q ?y')} ]", {"p", "q"}),
        (f"sh:property [ sh:path [ sh:inversePath ex:p ] ; {select('$this ?PATH ?x')} ]", {"p"}),
    ],
)
def test_what_is_read(constraints: str, expected: set[str | None]) -> None:
    found = read(f"{DECLARED} ex:S a sh:NodeShape ; sh:targetNode ex:n0 ; {constraints} .")

    assert predicates(found) == expected
    assert found.unbounded == frozenset()


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("sh:targetNode ex:n0", set()),
        ("sh:targetClass ex:C", {"type", "subClassOf"}),
        ("a rdfs:Class", {"type", "subClassOf"}),
        ("sh:targetSubjectsOf ex:p", {"p"}),
        ("sh:targetObjectsOf ex:p", {"p"}),
    ],
)
def test_what_makes_a_node_a_target_is_read_too(target: str, expected: set[str | None]) -> None:
    assert predicates(shape("sh:nodeKind sh:IRI", target)) == expected


def test_a_shape_without_a_target_reads_nothing() -> None:
    found = read("ex:S a sh:NodeShape ; sh:property [ sh:path ex:p ; sh:minCount 1 ] .")

    assert (found.reads, found.shapes, found.unbounded) == ({}, {}, frozenset())


@pytest.mark.parametrize(
    "text",
    [
        # Recursive, directly and by way of another.
        "ex:S sh:targetNode ex:a ; sh:node ex:S .",
        "ex:S sh:targetNode ex:a ; sh:node ex:T . ex:T sh:not [ sh:node ex:S ] .",
        # What may read anything, or is not known here.
        "ex:S sh:targetNode ex:a ; sh:sparql [ sh:ask 'ASK {}' ] .",
        "ex:S sh:targetNode ex:a ; sh:js [] .",
        "ex:S sh:targetNode ex:a ; sh:expression ex:f .",
        "ex:S sh:targetNode ex:a ; ex:own 1 . ex:Own a sh:ConstraintComponent .",
        "ex:S sh:targetNode ex:a . ex:Kind rdfs:subClassOf sh:ConstraintComponent .",
        # What is not an IRI where one belongs.
        "ex:S sh:targetNode ex:a ; sh:class [] .",
        "ex:S sh:targetNode ex:a ; sh:equals 'p' .",
        "ex:S sh:targetClass [] .",
        "ex:S sh:targetSubjectsOf 'p' .",
        "ex:S sh:targetNode ex:a ; sh:property [ sh:path [] ] .",
        "ex:S sh:targetNode ex:a ; sh:property [ sh:path 'p' ] .",
        "ex:S sh:targetNode ex:a ; sh:property [ sh:path [ sh:alternativePath ( ex:p 'q' ) ] ] .",
        # A query that is not read here, or whose pattern leads to no focus node.
        "ex:S sh:targetNode ex:a ; sh:sparql [ sh:select 'SELECT $this { GRAPH ?g { $this ?p ?x } }' ] .",
        "ex:S sh:targetNode ex:a ; sh:sparql [ sh:select 'SELECT $this { $this no:p ?x }' ] .",
        "ex:S sh:targetNode ex:a ; sh:sparql [ sh:select 'SELECT $this { ?x a ?y }' ] .",
        "ex:S sh:targetNode ex:a ; sh:sparql [ sh:select 'SELECT $this { FILTER EXISTS { ?x a ?y } }' ] .",
    ],
)
def test_what_nobody_can_tell(text: str) -> None:
    assert read(text).unbounded == {SHAPE}


def test_one_shape_that_cannot_be_told_leaves_the_others_as_they_are() -> None:
    found = read("ex:S sh:targetNode ex:a ; sh:js [] . ex:T sh:targetSubjectsOf ex:p ; sh:equals ex:q .")

    assert found.unbounded == {SHAPE}
    assert predicates(found) == {"p", "q"}
    assert set().union(*found.shapes.values()) == {URIRef(EX + "T")}


def test_a_prefix_that_has_two_meanings_has_none() -> None:
    twice = DECLARED + ' ex:b sh:declare [ sh:prefix "ex" ; sh:namespace "http://example.org/b/" ] .'
    text = f"ex:S sh:targetNode ex:a ; {select('$this ex:p ?x')} ."

    assert read(DECLARED + text).unbounded == frozenset()
    assert read(twice + text).unbounded == {SHAPE}
    # The same thing said twice is one meaning; those of RDF and RDFS need not be declared.
    assert read(DECLARED + DECLARED + text.replace("ex:p", "rdfs:label")).unbounded == frozenset()


@pytest.mark.parametrize("parameter", ["equals", "disjoint", "lessThan", "lessThanOrEquals"])
def test_another_property_is_read_at_the_focus_node_and_not_at_the_values(parameter: str) -> None:
    [watched] = shape(f"sh:property [ sh:path ex:p ; sh:{parameter} ex:q ]").reads[NamedNode(EX + "q")]

    assert watched.branch.patterns[watched.index].subject == Variable(THIS)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("[ sh:inversePath ex:p ]", Pattern(Variable(THIS), (Edge(P, inverse=True),), VALUES)),
        (
            "[ sh:zeroOrMorePath ex:p ]",
            Pattern(Variable(THIS), (Edge(P),), VALUES, transitive=True, reflexive=True),
        ),
        ("[ sh:oneOrMorePath ex:p ]", Pattern(Variable(THIS), (Edge(P),), VALUES, transitive=True)),
        ("[ sh:zeroOrOnePath ex:p ]", Pattern(Variable(THIS), (Edge(P),), VALUES, reflexive=True)),
        ("[ sh:alternativePath ( ex:p ex:q ) ]", Pattern(Variable(THIS), (Edge(P), Edge(Q)), VALUES)),
    ],
)
def test_a_path_leads_to_the_values(path: str, expected: Pattern) -> None:
    [branch] = shape(f"sh:property [ sh:path {path} ; sh:minCount 1 ]").shapes

    assert branch.patterns == (expected,)


def test_siblings_are_read_where_they_must_be_disjoint() -> None:
    one, other = (
        f"[ sh:path ex:{path} ; sh:qualifiedValueShape [ sh:equals ex:{name} ] ; sh:qualifiedMinCount 1 … ]"
        for path, name in ("oq", "pr")
    )
    both = f"ex:S sh:targetNode ex:a ; sh:property {one} , {other} ."

    assert _readers(read(both.replace("…", ""))) == 2
    # Each of the two at the values of the other, too.
    assert _readers(read(both.replace("…", "; sh:qualifiedValueShapesDisjoint true"))) == 4


def _readers(found: Footprint) -> int:
    return len(found.reads[NamedNode(EX + "q")]) + len(found.reads[NamedNode(EX + "r")])


def test_shapes_with_the_same_target_share_its_branch() -> None:
    found = read("ex:S sh:targetClass ex:C . ex:T sh:targetClass ex:C . ex:U sh:targetClass ex:D .")

    assert sorted(len(owners) for owners in found.shapes.values()) == [1, 2]


def test_a_class_is_told_so_that_others_are_passed_over() -> None:
    found = shape("sh:class ex:D", "sh:targetClass ex:C")

    assert {read.kind for read in found.reads[TYPE]} == {NamedNode(EX + "C"), NamedNode(EX + "D")}
    assert {read.kind for read in found.reads[SUBCLASS]} == {None}


def test_a_type_that_is_asked_for_by_a_query_is_any() -> None:
    found = shape("sh:sparql [ sh:select 'SELECT $this { $this a ?c . ?c rdfs:subClassOf <urn:D> }' ]")

    assert {read.kind for read in found.reads[TYPE]} == {None}


def test_a_query_below_a_path_begins_at_its_values() -> None:
    below = f"sh:path ex:p ; sh:node [ {select('$this ex:q ?x')} ]"
    found = read(f"{DECLARED} ex:S sh:targetNode ex:a ; sh:property [ {below} ] .")

    [watched] = found.reads[NamedNode(EX + "q")]
    first, second = watched.branch.patterns
    assert first.subject == Variable(THIS)
    assert second.subject == first.object
    assert (watched.index, watched.branch.own) == (1, 1)


def test_no_name_of_a_query_meets_one_around_it() -> None:
    found = read(
        f"{DECLARED} ex:S sh:targetNode ex:a ; sh:property [ sh:path ( ex:p ex:p ) ; sh:node "
        f"[ {select('$this ex:q ?x . ?x ex:q ?class')} ] ] ."
    )

    branch = found.reads[NamedNode(EX + "q")][0].branch
    assert len({name for pattern in branch.patterns for name in pattern.variables}) == 5


def test_inline_data_stay_with_their_branch() -> None:
    found = read(f"{DECLARED} ex:S sh:targetNode ex:a ; {select('$this ex:p ?x VALUES ?x { ex:n0 }')} .")
    inside = read(
        f"{DECLARED} ex:S sh:targetNode ex:a ; sh:property [ sh:path ex:r ; "
        f"sh:node [ {select('$this ex:p ?x VALUES (?x $this) { (ex:n0 ex:n1) }')} ] ] ."
    )

    assert found.reads[NamedNode(EX + "p")][0].branch.tables[0].variables == ("x",)
    [watched] = inside.reads[NamedNode(EX + "p")]
    pattern = watched.branch.patterns[1]
    assert isinstance(pattern.subject, Variable)
    assert isinstance(pattern.object, Variable)
    assert watched.branch.tables[0].variables == (pattern.object.name, pattern.subject.name)


def test_every_pattern_leads_to_the_focus_node() -> None:
    found = shape(
        "sh:class ex:D ; sh:closed true ; "
        "sh:property [ sh:path ( ex:p [ sh:oneOrMorePath ex:q ] ) ; sh:class ex:E ; "
        "sh:not [ sh:property [ sh:path [ sh:inversePath ex:r ] ; sh:equals ex:s ] ] ]",
        "sh:targetObjectsOf ex:p",
    )

    assert found.unbounded == frozenset()
    watched = [read for reads in found.reads.values() for read in reads]
    assert all(reaches(read.branch, read.index, [THIS]) for read in watched)
    assert Pattern(Variable(THIS), (Edge(NamedNode(EX + "p"), inverse=True),), Variable("value")) in {
        read.branch.patterns[read.index] for read in watched
    }
