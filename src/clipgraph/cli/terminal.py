"""How commands talk: results on standard output, progress and errors on standard error."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape

FINE, FINDINGS, CANNOT = 0, 1, 2

# Not emoji: an IRI such as urn:a:b has colons of its own.
out = Console(highlight=False, soft_wrap=True, emoji=False)
err = Console(stderr=True, highlight=False, soft_wrap=True, emoji=False)


@contextmanager
def progress(doing: str) -> Iterator[Callable[[str], None]]:
    """Show what is being done on a terminal; stay quiet in a pipe."""
    if not err.is_terminal:
        yield lambda _: None
        return
    with err.status(escape(doing)) as status:
        yield lambda text: status.update(escape(text))


def complain(message: str) -> None:
    """Say what went wrong: one line, or one for each thing."""
    for line in message.splitlines():
        print(f"clipgraph: {line}", file=sys.stderr)
