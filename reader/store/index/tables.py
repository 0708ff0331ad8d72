"""The tables of the index."""

from __future__ import annotations

from typing import Final

from reader.store.index.database import Schema

# File names are bytes: a name that is not UTF-8 cannot be text in SQLite.
#
# Columns called ``folded``, and those of names, hold folded texts, each between two newlines, so
# that a value is looked for in each by itself. Keys are never used twice, so that what was read of
# a key stays true while the database is the same.
INDEX: Final = Schema(
    14,
    """
CREATE TABLE files(
    name BLOB PRIMARY KEY, mtime_ns INTEGER, size INTEGER, inode INTEGER,
    article TEXT, url TEXT, source TEXT, source_digest TEXT, snapshot TEXT,
    title TEXT, file_name TEXT, shown_title TEXT, opened TEXT, summary BLOB, problem TEXT
) WITHOUT ROWID;
CREATE INDEX files_by_article ON files(article);
CREATE INDEX files_by_url ON files(url);
CREATE INDEX files_by_source ON files(source);
CREATE INDEX files_by_source_digest ON files(source_digest);
CREATE INDEX files_by_snapshot ON files(snapshot);
CREATE INDEX files_by_title ON files(title);
CREATE INDEX files_by_file_name ON files(file_name);
CREATE INDEX files_by_shown_title ON files(shown_title);
CREATE INDEX files_by_opening ON files(opened DESC, name);
CREATE TABLE articles(
    key INTEGER PRIMARY KEY AUTOINCREMENT, file BLOB, id TEXT, snapshot TEXT, last_opened TEXT,
    shown BLOB, title TEXT, sites TEXT, authors TEXT, projects TEXT, folded TEXT,
    published_first TEXT, published_end TEXT, added TEXT, opened TEXT, state TEXT
);
CREATE INDEX articles_by_file ON articles(file);
CREATE INDEX articles_by_opening ON articles(last_opened DESC, id);
CREATE TABLE notes(
    key INTEGER PRIMARY KEY AUTOINCREMENT, article INTEGER, id TEXT, created TEXT,
    moment REAL, tags TEXT, speaker TEXT, status TEXT, deleted TEXT, start INTEGER,
    marked TEXT, folded_tags TEXT, speakers TEXT, folded_status TEXT, due TEXT,
    is_deleted INTEGER, is_open INTEGER, is_changed INTEGER, is_orphaned INTEGER,
    is_overlapping INTEGER, has_link INTEGER, has_note INTEGER
);
CREATE INDEX notes_by_article ON notes(article);
CREATE INDEX notes_by_id ON notes(id);
CREATE INDEX notes_by_due ON notes(due, id) WHERE due != '';
CREATE INDEX notes_by_time ON notes(is_deleted, created, id, article);
CREATE TABLE words(key INTEGER PRIMARY KEY, folded TEXT, note_end INTEGER, passage_end INTEGER);
CREATE TABLE annotations(key INTEGER PRIMARY KEY, summary BLOB);
CREATE TABLE links(target TEXT, key INTEGER, PRIMARY KEY(target, key)) WITHOUT ROWID;
CREATE INDEX links_by_annotation ON links(key);
CREATE TABLE snapshots(digest TEXT, file BLOB, PRIMARY KEY(digest, file)) WITHOUT ROWID;
CREATE TABLE known(key TEXT, file BLOB, PRIMARY KEY(key, file)) WITHOUT ROWID;
CREATE INDEX known_by_file ON known(file);
CREATE TABLE stamps(source TEXT PRIMARY KEY, stamp TEXT, digest TEXT) WITHOUT ROWID;
CREATE TABLE state(id INTEGER PRIMARY KEY, folder_time INTEGER)
""",
)
"""The tables that are made from the article files."""

TEXTS: Final = Schema(
    2,
    """
CREATE TABLE texts(key INTEGER PRIMARY KEY, digest TEXT UNIQUE, folded BLOB)
""",
    "CREATE VIRTUAL TABLE trigrams USING fts5("
    "folded, content='', detail=none, tokenize='trigram case_sensitive 1')",
)
"""The tables of the articles' own texts, by the digests of their documents: the folded text,
compressed, and which three characters stand in it next to each other."""
