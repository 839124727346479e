"""The languages of the pages: English as written, and each that has a catalogue.

A new language is one file, ``catalogues/<tag>.po`` (https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html).
"""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from clipgraph.pages.reader import DEFAULT

CATALOGUES = Path(__file__).resolve().parent / "catalogues"


@dataclass(frozen=True)
class Language:
    """A language: its tag, its own name for itself, the messages in it."""

    tag: str
    name: str
    translations: NullTranslations


def read_languages(folder: Path = CATALOGUES) -> dict[str, Language]:
    """Return the languages by tag, English first."""
    languages = {DEFAULT: Language(DEFAULT, _own_name(DEFAULT), NullTranslations())}
    for path in sorted(folder.glob("*.po")):
        languages[path.stem] = Language(path.stem, _own_name(path.stem), _translations(read_catalogue(path)))
    return languages


def read_catalogue(path: Path) -> Catalog:
    """Return the messages of a file; raises OSError, and PoFileError where a line cannot be read."""
    with path.open("rb") as file:
        return read_po(file, locale=path.stem, abort_invalid=True)


def _translations(catalogue: Catalog) -> Translations:
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


def _own_name(tag: str) -> str:
    name = Locale.parse(tag).get_display_name(tag) or tag
    return name[0].upper() + name[1:]
