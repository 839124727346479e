"""What an IRI says it is nested in."""

import pytest

from clipgraph.pages.breadcrumbs import ancestors

ID = "https://w3id.org/clipgraph/id/"


@pytest.mark.parametrize(
    ("iri", "above"),
    [
        (ID + "city/stuttgart", []),
        (ID + "network/clip/membership/stuttgart", ["network/clip"]),
        (ID + "event/launch/time", ["event/launch"]),
        (ID + "a/b/c/d/e/f", ["a/b", "a/b/c/d"]),
        (ID + "a/b/c/d/period", ["a/b", "a/b/c/d"]),
        (ID, []),
        ("https://w3id.org/clipgraph/scheme/role/member", []),
        ("https://example.org/id/a/b/c/d", []),
    ],
)
def test_pairs_of_kind_and_name_are_levels(iri: str, above: list[str]) -> None:
    assert ancestors(iri) == [ID + each for each in above]
