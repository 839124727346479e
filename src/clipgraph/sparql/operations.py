"""Cuts a SPARQL Update into its operations and gives it the dataset that the protocol names.

Works on tokens, without judging the grammar: what it cannot cut, the engine will not read either
(https://www.w3.org/TR/sparql11-query/#rUpdate).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clipgraph.errors import BadRequest
from clipgraph.sparql.tokens import Token, tokens

# The keywords outside of braces that the engine reads with no space between them (``USINGNAMED<g>``).
_ONE = "INSERT|DELETE|DATA|WHERE|CLEAR|DROP|SILENT|ALL|NAMED|DEFAULT|USING|WITH"
_KEYWORDS = re.compile(_ONE)
_GLUED = re.compile(rf"(?:{_ONE})+")


@dataclass(frozen=True)
class Data:
    """An INSERT DATA or DELETE DATA: whether it inserts, and the update that inserts the same data alone."""

    inserts: bool
    text: str


@dataclass(frozen=True, slots=True)
class _Placed:
    """A token and the depth of braces it stands in; a brace belongs to what is outside it."""

    token: Token
    depth: int


def _placed(text: str) -> Iterator[_Placed]:
    depth = 0
    for token in tokens(text):
        closes = token.kind == "other" and token.text == "}"
        depth -= closes
        yield _Placed(token, depth)
        depth += token.kind == "other" and token.text == "{"


def _keyword(each: _Placed) -> str:
    """Return the keywords in upper case that a token is at the outermost level, else nothing."""
    if each.depth or each.token.kind != "word":
        return ""
    word = each.token.text.upper()
    return " ".join(_KEYWORDS.findall(word)) if _GLUED.fullmatch(word) else word


def data_operations(text: str) -> list[Data] | None:
    """Return the operations of an update that is made of INSERT DATA and DELETE DATA alone, else None."""
    found: list[Data] = []
    for prologue, operation in _operations(text):
        words = " ".join(filter(None, map(_keyword, operation)))
        if words not in ("INSERT DATA", "DELETE DATA"):
            return None
        block = "".join(each.token.text for each in operation if each.depth or _is_brace(each))
        found.append(Data(words == "INSERT DATA", f"{prologue}INSERT DATA {block}"))
    return found


def clears_all(text: str) -> bool:
    """Tell whether an update empties every graph, with CLEAR or DROP of ALL or NAMED."""
    return any(
        words[:1] in (["CLEAR"], ["DROP"]) and words[-1] in ("ALL", "NAMED")
        for words in (" ".join(map(_keyword, operation)).split() for _, operation in _operations(text))
    )


def _is_brace(each: _Placed) -> bool:
    return each.token.kind == "other" and each.token.text in "{}"


def _operations(text: str) -> Iterator[tuple[str, list[_Placed]]]:
    """Yield each operation with the prologue that holds for it; spaces and comments outside are left out."""
    prologue, operation, in_prologue = "", list[_Placed](), False
    for each in _placed(text):
        token, keyword = each.token, _keyword(each)
        if not each.depth and token.kind in ("space", "comment"):
            continue
        if keyword in ("PREFIX", "BASE") and not operation:
            in_prologue = True
        if in_prologue:
            prologue += f"{token.text} "
            in_prologue = token.kind != "iri"
        elif not each.depth and token.text == ";":
            if operation:
                yield prologue, operation
            operation = []
        else:
            operation.append(each)
    if operation:
        yield prologue, operation


def one_by_one(text: str) -> list[str]:
    """Return the operations of an update as updates of their own, where a later one has a prologue.

    Empty where none has: there the engine reads the text as it is. It reads no PREFIX or BASE behind a
    semicolon, which the grammar has (https://www.w3.org/TR/sparql11-query/#rUpdate). Everything stays in its
    place, so that what the engine says of a place holds.
    """
    kept, operation, found = list[str](), list[str](), list[str]()
    in_prologue = later = False
    for each in _placed(text):
        token = each.token
        if not operation and _keyword(each) in ("PREFIX", "BASE"):
            in_prologue, later = True, later or bool(found)
        if not each.depth and token.text == ";":
            found += _alone(kept, operation)
            kept += [*map(_blank, operation), " "]
            operation = []
        elif in_prologue or (not operation and token.kind in ("space", "comment")):
            kept.append(token.text)
            in_prologue = in_prologue and token.kind != "iri"
        else:
            operation.append(token.text)
    return found + _alone(kept, operation) if later else []


def _alone(before: list[str], operation: list[str]) -> list[str]:
    return ["".join([*before, *operation])] if operation else []


def _blank(text: str) -> str:
    return re.sub(r"[^\r\n]", " ", text)


def _keywords(text: str) -> Iterator[tuple[_Placed, str]]:
    """Yield every token with its keyword; ``USINGex:g`` is USING ex:g where no keyword calls for a name."""
    last = ""
    for each in _placed(text):
        keyword, token = _keyword(each), each.token
        if token.kind == "name" and not each.depth and not last:
            name = token.text.upper()
            keyword = next((word for word in ("USING", "WITH") if name.startswith(word)), "")
        yield each, keyword
        if token.kind not in ("space", "comment"):
            last = keyword


def with_dataset(text: str, using: Sequence[str], named: Sequence[str]) -> str:
    """Return the update with USING and USING NAMED in every operation that has a WHERE.

    That is what ``using-graph-uri`` and ``using-named-graph-uri`` mean
    (https://www.w3.org/TR/sparql11-protocol/#update-dataset).

    Raises:
        BadRequest: the update names a dataset itself (USING or WITH).
    """
    if not using and not named:
        return text
    clause = "".join(
        [*(f" USING <{iri}>" for iri in using), *(f" USING NAMED <{iri}>" for iri in named), " "]
    )
    pieces: list[str] = []
    copying: list[str] | None = None  # the pattern of a DELETE WHERE, which has no place for USING
    last = ""
    for each, keyword in _keywords(text):
        token = each.token
        if keyword.startswith(("USING", "WITH")):
            word = keyword.split()[0]
            raise BadRequest(
                f"{word} in the update and using-graph-uri in the request both name a dataset: use one"
            )
        if keyword == "DELETE WHERE" or (keyword == "WHERE" and last == "DELETE"):
            pieces.append("DELETE " if keyword == "DELETE WHERE" else " ")
            copying = []
        elif keyword == "WHERE":
            pieces.append(f"{clause}WHERE")
        else:
            pieces.append(token.text)
            if copying is not None:
                copying.append(token.text)
                if not each.depth and token.text == "}":
                    pieces.append(f"{clause}WHERE{''.join(copying)}")
                    copying = None
        if token.kind not in ("space", "comment"):
            last = keyword
    return "".join(pieces)
