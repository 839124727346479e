"""What the engine itself makes of each test, without the service around it.

Run as a program, with the address of the stand-ins for other endpoints, it judges every test and writes its
verdicts as JSON. Except for what asks a stand-in, the kernel refuses it the network, as it does to workers:
updates with LOAD and queries with SERVICE name hosts that are not ours.
"""

import json
import sys

import pyoxigraph as ox

from clipgraph.workers.filters import refuse_network
from conformance.answers import Answer, difference, is_ordered, of_engine, read_answer, read_table
from conformance.cases import Case, Kind, iri_of, read_cases
from conformance.datasets import read_dataset, same_dataset
from conformance.stand_ins import redirected


def verdict(case: Case, text: str) -> str:
    """Return how the engine fails the test, asked with this text; empty where it passes."""
    try:
        return _JUDGES[case.kind](case, text)
    except (SyntaxError, OSError, ValueError, RuntimeError) as error:
        return f"{type(error).__name__}: {error}"


def _store(case: Case) -> ox.Store:
    store = ox.Store()
    store.extend(read_dataset(case.data))
    return store


def _base(case: Case) -> str:
    assert case.request is not None
    return iri_of(case.request)


def _query(case: Case, text: str) -> str:
    assert case.result is not None
    result = _store(case).query(text, base_iri=_base(case))
    found: Answer
    if case.kind is Kind.CSV:
        assert isinstance(result, ox.QuerySolutions)
        found = read_table(result.serialize(format=ox.QueryResultsFormat.CSV) or b"")
    else:
        found = of_engine(result)
    return difference(read_answer(case.result), found, ordered=is_ordered(case.text))


def _update(case: Case, text: str) -> str:
    store = _store(case)
    store.update(text, base_iri=_base(case))
    left = list(store)
    return "" if same_dataset(read_dataset(case.after), left) else f"left {sorted(map(str, left))}"


def _good_query(case: Case, text: str) -> str:
    ox.Store().query(text, base_iri=_base(case))
    return ""


def _bad_query(case: Case, text: str) -> str:
    try:
        _good_query(case, text)
    except SyntaxError:
        return ""
    return "a query that is not in the grammar was taken"


def _good_update(case: Case, text: str) -> str:
    try:
        ox.Store().update(text, base_iri=_base(case))
    except SyntaxError as error:
        return f"SyntaxError: {error}"
    except (OSError, RuntimeError):
        pass  # it was read, and what failed is doing it: there is nothing to LOAD, COPY or MOVE
    return ""


def _bad_update(case: Case, text: str) -> str:
    return "" if _good_update(case, text) else "an update that is not in the grammar was taken"


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
    judged = [case for case in read_cases() if case.kind in _JUDGES]  # an engine has no service description
    texts = {case.name: redirected(case.text, sys.argv[1], case.name) for case in judged}
    asking = [case for case in judged if texts[case.name] != case.text]
    found = {case.name: verdict(case, texts[case.name]) for case in asking}
    refuse_network()
    found |= {case.name: verdict(case, case.text) for case in judged if case not in asking}
    json.dump(found, sys.stdout)
