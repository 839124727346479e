"""The pages of code lists and codes, and lists as CSV."""

from typing import Any

from clipgraph.pages.asking import Asking
from clipgraph.pages.codes import MOST_COUNTED, load_code
from clipgraph.pages.schemes import (
    LANGUAGES,
    Code,
    Scheme,
    code_as_data,
    lines_as_data,
    load_scheme,
    load_schemes,
    title_of,
)
from clipgraph.pages.statements import full
from clipgraph.pages.structured_vocabulary import code_data, list_data
from clipgraph.pages.tables import table
from clipgraph.pages.vocabulary import Vocabulary
from clipgraph.pages.vocabulary_context import vocabulary_context


async def schemes_page(asking: Asking) -> str:
    """Return the list of code lists; one query."""
    return asking.render("schemes.html", schemes=await load_schemes(asking))


async def schemes_table(asking: Asking) -> str:
    """Return the same list as CSV: a code list a line."""
    titles = {f"title_{language}": f"title.{language}" for language in LANGUAGES}
    columns = {"iri": "iri", **titles, "codes": "codes", "matched": "matched"}
    return table(columns, lines_as_data(await load_schemes(asking)))


async def scheme_page(asking: Asking, vocabulary: Vocabulary, iri: str, path: str, start: int) -> str | None:
    """Return the page of a code list, None where there is none of that name; two queries."""
    scheme = await load_scheme(asking, iri, start)
    if scheme is None:
        return None
    ordered = sorted(LANGUAGES, key=asking.reader.rank)
    return asking.render(
        "scheme.html",
        **vocabulary_context(asking, vocabulary, path),
        scheme=scheme,
        structured=list_data(asking, iri, scheme.titles, scheme.descriptions),
        title=title_of(scheme, asking.reader),
        languages=ordered,
    )


async def code_page(asking: Asking, vocabulary: Vocabulary, iri: str, path: str, start: int) -> str | None:
    """Return the page of a code, None where it is in no list; three queries."""
    page = await load_code(asking, iri, start)
    if page is None:
        return None
    return asking.render(
        "code.html",
        **vocabulary_context(asking, vocabulary, path),
        page=page,
        structured=code_data(
            asking, iri, page.code.labels, page.code.definitions, [thing.iri for thing in page.schemes]
        ),
        most=MOST_COUNTED,
    )


def as_csv(scheme: Scheme) -> str:
    """Return one page of a list as CSV (RFC 4180): a code a line."""
    labels = {f"label_{language}": f"label.{language}" for language in LANGUAGES}
    definitions = {f"definition_{language}": f"definition.{language}" for language in LANGUAGES}
    columns = {"iri": "iri", "notation": "notation", **labels, **definitions, "broader": "broader"}
    columns |= {"matches": "match", "deprecated": "deprecated", "uses": "uses"}
    return table(columns, map(_line, scheme.codes.items))


def _line(code: Code) -> dict[str, Any]:
    matches = [f"{full(name)} {other}" for name, other in code.matches]
    return code_as_data(code) | {"match": matches, "uses": code.used}
