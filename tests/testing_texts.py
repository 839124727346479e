"""Generated SPARQL that tries to reach an address, and SPARQL that only looks like it."""

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

_SPACES = ["", "", " ", " ", "\n", "\t", "#x\n", "#SERVICE <urn:x> {\n", "# '\r", "#'''\n", '# """ <\n']
# What stands before a keyword that needs no space there; each ends a triple or a pattern.
_ENDS = [
    *("", "", "?a ?b 5", "?a ?b 1.5e3", "?a ?b true", "?a ?b 'x'", "?a ?b 'x'@en", "?a ?b 'x'@en-GB "),
    *("?a ?b <urn:c>", "?a ?b [] ", "?a ?b _:b ", "?a ?b 'x'^^<urn:t>", "?a ?b n:c ", "?a ?b ?c ", "{}"),
    *("?a ?b 5 .", "FILTER(1<2)", "FILTER(?a<?b&&?c>?d)", "BIND(1 AS ?one)", "VALUES ?v { 1 '''x''' }"),
    *(
        "?a<urn:p>?b.",
        "FILTER EXISTS{}",
        "VALUES (?v ?w) { (1 <urn:a>) }",
        "?a n:b\\,c n:%41 .",
        "OPTIONAL {}",
    ),
]
# Words that are no keywords, in all the places where they can stand.
_WORDS = [
    *("?a ?b 'SERVICE <urn:x> {}' .", '?a ?b "it\'s LOAD <urn:x>" .', "?a ?b '''a\nSERVICE <urn:x> {}''' ."),
    *(
        "?service ?LOAD $SERVICE .",
        "?a <urn:SERVICE#LOAD> ?b .",
        "?a service:p service:LOAD .",
        "?a ?b 'x'@service .",
    ),
    *(
        "#SERVICE <urn:x> {\n",
        "?a ?b 'it\\'s SERVICE' .",
        "_:service ?b _:LOAD .",
        "?a n:SERVICE n:a.service .",
    ),
    *(
        "FILTER(?a<?b)",
        "FILTER(?service = <http://x.example/#service>) ",
        "FILTER(?a IN (1, <urn:service>)) ",
    ),
    *("?a ?b '\\u0053ERVICE' .", "VALUES (?x ?y) { ('service' <http://x.example/#('load')>) } "),
    *(
        '?a ?b """\'SERVICE\' "" <urn:x>""" .',
        "BIND(STR(?service) AS ?load) ",
        "?a service:p ?b ; service:q ?c .",
    ),
]
# Where the engine and a careless reader part: less-than or IRI, long strings or an empty one and more.
_TRAPS = [
    *(
        "FILTER(1<2)#> '''\n",
        "FILTER(1<2)#'>\n",
        "FILTER(1<(2>?c)||?d<?e)#> '''\n",
        "BIND(1<<urn:x>#>\n AS ?x)",
    ),
    *(
        "VALUES ?v { '''a' }",
        'VALUES ?v { """a" }',
        "VALUES ?v { ''''a' }",
        'FILTER(?a<?b)#>"\n',
        "FILTER(1<2#>\n)",
    ),
    *(
        "#'''\n",
        '#"""\n',
        "#\\q'''\n",
        "#\\uD800'''\n",
        "#>\n",
        "?a ?b '''x\\u0041''' .",
        "FILTER(<a>>'#')",
        "<#",
    ),
]
_OTHERS = [*_WORDS, *_ENDS, *_ENDS, *[""] * 40, *_TRAPS]
_CHARACTERS = [
    "'",
    '"',
    "'''",
    '"""',
    "<",
    ">",
    "#",
    "\\",
    "{",
    "}",
    "(",
    ")",
    "\n",
    " ",
    ".",
    ";",
    ":",
    "@",
    "%",
    "_",
]
_WRAPPERS = [
    *(
        "{}",
        "{}",
        "{{ {} }}",
        "OPTIONAL {{ {} }}",
        "{{}} UNION {{ {} }}",
        "LATERAL{{{}}}",
        "FILTER EXISTS{{{}}}",
    ),
    *("{{SELECT*{{{}}}}}", "{{ SELECT ?a WHERE {{ {} }} LIMIT 1 }}", "GRAPH <urn:g> {{ {} }}", "MINUS{{{}}}"),
    *("FILTER(NOT EXISTS {{ {} }})", "BIND(EXISTS {{ {} }} AS ?exists)", "{{}} MINUS {{ {} }}"),
]
_QUERIES = [
    *("SELECT * {{ {} }}", "SELECT*WHERE{{{}}}", "ASK {{ {} }}", "CONSTRUCT {{}} WHERE {{ {} }}"),
    *("SELECT (EXISTS {{ {} }} AS ?e) {{}}", "DESCRIBE <urn:a> {{ {} }}", "SELECT (COUNT(*) AS ?n) {{ {} }}"),
]
_UPDATES = [
    *(
        "INSERT {{}} WHERE {{ {} }}",
        "DELETE {{ ?a ?b ?c }} WHERE {{ {} }}",
        "WITH<urn:g>INSERT{{}}WHERE{{{}}}",
    ),
    "DELETE {{}} INSERT {{}} USING <urn:g> WHERE {{ {} }}",
]
_PROLOGUE = "PREFIX n: <urn:n#> PREFIX service: <urn:s#> "
_PLACE = "\x00"  # where the endpoint stands, until its address is known

