"""Links to terms by their labels, made once each: the page of the ontology names some a hundred times."""

from collections.abc import Callable

from markupsafe import Markup

from clipgraph.engines.rows import Value
from clipgraph.pages.iris import compact, href
from clipgraph.pages.reader import Reader

_MOST = 20_000  # IRIs; a graph may name any


class TermLinks:
    """The links for one reader; ``links(iri)`` is markup, as is ``links.called(iri)``, the label alone.

    ``label`` tells the label of a term for a reader, None where it has none.
    """

    def __init__(self, label: Callable[[str, Reader], Value | None], reader: Reader) -> None:
        self._label, self._reader = label, reader
        self._links: dict[str, Markup] = {}
        self._names: dict[str, Markup] = {}

    def __call__(self, iri: str) -> Markup:
        """Return the link to a term; one whose IRI leads nowhere is its label."""
        made = self._links.get(iri)
        if made is None:
            if len(self._links) >= _MOST:
                self._links.clear()
            made = self._links[iri] = self._link(iri)
        return made

    def called(self, iri: str) -> Markup:
        """Return the label of a term, marked where it is in another language than the page."""
        made = self._names.get(iri)
        if made is None:
            if len(self._names) >= _MOST:
                self._names.clear()
            made = self._names[iri] = self._name(iri)
        return made

    def _link(self, iri: str) -> Markup:
        target, name = href(iri), self.called(iri)
        if not target:
            return name
        own = target.startswith("/")
        return Markup('<a href="{}" title="{}"{}>{}</a>').format(
            self._reader.link(target) if own else target,
            compact(iri),
            "" if own else Markup(' class="away"'),
            name,
        )

    def _name(self, iri: str) -> Markup:
        label = self._label(iri, self._reader)
        if label is None:
            return Markup("<code>{}</code>").format(compact(iri))
        if label.language and label.language != self._reader.language:
            return Markup('<bdi lang="{}">{}</bdi>').format(label.language, label.text)
        return Markup("<bdi>{}</bdi>").format(label.text)
