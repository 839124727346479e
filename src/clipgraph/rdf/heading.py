"""The head of a Turtle file: its own comments, ``@base``, and exactly the prefixes that are used.

Works on the tokens of the text, so that comments and everything else stay as they are.
"""

import re
from collections.abc import Iterator

from clipgraph.errors import InputError
from clipgraph.rdf.prefixes import PREFIXES

# The tokens of https://www.w3.org/TR/turtle/#sec-grammar that matter here; strings and IRIs hide the rest.
TOKEN = re.compile(
    r'''(?P<string>"""(?:\\.|"{0,2}[^"\\])*"""|\'\'\'(?:\\.|'{0,2}[^'\\])*\'\'\'|"(?:\\.|[^"\\\r\n])*"|'(?:\\.|[^'\\\r\n])*')
    |(?P<iri><[^<>"{}|^`\s]*>)
    |(?P<comment>\#[^\r\n]*)
    |(?P<directive>(?:@prefix\s*|prefix\s+)(?P<name>[\w.-]*):\s*<(?P<namespace>[^<>]*)>(?:\s*(?:\#[^\r\n]*\s*)*\.(?=\s|\Z))?
        |(?:@base|base\b)\s*<(?P<base>[^<>]*)>(?:\s*\.(?=\s|\Z))?)
    |(?P<language>@[A-Za-z][\w-]*)
    |(?P<prefixed>(?P<prefix>[^\W\d_][\w.-]*|):(?:[\w:-]|\.(?=[\w:.%\\-])|%[0-9A-Fa-f]{2}|\\.)*)
    |(?P<blank>_:[\w.-]+)
    |(?P<other>[\w.+-]+|\s+|.)''',
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_OF_NAMESPACE = {namespace: prefix for prefix, namespace in PREFIXES.items()}


def comment_words(text: str) -> list[str]:
    """Return the words of all comments; two that follow each other may be joined, none may be lost."""
    found = (comment for token in TOKEN.finditer(text) for comment in _comments(token))
    return sorted(word for comment in found for word in comment.replace("#", " ").split())


def with_head(text: str, name: str) -> str:
    """Return the text with its prefixes and base in a head of their own."""
    tokens = list(TOKEN.finditer(text))
    declared, base = _declared(tokens, name)
    table = {p: _named(p, namespace, declared) for p, namespace in declared.items()}
    head, rest = _divided(tokens)
    body = "".join(_renamed(token, table) for token in rest)
    used = {p for token in rest if (p := token["prefix"]) is not None}
    directives = [f"@base <{base}> ."] if base is not None else []
    directives += sorted(
        f"@prefix {table[p]}: <{namespace}> ." for p, namespace in declared.items() if p in used
    )
    return "\n".join([*head, *directives, "", body.strip("\r\n"), ""])


def _declared(tokens: list[re.Match[str]], name: str) -> tuple[dict[str, str], str | None]:
    declared: dict[str, str] = {}
    bases: set[str] = set()
    for token in tokens:
        if token["base"] is not None:
            bases.add(token["base"])
        elif (
            token["directive"]
            and declared.setdefault(token["name"], token["namespace"]) != token["namespace"]
        ):
            raise InputError(
                f"{name}: the prefix {token['name']}: stands for two namespaces; give one another name"
            )
    if len(bases) > 1:
        raise InputError(f"{name}: @base stands for two IRIs; write those of one in full")
    return declared, next(iter(bases), None)


def _named(prefix: str, namespace: str, declared: dict[str, str]) -> str:
    """Return the table's prefix for a namespace, unless the file uses that name for something else."""
    wanted = _OF_NAMESPACE.get(namespace, prefix)
    return wanted if declared.get(wanted, namespace) == namespace else prefix


def _divided(tokens: list[re.Match[str]]) -> tuple[list[str], list[re.Match[str]]]:
    """Return the comments above the first statement up to the last directive there, and the tokens after."""
    last = 0
    for number, token in enumerate(tokens):
        if token["directive"]:
            last = number + 1
        elif not (token["comment"] or token[0].isspace()):
            break
    last = _line_end(tokens, last) if last else 0
    head = [comment for token in tokens[:last] for comment in _comments(token)]
    return head, [token for token in tokens[last:] if not token["directive"]]


def _line_end(tokens: list[re.Match[str]], last: int) -> int:
    """Return the number behind a comment that stands on the line of the last directive."""
    for number in range(last, min(last + 2, len(tokens))):
        if tokens[number]["comment"]:
            return number + 1
        if "\n" in tokens[number][0]:
            break
    return last


def _comments(token: re.Match[str]) -> Iterator[str]:
    if token["comment"]:
        yield token[0].rstrip()
    elif token["directive"]:
        yield from (line.strip() for line in re.findall(r"#[^\r\n>]*$", token[0], re.MULTILINE))


def _renamed(token: re.Match[str], table: dict[str, str]) -> str:
    prefix = token["prefix"]
    return token[0] if prefix is None else table.get(prefix, prefix) + token[0][len(prefix) :]
