"""Generated practices, with their periods, measures, figures and those who take part."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from clipgraph.generating.blocks import Block, block, texts
from clipgraph.generating.chances import Chances, Ranked
from clipgraph.generating.codes import Codes
from clipgraph.generating.words import Words

_FIRST_YEAR, _LAST_YEAR = 1985, 2024
_LARGEST = 50_000  # of a figure
_STATUSES = ("existing", "completed", "established")


@dataclass(frozen=True)
class Around:
    """What a practice stands among; each an IRI in angle brackets."""

    city: str
    authority: str
    organisations: Sequence[str]
    modules: Ranked[str]
    passages: Sequence[str]


class Practices:
    """Makes practices, one after the other."""

    def __init__(self, chances: Chances, words: Words, codes: Codes) -> None:
        self._chances, self._words, self._codes = chances, words, codes
        self._numbers = count(1)
        self._kinds = Ranked(["clip:GoodPractice", "clip:Project", "clip:Programme"])
        self._statuses = Ranked([f"<../scheme/status/{status}>" for status in _STATUSES])

    def another(self, around: Around) -> Iterator[Block]:
        """Yield what is said of another practice and of its parts."""
        name, title = f"practice/generated-{next(self._numbers)}", self._words.name(2, 5)
        yield self._practice(name, title, around)
        yield from self._period(name, title, around)
        for number in range(1, self._chances.number(0, 3) + 1):
            yield self._measure(f"{name}/measure/{number}", name, around)
        for number in range(1, self._chances.number(0, 2) + 1):
            yield self._involvement(f"{name}/involvement/{number}", name, title, around)
        if self._chances.happens(0.5):
            yield self._figure(f"{name}/figure/1", name, title, around)

    def _practice(self, name: str, title: str, around: Around) -> Block:
        chances, codes, words = self._chances, self._codes, self._words
        return block(
            f"<{name}>",
            ("a", [chances.one(self._kinds)]),
            ("dct:title", texts(title, ("en",))),
            ("rdfs:label", texts(title, ("de", "fr"))),
            ("dct:description", texts(words.text(20, 60))),
            ("clip:goal", texts(words.text(8, 20))),
            ("clip:method", texts(words.text(8, 20)) if chances.happens(0.7) else []),
            ("clip:result", texts(words.text(8, 20)) if chances.happens(0.3) else []),
            ("dct:spatial", [around.city]),
            ("clip:implementedBy", [around.authority]),
            ("clip:documentedInModule", [chances.one(around.modules)]),
            ("dct:audience", chances.some(codes.audiences, 1, 3)),
            ("dct:subject", chances.some(codes.topics, 2, 6)),
            ("adms:status", [chances.one(self._statuses)]),
            ("time:hasTime", [f"<{name}/period>"]),
            ("clip:evidence", self._evidence(around, 2, 5)),
        )

    def _period(self, name: str, title: str, around: Around) -> Iterator[Block]:
        first = self._chances.number(_FIRST_YEAR, _LAST_YEAR)
        bounds = [("beginning", "time:hasBeginning", first)]
        if self._chances.happens(0.5):
            bounds.append(("end", "time:hasEnd", first + self._chances.number(0, 8)))
        yield block(
            f"<{name}/period>",
            ("a", ["time:ProperInterval"]),
            ("rdfs:label", texts(title)),
            *((property_, [f"<{name}/period/{part}>"]) for part, property_, _ in bounds),
            ("clip:evidence", self._evidence(around, 1, 1)),
        )
        for part, _, year in bounds:
            yield block(
                f"<{name}/period/{part}>",
                ("a", ["time:Instant"]),
                ("rdfs:label", texts(str(year))),
                ("time:inXSDgYear", [f'"{year}"^^xsd:gYear']),
                ("clip:evidence", self._evidence(around, 1, 1)),
            )

    def _measure(self, name: str, practice: str, around: Around) -> Block:
        return block(
            f"<{name}>",
            ("a", ["clip:Measure"]),
            ("rdfs:label", texts(self._words.name(2, 4))),
            ("dct:description", texts(self._words.text(8, 25))),
            ("dct:isPartOf", [f"<{practice}>"]),
            ("dct:audience", self._chances.some(self._codes.audiences, 0, 1)),
            ("dct:subject", self._chances.some(self._codes.topics, 1, 2)),
            ("clip:evidence", self._evidence(around, 1, 1)),
        )

    def _involvement(self, name: str, practice: str, title: str, around: Around) -> Block:
        parties = around.organisations
        return block(
            f"<{name}>",
            ("a", ["clip:Involvement"]),
            ("rdfs:label", texts(f"{title}: {self._words.name()}")),
            ("clip:involvedParty", [parties[self._chances.number(0, len(parties) - 1)]]),
            ("clip:involvedIn", [f"<{practice}>"]),
            ("org:role", [self._chances.one(self._codes.roles)]),
            ("clip:evidence", self._evidence(around, 1, 1)),
        )

    def _figure(self, name: str, practice: str, title: str, around: Around) -> Block:
        return block(
            f"<{name}>",
            ("a", ["clip:ReportedFigure"]),
            ("rdfs:label", texts(f"{title}: {self._words.name()}")),
            ("clip:figureAbout", [f"<{practice}>"]),
            ("clip:indicator", [self._chances.one(self._codes.indicators)]),
            ("sdmx-measure:obsValue", [str(self._chances.number(1, _LARGEST))]),
            ("sdmx-attribute:unitMeasure", [self._chances.one(self._codes.units)]),
            ("clip:precision", ["<../scheme/precision/exact>"]),
            ("clip:evidence", self._evidence(around, 1, 1)),
        )

    def _evidence(self, around: Around, least: int, most: int) -> list[str]:
        passages = around.passages
        picked = (
            self._chances.number(0, len(passages) - 1) for _ in range(self._chances.number(least, most))
        )
        return [passages[number] for number in sorted(set(picked))]
