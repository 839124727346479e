r"""Cuts a SPARQL text into tokens, without recursion and without judging the grammar.

Follows the terminals of https://www.w3.org/TR/sparql11-query/#sparqlGrammar as the engine reads them: no
space is needed around keywords. What is no token by itself comes out as one character.

Two things depend on what stands around and are not decided here: ``<`` is an IRI wherever it can be one, and
a long string that does not end, or has an escape that there is not (``'''a' \q'''``), is ``unclosed`` up to
the end of the text, where the engine falls back to an empty string and goes on behind it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# PN_CHARS_BASE, VARNAME and PN_CHARS as the engine has them: nothing above U+FFFF.
_BASE = (
    r"A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    r"\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd"
)
_VARIABLE = rf"[{_BASE}_0-9\u00b7\u0300-\u036f\u203f-\u2040]"
_NAME = rf"[{_BASE}_0-9\u00b7\u0300-\u036f\u203f-\u2040\-]"
_HEX = "[0-9A-Fa-f]"
_LOCAL_ESCAPE = rf"%{_HEX}{{2}}|\\[_~.\-!$&'()*+,;=/?\#@%]"
# ECHAR, and UCHAR of a character that there is: no surrogate, nothing above U+10FFFF.
_CHARACTER = (
    rf"\\(?:[tbnrf\\\"']|u(?![Dd][89A-Fa-f]){_HEX}{{4}}"
    rf"|U0000(?![Dd][89A-Fa-f]){_HEX}{{4}}|U00(?:0[1-9A-Fa-f]|10){_HEX}{{4}})"
)


def _long(quote: str) -> str:
    return rf"{quote}{{3}}(?:[^{quote}\\]|{_CHARACTER}|{quote}(?!{quote}{{2}}))*+{quote}{{3}}"


def _short(quote: str) -> str:
    return rf"(?!{quote}{{3}}){quote}(?:[^{quote}\\\n\r]|{_CHARACTER})*+{quote}"


def _unclosed(quote: str) -> str:
    return rf"{quote}{{3}}.*+|{quote}(?:[^{quote}\\\n\r]|\\[^\n\r])*+{quote}?"


# Every character is looked at a bounded number of times: what is unclosed is not scanned again from within,
# and a word takes all that a prefix might (with . and -), so that it is not either.
_PATTERN = re.compile(
    rf"""
    (?P<comment>\#[^\n\r]*)
  | (?P<string>{_long('"')}|{_long("'")}|{_short('"')}|{_short("'")})
  | (?P<unclosed>{_unclosed('"')}|{_unclosed("'")})
  | (?P<iri><(?:[^<>"{{}}|^`\\\x00-\x20]|\\u{_HEX}{{4}}|\\U{_HEX}{{8}})*>)
  | (?P<variable>[?$]{_VARIABLE}+)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<name>(?:[{_BASE}](?:(?:{_NAME}|\.)*{_NAME})?|_)?:(?:(?:{_NAME}|[.:]|{_LOCAL_ESCAPE})*
              (?:{_NAME}|:|{_LOCAL_ESCAPE}))?)
  | (?P<word>[{_BASE}_](?:{_NAME}|\.)*+)
  | (?P<number>[0-9][0-9.]*+)
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
