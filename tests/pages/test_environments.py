"""Templates are compiled once for all readers, and what each reads is still their own."""

import pytest
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from clipgraph.pages.environments import open_environments
from clipgraph.pages.languages import read_languages
from clipgraph.pages.reader import Reader
from clipgraph.rdf.prefixes import BASE

ENVIRONMENTS = open_environments(read_languages())
ENGLISH, GERMAN = Reader(), Reader("de", "/de")


def made(source: str, reader: Reader = ENGLISH, **context: object) -> str:
    return ENVIRONMENTS[reader].from_string(source).render(**context)


def test_there_is_one_for_each_language_with_it_in_the_address_or_not() -> None:
    readers = {Reader(tag, prefix) for tag in ("en", "de", "fr") for prefix in ("", f"/{tag}")}

    assert ENVIRONMENTS.keys() == readers


def test_what_was_compiled_for_one_reader_is_right_for_another() -> None:
    problem = {"status": 404, "title": "x", "detail": "y", "language": "en"}
    context = {"problem": problem, "titles": {}, "path": "/x", "base": "", "address": "/x"}
    site = {"languages": read_languages()}
    german, english, liked = (
        ENVIRONMENTS[reader].get_template("error.html").render(**context, site=site)
        for reader in (GERMAN, ENGLISH, Reader("de"))
    )

    assert '<html lang="de">' in german
    assert 'href="/de/practices"' in german
    assert '<html lang="en">' in english
    assert 'href="/practices"' in english
    assert '<html lang="de">' in liked
    assert 'href="/practices"' in liked


def test_a_constant_is_not_worked_out_for_the_first_reader_alone() -> None:
    source = f'{{{{ "{BASE}id/city/x"|href }}}} {{{{ link("/map") }}}}'

    assert made(source, GERMAN) == "/de/doc/city/x /de/map"
    assert made(source, ENGLISH) == "/doc/city/x /map"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ('{{ _("Practices") }}', "Praxisbeispiele"),
        ('{{ _("100 %% <b>") }}', "100 % <b>"),  # a format and HTML, as the catalogues' are
        ('{{ _("%(a)s %%", a=it) }}', "&lt;i&gt; %"),
        ("{% trans number=it %}x {{ number }}{% endtrans %}", "x &lt;i&gt;"),
        ("{% trans count=1 %}{{ count }} class{% pluralize %}{{ count }} classes{% endtrans %}", "1 Klasse"),
        ("{% trans count=2 %}{{ count }} class{% pluralize %}{{ count }} classes{% endtrans %}", "2 Klassen"),
    ],
)
def test_messages_are_formats_and_what_is_put_in_is_escaped(source: str, words: str) -> None:
    assert made(source, GERMAN, it="<i>") == words


def test_macros_functions_and_methods_are_called_with_what_they_want() -> None:
    @pass_context
    def reads(context: Context, sign: str) -> str:
        return f"{context['it']}{sign}"

    source = (
        "{% macro twice(text, end='.') %}{{ text }}{{ text }}{{ end }}{% endmacro %}"
        "{% for n in range(2) %}"
        "{{ twice(it) }}{{ twice(it, end='!') }}{{ reads('?') }}{{ it.upper() }}"
        "{% endfor %}"
    )

    assert made(source, it="<", reads=reads) == "&lt;&lt;.&lt;&lt;!&lt;?&lt;" * 2


def test_a_macro_that_is_called_with_content_gets_it() -> None:
    source = "{% macro box() %}[{{ caller() }}]{% endmacro %}{% call box() %}{{ it }}{% endcall %}"

    assert made(source, it=Markup("<b>")) == "[<b>]"
