"""Tokens: made, checked, refused."""

import base64
from datetime import UTC, datetime, timedelta

import pytest

from clipgraph.access.roles import Role
from clipgraph.access.tokens import Holder, Token, authorise, new_token
from clipgraph.errors import BadRequest, Forbidden, Unauthorized

NOW = datetime(2025, 6, 1, tzinfo=UTC)


def basic(user_password: str) -> str:
    return "Basic " + base64.b64encode(user_password.encode()).decode()


@pytest.fixture
def made() -> tuple[str, list[Token]]:
    secret, token = new_token("ada", Role.CONTRIBUTOR, 30, NOW)
    _, other = new_token("bob", Role.MAINTAINER, None, NOW)
    return secret, [other, token]


def test_roles_cover_those_below_them() -> None:
    assert [Role.CONTRIBUTOR.covers(role) for role in Role] == [True, True, False]
    assert Role.MAINTAINER.covers(Role.MAINTAINER)


def test_a_token_is_long_random_and_not_kept(made: tuple[str, list[Token]]) -> None:
    secret, tokens = made
    another, _ = new_token("ada", Role.READER, None, NOW)

    assert secret.startswith("clipgraph_")
    assert len(secret) == len("clipgraph_") + 43  # 32 bytes in base64url
    assert secret != another
    assert secret not in repr(tokens)


@pytest.mark.parametrize("scheme", ["Bearer {}", "bearer  {} ", "BEARER {}"])
def test_a_bearer_token_is_its_holder(made: tuple[str, list[Token]], scheme: str) -> None:
    secret, tokens = made

    assert authorise(scheme.format(secret), Role.READER, tokens, NOW) == Holder("ada", Role.CONTRIBUTOR)


@pytest.mark.parametrize("user", ["", "ada", "somebody", "ü"])
def test_basic_takes_the_token_as_password_of_any_user(made: tuple[str, list[Token]], user: str) -> None:
    secret, tokens = made

    assert authorise(basic(f"{user}:{secret}"), Role.CONTRIBUTOR, tokens, NOW).name == "ada"


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        "Bearer clipgraph_unknown",
        "Bearer ü\udcff",
        "Digest username=ada",
        "Basic",
        "Basic !!!",
        "Basic " + base64.b64encode(b"\xff:\xff").decode(),
        basic("no colon"),
        basic("ada:"),
        basic("ada:clipgraph_unknown"),
    ],
)
def test_whatever_is_no_token_is_unauthorized(made: tuple[str, list[Token]], header: str | None) -> None:
    with pytest.raises(Unauthorized):
        authorise(header, Role.READER, made[1], NOW)


def test_the_digest_is_no_token(made: tuple[str, list[Token]]) -> None:
    with pytest.raises(Unauthorized):
        authorise(f"Bearer {made[1][1].digest}", Role.READER, made[1], NOW)


def test_a_role_that_is_not_enough_is_forbidden(made: tuple[str, list[Token]]) -> None:
    secret, tokens = made

    with pytest.raises(Forbidden, match="role contributor; this needs maintainer"):
        authorise(f"Bearer {secret}", Role.MAINTAINER, tokens, NOW)


def test_a_token_expires(made: tuple[str, list[Token]]) -> None:
    secret, tokens = made
    end = NOW + timedelta(days=30)

    assert authorise(f"Bearer {secret}", Role.READER, tokens, end - timedelta(seconds=1))
    with pytest.raises(Unauthorized, match="expired on 2025-07-01"):
        authorise(f"Bearer {secret}", Role.READER, tokens, end)


@pytest.mark.parametrize(
    ("name", "days"), [("", 1), ("a b", 1), ("-x", 1), ("x" * 65, 1), ("ok", 0), ("ok", 10**9)]
)
def test_bad_names_and_days_are_refused(name: str, days: int) -> None:
    with pytest.raises(BadRequest):
        new_token(name, Role.READER, days, NOW)
