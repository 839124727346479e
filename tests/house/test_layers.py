"""Every layer that wraps ``send`` says how it takes part where an answer is sent in one step.

Such an answer goes past all that wraps ``send`` (clipgraph.web.at_once): past a log, a header, a refusal.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from conftest import ROOT

SOURCE = ROOT / "src/clipgraph"
OFFERS = "offers a wrapper of its own for what is sent at once"
PIECEWISE = "passes on piecewise(scope), so that nothing is sent at once"
# Another word than these two is the reason why a layer need not know of what is sent past it.
LAYERS = {
    "web/access.py:Door.__call__": PIECEWISE,
    "web/compression.py:Compression.__call__": "a worker compresses what is sent at once",
    "web/direct.py:Direct.__call__": OFFERS,
    "web/headers.py:Preflight._look": "asks with HEAD, to which nothing is sent at once",
    "web/observing.py:Observed.__call__": OFFERS,
    "server/proxies.py:behind_proxies": "uvicorn's middleware passes on the send that it was given",
}
_TYPES = {"starlette.types", "uvicorn._types", "asgiref.typing"}
_SEND = {"Send", "ASGISendCallable"}
_ARGUMENTS = 3  # scope, receive, send
_READS = {"read"}  # clipgraph.web.requests.read, which takes a number in place of send
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Layer:
    """A function that hands another ``send`` on than its own, and the calls that do."""

    name: str
    function: Function
    calls: tuple[ast.Call, ...]


def layers(text: str, module: str) -> Iterator[Layer]:
    """Yield what wraps ``send`` in the text of a module, and what takes a middleware of a framework."""
    tree = ast.parse(text)
    typed = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in _TYPES
        for alias in node.names
        if alias.name in _SEND
    }
    middleware = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and "middleware" in (node.module or "")
        for alias in node.names
    }
    for name, function in functions(tree):
        given = sends(function, typed)
        calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
        wrapped = tuple(call for call in calls if given and hands_on_another(call, given))
        if (
            wrapped
            or (given and wraps(function, given))
            or any(is_framework(call, middleware) for call in calls)
        ):
            yield Layer(f"{module}:{name}", function, wrapped)


def functions(tree: ast.AST, within: str = "") -> Iterator[tuple[str, Function]]:
    """Yield the functions of modules and classes; what is defined in one belongs to it."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, Function):
            yield within + node.name, node
        else:
            yield from functions(node, f"{within}{node.name}." if isinstance(node, ast.ClassDef) else within)


def sends(function: Function, typed: set[str]) -> set[str]:
    """Return the names under which a function, or one within it, is given the ``send`` of ASGI."""
    found = set()
    for each in ast.walk(function):
        if isinstance(each, Function):
            arguments = [*each.args.posonlyargs, *each.args.args, *each.args.kwonlyargs]
            names = {argument.arg for argument in arguments}
            is_asgi = {"scope", "send"} <= names
            for argument in arguments:
                annotation = ast.unparse(argument.annotation) if argument.annotation else ""
                if annotation in typed or (is_asgi and argument.arg == "send"):
                    found.add(argument.arg)
    return found


def is_one_of(node: ast.expr, names: set[str]) -> bool:
    return isinstance(node, ast.Name) and node.id in names


def hands_on_another(call: ast.Call, given: set[str]) -> bool:
    """Tell whether a call is that of an ASGI application with another ``send``."""
    named = [keyword.value for keyword in call.keywords if keyword.arg == "send"]
    if named:
        return not is_one_of(named[0], given)
    names = {node.id for each in call.args[:2] for node in ast.walk(each) if isinstance(node, ast.Name)}
    is_application = len(call.args) == _ARGUMENTS and {"scope", "receive"} <= names
    return is_application and not is_one_of(call.func, _READS) and not is_one_of(call.args[2], given)


def wraps(function: Function, given: set[str]) -> bool:
    """Tell whether a function within this one uses its ``send``, or another takes the name."""
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and node.id in given and isinstance(node.ctx, ast.Store):
            return True
        if isinstance(node, Function | ast.Lambda) and node is not function:
            own = {argument.arg for argument in node.args.args}
            used = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
            if (used & given) - own or (isinstance(node, Function) and node.name in given):
                return True
    return False


def is_framework(call: ast.Call, names: set[str]) -> bool:
    """Tell whether a call makes a middleware of these names, or has a framework make one."""
    adds = isinstance(call.func, ast.Attribute) and call.func.attr in ("add_middleware", "middleware")
    return adds or is_one_of(call.func, names)


