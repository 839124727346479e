"""The ways in that every page offers: in the head what one looks for, in the foot what the site is."""

from clipgraph.pages.messages import N_

# Address and name, a message of the catalogues; in the order of the head.
MAIN = (
    ("/practices", N_("Practices")),
    ("/cities", N_("Cities")),
    ("/fields", N_("Fields")),
    ("/map", N_("Map")),
    ("/network", N_("Network")),
    ("/timeline", N_("Timeline")),
    ("/ontology", N_("Ontology")),
    ("/dataset", N_("Data")),
    ("/sparql", N_("SPARQL")),
)
ABOUT = (
    ("/releases", N_("Releases")),
    ("/dumps/", N_("Dumps")),
    ("/scheme", N_("Code lists")),
    ("/shapes", N_("Shapes")),
    ("/graph", N_("Named graphs")),
    ("/docs", N_("API")),
    ("/readyz", N_("Status")),
)
