"""Changes what a Turtle file says and leaves the rest of its text as it is: comments, order, layout.

A file is a head (comments, base, prefixes) and blocks, each a subject with its full stop. Blocks that still
say what is wanted stay word for word; the others are written anew where they stand, and what is new follows
at the end.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TypeGuard

import pyoxigraph as ox

from clipgraph.rdf.heading import TOKEN
from clipgraph.rdf.identity import GENID
from clipgraph.rdf.prefixes import PREFIXES
from clipgraph.rdf.terms import BlankNode, Literal, NamedNode, Quad, Store, Triple

_OPENING, _CLOSING = "([", ")]"
_DIRECTIVE = re.compile(r"^(?:@prefix|@base)\b.*$\n?", re.MULTILINE)


@dataclass(frozen=True)
class _Block:
    """A statement of a file: the comments above it, its own text, and what it says."""

    above: str
    text: str
    triples: tuple[Triple, ...]


def revised(text: str, wanted: Collection[Triple]) -> str:
    """Return the text of a file changed so that it says ``wanted``.

    Args:
        text: a tidy file; empty for a new one.
        wanted: what it has to say; skolem IRIs are written as blank nodes.

    A file that has blank nodes, or is to have some, is written whole, without its comments: which of them is
    which cannot be told.
    """
    head, blocks, tail = _divided(text)
    base = next((token["base"] for token in TOKEN.finditer(head) if token["base"]), None)
    blank = any(_is_blank(each) for block in blocks for each in block.triples) or any(map(_is_blank, wanted))
    if blank:
        blocks = []
    left = dict.fromkeys(wanted)
    said = {triple for block in blocks for triple in block.triples}
    new: defaultdict[object, list[Triple]] = defaultdict(list)
    for triple in left:
        if triple not in said:
            new[triple.subject].append(triple)
    pieces = [_kept(block, left, new, base) for block in blocks]
    pieces += [f"\n{_written(triples, base)}" for triples in new.values()]
    return "".join([_with_prefixes(head), *pieces, tail])


def _kept(
    block: _Block, wanted: Collection[Triple], new: defaultdict[object, list[Triple]], base: str | None
) -> str:
    """Return a block as it is to be; takes what is new of its subject out of ``new``."""
    kept = [triple for triple in block.triples if triple in wanted]
    added = new.pop(block.triples[0].subject, []) if block.triples else []
    if len(kept) == len(block.triples) and not added:
        return block.above + block.text
    written = _written([*kept, *added], base) if kept or added else ""
    return block.above + written  # a comment above what is gone is for a person to take away


def _written(triples: Sequence[Triple], base: str | None) -> str:
    output = BytesIO()
    ox.serialize(map(_blank, triples), output, ox.RdfFormat.TURTLE, prefixes=dict(PREFIXES), base_iri=base)
    return _DIRECTIVE.sub("", output.getvalue().decode())


def _with_prefixes(head: str) -> str:
    """Return the head with every prefix that a block might use; tidying takes out what none does."""
    declared = {token["name"] for token in TOKEN.finditer(head) if token["namespace"]}
    missing = (f"@prefix {name}: <{space}> .\n" for name, space in PREFIXES.items() if name not in declared)
    return head + "".join(missing)


def _divided(text: str) -> tuple[str, list[_Block], str]:
    """Return the head, the blocks, and what follows the last of them."""
    head, rest = _cut_head(text)
    blocks: list[_Block] = []
    above, body, depth = "", "", 0
    for token in TOKEN.finditer(rest):
        piece = token[0]
        if not body and (token["comment"] or piece.isspace()):
            above += piece
            continue
        body += piece
        if token["other"]:
            depth += (piece in _OPENING) - (piece in _CLOSING)
            if piece == "." and not depth:
                blocks.append(_Block(above, body, _read(head + body)))
                above = body = ""
    return head, blocks, above + body


def _cut_head(text: str) -> tuple[str, str]:
    end = 0
    for token in TOKEN.finditer(text):
        if token["directive"]:
            end = token.end()
        elif not (token["comment"] or token[0].isspace()):
            break
    return (f"{text[:end]}\n", text[end:].removeprefix("\n")) if end else ("", text)


def _read(text: str) -> tuple[Triple, ...]:
    return tuple(_stored(quad.triple) for quad in ox.parse(text, format=ox.RdfFormat.TURTLE))


def _stored(triple: Triple) -> Triple:
    """Return the triple as a store gives it back, which writes some literals in another form."""
    if not isinstance(triple.object, Literal):
        return triple
    store = Store()
    store.add(Quad(triple.subject, triple.predicate, triple.object))
    (stored,) = store
    return Triple(stored.subject, stored.predicate, stored.object)


def _is_blank(term: object) -> bool:
    """Tell whether a term is a blank node, by label or by skolem IRI, or a triple that names one."""
    if isinstance(term, Triple):
        return _is_blank(term.subject) or _is_blank(term.object)
    return isinstance(term, BlankNode) or _is_skolem(term)


def _is_skolem(term: object) -> TypeGuard[NamedNode]:
    return isinstance(term, NamedNode) and term.value.startswith(GENID)


def _blank(triple: Triple) -> Triple:
    """Return the triple with blank nodes where it has skolem IRIs."""

    def back(term: object) -> object:
        if isinstance(term, Triple):
            return _blank(term)
        return BlankNode(term.value.removeprefix(GENID)) if _is_skolem(term) else term

    return Triple(back(triple.subject), triple.predicate, back(triple.object))  # type: ignore[arg-type]
