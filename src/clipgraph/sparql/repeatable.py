"""Whether a query gives the same answer again on the same release."""

import re

from clipgraph.sparql.tokens import Token, tokens

# What differs from one evaluation to the next (https://www.w3.org/TR/sparql11-query/#SparqlOps), and what
# other endpoints say. Also glued to what stands before it, as the engine reads keywords.
_KEYWORDS = ("NOW", "RAND", "UUID", "BNODE", "SERVICE")
_CHANGING = re.compile("|".join(_KEYWORDS), re.IGNORECASE)
# From < to > without what a call or a clause needs: brackets, spaces, quotes.
_NAMED = re.compile(r'<[^<>"\'{}()|^`\\\x00-\x20]*+>')
_HARMLESS = {"comment", "string", "variable", "language", "space"}


def is_repeatable(text: str) -> bool:
    """Tell whether an answer may be kept for the next who asks; where that is not sure, it may not.

    A word or name that only contains such a keyword counts as one.
    """
    if not _has_keyword(text):
        return True
    # What can only be the name of something is left out: IRIs often hold such a word (``…/public-service``).
    if not _has_keyword(_NAMED.sub("", text)):
        return True
    return not any(_may_change(token) for token in tokens(text))


def _has_keyword(text: str) -> bool:
    folded = text.upper()  # which is many times faster than a pattern for either case
    for keyword in _KEYWORDS:  # noqa: SIM110  # every query comes here, and a generator takes twice as long
        if keyword in folded:
            return True
    return False


def _may_change(token: Token) -> bool:
    # ``0.5<RAND()&&1>0`` looks like an IRI from < to >, and the engine reads two comparisons there.
    harmless = token.kind in _HARMLESS or (token.kind == "iri" and "(" not in token.text)
    return not harmless and bool(_CHANGING.search(token.text))
