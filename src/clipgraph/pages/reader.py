"""Who reads a page: in which language, and where its links lead."""

from dataclasses import dataclass

DEFAULT = "en"


@dataclass(frozen=True)
class Reader:
    """A reader's ``language`` (a tag of BCP 47) and the ``prefix`` of links within the site.

    The prefix is ``/de`` where the reader's language stands in the address, else empty: then the browser's
    Accept-Language goes on deciding.
    """

    language: str = DEFAULT
    prefix: str = ""

    def link(self, path: str) -> str:
        """Return where a link to a path of this site goes."""
        return self.prefix + path if path != "/" or not self.prefix else self.prefix

    def rank(self, language: str) -> int:
        """Return the place of a literal's language in this reader's order, 0 for the best.

        The reader's own language comes first, then English, then what has none, then the others.
        """
        primary = language.lower().partition("-")[0]
        order = (self.language, DEFAULT, "")
        return order.index(primary) if primary in order else len(order)
