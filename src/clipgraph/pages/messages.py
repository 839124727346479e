"""Marks the messages that stand in Python, so that ``make messages`` finds them."""


def N_(message: str) -> str:  # noqa: N802  # the name that Babel looks for
    """Return the message as it is; where it is shown, it is translated."""
    return message
