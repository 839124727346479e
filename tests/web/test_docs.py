"""The reference of the HTTP interface, as a page."""

import re

import httpx2
import pytest

HTML = {"Accept": "text/html"}


@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_every_operation_has_its_place(client: httpx2.Client, language: str) -> None:
    document = client.get("/openapi.json").json()
    page = client.get(f"/{language}/docs", headers=HTML)

    told = re.findall(r'class="operation" id="([^"]+)"', page.text)
    assert page.status_code == 200
    assert f'<html lang="{language}">' in page.text
    assert len(told) == len(set(told)) == sum(len(methods) for methods in document["paths"].values())
    assert all(path in page.text for path in document["paths"])


def test_a_form_asks_what_it_says(client: httpx2.Client) -> None:
    page = client.get("/docs", headers=HTML).text
    actions = re.findall(r'<form action="(/[^"]*)" method="get" data-words', page)

    assert {"/search", "/sparql", "/map", "/readyz"} <= set(actions)
    for form in re.findall(r'<form action="/[^"]*" method="get" data-words.*?</form>', page, re.DOTALL):
        action = re.findall(r'action="([^"]*)"', form)[0]
        empty = dict.fromkeys(re.findall(r'name="([^"]*)"', form), "")
        # As a browser sends what is left empty: the same as asking without. An empty query is
        # none, and an empty default is how one asks for the default graph.
        status, bare = client.get(action, params=empty).status_code, client.get(action).status_code
        assert status == bare or action in ("/sparql", "/graphs"), (action, empty)


def test_no_two_places_have_one_name(client: httpx2.Client) -> None:
    names = re.findall(r'\sid="([^"]+)"', client.get("/docs", headers={"Accept": "text/html"}).text)

    assert [name for name in names if names.count(name) > 1] == []
