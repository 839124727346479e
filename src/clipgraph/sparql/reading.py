"""Reads a SPARQL text from the left: what is declared so far, which bracket is open, what is unclear."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from clipgraph.errors import Refused
from clipgraph.sparql.tokens import Token, tokens

_CLOSING = {")": "(", "]": "[", "}": "{"}
_OPERANDS = ("variable", "name", "iri", "string", "number", "language", "word")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_NOTHING = Token("other", "", 0)


class Reading:
    """The tokens of a text without spaces and comments; iterating keeps ``prefixes`` and ``open`` up to date.

    ``base`` is what relative IRIs are resolved against until the text names its own.
    """

    def __init__(self, text: str, base: str | None = None) -> None:
        self._text, self._base = text, base
        self._tokens = [token for token in tokens(text) if token.kind not in ("space", "comment")]
        self.prefixes: dict[str, str] = {}
        self.open: list[str] = []

    def __iter__(self) -> Iterator[tuple[int, Token]]:
        """Yield every token with its place.

        Raises:
            Refused: a ``<`` may be less-than or the start of an IRI, and what follows depends on it.
        """
        for place, token in enumerate(self._tokens):
            if token.kind == "iri" and self._unclear(place):
                raise Refused(
                    f"the < in line {self.line(token)} can be read as less-than and as the start of an IRI; "
                    "write a space behind it"
                )
            yield place, token
            self._declare(place, token)
            if token.text in ("(", "[", "{"):
                self.open.append(token.text)
            elif self.open and _CLOSING.get(token.text) == self.open[-1]:
                self.open.pop()

    def at(self, place: int) -> Token:
        """Return the token at a place; an empty one before the first and after the last."""
        return self._tokens[place] if 0 <= place < len(self._tokens) else _NOTHING

    def line(self, token: Token) -> int:
        """Return the line of a token, from 1."""
        return self._text.count("\n", 0, token.start) + 1

    def declares(self, token: Token) -> bool:
        """Tell whether the prefix of a name is declared."""
        prefix = token.text.split(":", 1)[0]
        return prefix in self.prefixes or prefix == "_"

    def iri(self, token: Token) -> str:
        """Return the IRI that an IRI token or a name with a declared prefix stands for."""
        if token.kind == "name":
            prefix, local = token.text.split(":", 1)
            return self.prefixes[prefix] + local.replace("\\", "")
        iri = _ESCAPED.sub(_character, token.text[1:-1])
        return iri if _ABSOLUTE.match(iri) or self._base is None else urljoin(self._base, iri)

    def _declare(self, place: int, token: Token) -> None:
        """Take up BASE <iri> and PREFIX name: <iri>, when ``token`` is their IRI."""
        if token.kind != "iri":
            return
        before, first = self.at(place - 1), self.at(place - 2)
        if before.text.lower() == "base":
            self._base = self.iri(token)
        elif before.kind == "name" and before.text.endswith(":"):
            glued = before.text.lower().startswith("prefix")
            if first.text.lower() == "prefix" or glued:
                name = before.text[:-1] if first.text.lower() == "prefix" else before.text[len("prefix") : -1]
                self.prefixes[name] = self.iri(token)

    def _unclear(self, place: int) -> bool:
        """Tell whether the engine might read less-than where an IRI token stands, and go on differently.

        Only inside of parentheses and behind an operand is there less-than. Where the text up to ``>``
        holds no comment, string or bracket, both ways of reading meet again there.
        """
        inside = self._tokens[place].text[1:-1]
        before = self.at(place - 1)
        behind_operand = before.kind in _OPERANDS or before.text == ")"
        if self.open[-1:] != ["("] or not behind_operand or not any(c in inside for c in "#'()[]"):
            return False
        first = next(tokens(inside))
        return (
            self.declares(first) if first.kind == "name" else first.kind != "other" or first.text in "(!+-."
        )


def _character(escape: re.Match[str]) -> str:
    try:
        return chr(int(escape[1] or escape[2], 16))
    except (ValueError, OverflowError):  # the engine refuses it, too
        return "\ufffd"
