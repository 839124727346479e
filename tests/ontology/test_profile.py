"""The ontology is OWL 2 DL (https://www.w3.org/TR/owl2-profiles/), with the data and without."""

import pytest
from pyowl2_profiles import detect_profiles
from pyoxigraph import RdfFormat

from clipgraph.rdf.prefixes import PREFIXES
from clipgraph.rdf.terms import Store
from clipgraph.sources.graphs import Role, graph_files
from clipgraph.sources.project import Project

HEAD = f"@prefix clip: <{PREFIXES['clip']}> . @prefix owl: <{PREFIXES['owl']}> . "
FAULTS = {
    "punning": "clip:evidence a owl:DatatypeProperty .",
    "undeclared-property": "clip:x clip:undeclared clip:y .",
}


def store(project: Project, *folders: str) -> Store:
    """Return a store whose default graph holds the Turtle files of some folders of the project.

    Without what is said of the dataset, in the words of catalogues, which the ontology does not declare.
    """
    store = Store()
    for file in graph_files(project):
        if file.name.startswith(folders) and file.role is not Role.DESCRIPTION:
            store.load(path=str(file.path), to_graph=None)
    return store


def violations(store: Store) -> set[tuple[str, str]]:
    """Return kind and term of what breaks the profile, as far as the detector samples it."""
    return {
        (each["axiom_type"], each["subject_iri"])
        for each in detect_profiles(store)["dl"]["sample_violations"]
    }


@pytest.mark.parametrize("folders", [("ontology/",), ("ontology/", "data/")])
def test_the_ontology_is_in_owl_2_dl(project: Project, folders: tuple[str, ...]) -> None:
    held = store(project, *folders)

    assert len(held) > 100
    assert violations(held) == set()


@pytest.mark.parametrize("kind", FAULTS)
def test_a_planted_violation_is_found(project: Project, kind: str) -> None:
    held = store(project, "ontology/")
    held.load(f"{HEAD}{FAULTS[kind]}".encode(), format=RdfFormat.TURTLE)

    assert kind in {found for found, _ in violations(held)}
