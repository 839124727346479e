"""Answers to queries: read in every format, compared as the specifications ask.

A SELECT's solutions are a bag, a sequence where the query orders them
(https://www.w3.org/TR/sparql11-query/#solutionModifiers); blank nodes are the same up to one renaming of the
whole answer.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from clipgraph.sparql.tokens import tokens
from conformance.datasets import FORMATS, read_graph, same_dataset, stored

RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = dict[str, Term]
_RESULTS = {
    ".srx": ox.QueryResultsFormat.XML,
    ".srj": ox.QueryResultsFormat.JSON,
    ".tsv": ox.QueryResultsFormat.TSV,
}


@dataclass(frozen=True)
class Solutions:
    """The answer to a SELECT: its variables and its rows."""

    variables: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Table:
    """A SELECT's answer in CSV, which does not say of what kind a term is."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Answer = Solutions | Table | bool | list[ox.Quad]


def read_answer(path: Path) -> Answer:
    """Return what a result file holds."""
    if path.suffix == ".csv":
        return read_table(path.read_bytes())
    if path.suffix in _RESULTS:
        return read_results(path.read_bytes(), _RESULTS[path.suffix])
    quads = read_graph(path)
    return (
        _result_set(quads) if any(quad.object == ox.NamedNode(RS + "ResultSet") for quad in quads) else quads
    )


def read_results(body: bytes, form: ox.QueryResultsFormat) -> Answer:
    """Return the solutions or the boolean of SPARQL results in XML, JSON or TSV.

    Raises:
        SyntaxError: the body is not in that format.
    """
    return of_engine(ox.parse_query_results(body, form))


