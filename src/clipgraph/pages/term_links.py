"""Links to terms by their labels, made once each: the page of the ontology names some a hundred times."""

from markupsafe import Markup

from clipgraph.pages.iris import compact, href
from clipgraph.pages.reader import Reader
from clipgraph.pages.vocabulary import Vocabulary


class TermLinks:
    """The links of one page; ``links(iri)`` is markup, as is ``links.called(iri)``, the label alone."""

    def __init__(self, vocabulary: Vocabulary, reader: Reader) -> None:
        self._vocabulary, self._reader = vocabulary, reader
        self._links: dict[str, Markup] = {}
        self._names: dict[str, Markup] = {}

    def __call__(self, iri: str) -> Markup:
        """Return the link to a term; one whose IRI leads nowhere is its label."""
        if iri not in self._links:
            target, name = href(iri), self.called(iri)
            own = target.startswith("/")
            shown = Markup('<a href="{}" title="{}"{}>{}</a>').format(
                self._reader.link(target) if own else target,
                compact(iri),
                "" if own else Markup(' class="away"'),
                name,
            )
            self._links[iri] = shown if target else name
        return self._links[iri]

    def called(self, iri: str) -> Markup:
        """Return the label of a term, marked where it is in another language than the page."""
        if iri not in self._names:
            self._names[iri] = self._name(iri)
        return self._names[iri]

    def _name(self, iri: str) -> Markup:
        label = self._vocabulary.label(iri, self._reader)
        if label is None:
            return Markup("<code>{}</code>").format(compact(iri))
        if label.language and label.language != self._reader.language:
            return Markup('<bdi lang="{}">{}</bdi>').format(label.language, label.text)
        return Markup("<bdi>{}</bdi>").format(label.text)
