"""The page of what changed of the ontology between two releases."""

from collections.abc import Sequence

from clipgraph.pages.asking import Asking
from clipgraph.pages.changes import ADDED, CHANGED, REMOVED, compare
from clipgraph.pages.messages import N_
from clipgraph.pages.ontology import header
from clipgraph.pages.vocabulary import Vocabulary
from clipgraph.releases.release import Release

_HEADINGS = ((ADDED, N_("Added")), (REMOVED, N_("Removed")), (CHANGED, N_("Changed")))


def changes_page(
    asking: Asking,
    versions: Sequence[Release],
    before: tuple[Release, Vocabulary] | None,
    after: tuple[Release, Vocabulary],
) -> str:
    """Return the page; ``before`` is None where no earlier version is kept."""
    found = compare(before[1], after[1]) if before else []
    sections = [
        (kind, heading, [change for change in found if change.kind == kind]) for kind, heading in _HEADINGS
    ]
    return asking.render(
        "ontology-changes.html",
        versions=versions,
        before=before and before[0],
        after=after[0],
        version_before=header(before[1], asking.reader).version if before else "",
        version_after=header(after[1], asking.reader).version,
        sections=[section for section in sections if section[2]],
    )