def of_engine(result: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> Answer:
    """Return what the engine yields for a query."""
    if isinstance(result, ox.QueryBoolean):
        return bool(result)
    if isinstance(result, ox.QueryTriples):
        return [ox.Quad(triple.subject, triple.predicate, triple.object) for triple in result]
    names = tuple(variable.value for variable in result.variables)
    rows = ({name: row[name] for name in names if row[name] is not None} for row in result)
    return Solutions(names, tuple(rows))


def read_table(body: bytes) -> Table:
    """Return the rows of a CSV answer (https://www.w3.org/TR/sparql11-results-csv-tsv/#csv)."""
    header, *rows = csv.reader(io.StringIO(body.decode(), newline=""))
    return Table(tuple(header), tuple(tuple(row) for row in rows))


def read_rdf(body: bytes, suffix: str) -> list[ox.Quad]:
    """Return the triples of a CONSTRUCT or DESCRIBE."""
    return list(ox.parse(body, format=FORMATS[suffix]))


def _result_set(quads: Iterable[ox.Quad]) -> Solutions:
    """Return the solutions of the old form of results, an RDF graph (rs:ResultSet)."""
    store = ox.Store()
    store.extend(quads)
    rows: dict[object, Row] = {}
    for binding in store.quads_for_pattern(None, ox.NamedNode(RS + "binding"), None):
        [name] = _objects(store, binding.object, "variable")
        [value] = _objects(store, binding.object, "value")
        rows.setdefault(binding.subject, {})[_text(name)] = value
    names = store.quads_for_pattern(None, ox.NamedNode(RS + "resultVariable"), None)
    return Solutions(tuple(sorted(_text(quad.object) for quad in names)), tuple(rows.values()))


def _objects(store: ox.Store, subject: object, name: str) -> list[Term]:
    assert isinstance(subject, ox.NamedNode | ox.BlankNode)
    return [quad.object for quad in store.quads_for_pattern(subject, ox.NamedNode(RS + name), None)]


def _text(term: Term) -> str:
    assert isinstance(term, ox.Literal)
    return term.value


def is_ordered(query: str) -> bool:
    """Tell whether a query orders its solutions, not those of a subquery."""
    depth, last = 0, ""
    for token in tokens(query):
        if token.kind in ("space", "comment"):
            continue
        depth += (token.text == "{") - (token.text == "}")
        if depth == 0 and (last, token.text.lower()) == ("order", "by"):
            return True
        last = token.text.lower()
    return False


def difference(wanted: Answer, found: Answer, *, ordered: bool) -> str:
    """Say how an answer differs from the one that is wanted; empty where it does not."""
    if type(wanted) is not type(found):
        return f"wanted {type(wanted).__name__}, found {type(found).__name__}"
    if isinstance(wanted, Solutions) and isinstance(found, Solutions):
        return _solutions_differ(wanted, found, ordered=ordered)
    if isinstance(wanted, Table) and isinstance(found, Table):
        return _tables_differ(wanted, found, ordered=ordered)
    if isinstance(wanted, list) and isinstance(found, list):
        return "" if same_dataset(wanted, found) else f"wanted {_shown(wanted)}, found {_shown(found)}"
    return "" if wanted == found else f"wanted {wanted}, found {found}"


def _shown(things: Iterable[object]) -> str:
    return "; ".join(sorted(map(str, things)))[:2000]


def _solutions_differ(wanted: Solutions, found: Solutions, *, ordered: bool) -> str:
    if set(wanted.variables) != set(found.variables):
        return f"wanted the variables {wanted.variables}, found {found.variables}"
    if len(wanted.rows) != len(found.rows):
        return f"wanted {len(wanted.rows)} rows, found {len(found.rows)}: {_shown(found.rows)}"
    left, right = ([_valued(row) for row in each.rows] for each in (wanted, found))
    if _match(left, right, {}, ordered=ordered):
        return ""
    return f"wanted {_shown(wanted.rows)}, found {_shown(found.rows)}"


def _valued(row: Row) -> Row:
    return {name: _value(term) for name, term in row.items()}


def _value(term: Term) -> Term:
    """Return a term as the engine keeps it: 1.50 and 1.5 are one decimal."""
    if not isinstance(term, ox.Literal):
        return term
    [quad] = stored([ox.Quad(ox.NamedNode("urn:x"), ox.NamedNode("urn:x"), term)])
    return quad.object


def _match(wanted: Sequence[Row], found: Sequence[Row], renamed: dict[Term, Term], *, ordered: bool) -> bool:
    """Tell whether the rows can be paired so that one renaming of blank nodes makes each pair the same."""
    if not wanted:
        return True
    first, *rest = wanted
    for place, row in enumerate(found[:1] if ordered else found):
        further = _same_row(first, row, renamed)
        if further is not None and _match(
            rest, [*found[:place], *found[place + 1 :]], further, ordered=ordered
        ):
            return True
        if further == renamed:
            return False  # the pair was forced, and another row that is the same would fail as well
    return False


def _same_row(wanted: Row, found: Row, renamed: dict[Term, Term]) -> dict[Term, Term] | None:
    """Return the renaming that makes two rows the same, an extension of the one so far, or None."""
    if wanted.keys() != found.keys():
        return None
    names = dict(renamed)
    for name, term in wanted.items():
        other = found[name]
        if not (isinstance(term, ox.BlankNode) and isinstance(other, ox.BlankNode)):
            if term != other:
                return None
        elif term in names:
            if names[term] != other:
                return None
        elif other in names.values():
            return None
        else:
            names[term] = other
    return names


def _tables_differ(wanted: Table, found: Table, *, ordered: bool) -> str:
    if set(wanted.header) != set(found.header):  # SELECT * gives its columns no order
        return f"wanted the header {wanted.header}, found {found.header}"
    left, right = ([_cells(each.header, row) for row in each.rows] for each in (wanted, found))
    if len(left) == len(right) and _match(left, right, {}, ordered=ordered):
        return ""
    return f"wanted {_shown(wanted.rows)}, found {_shown(found.rows)}"


def _cells(header: tuple[str, ...], row: tuple[str, ...]) -> Row:
    """Return a CSV row as terms: a blank node is one, and a number is the same however it is written."""
    return {name: _cell(text) for name, text in zip(header, row, strict=True)}


def _cell(text: str) -> Term:
    if text.startswith("_:"):
        return ox.BlankNode(text.removeprefix("_:"))
    try:
        return ox.Literal(float(text))
    except ValueError:
        return ox.Literal(text)
