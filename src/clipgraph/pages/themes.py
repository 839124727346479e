"""The themes by which the ontology page groups its terms: each stands on the classes below it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from clipgraph.pages.messages import N_
from clipgraph.pages.property_paths import INVERSE
from clipgraph.pages.statements import full
from clipgraph.pages.terms import Term
from clipgraph.pages.vocabulary import Vocabulary


@dataclass(frozen=True)
class Theme:
    """A group of classes: those that are, or specialise, one of ``roots``; ``slug`` is its anchor."""

    slug: str
    title: str
    roots: tuple[str, ...]


def _theme(slug: str, title: str, *roots: str) -> Theme:
    return Theme(slug, title, tuple(full(root) for root in roots))


# The first that fits is a class's theme: what is told apart by a reader before what a vocabulary tells apart.
THEMES = (
    _theme(
        "actors",
        N_("Actors and their networks"),
        *("org:Organization", "org:OrganizationalCollaboration", "org:Membership", "org:ChangeEvent"),
        *("foaf:Agent", "foaf:Person", "org:Post"),
    ),
    _theme("practices", N_("Practices and research"), "clip:Practice", "clip:Measure", "clip:ResearchModule"),
    _theme(
        "policy",
        N_("Policy instruments"),
        *("cv:ReferenceFramework", "cv:Criterion", "prov:Plan", "clip:Decision", "clip:Signature"),
    ),
    _theme(
        "sources",
        N_("Sources and what they say"),
        *("foaf:Document", "foaf:Image", "oa:TextPositionSelector", "clip:Reference", "clip:Statement"),
        *("clip:ReportedFigure", "clip:Disagreement", "clip:FurtherFact"),
    ),
    _theme("events", N_("Events, awards and funding"), "prov:Activity", "clip:Award"),
    _theme("codes", N_("Codes"), "skos:Concept"),
)
OTHER = Theme("other", N_("Used across themes"), ())
# A property that classes of so many themes have belongs to none of them.
_MANY = 3


@dataclass(frozen=True)
class Group:
    """A theme with the terms that it holds."""

    theme: Theme
    classes: list[Term]
    properties: list[Term]


def grouped(vocabulary: Vocabulary) -> list[Group]:
    """Return the themes that hold something; a property stands with the first class whose shape names it."""
    terms = vocabulary.terms
    themes = {iri: _theme_of(vocabulary, iri) for iri, term in terms.items() if term.is_class}
    groups = {theme: Group(theme, [], []) for theme in (*THEMES, OTHER)}
    for iri, theme in themes.items():
        groups[theme].classes.append(terms[iri])
    for iri, term in terms.items():
        if not term.is_class:
            groups[_theme_of_property(vocabulary, iri, themes)].properties.append(term)
    return [group for group in groups.values() if group.classes or group.properties]


def _theme_of(vocabulary: Vocabulary, iri: str) -> Theme:
    known = {iri, *vocabulary.above(iri)}
    return next((theme for theme in THEMES if known & set(theme.roots)), OTHER)


def _theme_of_property(vocabulary: Vocabulary, iri: str, themes: Mapping[str, Theme]) -> Theme:
    classes = dict.fromkeys(owners(vocabulary, iri))
    found = [themes.get(class_iri) or _theme_of(vocabulary, class_iri) for class_iri in classes]
    known = list(dict.fromkeys(theme for theme in found if theme != OTHER))
    return known[0] if 0 < len(known) < _MANY else OTHER


def owners(vocabulary: Vocabulary, property_iri: str) -> Iterable[str]:
    """Yield the classes whose shapes name a property as one of theirs."""
    for use in vocabulary.used_with.get(property_iri, ()):
        if use.path.kind != INVERSE:
            yield from use.shape.classes
