"""What named graphs are called that have no title: their theme, and the source or thing of their file."""

import re
from collections.abc import Callable

from clipgraph.pages.messages import N_
from clipgraph.sources.graphs import GRAPHS

# Words for the folders of a project; another folder is called by its name.
THEMES = {
    "actors": N_("Actors"),
    "alignments": N_("Alignments"),
    "awards": N_("Awards"),
    "committees": N_("Committees"),
    "contacts": N_("Contacts"),
    "description": N_("Descriptions of the dataset"),
    "disagreements": N_("Disagreements"),
    "documents": N_("Documents"),
    "events": N_("Events"),
    "evidence": N_("Evidence"),
    "fields": N_("Fields of action"),
    "figures": N_("Figures"),
    "further-facts": N_("Further facts"),
    "inferences": N_("Inferences"),
    "instruments": N_("Policy instruments"),
    "links": N_("Links"),
    "modules": N_("Research modules"),
    "networks": N_("Networks"),
    "offices": N_("Offices"),
    "ontology": N_("Ontology"),
    "places": N_("Places"),
    "practices": N_("Practices"),
    "principles": N_("Principles"),
    "schemes": N_("Code lists"),
    "shapes": N_("Shapes"),
    "statements": N_("What sources say"),
}
# Files that are named after the source that they hold.
_SOURCES = {
    "brochure": N_("brochure"),
    "factsheet": N_("factsheet"),
    "press-release-2006": N_("press release of 2006"),
    "press-release-2013": N_("press release of 2013"),
    "recommendation-304": N_("Recommendation 304"),
    "sources": N_("across sources"),
}
# A part of the brochure, by the chapter that it starts with.
_CHAPTER = re.compile(r"brochure-(\d)(?:-(\d))?", re.ASCII)
_IN_THEME = N_("%(theme)s: %(name)s")
_FROM_CHAPTER = N_("brochure, from chapter %(chapter)s")


def name_in_theme(name: str, say: Callable[[str], str]) -> str:
    """Return what a graph is called among those of its theme; ``name`` is the last part of its IRI."""
    if chapter := _CHAPTER.fullmatch(name):
        return say(_FROM_CHAPTER) % {"chapter": ".".join(part for part in chapter.groups() if part)}
    return say(_SOURCES[name]) if name in _SOURCES else name.replace("-", " ")


def name_of_graph(iri: str, say: Callable[[str], str]) -> str:
    """Return what a graph is called by itself, ``Places: cities``; nothing for one not named as ours."""
    theme, _, name = iri.removeprefix(GRAPHS).rpartition("/")
    if not iri.startswith(GRAPHS) or not theme:
        return ""
    told = say(THEMES[theme]) if theme in THEMES else theme
    return say(_IN_THEME) % {"theme": told, "name": name_in_theme(name, say)}
