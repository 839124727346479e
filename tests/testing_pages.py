"""Reads a page as strictly as a machine can, and finds what a reader would stumble over."""

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
PICTURES = frozenset(("svg", "img", "table", "dl", "ul", "ol", "textarea"))


@dataclass
class Link:
    """A link and the text in it."""

    target: str
    text: str = ""
    code: bool = False


@dataclass
class Heading:
    """A heading; ``foreign`` where its words are data in another language or a link to a thing."""

    level: int
    text: str = ""
    foreign: bool = False


@dataclass
class Section:
    """A section: its text without the heading, and whether there is a list or picture in it."""

    text: str = ""
    shows: bool = False


@dataclass
class _Open:
    tag: str
    language: str
    link: Link | None = None
    heading: Heading | None = None
    section: Section | None = None


@dataclass
class Outline:
    """What a page consists of; ``faults`` are those of its markup."""

    language: str = ""
    title: str = ""
    headings: list[Heading] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)


def read_page(text: str) -> Outline:
    """Return the outline of a page: every element has to be closed, in order, and no id to be there twice."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.finish()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Outline()
        self.open: list[_Open] = []
        self.ids: Counter[str] = Counter()
        self.has_doctype = False

    def finish(self) -> Outline:
        self.page.faults += [f"<{each.tag}> is not closed" for each in self.open]
        self.page.faults += [
            f"the id {name} is there {count} times" for name, count in self.ids.items() if count > 1
        ]
        self.page.faults += [] if self.has_doctype else ["there is no doctype"]
        return self.page

    def handle_decl(self, decl: str) -> None:
        self.has_doctype |= decl.lower() == "doctype html"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if len(given) < len(attrs):
            self.page.faults.append(f"<{tag}> has an attribute twice")
        self.page.faults += [
            f"<{tag}> has {name}" for name in given if name.startswith("on") or name == "style"
        ]
        if "id" in given:
            self.ids[given["id"]] += 1
        language = given.get("lang", self.open[-1].language if self.open else "")
        if tag == "html":
            self.page.language = language
        if tag in PICTURES:
            for each in self.open:
                if each.section:
                    each.section.shows = True
        if tag == "script" and given.get("type") not in ("application/ld+json", "application/json"):  # data
            self.page.scripts.append(given.get("src", ""))
        if tag not in VOID:
            self.open.append(self._opened(tag, given, language))

    def _opened(self, tag: str, given: dict[str, str], language: str) -> _Open:
        opened = _Open(tag, language)
        if tag == "a" and "href" in given:
            opened.link = Link(given["href"])
            self.page.links.append(opened.link)
            for each in self.open:
                if each.heading:
                    each.heading.foreign = True
        if tag in ("h1", "h2", "h3", "h4"):
            opened.heading = Heading(int(tag[1]))
            self.page.headings.append(opened.heading)
        if tag == "section":
            opened.section = Section()
            self.page.sections.append(opened.section)
        return opened

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1].tag == tag:
            self.open.pop()
        else:
            inner = self.open[-1].tag if self.open else "nothing"
            self.page.faults.append(f"</{tag}> where <{inner}> is open, line {self.getpos()[0]}")

    def handle_data(self, data: str) -> None:
        if not data.strip():
            return
        in_heading = any(each.heading for each in self.open)
        for each in self.open:
            if each.link:
                each.link.text += data
                each.link.code |= any(one.tag == "code" for one in self.open)
            if each.heading:
                each.heading.text += data
                each.heading.foreign |= bool(self.open[-1].language != self.page.language)
            if each.section and not in_heading:
                each.section.text += data.strip()
            if each.tag == "title":
                self.page.title += data
