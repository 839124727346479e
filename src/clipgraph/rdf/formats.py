"""The formats that answers come in: one name, its media types and the specification."""

from dataclasses import dataclass

_TITLES = {
    "turtle": "Turtle",
    "ntriples": "N-Triples",
    "rdfxml": "RDF/XML",
    "jsonld": "JSON-LD",
    "nquads": "N-Quads",
    "trig": "TriG",
}


@dataclass(frozen=True)
class Format:
    """A serialisation.

    ``name`` is the value of ``?format=``; ``media_type`` is sent; ``aliases`` are accepted too;
    ``names`` are further values of ``?format=`` that callers use.
    """

    name: str
    media_type: str
    extension: str
    specification: str
    aliases: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What its specification calls it."""
        return _TITLES.get(self.name, self.name)

    @property
    def content_type(self) -> str:
        """The Content-Type header: text formats say their charset."""
        text = self.media_type.startswith("text/")
        header = (
            "; header=present" if self is TABLE else ""
        )  # https://www.rfc-editor.org/rfc/rfc4180#section-3
        return f"{self.media_type}; charset=utf-8{header}" if text else self.media_type


XML = Format(
    "xml",
    "application/sparql-results+xml",
    "srx",
    "https://www.w3.org/TR/rdf-sparql-XMLres/",
    ("application/xml", "text/xml"),
    ("sparql-results+xml",),
)
JSON = Format(
    "json",
    "application/sparql-results+json",
    "srj",
    "https://www.w3.org/TR/sparql11-results-json/",
    ("application/json",),
    ("sparql-results+json",),
)
CSV = Format("csv", "text/csv", "csv", "https://www.w3.org/TR/sparql11-results-csv-tsv/")
TSV = Format("tsv", "text/tab-separated-values", "tsv", "https://www.w3.org/TR/sparql11-results-csv-tsv/")

TURTLE = Format(
    "turtle", "text/turtle", "ttl", "https://www.w3.org/TR/turtle/", ("application/x-turtle",), ("ttl",)
)
N_TRIPLES = Format(
    "ntriples", "application/n-triples", "nt", "https://www.w3.org/TR/n-triples/", ("text/plain",), ("nt",)
)
RDF_XML = Format(
    "rdfxml",
    "application/rdf+xml",
    "rdf",
    "https://www.w3.org/TR/rdf-syntax-grammar/",
    ("application/xml", "text/xml"),
    ("rdf", "xml", "rdf+xml"),
)
JSON_LD = Format(
    "jsonld",
    "application/ld+json",
    "jsonld",
    "https://www.w3.org/TR/json-ld11/",
    ("application/json",),
    ("json", "json-ld"),
)
N_QUADS = Format("nquads", "application/n-quads", "nq", "https://www.w3.org/TR/n-quads/", (), ("nq",))
TRIG = Format("trig", "application/trig", "trig", "https://www.w3.org/TR/trig/", ("application/x-trig",))
HTML = Format("html", "text/html", "html", "https://html.spec.whatwg.org/", ("application/xhtml+xml",))
# What a page has as data, and its list as a table whose first line names the columns.
DATA = Format("json", "application/json", "json", "https://www.rfc-editor.org/rfc/rfc8259")
TABLE = Format("csv", "text/csv", "csv", "https://www.rfc-editor.org/rfc/rfc4180")
GEOJSON = Format("geojson", "application/geo+json", "geojson", "https://www.rfc-editor.org/rfc/rfc7946")

# Order is preference where a client has none: the first is the default.
RESULTS = (XML, JSON, CSV, TSV)
GRAPHS = (TURTLE, N_TRIPLES, RDF_XML, JSON_LD)
DOCUMENTS = (HTML, *GRAPHS)
DATASETS = (N_QUADS, TRIG)
