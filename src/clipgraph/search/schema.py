"""The tables of the index: one SQLite file for a release, never changed once it is made.

``words`` finds things by folded words, words with accents and stems
(https://www.sqlite.org/fts5.html); what is shown stands in ``text``.
"""

# Part of the file's name: another form is another file.
FORM = 4

# What a text is to its thing; a detail is found as a description is, and shown only where it has the words.
KINDS = ("label", "alternative", "description", "detail")
LABEL, ALTERNATIVE, DESCRIPTION, DETAIL = range(len(KINDS))

TABLES = """
CREATE TABLE thing (id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, weight REAL NOT NULL);
CREATE TABLE text (thing INTEGER NOT NULL, kind INTEGER NOT NULL, language TEXT NOT NULL,
  value TEXT NOT NULL);
CREATE TABLE value (id INTEGER PRIMARY KEY, facet TEXT NOT NULL, iri TEXT NOT NULL, key TEXT NOT NULL,
  number INTEGER NOT NULL DEFAULT 0, UNIQUE (facet, iri));
CREATE TABLE tag (value INTEGER NOT NULL, thing INTEGER NOT NULL, PRIMARY KEY (value, thing)) WITHOUT ROWID;
CREATE TABLE name (folded TEXT NOT NULL, written TEXT NOT NULL, stems TEXT NOT NULL, thing INTEGER NOT NULL,
  PRIMARY KEY (folded, written, stems, thing)) WITHOUT ROWID;
CREATE TABLE place (language TEXT NOT NULL, thing INTEGER NOT NULL, rank INTEGER NOT NULL,
  PRIMARY KEY (language, thing)) WITHOUT ROWID;
CREATE TABLE term (folded TEXT PRIMARY KEY, shown TEXT NOT NULL, number INTEGER NOT NULL) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5 (label, alternative, description, context,
  content='', tokenize="unicode61 remove_diacritics 0", prefix='2 3 4');
"""

INDEXES = """
CREATE INDEX text_of ON text (thing, kind);
CREATE INDEX value_by_key ON value (facet, key);
CREATE INDEX name_by_stems ON name (stems, thing);
CREATE UNIQUE INDEX tag_of ON tag (thing, value);
"""
