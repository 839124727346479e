"""Which graphs a query's own dataset clauses name, as the engine itself reads them.

https://www.w3.org/TR/sparql11-query/#rDatasetClause. Where a clause may begin is not judged here: a text is
cut there and the engine says whether it reads FROM at that place, and which IRI each name stands for. So
strings, comments, BASE, prefixes, escapes and glued keywords are read once only, by the engine.

Standard library and engine only: a worker imports this.
"""

import re
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

_SPACE = r"(?:[ \t\r\n]|\#[^\r\n]*+)*+"
_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_CHARS = _BASE + "_0-9\u00b7\u0300-\u036f\u203f-\u2040\\-"
_PLX = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%]"
_NAME = (
    rf"(?:[{_BASE}](?:[{_CHARS}.]*[{_CHARS}])?)?:"
    rf"(?:(?:[{_BASE}_0-9:]|{_PLX})(?:(?:[{_CHARS}.:]|{_PLX})*(?:[{_CHARS}:]|{_PLX}))?)?"
)
# A variable is none, whatever follows it.
_KEYWORD = re.compile("(?<![?$])FROM")
_FORM = re.compile("SELECT|CONSTRUCT|DESCRIBE|ASK", re.IGNORECASE)
# Where a dataset clause may begin, the engine reads the first behind a cut text and not the second; in a
# string or a name it reads neither, in a comment both.
_CLAUSE_AND_END, _BROKEN = "FROM NAMED <urn:probe> WHERE {}", "FROM %"
# About the query as a whole, said once its form was read: GROUP BY has been cut off.
_CUT_OFF = "contains a variable that is unbound"


@cache
def _clause() -> re.Pattern[str]:
    """Return what finds a clause; made where a query may have one, as it takes as long as all of a start."""
    return re.compile(
        rf"(?<![?$])(?i:FROM){_SPACE}(?P<named>(?i:NAMED){_SPACE})?"
        rf'(?P<iri><[^<>"{{}}|^`\x00-\x20]*>|{_NAME}){_SPACE}'
    )


@dataclass(frozen=True)
class Dataset:
    """The graphs of a dataset by their IRIs; one that is named twice is there once."""

    default: tuple[str, ...]
    named: tuple[str, ...]


def several_default_graphs(text: str, base: str | None) -> Dataset | None:
    """Return the dataset that a query names itself, where its default graph is the merge of several graphs.

    None for every other query (none, one, or only named graphs), which the engine evaluates exactly. ``base``
    is what relative IRIs are resolved against where the query has no BASE.
    """
    folded = text.upper()
    # As mostly, and found out in no time.
    if folded.count("FROM") < 2 or len(_KEYWORD.findall(folded)) < 2:  # noqa: PLR2004
        return None
    clauses = list(_clause().finditer(text))
    if sum(not clause["named"] for clause in clauses) < 2:  # noqa: PLR2004
        return None
    written = _written(text, base, clauses)
    return _dataset(text, base, written) if written and len(written.default) > 1 else None


def taken_apart(text: str, base: str | None) -> tuple[Dataset | None, str]:
    """Return the dataset that a query names itself, None where it names none, and the query without that."""
    written = _written(text, base, list(_clause().finditer(text)))
    dataset = _dataset(text, base, written) if written else None
    if written is None or dataset is None:
        return None, text
    return dataset, f"{text[: written.start]} {text[written.end :]}"


@dataclass(frozen=True)
class _Written:
    """The dataset clauses of a text: where they begin and end, and the graphs as they are written there."""

    start: int
    end: int
    default: list[str]
    named: list[str]


def _written(text: str, base: str | None, clauses: list[re.Match[str]]) -> _Written | None:
    """Return the dataset clauses of a query, which begin with one of ``clauses``; None where it has none."""
    start = next((clause.start() for clause in clauses if _may_begin(text[: clause.start()], base)), None)
    if start is None:
        return None
    default: list[str] = []
    named: list[str] = []
    end = start
    while clause := _clause().match(text, end):
        (named if clause["named"] else default).append(clause["iri"])
        end = clause.end()
    return _Written(start, end, default, named)


def _dataset(text: str, base: str | None, written: _Written) -> Dataset | None:
    try:
        prologue = _prologue(text, base)
        return Dataset(_resolved(prologue, base, written.default), _resolved(prologue, base, written.named))
    except SyntaxError:  # a name that cannot be resolved: the engine will say so of the query itself
        return None


def _may_begin(before: str, base: str | None) -> bool:
    """Tell whether the engine expects a dataset clause behind the beginning of a text."""
    return _reads(before + _CLAUSE_AND_END, base) and not _reads(before + _BROKEN, base)


def _reads(text: str, base: str | None) -> bool:
    """Tell whether the engine reads a text as a query."""
    try:
        ox.Store().query(text, base_iri=base)
    except SyntaxError as error:
        return _CUT_OFF in str(error)
    return True


def _prologue(text: str, base: str | None) -> str:
    """Return what stands before the query's form: BASE, PREFIX and VERSION."""
    ends = (match.start() for match in _FORM.finditer(text))
    return next((text[:end] for end in ends if _reads(text[:end] + "ASK {}", base)), "")


def _resolved(prologue: str, base: str | None, names: list[str]) -> tuple[str, ...]:
    """Return the IRIs that names, as they are written, stand for after the prologue."""
    text = f"{prologue}SELECT ?graph {{ VALUES ?graph {{ {' '.join(names)} }} }}"
    rows = ox.Store().query(text, base_iri=base)
    assert isinstance(rows, ox.QuerySolutions)  # noqa: S101  # a SELECT has no other answer
    graphs = [row["graph"] for row in rows]
    return tuple(dict.fromkeys(graph.value for graph in graphs if isinstance(graph, ox.NamedNode)))
