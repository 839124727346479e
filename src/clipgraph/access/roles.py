"""The roles that a token can have, each with all that the one before may do."""

from enum import StrEnum


class Role(StrEnum):
    """A role: readers read a private service, contributors submit, maintainers write."""

    READER = "reader"
    CONTRIBUTOR = "contributor"
    MAINTAINER = "maintainer"

    def covers(self, needed: "Role") -> bool:
        """Tell whether who has this role may do what ``needed`` may."""
        order = list(Role)
        return order.index(self) >= order.index(needed)
