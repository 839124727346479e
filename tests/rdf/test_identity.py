"""Paths and IRIs, there and back."""

import pytest

from clipgraph.rdf.identity import document_path, iri_of_path, is_ours, path_of_iri, slug_of, thing_path

BASE = "https://w3id.org/clipgraph/"


@pytest.mark.parametrize(
    "path", ["/id/city/stuttgart", "/def", "/def/City", "/scheme/a/b", "/shapes/X", "/graph/a/b"]
)
def test_there_and_back(path: str) -> None:
    iri = iri_of_path(path)

    assert iri == BASE + path[1:]
    assert path_of_iri(iri) == path
    assert is_ours(iri)


@pytest.mark.parametrize(
    "iri",
    [
        *("", "id/city/x", BASE, BASE + "doc/city/x", BASE + "identity/x", BASE + ".well-known/genid/a"),
        "http://w3id.org/clipgraph/id/x",
        "https://w3id.org/clipgraphs/id/x",
        "https://evil.org/?" + BASE + "id/x",
    ],
)
def test_iris_of_others(iri: str) -> None:
    assert path_of_iri(iri) is None
    assert not is_ours(iri)


@pytest.mark.parametrize(
    ("iri", "path"),
    [
        (BASE + "id/city/liège", "/id/city/li%C3%A8ge"),
        (BASE + "id/a%20b", "/id/a%20b"),
        (BASE + "id/a b?c#d\r\n", "/id/a%20b%3Fc%23d%0D%0A"),
        (BASE + 'id/"><script>', "/id/%22%3E%3Cscript%3E"),
    ],
)
def test_paths_are_percent_encoded_once(iri: str, path: str) -> None:
    assert path_of_iri(iri) == path


def test_things_and_their_documents() -> None:
    assert document_path("/id/city/x") == "/doc/city/x"
    assert thing_path("/doc/city/x") == "/id/city/x"
    assert document_path("/def/X") == thing_path("/def/X") == "/def/X"
    assert document_path("/identity") == "/identity"


@pytest.mark.parametrize(
    ("iri", "slug"),
    [
        ("http://a/b/c", "c"),
        ("http://a/b#c", "c"),
        ("http://a/b/", "b"),
        ("http://a/b#", "b"),
        ("http://a/li%C3%A8ge", "liège"),
        ("urn:x", "urn:x"),
        ("", ""),
        ("#", "#"),
    ],
)
def test_slugs(iri: str, slug: str) -> None:
    assert slug_of(iri) == slug


@pytest.mark.parametrize(
    "name",
    [
        *(
            "é",
            "你好",
            "🏙️",
            "a\u0301",
            "a'(b)*",
            "a?b",
            "a#b",
            "a?b#c",
            "a;b=c&d,e",
            "a:b@c",
            "~a",
            "a+b",
            "a//b",
        ),
        *("a%20b", "a%2Fb", "a%25b", "%22%3Cscript%3E", "%C3%A9", "%41", "a%C3", "%", "%zz", "%2", "%7Fé"),
    ],
)
def test_an_odd_name_comes_back_from_its_path(name: str) -> None:
    iri = f"{BASE}id/odd/{name}"
    path = path_of_iri(iri)

    assert path is not None
    assert path.isascii()
    assert not set(path) & set(' ?#"<>')
    assert iri_of_path(path) == iri


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("%C3%A9", "é"),
        ("%c3%a9", "é"),
        ("%C3%A9%20%C3%A9", "é%20é"),
        ("%41%7E", "A~"),
        ("%C3", "%C3"),
        ("%2f..", "%2f.."),
        ("a b", "a b"),
    ],
)
def test_what_a_client_encoded_is_read(path: str, name: str) -> None:
    assert iri_of_path(f"/id/{path}").casefold() == f"{BASE}id/{name}".casefold()
