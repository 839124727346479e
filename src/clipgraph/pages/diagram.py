"""Class diagrams: one picture a theme, drawn on the server, so that each box is a link without a script.

Left what a class specialises, in the middle our classes with their main properties, right where these lead.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from clipgraph.pages.reader import Reader
from clipgraph.pages.relations import Relation
from clipgraph.pages.terms import Term
from clipgraph.pages.themes import Group
from clipgraph.pages.vocabulary import Vocabulary
from clipgraph.rdf.prefixes import BASE, shorten

_LEFT, _MIDDLE, _RIGHT = 8, 290, 716
_SIDE_WIDTH, _WIDTH, _INDENT = 228, 330, 26
_TITLE, _ROW, _GAP = 30, 19, 14
_CHARACTERS_PER_PIXEL = 1 / 7.3
_MOST_ROWS = 7
# What more than this share of the classes has (the evidence, for one) would hide the rest of the picture.
_COMMON = 0.34


@dataclass(frozen=True)
class Text:
    """A line of text in a box, at a place in pixels; ``whole`` where it was cut to fit."""

    x: float
    y: float
    text: str
    iri: str
    whole: str = ""


@dataclass(frozen=True)
class Box:
    """A class in the picture, in pixels."""

    x: float
    y: float
    width: float
    height: float
    iri: str
    title: Text
    rows: tuple[Text, ...] = ()
    own: bool = True


@dataclass(frozen=True)
class Diagram:
    """The picture of a theme: boxes, and lines as paths of SVG."""

    width: int
    height: int
    boxes: list[Box] = field(default_factory=list)
    specialises: list[str] = field(default_factory=list)
    leads: list[str] = field(default_factory=list)


def common(found: Sequence[Relation]) -> set[str]:
    """Return the properties that so many classes have that a picture shows more without them."""
    classes = {relation.source for relation in found}
    counted: dict[str, set[str]] = {}
    for relation in found:
        counted.setdefault(relation.property, set()).add(relation.source)
    return {iri for iri, having in counted.items() if len(having) > max(3, _COMMON * len(classes))}


class _Drawing:
    """A picture in the making."""

    def __init__(self, vocabulary: Vocabulary, reader: Reader) -> None:
        self._vocabulary, self._reader = vocabulary, reader
        self.boxes: dict[tuple[str, str], Box] = {}

    def text(self, iri: str, x: float, y: float, width: float, *, prefixed: bool = False) -> Text:
        """Return the label of a term, cut to fit; ``prefixed``: the prefixed name of one that is not ours."""
        ours = iri.startswith(BASE)
        label = self._vocabulary.label(iri, self._reader) if ours or not prefixed else None
        whole = label.text if label else shorten(iri)
        most = int(width * _CHARACTERS_PER_PIXEL)
        return (
            Text(x, y, whole, iri) if len(whole) <= most else Text(x, y, whole[: most - 1] + "…", iri, whole)
        )

    def box(
        self, side: str, iri: str, x: float, y: float, width: float, properties: Iterable[str] = ()
    ) -> Box:
        """Put a class at a place, with the properties that its box names."""
        title = self.text(iri, x + 12, y + 20, width - 24, prefixed=True)
        rows = tuple(
            self.text(name, x + 12, y + _TITLE + _ROW * (number + 1) - 6, width - 40)
            for number, name in enumerate(properties)
        )
        height = _TITLE + _ROW * len(rows) + (4 if rows else 0)
        box = Box(x, y, width, height, iri, title, rows, own=side == "middle")
        self.boxes[side, iri] = box
        return box


def draw(vocabulary: Vocabulary, group: Group, found: Sequence[Relation], reader: Reader) -> Diagram | None:
    """Return the picture of a theme's classes, None where it has none; ``found`` is what to draw."""
    if not group.classes:
        return None
    drawing = _Drawing(vocabulary, reader)
    own = {term.iri: term for term in group.classes}
    y: float = _GAP
    for term, depth in ordered(own):
        shown = main_relations(vocabulary, term.iri, found)
        x = _MIDDLE + _INDENT * depth
        box = drawing.box(
            "middle", term.iri, x, y, _WIDTH - _INDENT * depth, dict.fromkeys(r.property for r in shown)
        )
        y += box.height + _GAP
    height = max(
        y,
        _column(drawing, "left", _LEFT, _parents(own)),
        _column(drawing, "right", _RIGHT, _targets(vocabulary, own, found)),
    )
    boxes = list(drawing.boxes.values())
    up = [*_up(drawing, own), *_inner(drawing, own)]
    return Diagram(_RIGHT + _SIDE_WIDTH + 8, int(height), boxes, up, _out(drawing, own, vocabulary, found))


