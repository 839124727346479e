"""Addresses of engines: what is one, and where credentials go."""

import pytest

from clipgraph.errors import BadRequest
from clipgraph.remote.addresses import Credentials, read_address


def test_updates_go_where_queries_do_unless_told() -> None:
    assert read_address("http://e/q").update == "http://e/q"
    assert read_address("http://e/q", "https://e:1/u").update == "https://e:1/u"
    assert read_address("http://[::1]:3030/ds/sparql?x=1").graphs == ""


@pytest.mark.parametrize(
    "url",
    [
        *(
            "",
            "sparql",
            "localhost:7878/query",
            "ftp://e/q",
            "http://",
            "http:///q",
            "http://e:x/q",
            "http://e:0/q",
        ),
        *(
            "http://\u200b/",
            "http://e\x85/q",
            "http://[v1.x]/",
            "http://e/\ud800",
            "http://e/" + "a" * 70_000,
        ),
        *("http://e:99999/q", "http://[::1/q", "http://e/a b", "http://e/q#x", "http://e/\n", "file:///etc"),
    ],
)
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(BadRequest, match="is no address of an engine") as refused:
        read_address(url)
    assert len(str(refused.value)) < 400
    with pytest.raises(BadRequest, match="is no address of an engine"):
        read_address("http://e/q", graphs=url or "x")  # none is no Graph Store


def test_credentials_are_not_in_the_address() -> None:
    with pytest.raises(BadRequest, match="CLIPGRAPH_ENGINE_USER") as refused:
        read_address("http://me:secret@e/q")
    assert "secret" not in str(refused.value)


def test_one_kind_of_credentials() -> None:
    with pytest.raises(BadRequest, match="not with both"):
        read_address("http://e/q", credentials=Credentials("me", "x", "token"))
    assert read_address("http://e/q", credentials=Credentials(token="t")).credentials  # noqa: S106
    assert not read_address("http://e/q").credentials


@pytest.mark.parametrize(
    ("credentials", "complaint"),
    [
        (Credentials(password="s3cret"), "no user"),  # noqa: S106
        (Credentials("a:b", "s3cret"), "no colon"),
        *(
            (Credentials(token=f"s3cret{beyond}"), "CLIPGRAPH_ENGINE_TOKEN")
            for beyond in ("\n", " ", "\r\nX: y", "ä", "€")
        ),
    ],
    ids=repr,
)
def test_credentials_that_cannot_be_told_are_named_and_not_said(
    credentials: Credentials, complaint: str
) -> None:
    with pytest.raises(BadRequest, match=complaint) as refused:
        read_address("http://e/q", credentials=credentials)
    assert "s3cret" not in str(refused.value)


def test_a_user_with_a_colon_can_be_told_as_digest() -> None:
    assert read_address("http://e/q", credentials=Credentials("a:b", "x", scheme="digest")).credentials
