"""What the questions to other endpoints answer where these have the made-up data in endpoints/.

What is expected joins the graph with that data.
"""

from competency.asking import ID

CELLAR, PROJECT = (
    "http://publications.europa.eu/resource/cellar/",
    "http://data.europa.eu/s66/resource/projects/",
)
EUROVOC, WIKIDATA = "http://eurovoc.europa.eu/", "http://www.wikidata.org/entity/"
CORDIS = "https://cordis.europa.eu/datalab/sparql"
# By the endpoint's IRI, the file of endpoints/ with what it has.
STANDINS = {
    "https://publications.europa.eu/webapi/rdf/sparql": "publications-office",
    "https://query.wikidata.org/sparql": "wikidata",
    CORDIS: "cordis",
}
_RENEWAL, _HOUSING = "Made-up document on urban renewal", "Made-up document on housing in deprived areas"
_UNIONS = (f"{ID}practice/services-provision-by-trade-unions", "Services provision by trade unions")
_PROJECT = (f"{PROJECT}test-1", "MADE UP: Integration of Migrants, tested")

# Question 56: concept, its name, work, date, title.
DOCUMENTS = [
    (f"{EUROVOC}3281", "urban renewal", f"{CELLAR}00000000-test-0002", "2002-02-02", _RENEWAL),
    (f"{EUROVOC}2496", "housing policy", f"{CELLAR}00000000-test-0001", "2001-01-01", _HOUSING),
    (f"{EUROVOC}6740", "deprived urban area", f"{CELLAR}00000000-test-0001", "2001-01-01", _HOUSING),
]
# Question 57: city, its name, population, practice, title.
POPULATIONS = [
    *(
        (f"{ID}city/stuttgart", "Stuttgart", "333", f"{ID}practice/{practice}", title)
        for practice, title in (
            ("mum-learns-german", "Mum learns German"),
            ("qualification-of-young-muslim-leaders", "Qualification of young Muslim leaders"),
            ("new-stuttgarters-book", "“New Stuttgarters” introduce themselves in a book"),
        )
    ),
    (f"{ID}city/mataro", "Mataró", "22", *_UNIONS),
    (f"{ID}city/terrassa", "Terrassa", "11", *_UNIONS),
]
# Question 58: city, its name, organisation, project, title.
PROJECTS = [
    (f"{ID}city/stuttgart", "Stuttgart", "Invented University", *_PROJECT),
    (f"{ID}city/vienna", "Vienna", "Erfundenes Institut", *_PROJECT),
]
