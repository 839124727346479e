"""Descriptions as rdflib reads them: the graph another program would have."""

from collections.abc import Iterable

import rdflib

from clipgraph.rdf.formats import N_TRIPLES
from clipgraph.rdf.terms import Triple
from clipgraph.rdf.writing import write


def as_rdflib(triples: Iterable[Triple]) -> rdflib.Graph:
    return rdflib.Graph().parse(data=write(triples, N_TRIPLES), format="nt")
