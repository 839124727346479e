"""A project whose every word is hostile: markup, scripts, marks that turn text, too much of everything."""

from pathlib import Path

BASE = "https://w3id.org/clipgraph/"
ID = BASE + "id/"
_HEAD = "".join(
    f"@prefix {name}: <{iri}> .\n"
    for name, iri in {
        "clip": BASE + "def/",
        "dct": "http://purl.org/dc/terms/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "oa": "http://www.w3.org/ns/oa#",
        "org": "http://www.w3.org/ns/org#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }.items()
)
# What runs where it is not escaped: it calls alert, which a browser test hears of.
MARKUP = (
    "<script>alert(1)</script>",
    "</title></style></textarea><script>alert(2)</script>",
    '"><img src=x onerror=alert(3)>',
    "'onmouseover='alert(4)",
    "<svg/onload=alert(5)>",
    "<iframe srcdoc='<script>parent.alert(6)</script>'></iframe>",
    "{{ 7 * 7 }}{% raw %}${7*7}#{7*7}",
    "&lt;script&gt;alert(7)&lt;/script&gt; &#60;b&#62; &amp;amp; &nosuch;",
    "]]><!-- --!> <!DOCTYPE x> <?php alert(8) ?>",
    "javascript:alert(9)",
)
TURNED = "\u202etxet denrut\u202c \u2067right to left\u2069 \u200f\u200e\u061c"
UNSEEN = "ze\u200bro\u200c\u200d\ufeff wi\u00addth\u2060\u180e"
STACKED = "Z" + "\u0300\u0301\u0302\u0303\u0489" * 60
LONG = "0123456789abcdef" * 65536  # 1 MiB without a place to break
MANY = 10_000
ODD_NAMES = (
    *("plain", "a'b", "a(b)c", "a,b", "a;b", "a:b", "a@b", "a&b=c", "a+b", "a$b", "a!b", "a*b", "a~b", "a=b"),
    *(
        "é",
        "你好",
        "🏙️",
        "ﷺ",
        "a\u0301",
        "%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "a%20b",
        "a%2Fb",
        "a%25b",
    ),
    *("a?b", "a#b", "a?b#c", "a//b", "a.ttl", "a.html", "a.b", "...", "-", "%C3%A9", "x" * 1500),
)


def write(root: Path) -> None:
    """Write the project; what it says keeps to no shape."""
    for folder in ("ontology", "shapes", "queries", "data/hostile"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    for name, turtle in {
        "words": _words(),
        "names": _names(),
        "much": _much(),
        "circles": _circles(),
        "passages": _passages(),
    }.items():
        (root / "data/hostile" / f"{name}.ttl").write_text(_HEAD + turtle, encoding="utf-8")


def literal(text: str, tail: str = "") -> str:
    """Return a literal in Turtle."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"{tail}'


def _words() -> str:
    """Return things whose labels, descriptions, notes, types and links are hostile."""
    told = []
    for number, text in enumerate((*MARKUP, TURNED, UNSEEN, STACKED)):
        said = literal(text, "@en")
        told.append(
            f"<{ID}word/{number}> a clip:Practice , <{ID}word/{number}> ; rdfs:label {said} ;\n"
            f"  dct:description {said} ; skos:note {said}, {literal(text, '@x-' + 'odd' * 2)} ;\n"
            f"  clip:goal {said} ; skos:altLabel {literal(text)} ; dct:subject <{ID}word/{number + 1}> ;\n"
            f"  dct:issued {literal(text, '^^xsd:date')} ; clip:ordinal {literal(text, '^^xsd:integer')} ;\n"
            f"  <{ID}word/{number}> {literal(text, '^^<urn:type>')} ;\n"
            f"  foaf:homepage <javascript:alert(1)>, <data:text/html,x>, <vbscript:x>, <urn:x> .\n"
        )
    return "".join(told)


def _names() -> str:
    return "".join(
        f'<{ID}odd/{name}> rdfs:label "odd {number}"@en ; dct:relation <{ID}odd/{ODD_NAMES[number - 1]}> .\n'
        for number, name in enumerate(ODD_NAMES)
    )


def _much() -> str:
    """Return things of which too much is said: values, properties, labels, what points to one, long texts."""
    values = " , ".join(f'"value {number}"' for number in range(MANY))
    things = " , ".join(f"<{ID}many/{number}>" for number in range(MANY))
    pointing = "".join(f"<{ID}many/{number}> clip:about <{ID}much/pointed> .\n" for number in range(MANY))
    properties = " ; ".join(f"<urn:property:{number}> {number}" for number in range(2000))
    languages = " , ".join(f'"label {number}"@x-{number:04}' for number in range(2000))
    numbers = " , ".join(
        literal(text, f"^^xsd:{kind}")
        for kind, text in {
            "date": "2011-99-99",
            "gYear": "-99999999999",
            "gYearMonth": "2011-13",
            "dateTime": "0000-00-00T99:99:99Z",
            "integer": "9" * 50_000,
            "decimal": "1e999",
            "double": "INF",
            "duration": "P" + "9" * 1000 + "Y",
            "boolean": "perhaps",
            "anyURI": "javascript:alert(1)",
        }.items()
    )
    return (
        f'{pointing}<{ID}much/values> rdfs:label "many" ; dct:identifier {values} ; dct:subject {things} .\n'
        f'<{ID}much/properties> rdfs:label "many properties" ; {properties} .\n'
        f"<{ID}much/labels> rdfs:label {languages} ; dct:identifier {numbers} .\n"
        f"<{ID}much/long> rdfs:label {literal(LONG, '@en')} ; dct:description {literal(LONG)} ;\n"
        f"  skos:note {literal(LONG)} .\n"
    )


def _circles() -> str:
    return (
        f'<{ID}ring/a> rdfs:label "a"@en ; dct:isPartOf <{ID}ring/b> ; owl:sameAs <{ID}ring/a> .\n'
        f'<{ID}ring/b> rdfs:label "b"@en ; dct:isPartOf <{ID}ring/a> ; org:subOrganizationOf <{ID}ring/b> .\n'
        f"<{ID}ring/a/claim/x> clip:about <{ID}ring/a/claim/y> ; clip:hasClaim <{ID}ring/a/claim/x> .\n"
        f"<{ID}ring/a/claim/y> clip:about <{ID}ring/a/claim/x>, <{ID}ring/a> ; clip:hasClaim <{ID}ring/a> .\n"
        + "".join(f"<{ID}ring{'/deep/er' * depth}> dct:isPartOf <{ID}ring/a> .\n" for depth in range(1, 40))
    )


def _passages() -> str:
    """Return passages that are none."""
    bad = {
        "negative": ("-5", "10", "x"),
        "backwards": ("10", "5", "x"),
        "huge": ("1", "9" * 40, "x"),
        "words": ("one", "two", MARKUP[0]),
        "longheading": ("0", "1", "head " * 20_000),
    }
    told = [
        f"<{ID}document/d/passage/{name}> a clip:SourcePassage ; dct:isPartOf <{ID}document/d> ;\n"
        f"  oa:start {literal(start)} ; oa:end {literal(end)} ;\n"
        f"  clip:sectionHeading {literal(heading, '@en')} ;\n"
        f"  clip:sha256 {literal(MARKUP[2])} .\n"
        for name, (start, end, heading) in bad.items()
    ]
    cited = ", ".join(f"<{ID}document/d/passage/{name}>" for name in (*bad, "missing"))
    told.append(
        f'<{ID}document/d> a clip:Document ; rdfs:label "d"@en ;\n'
        f'  clip:evidence {cited}, <{ID}document/d>, "text" .\n'
    )
    return "".join(told)
