"""Conditional requests on graphs, compared under the lock (RFC 9110, section 13).

The entity tag of a graph is its digest, then a full stop and what the representation is, which does not
count here.
"""

import re

from clipgraph.errors import PreconditionFailed
from clipgraph.writing.jobs import GraphJob

_TAG = re.compile(r'(W/)?"([^"]*)"')


def check_conditions(job: GraphJob, digest: str | None) -> None:
    """Compare If-Match and If-None-Match with the graph as it is.

    Args:
        job: the write.
        digest: of the graph now; None where there is none.

    Raises:
        PreconditionFailed: the graph is not what the request was made for.
    """
    if job.if_match is not None and not _matches(job.if_match, digest, weakly=False):
        raise PreconditionFailed(
            "the graph is not the one that If-Match names: read it again, and send what you want of that"
        )
    if job.if_none_match is not None and _matches(job.if_none_match, digest, weakly=True):
        raise PreconditionFailed("the graph is there already, which If-None-Match rules out")


def _matches(header: str, digest: str | None, *, weakly: bool) -> bool:
    if digest is None:
        return False
    if header.strip() == "*":
        return True
    tags = _TAG.findall(header)
    return any(tag.split(".")[0] == digest for weak, tag in tags if weakly or not weak)