def ordered(own: Mapping[str, Term]) -> list[tuple[Term, int]]:
    """Return the classes, each followed by those that specialise it, with how deep they stand."""
    done: dict[str, tuple[Term, int]] = {}

    def add(term: Term, depth: int) -> None:
        if term.iri not in done:
            done[term.iri] = (term, min(depth, 3))
            for child in term.children:
                if child in own:
                    add(own[child], depth + 1)

    for term in sorted(own.values(), key=lambda term: (min(outer(term, own), default=""), term.iri)):
        if not any(parent in own for parent in term.parents):
            add(term, 0)
    for term in own.values():  # what specialises itself in a circle
        add(term, 0)
    return list(done.values())


def outer(term: Term, own: Mapping[str, Term]) -> list[str]:
    """Return what a class specialises that is not among the classes of its picture."""
    return [parent for parent in term.parents if parent not in own]


def main_relations(vocabulary: Vocabulary, iri: str, found: Sequence[Relation]) -> list[Relation]:
    """Return the relations of a class that a picture shows: those with the most used properties."""
    mine = [relation for relation in found if relation.source == iri]
    names = sorted({r.property for r in mine}, key=lambda name: (-vocabulary.count(name).all, name))[
        :_MOST_ROWS
    ]
    return sorted((r for r in mine if r.property in names), key=lambda r: names.index(r.property))


def _parents(own: dict[str, Term]) -> list[str]:
    iris = [parent for term, _ in ordered(own) for parent in outer(term, own)]
    return list(dict.fromkeys(iris))


def _targets(vocabulary: Vocabulary, own: dict[str, Term], found: Sequence[Relation]) -> list[str]:
    iris = [r.target for term, _ in ordered(own) for r in main_relations(vocabulary, term.iri, found)]
    return list(dict.fromkeys(iris))


def _column(drawing: _Drawing, side: str, x: float, iris: Sequence[str]) -> float:
    """Put boxes into a column, each as near as it can to the middle of what it belongs to."""
    y: float = _GAP
    for iri in iris:
        y += drawing.box(side, iri, x, y, _SIDE_WIDTH).height + _GAP
    return y


def _up(drawing: _Drawing, own: dict[str, Term]) -> Iterable[str]:
    """Yield the lines from our classes to what they specialise elsewhere."""
    for term in own.values():
        for parent in outer(term, own):
            box, above = drawing.boxes["middle", term.iri], drawing.boxes["left", parent]
            yield _curve(box.x, box.y + _TITLE / 2, above.x + above.width + 10, above.y + _TITLE / 2)


def _inner(drawing: _Drawing, own: dict[str, Term]) -> Iterable[str]:
    """Yield the lines between our classes of one theme."""
    for term in own.values():
        for parent in term.parents:
            if parent in own and parent != term.iri:
                box, above = drawing.boxes["middle", term.iri], drawing.boxes["middle", parent]
                x, y = above.x + _INDENT / 2, box.y + _TITLE / 2
                yield f"M{box.x:.0f} {y:.0f}H{x:.0f}V{above.y + above.height + 10:.0f}"


def _out(
    drawing: _Drawing, own: dict[str, Term], vocabulary: Vocabulary, found: Sequence[Relation]
) -> list[str]:
    """Return the lines from properties to the classes that they lead to."""
    lines = []
    for iri in own:
        box = drawing.boxes["middle", iri]
        rows = {row.iri: row for row in box.rows}
        for relation in main_relations(vocabulary, iri, found):
            target = drawing.boxes["right", relation.target]
            y = rows[relation.property].y - 4
            lines.append(_curve(box.x + box.width, y, target.x - 8, target.y + _TITLE / 2))
    return lines


def _curve(x: float, y: float, to_x: float, to_y: float) -> str:
    middle = (x + to_x) / 2
    return f"M{x:.0f} {y:.0f}C{middle:.0f} {y:.0f} {middle:.0f} {to_y:.0f} {to_x:.0f} {to_y:.0f}"
