"""What stands beside the framework: what breaks there is answered once."""

import asyncio
from typing import Any, cast

import pytest
from starlette.types import Message, Receive, Scope, Send

from clipgraph.pages.site import open_site
from clipgraph.web.at_once import at_once, offer
from clipgraph.web.direct import Direct


@pytest.mark.parametrize("way", ["nothing", "a piece", "all at once"])
def test_what_breaks_is_answered_unless_an_answer_has_begun(way: str) -> None:
    sent: list[Message] = []
    whole: list[bytes] = []

    async def breaks(scope: Scope, _: Receive, send: Send) -> None:
        if way == "a piece":
            await send({"type": "http.response.start", "status": 200, "headers": []})
        elif way == "all at once":
            at = at_once(scope)
            assert at is not None
            assert at([], b"whole")
        raise ValueError("broken")

    def take(_: object, body: bytes) -> bool:
        whole.append(body)
        return True

    async def keep(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    scope: Scope = {"type": "http", "http_version": "1.1", "method": "GET", "path": "/x", "headers": []}
    offer(scope, take)
    direct = Direct(cast("Any", None), {"/x": breaks}, open_site([], []))
    with pytest.raises(ValueError, match="broken"):
        asyncio.run(direct(scope, receive, keep))

    statuses = [message["status"] for message in sent if message["type"] == "http.response.start"]
    assert statuses == {"nothing": [500], "a piece": [200], "all at once": []}[way]
    assert whole == ([b"whole"] if way == "all at once" else [])