spaces = st.sampled_from(_SPACES)


@st.composite
def keywords(draw: DrawFn, word: str) -> str:
    """Return the word in some mixture of cases."""
    return draw(
        st.sampled_from([word, word.lower(), word.title(), word.swapcase(), word[:3].lower() + word[3:]])
    )


@st.composite
def endpoints(draw: DrawFn) -> tuple[str, str]:
    r"""Return a prologue and a way to name the address ``\x00`` with it."""
    forms = [
        ("", f"<{_PLACE}>"),
        ("", f"<\\u0068{_PLACE}>"),
        ("", f"<\\U00000068{_PLACE}>"),
        (f"BASE <{_PLACE}/a/b> ", "<../sparql>"),
        (f"BASE<{_PLACE}>", "<>"),
        (f"BASE <urn:x> BASE <{_PLACE}/x> ", "<y#z>"),
        (f"PREFIX e: <{_PLACE}> ", "e:"),
        (f"PREFIX e: <urn:x> PREFIX e: <{_PLACE}/> ", "e:x\\,y"),
        (f"PREFIX : <{_PLACE}/> ", ":sparql"),
        (f"PREFIXe:<{_PLACE}/>", "e:a.b"),
        (f"PREFIX SERVICE: <urn:x> PREFIX LOAD: <urn:x> PREFIX : <{_PLACE}/> ", ":x"),
        (f"PREFIX\tservice:#x\n<{_PLACE}/>", "service:x"),
        (f"BASE <{_PLACE}/> PREFIX e: <x> ", "e:y"),
    ]
    return draw(st.sampled_from(forms))


@st.composite
def services(draw: DrawFn, target: str) -> str:
    """Return a pattern that asks the target, or what a variable holds."""
    silent = draw(st.sampled_from(["", "", "SILENT"]))
    before, named = "", target
    if draw(st.integers(0, 4)) == 0 and target.startswith("<"):
        before, named = f"VALUES ?u {{ {target} }}", "?u"
    words = (
        draw(keywords("SERVICE")) + draw(spaces) + (draw(keywords(silent)) + draw(spaces) if silent else "")
    )
    service = f"{words}{named}{draw(spaces)}{{{draw(spaces)}?s ?p ?o{draw(spaces)}}}"
    return (
        f"{before}{draw(st.sampled_from(_ENDS))}{draw(spaces)}{service}"
        if not before
        else f"{before} {service}"
    )


