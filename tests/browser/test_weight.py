"""What a first view sends: page, styles, script and pictures together, as they come over the line."""

import pytest
from playwright.sync_api import Request

from browser.conftest import Reader

MOST = 100_000  # bytes; the workbench, an editor, is allowed more
PAGES = {
    "/": MOST,
    "/doc/city/stuttgart": MOST,
    "/doc/practice/athens-international-radio": MOST,
    "/doc/network/clip": MOST,
    "/doc/document/european-pact-brochure-2011": MOST,
    "/practices": MOST,
    "/cities": MOST,
    "/search?q=integration": MOST,
    "/fields": MOST,
    "/map": MOST,
    "/network": MOST,
    "/timeline": MOST,
    "/ontology": MOST,
    "/ontology/policy": MOST,
    "/shapes/PracticeShape": MOST,
    "/scheme/topic": MOST,
    "/graph": MOST,
    "/dataset": MOST,
    "/docs": MOST,
    "/sparql": 250_000,
}


@pytest.mark.parametrize("path", PAGES)
def test_a_first_view_is_light(reader: Reader, path: str) -> None:
    sent: list[Request] = []
    reader(path, listen=sent.append)
    sizes = {
        each.url: each.sizes()["responseHeadersSize"] + each.sizes()["responseBodySize"] for each in sent
    }

    assert any(url.endswith(".css") for url in sizes)
    assert sum(sizes.values()) <= PAGES[path], sizes
