"""Every sentence that the checks and remedies say, in English, German and French."""

# French apostrophes and the multiplication sign are meant.
# ruff: noqa: RUF001

from types import MappingProxyType

LANGUAGES = ("en", "de", "fr")

# What a remedy calls the languages themselves.
LANGUAGE_NAMES = MappingProxyType(
    {
        "en": {"en": "English", "de": "German", "fr": "French"},
        "de": {"en": "Englisch", "de": "Deutsch", "fr": "Französisch"},
        "fr": {"en": "anglais", "de": "allemand", "fr": "français"},
    }
)

# Keys with a capital are SHACL constraint components without the word ConstraintComponent.
PHRASES = {
    "MinCount": (
        "Add {path} to {focus}: at least {limit}.",
        "{path} bei {focus} ergänzen: mindestens {limit}.",
        "Ajouter {path} à {focus} : au moins {limit}.",
    ),
    "MaxCount": (
        "Keep at most {limit} of {path} on {focus} and take out the rest.",
        "Bei {focus} höchstens {limit} von {path} stehen lassen und den Rest entfernen.",
        "Garder au plus {limit} de {path} sur {focus} et retirer le reste.",
    ),
    "Datatype": (
        "Write {value} as {limit}, for example {example}.",
        "{value} als {limit} schreiben, zum Beispiel {example}.",
        "Écrire {value} comme {limit}, par exemple {example}.",
    ),
    "Class": (
        "Let {path} point to something of the type {limit}; {value} is not said to be one.",
        "{path} auf etwas vom Typ {limit} zeigen lassen; von {value} ist das nicht gesagt.",
        "Faire pointer {path} vers quelque chose du type {limit} ; {value} n’est pas dit tel.",
    ),
    "NodeKind": (
        "Replace {value} by {limit}.",
        "{value} durch {limit} ersetzen.",
        "Remplacer {value} par {limit}.",
    ),
    "In": (
        "Take one of: {limit}.",
        "Eines von diesen nehmen: {limit}.",
        "Prendre l’une de ces valeurs : {limit}.",
    ),
    "HasValue": (
        "Add {path} {limit} to {focus}.",
        "{path} {limit} bei {focus} ergänzen.",
        "Ajouter {path} {limit} à {focus}.",
    ),
    "Pattern": (
        "Write {value} so that it matches {limit}.",
        "{value} so schreiben, dass es zu {limit} passt.",
        "Écrire {value} de sorte qu’il corresponde à {limit}.",
    ),
    "MinLength": (
        "Write at least {limit} characters for {path}.",
        "Für {path} mindestens {limit} Zeichen schreiben.",
        "Écrire au moins {limit} caractères pour {path}.",
    ),
    "MaxLength": (
        "Shorten {path} to {limit} characters.",
        "{path} auf {limit} Zeichen kürzen.",
        "Raccourcir {path} à {limit} caractères.",
    ),
    "MinInclusive": (
        "Give {path} a number that is {limit} or more.",
        "{path} eine Zahl geben, die mindestens {limit} ist.",
        "Donner à {path} un nombre d’au moins {limit}.",
    ),
    "MaxInclusive": (
        "Give {path} a number that is {limit} or less.",
        "{path} eine Zahl geben, die höchstens {limit} ist.",
        "Donner à {path} un nombre d’au plus {limit}.",
    ),
    "MinExclusive": (
        "Give {path} a number greater than {limit}.",
        "{path} eine Zahl größer als {limit} geben.",
        "Donner à {path} un nombre supérieur à {limit}.",
    ),
    "LanguageIn": (
        "Tag {value} with one of the languages {limit}, like this: {example}.",
        "{value} mit einer der Sprachen {limit} auszeichnen, zum Beispiel {example}.",
        "Marquer {value} d’une des langues {limit}, par exemple {example}.",
    ),
    "UniqueLang": (
        "Keep one value of {path} per language on {focus}.",
        "Bei {focus} je Sprache nur einen Wert von {path} stehen lassen.",
        "Garder une seule valeur de {path} par langue sur {focus}.",
    ),
    "QualifiedMinCount": (
        "Add {path} to {focus}: at least {limit} that fits {qualifier}.",
        "{path} bei {focus} ergänzen: mindestens {limit}, die zu {qualifier} passt.",
        "Ajouter {path} à {focus} : au moins {limit} qui convienne à {qualifier}.",
    ),
    "QualifiedMinCount-language": (
        "Add {path} in {named_language} to {focus}, tagged {tag}.",
        "{path} auf {named_language} bei {focus} ergänzen, mit {tag} ausgezeichnet.",
        "Ajouter {path} en {named_language} à {focus}, avec la marque {tag}.",
    ),
    "Or": (
        "Change {value} so that one of these fits: {limit}",
        "{value} so ändern, dass eines davon zutrifft: {limit}",
        "Modifier {value} pour que l’une de ces formes convienne : {limit}",
    ),
    "Node": (
        "Replace {value}: {limit}",
        "{value} ersetzen: {limit}",
        "Remplacer {value} : {limit}",
    ),
    "Not": (
        "Take out of {focus} what makes it fit {limit}.",
        "Bei {focus} entfernen, was es zu {limit} passen lässt.",
        "Retirer de {focus} ce qui le fait convenir à {limit}.",
    ),
    "other": (
        "Change {path} of {focus} so that it fits the shape {shape}.",
        "{path} bei {focus} so ändern, dass es zur Form {shape} passt.",
        "Modifier {path} de {focus} pour qu’il convienne à la forme {shape}.",
    ),
    "undeclared-term": (
        "{term} is not declared in the ontology or the code lists.",
        "{term} ist weder in der Ontologie noch in den Codelisten deklariert.",
        "{term} n’est déclaré ni dans l’ontologie ni dans les listes de codes.",
    ),
    "undeclared-term-remedy": (
        "Correct the spelling{nearest}, or declare the term in ontology/.",
        "Die Schreibung berichtigen{nearest} oder den Begriff in ontology/ deklarieren.",
        "Corriger l’orthographe{nearest}, ou déclarer le terme dans ontology/.",
    ),
    "dangling-link": (
        "{term} is pointed to, and no file describes it.",
        "Auf {term} wird verwiesen, aber keine Datei beschreibt es.",
        "{term} est visé par un lien, mais aucun fichier ne le décrit.",
    ),
    "dangling-link-remedy": (
        "Correct the link{nearest}, or describe what it points to.",
        "Den Verweis berichtigen{nearest} oder sein Ziel beschreiben.",
        "Corriger le lien{nearest}, ou décrire ce qu’il vise.",
    ),
    "external-term": (
        "{term} is used and not declared in ontology/external.ttl.",
        "{term} wird verwendet, ist aber nicht in ontology/external.ttl deklariert.",
        "{term} est utilisé sans être déclaré dans ontology/external.ttl.",
    ),
    "external-term-remedy": (
        "Correct the spelling{nearest}, or add the term to ontology/external.ttl as its vocabulary gives it.",
        (
            "Die Schreibung berichtigen{nearest} oder den Begriff so, wie sein "
            "Vokabular ihn angibt, in "
            "ontology/external.ttl aufnehmen."
        ),
        (
            "Corriger l’orthographe{nearest}, ou ajouter le terme à "
            "ontology/external.ttl tel que son vocabulaire "
            "le donne."
        ),
    ),
    "blank-node": (
        "Data must not have nodes without a name: nobody can point to them, and each reading renames them.",
        (
            "Daten dürfen keine namenlosen Knoten haben: Niemand kann auf sie "
            "verweisen, und jedes Lesen benennt "
            "sie um."
        ),
        (
            "Les données ne doivent pas avoir de nœuds sans nom : nul ne peut les "
            "viser, et chaque lecture les "
            "renomme."
        ),
    ),
    "blank-node-remedy": (
        "Give the node an IRI under its owner, such as <network/clip/membership/stuttgart>.",
        "Dem Knoten eine IRI unter seinem Eigentümer geben, etwa <network/clip/membership/stuttgart>.",
        "Donner au nœud un IRI sous son propriétaire, par exemple <network/clip/membership/stuttgart>.",
    ),
    "triple-term": (
        "Data must not have triple terms: claims are nodes with their own evidence.",
        "Daten dürfen keine Tripel-Terme haben: Behauptungen sind Knoten mit eigenem Beleg.",
        "Les données ne doivent pas avoir de termes-triplets : une affirmation est un nœud avec sa preuve.",
    ),
    "triple-term-remedy": (
        "Make the claim a node with an IRI and clip:evidence.",
        "Die Behauptung zu einem Knoten mit IRI und clip:evidence machen.",
        "Faire de l’affirmation un nœud doté d’un IRI et de clip:evidence.",
    ),
    "prefix-namespace": (
        "The prefix {prefix} is bound to <{found}>, and everywhere else to <{expected}>.",
        "Das Präfix {prefix} ist an <{found}> gebunden, überall sonst an <{expected}>.",
        "Le préfixe {prefix} est lié à <{found}>, et partout ailleurs à <{expected}>.",
    ),
    "prefix-namespace-remedy": (
        "Write @prefix {prefix} <{expected}> .",
        "@prefix {prefix} <{expected}> . schreiben.",
        "Écrire @prefix {prefix} <{expected}> .",
    ),
    "prefix-name": (
        "The namespace <{found}> is called {prefix} here, and {expected} everywhere else.",
        "Der Namensraum <{found}> heißt hier {prefix}, überall sonst {expected}.",
        "L’espace de noms <{found}> s’appelle ici {prefix}, et partout ailleurs {expected}.",
    ),
    "prefix-name-remedy": (
        "Rename the prefix to {expected}.",
        "Das Präfix in {expected} umbenennen.",
        "Renommer le préfixe en {expected}.",
    ),
    "unreadable": (
        "The file cannot be read: {reason}",
        "Die Datei kann nicht gelesen werden: {reason}",
        "Le fichier ne peut pas être lu : {reason}",
    ),
    "unreadable-remedy": (
        "Mend the file at or just before this position; everything else is checked once it can be read.",
        (
            "Die Datei an oder kurz vor dieser Stelle reparieren; alles Weitere wird "
            "geprüft, sobald sie lesbar ist."
        ),
        "Réparer le fichier à cette position ou juste avant ; le reste est vérifié dès qu’il est lisible.",
    ),
    "no-target": (
        "The shape {shape} found nothing to check.",
        "Die Form {shape} hat nichts zu prüfen gefunden.",
        "La forme {shape} n’a rien trouvé à vérifier.",
    ),
    "no-target-remedy": (
        "Check its target for a typing mistake; if there is no such thing yet, add one or leave this.",
        (
            "Ihr Ziel auf einen Tippfehler prüfen; gibt es so etwas noch nicht, eines "
            "ergänzen oder dies so lassen."
        ),
        "Vérifier sa cible ; s’il n’existe encore rien de tel, en ajouter ou laisser ainsi.",
    ),
    "nearest": (" (did you mean {name}?)", " (gemeint: {name}?)", " (vouliez-vous dire {name} ?)"),
    "none": ("none", "keines", "aucune"),
    "iri": ("an IRI", "eine IRI", "un IRI"),
    "literal": (
        "a text, number or date",
        "einen Text, eine Zahl oder ein Datum",
        "un texte, un nombre ou une date",
    ),
    "and-more": (
        "… and {count} more",
        "… und {count} weitere",
        "… et {count} autres",
    ),
    "to-do": ("To do: {remedy}", "Zu tun: {remedy}", "À faire : {remedy}"),
    "times": ("{count} × {message}", "{count} × {message}", "{count} × {message}"),
    "summary": (
        (
            "Violations: {violations}, warnings: {warnings}, notes: {infos}; in {files} files "
            "({statements} statements, {seconds} s)"
        ),
        (
            "Verstöße: {violations}, Warnungen: {warnings}, Hinweise: {infos}; in {files} Dateien "
            "({statements} Aussagen, {seconds} s)"
        ),
        (
            "Violations : {violations}, avertissements : {warnings}, remarques : {infos} ; "
            "dans {files} fichiers "
            "({statements} énoncés, {seconds} s)"
        ),
    ),
    "clean": (
        "Nothing to report: {files} files, {statements} statements, {shapes} shapes, {seconds} s",
        "Nichts zu beanstanden: {files} Dateien, {statements} Aussagen, {shapes} Formen, {seconds} s",
        "Rien à signaler : {files} fichiers, {statements} énoncés, {shapes} formes, {seconds} s",
    ),
}


def say(key: str, language: str, **parts: object) -> str:
    """Return the sentence in the language (English for one we do not speak), its parts filled in."""
    index = LANGUAGES.index(language) if language in LANGUAGES else 0
    return PHRASES[key][index].format(**parts)


def has(key: str) -> bool:
    """Tell whether there is such a sentence."""
    return key in PHRASES
