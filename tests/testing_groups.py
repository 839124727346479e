"""Random graphs, and random groups of a WHERE clause over them, for property tests."""

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from clipgraph.rdf.terms import NamedNode, Triple

EX = "http://example.org/"
NODES = tuple(NamedNode(f"{EX}n{number}") for number in range(4))
PREDICATES = tuple(NamedNode(f"{EX}p{number}") for number in range(3))
PREFIXES = {"ex": EX}
_NAMES = ("$this", "?x", "?y", "?z")


def same(examples: int, *, shrink: bool = True) -> settings:
    """Return settings with which all runs try the same examples, so that a failure is one for everybody.

    Without ``shrink`` a failing example is shown as it is: making it smaller can take minutes.
    """
    return settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate, *([Phase.shrink] if shrink else [])],
        suppress_health_check=[HealthCheck.too_slow],
    )


def triples() -> SearchStrategy[Triple]:
    """Return triples of few terms, so that many of them meet."""
    node, predicate = st.sampled_from(NODES), st.sampled_from([*PREDICATES[:2] * 3, PREDICATES[2]])
    return st.builds(Triple, node, predicate, node)


def graphs(least: int = 0) -> SearchStrategy[frozenset[Triple]]:
    """Return graphs of so many triples or more, up to eight."""
    return st.frozensets(triples(), min_size=least, max_size=8)


def paths() -> SearchStrategy[str]:
    """Return property paths; half of them are one property."""
    single = st.sampled_from([f"ex:p{number}" for number in range(len(PREDICATES))])
    longer = st.recursive(
        single,
        lambda inner: st.one_of(
            st.tuples(inner, inner).map("/".join),
            st.tuples(inner, inner).map(lambda two: f"({'|'.join(two)})"),
            st.tuples(inner, st.sampled_from("*+?")).map(lambda two: f"({two[0]}){two[1]}"),
            inner.map(lambda path: f"^({path})"),
        ),
        max_leaves=3,
    )
    return st.one_of(single, longer)


def statements() -> SearchStrategy[str]:
    """Return triple patterns, most of them with variables at both ends."""
    end = st.one_of(st.sampled_from(_NAMES), st.sampled_from(_NAMES), st.sampled_from(["ex:n0", "ex:n1"]))
    verb = st.one_of(paths(), paths(), st.just("?v"))
    return st.tuples(st.sampled_from(_NAMES), verb, end).map(lambda three: f"{' '.join(three)} . ")


def groups(*, shacl: bool = False) -> SearchStrategy[str]:
    """Return what stands between the brackets of a group.

    Args:
        shacl: without what SHACL forbids (https://www.w3.org/TR/shacl/#pre-binding).
    """
    row = st.tuples(st.sampled_from(["UNDEF", "ex:n0", "ex:n1"]), st.sampled_from(["UNDEF", "ex:n2"]))
    table = st.lists(row.map(lambda two: f"({' '.join(two)})"), min_size=1, max_size=2)

    def larger(inner: SearchStrategy[str]) -> SearchStrategy[str]:
        forms = [
            st.tuples(inner, inner).map("".join),
            st.tuples(inner, inner).map("".join),
            inner.map(lambda group: f"{{ {group}}} "),
            st.tuples(inner, inner).map(lambda two: f"{{ {two[0]}}} UNION {{ {two[1]}}} "),
            inner.map(lambda group: f"OPTIONAL {{ {group}}} "),
            inner.map(lambda group: f"FILTER NOT EXISTS {{ {group}}} "),
            inner.map(lambda group: f"FILTER EXISTS {{ {group}}} "),
            inner.map(lambda group: f"FILTER(?x != ?y || EXISTS {{ {group}}}) "),
        ]
        if not shacl:
            forms.append(inner.map(lambda group: f"MINUS {{ {group}}} "))
            forms.append(table.map(lambda rows: f"VALUES (?x ?y) {{ {' '.join(rows)} }} "))
        return st.one_of(forms)

    return st.recursive(statements(), larger, max_leaves=6)


def scopes() -> SearchStrategy[str]:
    """Return groups in which a variable may be another one inside than around, whatever stands first."""
    name = st.sampled_from(["?x", "?y", "?z"])
    simple = st.tuples(name, st.sampled_from(["ex:p0", "ex:p1"]), name).map(
        lambda three: f"{' '.join(three)} . "
    )
    kinds = ["OPTIONAL", "FILTER NOT EXISTS", "FILTER EXISTS", "MINUS"]
    inside = st.tuples(st.sampled_from(kinds), simple).map(lambda two: f"{two[0]} {{ {two[1]}}} ")
    nested = st.tuples(st.sampled_from([*kinds, ""]), simple, inside).map(
        lambda three: f"{three[0]} {{ {three[1]}{three[2]}}} "
    )
    return st.tuples(st.one_of(inside, nested), simple).map("".join)
