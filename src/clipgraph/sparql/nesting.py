"""Refuses paths that repeat a path that repeats a path, and so on: the engine's work grows with every level.

Measured on three triples: 100 levels of ``(…)+`` take the engine 1.8 s, 2,000 any time there is.
"""

from clipgraph.errors import TooComplex
from clipgraph.sparql.tokens import Token, tokens

_MOST = 50  # no question needs three; ``(…) * 2`` in an expression looks the same


def check_nesting(text: str) -> None:
    """Look for brackets within brackets with ``*`` or ``+`` behind each.

    Raises:
        TooComplex: they are nested too deeply.
    """
    if text.count("(") <= _MOST:
        return
    open_brackets = [0]  # for each, the levels inside of it
    closed = 0  # the levels inside of the bracket that has just been closed, if one has
    before = Token("other", "", 0)
    for token in tokens(text):
        if token.kind in ("space", "comment"):
            continue
        if token.text in ("*", "+") and before.text == ")":
            open_brackets[-1] = max(open_brackets[-1], closed + 1)
            if closed >= _MOST:
                line = text.count("\n", 0, token.start) + 1
                raise TooComplex(
                    f"repetitions in line {line} stand in each other more than {_MOST} levels deep: "
                    "((p)*)* means no more than p*"
                )
        elif token.text == "(":
            open_brackets.append(0)
        elif token.text == ")" and len(open_brackets) > 1:
            closed = open_brackets.pop()
            open_brackets[-1] = max(open_brackets[-1], closed)
        before = token
