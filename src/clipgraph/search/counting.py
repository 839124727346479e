"""Narrows the hits by what is chosen, and counts what each further value would leave."""

import sqlite3
from typing import Any

from clipgraph.search.matching import value_numbers
from clipgraph.search.questions import Question


def narrow(connection: sqlite3.Connection, question: Question) -> dict[str, int]:
    """Set in each hit a bit for each facet of which it has a chosen value; returns the bits by facet."""
    bits: dict[str, int] = {}
    for number, (facet, values) in enumerate(sorted(question.chosen.items())):
        bits[facet] = 1 << number
        found = value_numbers(connection, facet, values)
        marks = ",".join("?" * len(found))
        connection.execute(
            f"UPDATE hit SET mask = mask | ? WHERE id IN (SELECT thing FROM tag WHERE value IN ({marks}))",  # noqa: S608
            (bits[facet], *found),
        )
    return bits


def count(
    connection: sqlite3.Connection, question: Question, bits: dict[str, int]
) -> dict[str, list[dict[str, Any]]]:
    """Return for each counted facet its values with their counts, the most frequent first, then the chosen.

    A count is how many things one would see with that value chosen in place of others of its facet, and all
    that is chosen of other facets.
    """
    every = sum(bits.values())
    free = [facet for facet in question.counted if facet not in bits]
    numbers = _numbers(connection, free, every)
    for facet in question.counted:
        if facet in bits:
            numbers |= _numbers(connection, [facet], every - bits[facet])
    counted: dict[str, list[dict[str, Any]]] = {}
    for facet in question.counted:
        chosen = set(value_numbers(connection, facet, question.chosen.get(facet, ())))
        ordered = sorted(numbers.get(facet, {}).items(), key=lambda item: (-item[1], item[0]))
        kept = ordered[: question.values]
        there = {value for value, _ in kept}
        kept += [(value, dict(ordered).get(value, 0)) for value in sorted(chosen - there)]
        counted[facet] = [{"id": value, "count": number, "chosen": value in chosen} for value, number in kept]
    return counted


def _numbers(connection: sqlite3.Connection, facets: list[str], needed: int) -> dict[str, dict[int, int]]:
    """Return for each facet how many hits with the needed bits have each value."""
    marks = ",".join("?" * len(facets))
    rows = connection.execute(
        "SELECT value.facet, value.id, n FROM (SELECT tag.value AS held, count(*) AS n "  # noqa: S608
        "FROM hit CROSS JOIN tag ON tag.thing = hit.id WHERE (hit.mask & ?) = ? GROUP BY tag.value) "
        f"JOIN value ON value.id = held WHERE value.facet IN ({marks})",
        (needed, needed, *facets),
    )
    found: dict[str, dict[int, int]] = {facet: {} for facet in facets}
    for facet, value, number in rows:
        found[facet][value] = number
    return found
