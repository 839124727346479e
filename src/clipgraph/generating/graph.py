"""A graph of cities with their authorities, organisations, memberships and practices."""

from collections.abc import Iterator, Sequence
from itertools import count

from clipgraph.generating.blocks import Block, block, texts
from clipgraph.generating.chances import Chances, Ranked
from clipgraph.generating.codes import Codes
from clipgraph.generating.documents import Documents
from clipgraph.generating.practices import Around, Practices
from clipgraph.generating.words import Words

_COUNTRIES, _NETWORKS, _MODULES = 27, 12, 8
_ORGANISATIONS_KNOWN = 2000  # the latest, which practices of other cities involve
# What is said of a thing, and whether that is evidence, which has files of its own.
Said = tuple[Block, bool]


class Graph:
    """Yields a graph step by step; each step stands on those before, and on nothing after.

    ``lists`` are said first, as they are.
    """

    def __init__(self, codes: Codes, lists: Sequence[Block], seed: int) -> None:
        self._chances = Chances(seed)
        self._words = Words(self._chances)
        self._codes, self._lists = codes, lists
        self._documents = Documents(self._chances, self._words, codes)
        self._practices = Practices(self._chances, self._words, codes)
        self._numbers, self._organisation_numbers = count(1), count(1)
        self._countries: Ranked[str] = Ranked([f"<country/generated-{n}>" for n in range(1, _COUNTRIES + 1)])
        self._networks: Ranked[str] = Ranked([f"<network/generated-{n}>" for n in range(1, _NETWORKS + 1)])
        self._modules: Ranked[str] = Ranked([f"<module/generated-{n}>" for n in range(1, _MODULES + 1)])
        self._organisations: list[str] = []

    def step(self) -> Iterator[Said]:
        """Yield the next city with all that it has; first what cities share."""
        number = next(self._numbers)
        if number == 1:
            yield from self._shared()
        yield from self._city(number)

    def _shared(self) -> Iterator[Said]:
        yield from ((each, False) for each in self._lists)
        yield self._documents.begin(self._networks.members[0]), False
        passages = []
        for _ in range(_COUNTRIES + _NETWORKS + _MODULES):
            iri, said = self._documents.passage()
            passages.append(iri)
            yield said, True
        for country in self._countries.members:
            yield self._territory(country, "country", [], passages.pop()), False
        for network in self._networks.members:
            yield self._network(network, passages.pop()), False
        for module in self._modules.members:
            title = self._words.name(2, 5)
            yield (
                block(
                    module,
                    ("a", ["clip:ResearchModule"]),
                    ("dct:title", texts(title, ("en",))),
                    ("rdfs:label", texts(title, ("de", "fr"))),
                    ("clip:evidence", [passages.pop()]),
                ),
                False,
            )

    def _network(self, network: str, passage: str) -> Block:
        return block(
            network,
            ("a", ["clip:CityNetwork"]),
            ("skos:prefLabel", texts(self._words.name(2, 5))),
            ("dct:description", texts(self._words.text(15, 40))),
            ("adms:status", ["<../scheme/status/established>"]),
            ("clip:evidence", [passage]),
        )

    def _territory(self, iri: str, kind: str, within: list[str], passage: str) -> Block:
        return block(
            iri,
            ("a", ["dct:Location", "cv:AdminUnit"]),
            ("rdfs:label", texts(self._words.name())),
            ("clip:territoryKind", [f"<../scheme/territory-kind/{kind}>"]),
            ("dct:isPartOf", within),
            ("clip:evidence", [passage]),
        )

    def _city(self, number: int) -> Iterator[Said]:
        city, authority = f"<city/generated-{number}>", f"<authority/generated-{number}>"
        yield self._documents.begin(authority), False
        practices = self._chances.number(1, 6)
        passages = []
        for _ in range(self._chances.number(2, 4) + 2 * practices):
            iri, said = self._documents.passage()
            passages.append(iri)
            yield said, True
        yield self._territory(city, "city", [self._chances.one(self._countries)], passages[0]), False
        yield self._authority(authority, city, passages[0]), False
        for _ in range(self._chances.number(1, 3)):
            yield self._organisation(city, passages[0]), False
        yield from ((each, False) for each in self._memberships(number, authority, passages[1]))
        around = Around(city, authority, self._organisations, self._modules, passages)
        for _ in range(practices):
            yield from ((each, False) for each in self._practices.another(around))

    def _authority(self, iri: str, city: str, passage: str) -> Block:
        return block(
            iri,
            ("a", ["cv:PublicOrganisation"]),
            ("skos:prefLabel", texts(self._words.name(2, 3))),
            ("dct:spatial", [city]),
            ("clip:governanceLevel", ["<../scheme/governance-level/local>"]),
            ("clip:sector", ["<../scheme/sector/public-authority>"]),
            ("clip:evidence", [passage]),
        )

    def _organisation(self, city: str, passage: str) -> Block:
        iri = f"<organisation/generated-{next(self._organisation_numbers)}>"
        self._organisations.append(iri)
        del self._organisations[:-_ORGANISATIONS_KNOWN]
        return block(
            iri,
            ("a", ["org:Organization"]),
            ("skos:prefLabel", texts(self._words.name(2, 4))),
            ("dct:spatial", [city]),
            ("clip:sector", [self._chances.one(self._codes.sectors)]),
            ("clip:evidence", [passage]),
        )

    def _memberships(self, number: int, authority: str, passage: str) -> Iterator[Block]:
        # The first city is in every network, as a network without members is none.
        of = list(self._networks.members) if number == 1 else self._chances.some(self._networks, 0, 3)
        for network in of:
            yield block(
                f"{network[:-1]}/membership/generated-{number}>",
                ("a", ["org:Membership"]),
                ("rdfs:label", texts(self._words.name(2, 4))),
                ("org:member", [authority]),
                ("org:organization", [network]),
                ("org:role", ["<../scheme/role/member>"]),
                ("clip:evidence", [passage]),
            )
