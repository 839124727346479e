"""The tokenizer: nothing lost, nothing slow, strings and IRIs and names kept whole."""

import random

import pytest

from clipgraph.sparql.tokens import tokens

PIECES = [
    *(
        "SELECT",
        "SERVICE",
        "?x",
        "$y",
        "<http://a/b>",
        "<",
        ">",
        "a:b",
        ":",
        "_:b",
        "a:b%41\\,",
        "5",
        "1.5e3",
        "true",
    ),
    *(
        '"',
        "'",
        '"""',
        "'''",
        '"a\\"b"',
        "\\",
        "\\u0041",
        "#",
        "\n",
        "\r",
        "\t",
        " ",
        "{",
        "}",
        "@en-GB",
        "^^",
        ".",
    ),
    *("-", "·", "é", "\u0300", "\u2028", "\0", "😀", "\ud800", "%", "%4", "(", ")", ",", ";"),
]


def kinds(text: str) -> list[tuple[str, str]]:
    return [(token.kind, token.text) for token in tokens(text) if token.kind != "space"]


def test_the_texts_joined_are_the_text() -> None:
    source = random.Random(1)  # noqa: S311
    for _ in range(3000):
        text = "".join(source.choices(PIECES, k=source.randint(0, 30)))

        found = list(tokens(text))

        assert "".join(token.text for token in found) == text
        assert all(text.startswith(token.text, token.start) for token in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("?x$y", [("variable", "?x"), ("variable", "$y")]),
        ("<a#b?x>", [("iri", "<a#b?x>")]),
        ("?a<?b", [("variable", "?a"), ("other", "<"), ("variable", "?b")]),
        ("#?x\n?y", [("comment", "#?x"), ("variable", "?y")]),
        ("#?x\r?y", [("comment", "#?x"), ("variable", "?y")]),
        ('"a\\"?x"', [("string", '"a\\"?x"')]),
        ("'''a'b''?x\n'''", [("string", "'''a'b''?x\n'''")]),
        ('""""a"', [("unclosed", '""""a"')]),
        ("''?x", [("string", "''"), ("variable", "?x")]),
        ("'a\n?x", [("unclosed", "'a"), ("variable", "?x")]),
        ("'a\\\n?x", [("unclosed", "'a"), ("other", "\\"), ("variable", "?x")]),
        ('"a"@en-GB.', [("string", '"a"'), ("language", "@en-GB"), ("other", ".")]),
        ("a:b.?x", [("name", "a:b"), ("other", "."), ("variable", "?x")]),
        ("a:b\\,c%20d", [("name", "a:b\\,c%20d")]),
        ("a:b\\ c", [("name", "a:b"), ("other", "\\"), ("word", "c")]),
        (":a:1", [("name", ":a:1")]),
        ("_:a.b", [("name", "_:a.b")]),
        ("a.b:c", [("name", "a.b:c")]),
        ("5SERVICE<u>", [("number", "5"), ("word", "SERVICE"), ("iri", "<u>")]),
    ],
)
def test_kinds(text: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(text) == expected


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "piece",
    [
        '"""b\n\\',
        "a.",
        "a-",
        "-a.",
        "\\'",
        '\\"',
        "'",
        "'''a",
        '"""\\',
        "<a",
        ":.",
        "a:.",
        "?a",
        "·",
        "%41:",
        "_:a.",
        "@a-",
        ":\\",
    ],
)
def test_no_text_takes_more_than_linear_time(piece: str) -> None:
    text = piece * 100_000  # of quadratic time this would be hours

    assert sum(len(token.text) for token in tokens(text)) == len(text)