def complaints(found: list[Layer]) -> list[str]:
    """Return what is wrong with layers, each in a sentence."""
    said = [
        f"{layer.name} wraps send, and an answer that is sent at once goes past it: let it offer() a wrapper,"
        " or pass on piecewise(scope), or tell in LAYERS why it need not (see clipgraph.web.at_once)"
        for layer in found
        if layer.name not in LAYERS
    ]
    for layer in found:
        way = LAYERS.get(layer.name)
        if way == OFFERS and not calls_of(layer.function, "offer"):
            said.append(f"{layer.name} offers nothing that sends at once")
        if way == PIECEWISE and not all(is_piecewise(call) for call in layer.calls):
            said.append(f"{layer.name} does not pass on piecewise(scope)")
    return said


def calls_of(node: ast.AST, name: str) -> bool:
    return any(isinstance(each, ast.Call) and is_one_of(each.func, {name}) for each in ast.walk(node))


def is_piecewise(call: ast.Call) -> bool:
    scope = next((each.value for each in call.keywords if each.arg == "scope"), None) or call.args[0]
    return calls_of(scope, "piecewise")


def found_in_source() -> list[Layer]:
    return [
        layer
        for path in sorted(SOURCE.rglob("*.py"))
        for layer in layers(path.read_text(), path.relative_to(SOURCE).as_posix())
    ]


def test_every_layer_says_how_it_takes_part() -> None:
    found = found_in_source()

    assert not complaints(found)
    assert {layer.name for layer in found} == LAYERS.keys()


HEAD = "from starlette.types import ASGIApp, Message, Receive, Scope, Send\n"
LAYER = f"""{HEAD}
class New:
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        BODY
"""
WRAPPING = {
    "a function": "async def watch(m: Message) -> None:\n            await send(m)\n"
    "        await self._app(scope, receive, watch)",
    "a lambda": "await self._app(scope, receive, lambda message: send(message))",
    "an object": "await self._app({**scope}, receive, Watch(send))",
    "a keyword": "await self._app(scope, receive, send=Watch(send))",
    "a part": "await self._app(scope, receive, partial(self._watch, send))",
    "the same name": "send = Watch(send)\n        await self._app(scope, receive, send)",
    "a receive, too": "async def watch(m: Message) -> None:\n            await send(m)\n"
    "        await self._app(scope, Took(receive), watch)",
    "by a method": "async def watch(m: Message) -> None:\n            await send(m)\n"
    "        await self._answer(1, scope, watch)",
}


@pytest.mark.parametrize("body", WRAPPING.values(), ids=WRAPPING)
@pytest.mark.parametrize("typed", [True, False])
def test_a_new_layer_is_found(body: str, *, typed: bool) -> None:
    text = LAYER.replace("BODY", body)
    if not typed:
        text = text.replace(HEAD, "from typing import Any\n").replace("Send)", "Any)")

    (layer,) = layers(text, "web/new.py")
    (complaint,) = complaints([layer])

    assert complaint.startswith("web/new.py:New.__call__ wraps send, and")


@pytest.mark.parametrize(
    "text",
    [
        "def make(app):\n    app.add_middleware(GZip)\n",
        "def make(app):\n    @app.middleware('http')\n    async def watch(request, go_on): ...\n",
        "from starlette.middleware.gzip import GZip\ndef make(app):\n    return GZip(app)\n",
    ],
)
def test_a_middleware_of_a_framework_is_found(text: str) -> None:
    assert [layer.name for layer in layers(text, "web/new.py")] == ["web/new.py:make"]


@pytest.mark.parametrize(
    "body",
    [
        "await self._app(scope, receive, send)",
        "await self._app({**scope, 'path': '/'}, Took(receive), send)",
        "await problem(scope, error)(scope, receive, send)",
        "await send({'type': 'http.response.start'})",
        "await unless_gone(self._respond(1, scope, receive, send), receive)",
    ],
)
def test_what_passes_send_on_is_none(body: str) -> None:
    assert not list(layers(LAYER.replace("BODY", body), "web/new.py"))


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("web/access.py:Door.__call__", "does not pass on piecewise"),
        ("web/observing.py:Observed.__call__", "offers nothing"),
    ],
)
def test_who_does_not_do_what_the_list_says_is_told(name: str, says: str) -> None:
    (layer,) = layers(LAYER.replace("BODY", WRAPPING["a function"]), "web/new.py")

    assert says in complaints([Layer(name, layer.function, layer.calls)])[0]
