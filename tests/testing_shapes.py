"""Random shapes over the graphs of testing_groups, as Turtle, for property tests."""

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from testing_groups import EX, groups

HEAD = f"""@prefix ex: <{EX}> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
_PROPERTY = st.sampled_from(["ex:p0", "ex:p1"])
_NODE = st.sampled_from(["ex:n0", "ex:n1"])


def _around(form: str, inner: SearchStrategy[str]) -> SearchStrategy[str]:
    return inner.map(lambda text: form.replace("…", text))


def shacl_paths() -> SearchStrategy[str]:
    """Return property paths (https://www.w3.org/TR/shacl/#property-paths); half of them are one property."""
    longer = st.recursive(
        _PROPERTY,
        lambda inner: st.one_of(
            st.tuples(inner, inner).map(lambda two: f"( {two[0]} {two[1]} )"),
            st.tuples(inner, inner).map(lambda two: f"[ sh:alternativePath ( {two[0]} {two[1]} ) ]"),
            *(
                _around(f"[ sh:{kind}Path … ]", inner)
                for kind in ("inverse", "zeroOrMore", "oneOrMore", "zeroOrOne")
            ),
        ),
        max_leaves=3,
    )
    return st.one_of(_PROPERTY, longer)


def _constraints() -> SearchStrategy[str]:
    """Return constraints, of node shapes and property shapes alike."""
    single = st.one_of(
        st.sampled_from(["sh:nodeKind sh:IRI", "sh:closed true", "sh:class ex:n0", "sh:class ex:n1"]),
        _around("sh:hasValue …", _NODE),
        _around("sh:in ( ex:n2 … )", _NODE),
        _around("sh:equals …", _PROPERTY),
        _around("sh:disjoint …", _PROPERTY),
        _around(
            'sh:sparql [ sh:select "PREFIX ex: <http://example.org/> SELECT $this WHERE { … }" ]',
            groups(shacl=True),
        ),
    )
    of_property = st.one_of(
        single,
        st.sampled_from(["sh:minCount 1", "sh:maxCount 1", "sh:minCount 2"]),
        _around("sh:lessThan …", _PROPERTY),
    )

    def larger(inner: SearchStrategy[str]) -> SearchStrategy[str]:
        property_ = st.tuples(shacl_paths(), st.one_of(of_property, inner)).map(
            lambda two: f"sh:property [ sh:path {two[0]} ; {two[1]} ]"
        )
        return st.one_of(
            property_,
            property_,
            _around("sh:node [ … ]", inner),
            _around("sh:not [ … ]", inner),
            st.tuples(inner, inner).map(lambda two: f"sh:or ( [ {two[0]} ] [ {two[1]} ] )"),
            st.tuples(inner, inner).map(lambda two: f"sh:xone ( [ {two[0]} ] [ {two[1]} ] )"),
            st.tuples(inner, inner).map(" ; ".join),
            st.tuples(shacl_paths(), inner).map(
                lambda two: (
                    f"sh:property [ sh:path {two[0]} ; sh:qualifiedValueShape [ {two[1]} ] ; "
                    "sh:qualifiedMinCount 1 ]"
                )
            ),
        )

    return st.recursive(single, larger, max_leaves=4)


def shapes() -> SearchStrategy[str]:
    """Return a node shape ex:S with targets."""
    target = st.sampled_from(
        [
            "sh:targetNode ex:n0 , ex:n1 , ex:n2 , ex:n3",
            "sh:targetNode ex:n0 , ex:n1 , ex:n2 , ex:n3",
            "sh:targetClass ex:n0",
            "sh:targetSubjectsOf ex:p0",
            "sh:targetObjectsOf ex:p1",
        ]
    )
    return st.tuples(target, _constraints()).map(
        lambda two: f"{HEAD}ex:S a sh:NodeShape ; {two[0]} ; {two[1]} ."
    )
