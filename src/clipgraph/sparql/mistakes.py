"""Finds what people most often get wrong in a query, and says it in plain words.

To be asked of a query that the engine cannot read: what the engine says of it is where its grammar came to an
end, which may be far behind the mistake.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from clipgraph.rdf.prefixes import PREFIXES
from clipgraph.sparql.tokens import Token, declared_tokens, tokens
from clipgraph.wording import Words, worded

_CLOSES = {"}": "{", ")": "(", "]": "["}
_FORMS = ("select", "ask", "construct", "describe")
_UPDATES = ("insert", "delete", "load", "clear", "drop", "create", "copy", "move", "add", "with")
_AGGREGATES = ("count", "sum", "avg", "min", "max", "sample", "group_concat")
_QUOTED = 20  # letters of a word that is no keyword
_BEGINNING = worded("a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE, after its PREFIX lines")


_NONE = Words()


@dataclass(frozen=True)
class Mistake:
    """What is wrong and what to do, and where it stands, from 0."""

    offset: int
    reason: Words
    hint: Words = _NONE


def mistake(query: str) -> Mistake | None:
    """Return the first mistake that is known here, None where there is none of them."""
    read = [token for token in tokens(query) if token.kind not in ("space", "comment")]
    for looked in (_form, _undeclared, _text, _brackets, _selected):
        found = looked(query, read)
        if found is not None:
            return found
    return None


def _form(_: str, read: Sequence[Token]) -> Mistake | None:
    """Look at the prologue and the word that says what is asked."""
    at = 0
    while at < len(read) and read[at].text.lower() in ("prefix", "base"):
        is_prefix = read[at].text.lower() == "prefix"
        at += 1
        if is_prefix and at < len(read):
            name = read[at]
            if name.kind == "word":
                advice = worded("write PREFIX %(prefix)s: <namespace>", prefix=name.text[:_QUOTED])
                return Mistake(name.start, worded("a prefix ends with a colon"), advice)
            at += 1
        at += 1  # the namespace
    word = read[at] if at < len(read) else None
    if word is None:
        return None if read else Mistake(0, worded("there is no query here"), _BEGINNING)
    if word.kind == "word" and word.text.lower() in (*_FORMS, *_UPDATES):
        return None
    return Mistake(
        word.start, worded('no query begins with "%(word)s"', word=word.text[:_QUOTED]), _BEGINNING
    )


def _undeclared(query: str, _: Sequence[Token]) -> Mistake | None:
    """Look for the local part of the first name whose prefix is not declared."""
    for token, undeclared in declared_tokens(query):
        if undeclared:
            prefix = token.text.split(":", 1)[0]
            namespace = PREFIXES.get(prefix, "namespace")
            reason = worded('the prefix "%(prefix)s:" is not declared', prefix=prefix)
            advice = worded(
                "declare it: PREFIX %(prefix)s: <%(namespace)s>", prefix=prefix, namespace=namespace
            )
            return Mistake(token.start + len(prefix) + 1, reason, advice)
    return None


def _text(_: str, read: Sequence[Token]) -> Mistake | None:
    """Look for a text whose quotes are not closed."""
    for token in read:
        if token.kind == "unclosed":
            quote = token.text[:3] if token.text[:3] in ('"' * 3, "'" * 3) else token.text[0]
            return Mistake(
                token.start,
                worded("the text that begins here is not closed, or has an escape that there is not"),
                worded("it ends with %(quote)s; a backslash in it is written twice", quote=quote),
            )
    return None


def _brackets(_: str, read: Sequence[Token]) -> Mistake | None:
    """Look for brackets that are not in pairs."""
    opened: list[Token] = []
    for token in read:
        if token.kind != "other":
            continue
        if token.text in _CLOSES.values():
            opened.append(token)
        elif token.text in _CLOSES:
            if not opened or opened[-1].text != _CLOSES[token.text]:
                return _unopened(token, opened)
            opened.pop()
    if not opened:
        return None
    last = opened[-1]
    closing = next(close for close, begin in _CLOSES.items() if begin == last.text)
    return Mistake(
        last.start,
        worded('the "%(bracket)s" here is not closed', bracket=last.text),
        worded('write "%(bracket)s" where it ends', bracket=closing),
    )


def _unopened(token: Token, opened: Sequence[Token]) -> Mistake:
    if not opened:
        return Mistake(
            token.start,
            worded('the "%(bracket)s" here closes nothing', bracket=token.text),
            worded("take it out, or open it before"),
        )
    reason = worded(
        'a "%(bracket)s" cannot close the "%(other)s" that is open here',
        bracket=token.text,
        other=opened[-1].text,
    )
    return Mistake(token.start, reason, worded("brackets are closed in the reverse order of their opening"))


def _selected(_: str, read: Sequence[Token]) -> Mistake | None:
    """Look at what a SELECT names."""
    for first, second in _behind_select(read):
        if first.text == "," or second.text == ",":
            comma = first if first.text == "," else second
            return Mistake(comma.start, worded("SELECT takes no commas"), worded("write SELECT ?one ?other"))
        name = first.text.lower()
        if name in _AGGREGATES and second.text == "(":
            called = first.text.upper()
            advice = worded("write (%(aggregate)s(…) AS ?%(name)s)", aggregate=called, name=name)
            reason = worded("%(aggregate)s needs brackets and a name of its own", aggregate=called)
            return Mistake(first.start, reason, advice)
    return None


def _behind_select(read: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    """Yield what stands between SELECT and its pattern outside of brackets, each with what follows it."""
    depth, is_inside = 0, False
    for token, following in pairwise(read):
        if token.kind == "word" and token.text.lower() == "select":
            is_inside, depth = True, 0
        elif token.text == "{" or token.text.lower() in ("where", "from"):
            is_inside = False
        elif is_inside:
            if depth == 0:
                yield token, following
            depth += (token.text == "(") - (token.text == ")")
