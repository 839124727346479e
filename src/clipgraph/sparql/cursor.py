"""Walks over the tokens of a trusted query: keywords, terms, brackets."""

import re
from collections.abc import Mapping
from urllib.parse import urljoin

from clipgraph.rdf.prefixes import REUSED
from clipgraph.rdf.terms import Literal, NamedNode
from clipgraph.sparql.patterns import Variable
from clipgraph.sparql.tokens import Token, tokens

_ESCAPED = re.compile(r"\\(.)")
_KEYWORDS = {
    "FILTER",
    "OPTIONAL",
    "MINUS",
    "BIND",
    "VALUES",
    "UNION",
    "GRAPH",
    "SERVICE",
    "SELECT",
    "LATERAL",
}
_TYPE = NamedNode(REUSED["rdf"] + "type")
_NUMBER = re.compile(r"\d+(\.\d+)?")


class Unread(Exception):
    """A query has something that is not read here; nothing is wrong with it."""


class Cursor:
    """A place among the tokens of a query, spaces and comments left out.

    Every method that reads raises Unread where what it expects does not stand there.
    """

    def __init__(self, text: str, prefixes: Mapping[str, str]) -> None:
        self._tokens = [token for token in tokens(text) if token.kind not in ("space", "comment")]
        self._place = 0
        self._prefixes = dict(prefixes)
        self._base = ""

    def _here(self) -> Token:
        if self._place >= len(self._tokens):
            return Token("end", "", 0)
        return self._tokens[self._place]

    def advance(self) -> Token:
        """Return the token that stands here and go on."""
        token = self._here()
        if token.kind == "end":
            raise Unread("the query ends")
        self._place += 1
        return token

    def sees(self, text: str) -> bool:
        """Tell whether this keyword or character stands here."""
        token = self._here()
        return token.kind in ("word", "other") and token.text.upper() == text

    def sees_keyword(self) -> bool:
        """Tell whether a keyword stands here that begins another part of a group."""
        token = self._here()
        return token.kind == "word" and token.text.upper() in _KEYWORDS

    def sees_variable(self) -> bool:
        """Tell whether a variable stands here."""
        return self._here().kind == "variable"

    def take(self, text: str) -> bool:
        """Go on if this keyword or character stands here; tell whether it did."""
        if not self.sees(text):
            return False
        self._place += 1
        return True

    def expect(self, text: str) -> None:
        """Go on after this keyword or character."""
        token = self.advance()
        if token.kind not in ("word", "other") or token.text.upper() != text:
            raise Unread(f"{token.text} in place of {text}")

    def expect_end(self) -> None:
        """Expect that nothing is left."""
        if self._here().kind != "end":
            raise Unread(f"{self._here().text} after the last bracket")

    def prologue(self) -> str:
        """Read the declarations; return the form of the query in capital letters."""
        while True:
            word = self.advance().text.upper()
            if word == "PREFIX":
                name = self.advance().text
                self._prefixes[name.removesuffix(":")] = self._iri(self.advance())
            elif word == "BASE":
                self._base = self._iri(self.advance())
            elif word in ("SELECT", "ASK"):
                return word
            else:
                raise Unread(f"a query that begins with {word}")

    def skip_to_group(self, form: str) -> None:
        """Go to the bracket that opens the WHERE clause; expressions and datasets before it are not read."""
        while not self.sees("{"):
            token = self.advance()
            plain = token.kind == "variable" or token.text.upper() in ("WHERE", "DISTINCT", "REDUCED", "*")
            if not plain:
                raise Unread(f"{token.text} after {form}")

    def variable(self) -> Variable:
        """Read a variable."""
        token = self.advance()
        if token.kind != "variable":
            raise Unread(f"{token.text} in place of a variable")
        return Variable(token.text[1:])

    def end(self, *, verb: bool = False) -> NamedNode | Literal | Variable:
        """Read a term or a variable; ``a`` is only one in the place of a verb."""
        token = self.advance()
        if token.kind == "variable":
            return Variable(token.text[1:])
        if token.kind == "iri":
            return _node(self._iri(token))
        if token.kind == "name":
            return self._name(token.text)
        if verb and token.text == "a":
            return _TYPE
        return self._literal(token)

    def _iri(self, token: Token) -> str:
        if token.kind != "iri" or "\\" in token.text:
            raise Unread(f"{token.text} in place of a plain IRI")
        iri = token.text[1:-1]
        if not self._base:
            return iri
        absolute = urljoin(self._base, iri)
        # An empty fragment is dropped there, and most namespaces end with one.
        return absolute + "#" if iri.endswith("#") and not absolute.endswith("#") else absolute

    def _name(self, text: str) -> NamedNode:
        prefix, local = text.split(":", 1)
        if prefix not in self._prefixes:
            raise Unread(f"the prefix {prefix}: is not declared")
        return _node(self._prefixes[prefix] + _ESCAPED.sub(r"\1", local))

    def _literal(self, token: Token) -> Literal:
        if token.kind == "word" and token.text in ("true", "false"):
            return Literal(token.text == "true")
        if token.kind == "number" and _NUMBER.fullmatch(token.text):
            kind = "decimal" if "." in token.text else "integer"
            return Literal(token.text, datatype=NamedNode(REUSED["xsd"] + kind))
        if token.kind != "string" or "\\" in token.text:
            raise Unread(f"{token.text} in place of a term")
        value = token.text[3:-3] if token.text[:3] in ('"""', "'''") else token.text[1:-1]
        following = self._here()
        if following.kind == "language":
            return _tagged(value, self.advance().text[1:])
        if self.take("^"):
            self.expect("^")
            datatype = self.end()
            if not isinstance(datatype, NamedNode):
                raise Unread("a datatype that is no IRI")
            return Literal(value, datatype=datatype)
        return Literal(value)


def _node(iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise Unread(f"{iri} is no IRI") from error


def _tagged(value: str, language: str) -> Literal:
    try:
        return Literal(value, language=language)
    except ValueError as error:
        raise Unread(f"{language} is no language tag") from error
