"""Messages that are translated where they are shown, with what stands in their places; words of others."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Words:
    """A message of the catalogues with places like ``%(number)s``, and what stands there."""

    message: str = ""
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return it in English."""
        return self.message % self.values


def worded(message: str, **values: object) -> Words:
    """Return a message with what stands in its places."""
    return Words(message, values)


def printable(text: str) -> str:
    """Return what another program said, with a space for each character that could steer a terminal."""
    return "".join(c if c.isprintable() else " " for c in text)
