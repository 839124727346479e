"""The pages of the ontology: where to begin, with an index of every term, and a page for each theme."""

from collections.abc import Sequence

from clipgraph.pages.asking import Asking
from clipgraph.pages.class_cards import cards, leading
from clipgraph.pages.diagram import common, draw
from clipgraph.pages.messages import N_
from clipgraph.pages.ontology import header
from clipgraph.pages.themes import Group, grouped
from clipgraph.pages.vocabulary import Vocabulary
from clipgraph.pages.vocabulary_context import vocabulary_context
from clipgraph.releases.release import Release


def ontology_page(asking: Asking, vocabulary: Vocabulary, versions: Sequence[Release]) -> str:
    """Return the first page; ``versions`` are the releases in which ontology or shapes changed."""
    terms = list(vocabulary.terms.values())
    classes, properties = [t for t in terms if t.is_class], [t for t in terms if not t.is_class]
    sections = [("classes", N_("Classes"), classes), ("properties", N_("Properties"), properties)]
    return asking.render(
        "ontology.html",
        **vocabulary_context(asking, vocabulary),
        header=header(vocabulary, asking.reader),
        groups=grouped(vocabulary),
        sections=[section for section in sections if section[2]],
        class_count=len(classes),
        property_count=len(properties),
        namespaces=vocabulary.namespaces,
        versions=versions,
    )


def theme_of(vocabulary: Vocabulary, slug: str) -> Group | None:
    """Return a theme with its terms, None where the ontology has none of that name."""
    return next((group for group in grouped(vocabulary) if group.theme.slug == slug), None)


def theme_page(asking: Asking, vocabulary: Vocabulary, group: Group) -> str:
    """Return the page of a theme: its picture, its classes and its properties."""
    found = vocabulary.relations
    left_out = common(found)
    drawn = [relation for relation in found if relation.property not in left_out]
    return asking.render(
        "ontology-theme.html",
        **vocabulary_context(asking, vocabulary),
        group=group,
        themes=[each.theme for each in grouped(vocabulary)],
        diagram=draw(vocabulary, group, drawn, asking.reader),
        cards=cards(vocabulary, group, drawn),
        left_out=sorted(left_out),
        table=[
            (term, leading([relation for relation in found if relation.source == term.iri]))
            for term in group.classes
        ],
    )