@st.composite
def patterns(draw: DrawFn, core: SearchStrategy[str], others: list[str], depth: int = 3) -> str:
    """Return a pattern around the core."""
    pattern = draw(core)
    for _ in range(draw(st.integers(0, depth))):
        beside = draw(st.sampled_from(others))
        pattern = draw(st.sampled_from(_WRAPPERS)).format(pattern)
        pattern = (
            f"{beside}{draw(spaces)}{pattern}" if draw(st.booleans()) else f"{pattern}{draw(spaces)}{beside}"
        )
    return pattern


@st.composite
def mutated(draw: DrawFn, texts: SearchStrategy[str]) -> str:
    """Return a text with up to two pieces put in, taken out or doubled."""
    text = draw(texts)
    for _ in range(draw(st.sampled_from([0, 0, 0, 1, 1, 2]))):
        place = draw(st.integers(0, len(text)))
        length = draw(st.integers(0, 3))
        piece = draw(st.sampled_from([*_CHARACTERS, *_TRAPS, "SERVICE", "LOAD", text[place : place + 6]]))
        text = text[:place] + piece + text[place + length :]
    return text


@st.composite
def reaching_queries(draw: DrawFn) -> str:
    r"""Return a query that mostly asks the address ``\\x00``."""
    prologue, target = draw(endpoints())
    pattern = draw(mutated(patterns(services(target), _OTHERS)))
    return _PROLOGUE + prologue + draw(st.sampled_from(_QUERIES)).format(pattern)


@st.composite
def reaching_updates(draw: DrawFn) -> str:
    r"""Return an update that mostly loads from the address ``\\x00``, or asks it."""
    prologue, target = draw(endpoints())
    if draw(st.booleans()):
        silent = draw(st.sampled_from(["", "SILENT"]))
        words = (
            draw(keywords("LOAD")) + draw(spaces) + (draw(keywords(silent)) + draw(spaces) if silent else "")
        )
        graph = draw(st.sampled_from(["", "INTO GRAPH <urn:g>", "INTO GRAPH service:g"]))
        operation = draw(mutated(st.just(f"{words}{target}{draw(spaces)}{graph}")))
    else:
        pattern = draw(mutated(patterns(services(target), _OTHERS)))
        operation = draw(st.sampled_from(_UPDATES)).format(pattern)
    before = [
        "",
        "",
        "CLEAR ALL;",
        "INSERT DATA { <urn:a> <urn:b> 'LOAD' } ;#x\n",
        "DELETE WHERE { ?a ?b ?c };",
    ]
    after = ["", "", ";", "; CREATE GRAPH <urn:load>", ";#LOAD\n"]
    return _PROLOGUE + prologue + draw(st.sampled_from(before)) + operation + draw(st.sampled_from(after))


@st.composite
def harmless_queries(draw: DrawFn) -> str:
    """Return a query that reaches for nothing and names SERVICE and LOAD wherever else they can stand."""
    words = st.sampled_from([*_WORDS, *_ENDS])
    return _PROLOGUE + draw(st.sampled_from(_QUERIES)).format(draw(patterns(words, [*_WORDS, *_ENDS])))


@st.composite
def harmless_updates(draw: DrawFn) -> str:
    """Return such an update."""
    words = st.sampled_from([*_WORDS, *_ENDS])
    data = ["", "INSERT DATA { service:LOAD service:load 'LOAD <urn:x>' } ;", "CLEAR GRAPH service:load ;"]
    pattern = draw(patterns(words, [*_WORDS, *_ENDS]))
    return _PROLOGUE + draw(st.sampled_from(data)) + draw(st.sampled_from(_UPDATES)).format(pattern)


def aimed(text: str, url: str) -> str:
    """Return the text with an address in it; where its first letter is escaped already, without that."""
    return text.replace(f"68{_PLACE}", f"68{url[1:]}").replace(_PLACE, url)
