"""What descriptions say in words, in English, German and French."""

# A language is a line each, however many the text takes.
# ruff: noqa: ISC004

_LANGUAGES = ("en", "de", "fr")

_WORDS = {
    "dataset": (
        "The dataset of this service",
        "Der Datensatz dieses Dienstes",
        "Le jeu de données de ce service",
    ),
    "dataset-about": (
        "RDF that this service publishes; nobody has described it yet.",
        "RDF, das dieser Dienst veröffentlicht; noch hat es niemand beschrieben.",
        "RDF que ce service publie ; personne ne l’a encore décrit.",
    ),
    "catalogue": (
        "The catalogue of this service",
        "Der Katalog dieses Dienstes",
        "Le catalogue de ce service",
    ),
    "void": (
        "What the dataset holds: statistics, vocabularies, links",
        "Was der Datensatz enthält: Statistik, Vokabulare, Verweise",
        "Ce que contient le jeu de données : statistiques, vocabulaires, liens",
    ),
    "describes": (
        "Describes release {release}, whose content is as it became at {changed}.",
        "Beschreibt Ausgabe {release}, deren Inhalt so ist, wie er um {changed} wurde.",
        "Décrit la version {release}, dont le contenu est celui de {changed}.",
    ),
    "changes": (
        "Release {release}; /releases tells what each release changed.",
        "Ausgabe {release}; /releases sagt, was jede Ausgabe geändert hat.",
        "Version {release} ; /releases dit ce que chaque version a changé.",
    ),
    "endpoint": (
        "clipgraph SPARQL endpoint",
        "SPARQL-Endpunkt von clipgraph",
        "Point d’accès SPARQL de clipgraph",
    ),
    "endpoint-about": (
        "Answers SPARQL 1.1 queries over the dataset by GET and POST.",
        "Beantwortet SPARQL-1.1-Abfragen über den Datensatz mit GET und POST.",
        "Répond aux requêtes SPARQL 1.1 sur le jeu de données par GET et POST.",
    ),
    "default-graph": (
        "The default graph is the merge of the named graphs of data, ontology, code lists, links "
        "and inferences; shapes, evidence and descriptions are in named graphs only.",
        "Der Default-Graph ist die Zusammenführung der benannten Graphen mit Daten, Ontologie, Codelisten, "
        "Verweisen und Schlussfolgerungen; Shapes, Belege und Beschreibungen stehen nur in benannten.",
        "Le graphe par défaut est la fusion des graphes nommés de données, d’ontologie, de listes de codes, "
        "de liens et d’inférences ; formes, preuves et descriptions ne sont que dans des graphes nommés.",
    ),
    "limits": (
        "A query may take {seconds} seconds and {memory} MiB of memory; one that needs more fails with 504 "
        "or 503, or its connection is cut: no answer ends early without notice.",
        "Eine Abfrage darf {seconds} Sekunden und {memory} MiB Speicher brauchen; eine, die mehr braucht, "
        "scheitert mit 504 oder 503, oder ihre Verbindung wird getrennt: Keine Antwort endet unbemerkt.",
        "Une requête peut prendre {seconds} secondes et {memory} Mio de mémoire ; celle qui demande plus "
        "échoue avec 504 ou 503, ou sa connexion est coupée : aucune réponse ne finit sans que cela se voie.",
    ),
    "text-limit": (
        "Its text may have {text} KiB.",
        "Ihr Text darf {text} KiB haben.",
        "Son texte peut avoir {text} Kio.",
    ),
    "answer-limit": (
        "Its answer may have {answer} MiB.",
        "Ihre Antwort darf {answer} MiB haben.",
        "Sa réponse peut avoir {answer} Mio.",
    ),
    "rate-limit": (
        "A client may send {rate} requests.",
        "Ein Client darf {rate} Anfragen stellen.",
        "Un client peut envoyer {rate} requêtes.",
    ),
    "federation": (
        "SERVICE may ask: {endpoints}.",
        "SERVICE darf fragen: {endpoints}.",
        "SERVICE peut interroger : {endpoints}.",
    ),
    "updates": (
        "Updates need a token; documents are taken by the graph store.",
        "Änderungen brauchen ein Token; Dokumente nimmt der Graph Store.",
        "Les mises à jour demandent un jeton ; les documents sont reçus par le graph store.",
    ),
    "graph-store": (
        "clipgraph graph store",
        "Graph Store von clipgraph",
        "Graph store de clipgraph",
    ),
    "graph-store-about": (
        "Gives each named graph and the default graph by the SPARQL 1.1 Graph Store HTTP Protocol.",
        "Gibt jeden benannten Graphen und den Default-Graphen nach dem SPARQL 1.1 Graph Store HTTP Protocol.",
        "Donne chaque graphe nommé et le graphe par défaut selon le SPARQL 1.1 Graph Store HTTP Protocol.",
    ),
    "dump": (
        "All named graphs as {format}, compressed",
        "Alle benannten Graphen als {format}, komprimiert",
        "Tous les graphes nommés en {format}, compressés",
    ),
    "dump-about": (
        "The named graphs of release {release}. The default graph of the endpoint is made of most of them "
        "and is not repeated.",
        "Die benannten Graphen der Ausgabe {release}. Der Default-Graph des Endpunkts besteht aus den "
        "meisten von ihnen und wird nicht wiederholt.",
        "Les graphes nommés de la version {release}. Le graphe par défaut du point d’accès est fait de la "
        "plupart d’entre eux et n’est pas répété.",
    ),
    "by-query": (
        "By SPARQL",
        "Über SPARQL",
        "Par SPARQL",
    ),
    "links": ("Links to {target}", "Verweise auf {target}", "Liens vers {target}"),
}


def say(key: str, **parts: object) -> dict[str, str]:
    """Return a text by language, with its parts filled in; raises KeyError where there is none."""
    return {tag: text.format(**parts) for tag, text in zip(_LANGUAGES, _WORDS[key], strict=True)}


def joined(*texts: dict[str, str]) -> dict[str, str]:
    """Return texts one after the other, by language."""
    return {tag: " ".join(text[tag] for text in texts if text) for tag in _LANGUAGES}
