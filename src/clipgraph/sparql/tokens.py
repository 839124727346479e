"""Cuts a SPARQL text into tokens, without recursion and without judging the grammar.

Follows the terminals of https://www.w3.org/TR/sparql11-query/#sparqlGrammar as the engine reads them: no
space is needed around keywords. What is no token by itself comes out as one character.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NAME = r"[\w·\-]"  # close to PN_CHARS: letters, digits, _ - ·
_ESCAPE = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%]"
_LONG = r"{q}{q}{q}(?:[^{q}\\]|\\.|{q}(?!{q}{q}))*+"
_SHORT = r"(?!{q}{q}{q}){q}(?:[^{q}\\\n\r]|\\[^\n\r])*+"
# Every character is looked at a bounded number of times: an unclosed string is a token to its end, and a
# word takes all that a prefix might (with . and -), so that neither is scanned again from its second letter.
_PATTERN = re.compile(
    rf"""
    (?P<comment>\#[^\n\r]*)
  | (?P<string>{_LONG.format(q='"')}\"\"\" | {_LONG.format(q="'")}'''
              | {_SHORT.format(q='"')}" | {_SHORT.format(q="'")}')
  | (?P<unclosed>{_LONG.format(q='"')} | {_LONG.format(q="'")}
              | {_SHORT.format(q='"')} | {_SHORT.format(q="'")})
  | (?P<iri><(?:[^<>"{{}}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{{4}}|\\U[0-9A-Fa-f]{{8}})*>)
  | (?P<variable>[?$]\w+)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<name>(?:[^\W\d_](?:(?:{_NAME}|\.)*{_NAME})?|_)?:(?:(?:{_NAME}|[.:]|{_ESCAPE})*
              (?:{_NAME}|:|{_ESCAPE}))?)
  | (?P<word>[^\W\d](?:{_NAME}|\.)*+)
  | (?P<number>\d[\d.]*+)
  | (?P<space>\s+)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query: its kind (a group of the pattern), its text and where it starts (from 0)."""

    kind: str
    text: str
    start: int


def tokens(text: str) -> Iterator[Token]:
    """Yield every token, spaces and comments included: their texts joined are the text."""
    for match in _PATTERN.finditer(text):
        yield Token(match.lastgroup or "other", match.group(), match.start())


def declared_tokens(text: str) -> Iterator[tuple[Token, bool]]:
    """Yield every token, and whether it is a name whose prefix is not declared before it."""
    declared, last = {"_"}, ""
    for token in tokens(text):
        undeclared = False
        if token.kind == "name":
            prefix = token.text.split(":", 1)[0]
            if last == "prefix":
                declared.add(prefix)
            undeclared = prefix not in declared
        yield token, undeclared
        if token.kind not in ("space", "comment"):
            last = token.text.lower()
