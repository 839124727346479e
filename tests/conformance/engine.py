"""What the engine itself makes of each test, without the service around it.

Run as a program, it judges every test and writes its verdicts as JSON. The kernel refuses it the network
(as it does to every worker), because updates with LOAD and queries with SERVICE name hosts that are not ours.
"""

import json
import sys

import pyoxigraph as ox

from clipgraph.workers.filters import refuse_network
from conformance.answers import Answer, difference, is_ordered, of_engine, read_answer, read_table
from conformance.cases import Case, Kind, iri_of, read_cases
from conformance.datasets import read_dataset, same_dataset


def verdict(case: Case) -> str:
    """Return how the engine fails the test; empty where it passes."""
    try:
        return _JUDGES[case.kind](case)
    except (SyntaxError, OSError, ValueError, RuntimeError) as error:
        return f"{type(error).__name__}: {error}"


def _store(case: Case) -> ox.Store:
    store = ox.Store()
    store.extend(read_dataset(case.data))
    return store


def _base(case: Case) -> str:
    assert case.request is not None
    return iri_of(case.request)


def _query(case: Case) -> str:
    assert case.result is not None
    result = _store(case).query(case.text, base_iri=_base(case))
    found: Answer
    if case.kind is Kind.CSV:
        assert isinstance(result, ox.QuerySolutions)
        found = read_table(result.serialize(format=ox.QueryResultsFormat.CSV) or b"")
    else:
        found = of_engine(result)
    return difference(read_answer(case.result), found, ordered=is_ordered(case.text))


def _update(case: Case) -> str:
    store = _store(case)
    store.update(case.text, base_iri=_base(case))
    left = list(store)
    return "" if same_dataset(read_dataset(case.after), left) else f"left {sorted(map(str, left))}"


def _good_query(case: Case) -> str:
    ox.Store().query(case.text, base_iri=_base(case))
    return ""


def _bad_query(case: Case) -> str:
    try:
        _good_query(case)
    except SyntaxError:
        return ""
    return "a query that is not in the grammar was taken"


def _good_update(case: Case) -> str:
    try:
        ox.Store().update(case.text, base_iri=_base(case))
    except SyntaxError as error:
        return f"SyntaxError: {error}"
    except (OSError, RuntimeError):
        pass  # it was read, and what failed is doing it: there is nothing to LOAD, COPY or MOVE
    return ""


def _bad_update(case: Case) -> str:
    return "" if _good_update(case) else "an update that is not in the grammar was taken"


_JUDGES = {
    Kind.QUERY: _query,
    Kind.CSV: _query,
    Kind.UPDATE: _update,
    Kind.GOOD_QUERY: _good_query,
    Kind.BAD_QUERY: _bad_query,
    Kind.GOOD_UPDATE: _good_update,
    Kind.BAD_UPDATE: _bad_update,
}


if __name__ == "__main__":
    refuse_network()
    judged = (case for case in read_cases() if case.kind in _JUDGES)  # an engine has no service description
    json.dump({case.name: verdict(case) for case in judged}, sys.stdout)
