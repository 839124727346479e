"""What a page tells of a thing: properties with their values, each with the label that a reader wants."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from clipgraph.engines.rows import Value
from clipgraph.pages.elsewhere import known_as
from clipgraph.pages.iris import readable
from clipgraph.pages.labels import Labels
from clipgraph.rdf.identity import path_of_iri
from clipgraph.rdf.prefixes import BASE, PREFIXES, SCHEME

# Nodes below a thing or a document: /id/network/clip/membership/stuttgart.
_NESTED = 3


_LEVELS = tuple(
    f"{SCHEME}governance-level/{level}" for level in ("european", "national", "regional", "local")
)


@lru_cache(maxsize=4096)
def expand(*names: str) -> tuple[str, ...]:
    """Return the IRIs of prefixed names."""
    return tuple(PREFIXES[prefix] + local for prefix, local in (name.split(":", 1) for name in names))


@dataclass(frozen=True)
class Claim:
    """A node that exists to say one thing, as a line.

    ``main`` is what it links, empty where the claim's own label says it; ``how`` its role or type, ``by`` who
    says it, ``line`` its value in words, ``when`` in words, ``text`` a description, ``rest`` what is left.
    ``founders`` are those of a founding, whose main is what was founded; on the page of one of them ``joint``
    is true and they are the others.
    """

    main: tuple["Item", ...]
    how: tuple["Item", ...]
    by: tuple["Item", ...]
    line: str
    when: str
    text: Value | None
    rest: tuple["Fact", ...]
    founders: tuple["Item", ...] = ()
    joint: bool = False


@dataclass(frozen=True)
class Item:
    """A value as it is shown; ``facts`` and ``claim`` are those of a node that exists to say one thing."""

    value: Value
    label: Value
    facts: tuple["Fact", ...] = ()
    claim: Claim | None = None

    def fact(self, name: str) -> "Fact | None":
        """Return what it says by a property, given by its prefixed name."""
        return fact_of(self.facts, name)

    def one(self, name: str) -> "Item | None":
        """Return the first value of what it says by a property."""
        found = self.fact(name)
        return found.items[0] if found else None

    @property
    def iri(self) -> str:
        """The IRI of a link, empty for a literal."""
        return self.value.text if self.value.kind == "uri" else ""


@dataclass
class Fact:
    """One property with its values; ``inverse`` where the values point to the thing.

    ``label`` is what the page calls it and ``term`` what its vocabulary does.
    """

    property: str
    label: Value
    term: Value
    items: list[Item] = field(default_factory=list)
    inverse: bool = False

    def by(self, *names: str) -> "list[tuple[Item | None, list[Item]]]":
        """Return the values in groups, by what they say by the first of some properties that they have.

        Levels stand in their order, then the largest group first; values that say nothing come last.
        """
        groups: dict[str, tuple[Item | None, list[Item]]] = {}
        for item in self.items:
            key = next((found for name in names if (found := item.one(name))), None)
            groups.setdefault(key.value.text if key else "", (key, []))[1].append(item)
        return sorted(groups.values(), key=lambda group: order_of_group(group[0], len(group[1])))


def order_of_group(key: Item | None, size: int) -> tuple[int, int]:
    """Return where a group of a list stands, by what its members have in common and how many they are."""
    if key is None:
        return len(_LEVELS) + 1, 0
    return _LEVELS.index(key.iri) if key.iri in _LEVELS else len(_LEVELS), -size


def fact_of(facts: Iterable[Fact], name: str) -> Fact | None:
    """Return the fact of a property, given by its prefixed name, if it has values."""
    iri = expand(name)[0]
    return next((fact for fact in facts if fact.property == iri and fact.items), None)


def is_nested(iri: str) -> bool:
    """Tell whether an IRI names a part of something: a claim, a figure, a passage."""
    path = path_of_iri(iri)
    return path is not None and path.startswith("/id/") and len(path.split("/")) > _NESTED + 1


def is_passage(iri: str) -> bool:
    """Tell whether an IRI names a passage of a source."""
    return is_nested(iri) and "/passage/" in iri


def name_of(iri: str, labels: Labels) -> Value:
    """Return the label of an IRI, else what can be read in the IRI itself; of a code also whose it is."""
    label, known = labels.get(iri), "" if iri.startswith(BASE) else known_as(iri)
    if label is None:
        return Value("literal", known or readable(iri))
    if not known or known.rpartition(" ")[2] in label.text:
        return label
    return label._replace(text=f"{label.text} ({known})")
