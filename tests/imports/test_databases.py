"""Databases of Kobo and of Apple Books, alone and in archives, whole, damaged and hostile."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import SourceError
from reader.imports import databases, kobo
from reader.imports.apple_books import databases as apple
from reader.imports.model import GivenFile, ImportedNote, ImportedSource, ImportItem, Remark
from tests.imports.reading import archive

# The columns of firmware 4.38, in its order, some of them left out.
KOBO_SCHEMA = """
CREATE TABLE content (ContentID TEXT NOT NULL, ContentType TEXT NOT NULL, MimeType TEXT NOT NULL,
  BookID TEXT, BookTitle TEXT, ImageId TEXT, Title TEXT COLLATE NOCASE,
  Attribution TEXT COLLATE NOCASE, Description TEXT, ISBN TEXT, Publisher TEXT, Language TEXT,
  PRIMARY KEY (ContentID));
CREATE INDEX content_bookid_index ON content (BookID);
CREATE TABLE Bookmark (BookmarkID TEXT NOT NULL, VolumeID TEXT NOT NULL, ContentID TEXT NOT NULL,
  StartContainerPath TEXT NOT NULL, StartContainerChildIndex INTEGER NOT NULL,
  StartOffset INTEGER NOT NULL, Text TEXT, Annotation TEXT, ExtraAnnotationData BLOB,
  DateCreated TEXT, ChapterProgress REAL NOT NULL DEFAULT 0, Hidden BOOL NOT NULL DEFAULT 0,
  Version TEXT, DateModified TEXT, Creator TEXT, UUID TEXT, UserID TEXT, SyncTime TEXT,
  Published BIT default false, ContextString TEXT, Type TEXT, Color INTEGER,
  PRIMARY KEY (BookmarkID));
"""
BOOK, FILE = "da59e6e5-b10a-409a-b476-94fa8c654816", "file:///mnt/onboard/Dask,%20Imre/Tides.epub"
CONTENT: list[dict[str, Any]] = [
    {"ContentID": BOOK, "ContentType": "6", "Title": "The Quiet Ledger", "Publisher": "Nacre",
     "Attribution": "Oriel Castane, Imre Dask", "ISBN": "978-0465096992", "Language": "en"},
    {"ContentID": f"{BOOK}!OEBPS!one.xhtml", "ContentType": "9", "BookID": BOOK,
     "BookTitle": "The Quiet Ledger", "Title": "OEBPS/one.xhtml"},
    {"ContentID": f"{BOOK}!OEBPS!one.xhtml-1", "ContentType": "899", "BookID": BOOK,
     "Title": "Who keeps the count?"},
    {"ContentID": f"{BOOK}!OEBPS!two.xhtml", "ContentType": "9", "BookID": BOOK,
     "Title": "The second"},
]  # fmt: skip
MARKS: list[dict[str, Any]] = [
    {"BookmarkID": "k1", "VolumeID": BOOK, "ContentID": f"{BOOK}!OEBPS!one.xhtml",
     "Text": "\n    They have told us the answer", "Annotation": "Is it fair?", "Type": "note",
     "DateCreated": "2026-06-18T21:39:01.000", "DateModified": "2026-06-18T21:45:00Z",
     "ChapterProgress": 0.34, "Color": 1, "Hidden": "false",
     "ContextString": "“They have told us the answer and burned"},
    {"BookmarkID": "k2", "VolumeID": BOOK, "ContentID": f"{BOOK}!OEBPS!two.xhtml",
     "Text": "the town", "Type": "highlight", "Color": 4, "Hidden": 0},
    {"BookmarkID": "k3", "VolumeID": FILE, "ContentID": f"{FILE}#(3)three.xhtml", "Text": "Ebb.",
     "Type": "highlight", "Color": 99},
    {"BookmarkID": "k4", "VolumeID": BOOK, "ContentID": BOOK, "Type": "dogear"},
    {"BookmarkID": "k5", "VolumeID": BOOK, "ContentID": BOOK, "Type": "markup"},
    {"BookmarkID": "k6", "VolumeID": BOOK, "ContentID": BOOK, "Text": "gone", "Hidden": "true"},
]  # fmt: skip
NEEDED = {"MimeType": "", "StartContainerPath": "", "StartContainerChildIndex": -99,
          "StartOffset": 0}  # fmt: skip

APPLE_NOTES = """
CREATE TABLE ZAEANNOTATION (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER,
  ZANNOTATIONDELETED INTEGER, ZANNOTATIONISUNDERLINE INTEGER, ZANNOTATIONSTYLE INTEGER,
  ZANNOTATIONTYPE INTEGER, ZPLLOCATIONRANGESTART INTEGER, ZANNOTATIONCREATIONDATE TIMESTAMP,
  ZANNOTATIONMODIFICATIONDATE TIMESTAMP, ZANNOTATIONASSETID VARCHAR, ZANNOTATIONLOCATION VARCHAR,
  ZANNOTATIONNOTE VARCHAR, ZANNOTATIONREPRESENTATIVETEXT VARCHAR, ZANNOTATIONSELECTEDTEXT VARCHAR,
  ZANNOTATIONUUID VARCHAR, ZFUTUREPROOFING5 VARCHAR);
"""
APPLE_BOOKS = """
CREATE TABLE ZBKLIBRARYASSET (Z_PK INTEGER PRIMARY KEY, ZASSETID VARCHAR, ZTITLE VARCHAR,
  ZAUTHOR VARCHAR, ZLANGUAGE VARCHAR, ZPATH VARCHAR);
"""
ASSET = "7C3FA4F94689D97444BB4E0FD97D7197"
# 2026-06-18 21:39:01 UTC, in seconds since 2001.
SECONDS = 803511541.25
APPLE_MARKS: list[dict[str, Any]] = [
    {"ZANNOTATIONUUID": "A1", "ZANNOTATIONASSETID": ASSET, "ZANNOTATIONTYPE": 2,
     "ZANNOTATIONDELETED": 0, "ZANNOTATIONSTYLE": 3, "ZANNOTATIONISUNDERLINE": 0,
     "ZANNOTATIONSELECTEDTEXT": "told us the answer", "ZANNOTATIONNOTE": "Is it fair?",
     "ZANNOTATIONREPRESENTATIVETEXT": "They have told us the answer and burned it.",
     "ZANNOTATIONCREATIONDATE": SECONDS, "ZANNOTATIONMODIFICATIONDATE": SECONDS + 60,
     "ZFUTUREPROOFING5": "Who keeps the count?", "ZANNOTATIONLOCATION": "epubcfi(/6/12!/4/2)"},
    {"ZANNOTATIONUUID": "A2", "ZANNOTATIONASSETID": ASSET, "ZANNOTATIONTYPE": 2,
     "ZANNOTATIONSTYLE": 0, "ZANNOTATIONISUNDERLINE": 1, "ZANNOTATIONSELECTEDTEXT": "the town"},
    {"ZANNOTATIONUUID": "A3", "ZANNOTATIONASSETID": ASSET, "ZANNOTATIONTYPE": 3},
    {"ZANNOTATIONUUID": "A4", "ZANNOTATIONASSETID": ASSET, "ZANNOTATIONTYPE": 1},
    {"ZANNOTATIONUUID": "A5", "ZANNOTATIONASSETID": ASSET, "ZANNOTATIONDELETED": 1,
     "ZANNOTATIONSELECTEDTEXT": "gone"},
]  # fmt: skip
APPLE_BOOK = {"ZASSETID": ASSET, "ZTITLE": "The Quiet Ledger", "ZAUTHOR": "Oriel Castane & Imre Dask",
              "ZLANGUAGE": "en"}  # fmt: skip


def filled(connection: sqlite3.Connection, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    stored = {each[1] for each in connection.execute(f"PRAGMA table_info({table})")}
    for row in rows:
        kept = {name: value for name, value in {**NEEDED, **row}.items() if name in stored}
        marks = ", ".join("?" * len(kept))
        connection.execute(
            f"INSERT INTO {table} ({', '.join(kept)}) VALUES ({marks})", [*kept.values()]
        )
    connection.commit()


def made(schema: str, tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.executescript(schema)
    for table, rows in tables.items():
        filled(connection, table, rows)
    data = connection.serialize()
    connection.close()
    return data


KOBO = made(KOBO_SCHEMA, {"content": CONTENT, "Bookmark": MARKS})
APPLE = made(APPLE_NOTES, {"ZAEANNOTATION": APPLE_MARKS})
LIBRARY = made(APPLE_BOOKS, {"ZBKLIBRARYASSET": [APPLE_BOOK]})


def packed(files: Mapping[str, bytes]) -> bytes:
    packed_bytes = io.BytesIO()
    with zipfile.ZipFile(packed_bytes, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed_bytes.getvalue()


APPLE_ARCHIVE = packed(
    {
        "Documents/AEAnnotation/AEAnnotation_v10312011_1727_local.sqlite": APPLE,
        "Documents/BKLibrary/BKLibrary-1-091020131601.sqlite": LIBRARY,
        "__MACOSX/Documents/._AEAnnotation.sqlite": b"\0\5\26\7",
    }
)


def read(module: Any, data: bytes) -> list[ImportItem]:
    file = GivenFile(data, "copy.sqlite")
    assert module.recognises(file)
    return [*module.read(file)]


def sources_of(module: Any, data: bytes) -> list[ImportedSource]:
    return [each for each in read(module, data) if isinstance(each, ImportedSource)]


def remarks_of(module: Any, data: bytes) -> list[str]:
    return [each.message for each in read(module, data) if isinstance(each, Remark)]


def test_the_database_of_a_kobo_is_read() -> None:
    ledger, tides = sources_of(kobo, KOBO)
    assert (ledger.title, ledger.authors) == ("The Quiet Ledger", ("Oriel Castane", "Imre Dask"))
    assert (ledger.isbn, ledger.language, ledger.site) == ("9780465096992", "en", "Nacre")
    first, second = ledger.notes
    assert first == ImportedNote(
        quote="They have told us the answer", note="Is it fair?", colour="pink", prefix="“",
        suffix=" and burned", created="2026-06-18T21:39:01.000Z",
        modified="2026-06-18T21:45:00.000Z", section="Who keeps the count?",
        position="34% of the chapter", key="k1", row=1,
    )  # fmt: skip
    assert (second.quote, second.colour, second.section) == ("the town", "grey", "The second")
    assert (tides.title, tides.authors) == ("Tides", ())
    assert [(each.quote, each.colour) for each in tides.notes] == [("Ebb.", "")]
    assert remarks_of(kobo, KOBO) == ["Left out: 1 bookmark, 1 pen drawing and 1 deleted note."]


def test_a_kobo_of_older_firmware_lacks_columns() -> None:
    schema = "CREATE TABLE Bookmark (BookmarkID TEXT, VolumeID TEXT, Text TEXT, Annotation TEXT)"
    data = made(schema, {"Bookmark": MARKS[:4]})
    sources = sources_of(kobo, data)
    assert [[note.quote for note in each.notes] for each in sources] == [
        ["They have told us the answer", "the town"], ["Ebb."],
    ]  # fmt: skip
    assert [each.title for each in sources] == [BOOK, "Tides"]


def test_an_edited_note_stays_the_same_note() -> None:
    edited = [{**MARKS[0], "Annotation": "No."}, *MARKS[1:]]
    before, after = (
        sources_of(kobo, KOBO),
        sources_of(kobo, made(KOBO_SCHEMA, {"Bookmark": edited})),
    )
    assert [each.key for each in before[0].notes] == [each.key for each in after[0].notes]
    assert after[0].notes[0].note == "No."


def test_a_note_without_a_passage_has_nothing_around_it() -> None:
    corner = {**MARKS[0], "BookmarkID": "k7", "Text": None, "Type": "dogear"}
    (book,) = sources_of(kobo, made(KOBO_SCHEMA, {"Bookmark": [corner], "content": CONTENT}))
    alone = {**APPLE_MARKS[0], "ZANNOTATIONSELECTEDTEXT": None}
    (source,) = sources_of(apple, made(APPLE_NOTES, {"ZAEANNOTATION": [alone]}))
    for note in (*book.notes, *source.notes):
        assert (note.quote, note.note) == ("", "Is it fair?")
        assert (note.prefix, note.suffix, note.colour) == ("", "", "")


def test_both_databases_of_apple_books_are_read_from_an_archive() -> None:
    (source,) = sources_of(apple, APPLE_ARCHIVE)
    assert (source.title, source.authors) == ("The Quiet Ledger", ("Oriel Castane", "Imre Dask"))
    first, second = source.notes
    assert first == ImportedNote(
        quote="told us the answer", note="Is it fair?", colour="yellow", prefix="They have ",
        suffix=" and burned it.", created="2026-06-18T21:39:01.250Z",
        modified="2026-06-18T21:40:01.250Z", section="Who keeps the count?", key="A1", row=1,
    )  # fmt: skip
    assert (second.quote, second.colour) == ("the town", "underline")
    assert remarks_of(apple, APPLE_ARCHIVE) == ["Left out: 1 bookmark and 1 deleted note."]


def test_the_notes_alone_have_numbers_for_titles() -> None:
    (source,) = sources_of(apple, APPLE)
    assert source.title == f"Apple Books {ASSET}"
    assert any("for titles, in ~/Library" in each for each in remarks_of(apple, APPLE))
    (remark,) = remarks_of(apple, LIBRARY)
    assert remark.startswith("There are no notes here; in ~/Library")


@pytest.fixture
def logged(tmp_path: Path) -> tuple[bytes, bytes]:
    """A database that is in use, with notes that are only in its write-ahead log, and the log."""
    path = tmp_path / "AEAnnotation.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    connection.executescript(APPLE_NOTES)
    filled(connection, "ZAEANNOTATION", APPLE_MARKS[:1])
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    filled(connection, "ZAEANNOTATION", APPLE_MARKS[1:])
    data, log = path.read_bytes(), path.with_name(f"{path.name}-wal").read_bytes()
    connection.close()
    return data, log


def test_the_latest_notes_are_read_from_the_log(logged: tuple[bytes, bytes]) -> None:
    data, log = logged
    (alone,) = sources_of(apple, data)
    assert [each.key for each in alone.notes] == ["A1"]
    assert any("latest notes may be missing" in each for each in remarks_of(apple, data))
    archive = packed({"AEAnnotation.sqlite": data, "AEAnnotation.sqlite-wal": log})
    (whole,) = sources_of(apple, archive)
    assert [each.key for each in whole.notes] == ["A1", "A2"]
    assert not any("may be missing" in each for each in remarks_of(apple, archive))


@pytest.mark.parametrize("cut", [0, 1, 31, 32, 55, 56, 4000, 5000, 9000])
def test_a_log_that_is_cut_off_counts_up_to_its_last_whole_transaction(
    logged: tuple[bytes, bytes], cut: int
) -> None:
    data, log = logged
    archive = packed({"AEAnnotation.sqlite": data, "AEAnnotation.sqlite-wal": log[:cut]})
    (source,) = sources_of(apple, archive)
    assert [each.key for each in source.notes][:1] == ["A1"]


ENDLESS_VIEW = """CREATE VIEW Bookmark AS
WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)
SELECT x AS BookmarkID, x AS VolumeID, x AS Text FROM n"""
VIRTUAL_TABLE = "CREATE VIRTUAL TABLE Bookmark USING fts5(BookmarkID, VolumeID, Text)"
COMPUTED_COLUMN = """CREATE TABLE Bookmark (BookmarkID TEXT, VolumeID TEXT,
Text TEXT AS (hex(zeroblob(90000000))), Annotation TEXT)"""
COMPUTED_INDEX = """CREATE TABLE Bookmark (BookmarkID TEXT, VolumeID INTEGER, Text BLOB);
CREATE INDEX i ON Bookmark (abs(VolumeID))"""


@pytest.mark.parametrize("schema", [ENDLESS_VIEW, VIRTUAL_TABLE, COMPUTED_COLUMN, COMPUTED_INDEX])
def test_nothing_but_rows_of_plain_tables_is_read(schema: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.executescript(schema)
    if "VIEW" not in schema:
        connection.execute("INSERT INTO Bookmark (BookmarkID, VolumeID) VALUES (x'ff00', -5)")
    connection.commit()
    data = connection.serialize()
    connection.close()
    items = read(kobo, data)
    assert not [each for each in items if isinstance(each, ImportedSource)]


def test_types_that_columns_do_not_promise_are_no_error() -> None:
    odd = [{**MARKS[0], "Text": value, "Annotation": value, "Color": value, "DateCreated": value,
            "ChapterProgress": value, "ContextString": value, "BookmarkID": str(number)}
           for number, value in enumerate((5, 1.5, b"\xff\0", "\ud7ff", "x" * 70_000, -(2**63)))]  # fmt: skip
    schema = KOBO_SCHEMA.replace("Bookmark (BookmarkID TEXT", "Bookmark (BookmarkID")
    assert sources_of(kobo, made(schema, {"Bookmark": odd}))
    dates = [{**APPLE_MARKS[0], "ZANNOTATIONUUID": str(number), "ZANNOTATIONCREATIONDATE": value,
              "ZANNOTATIONSTYLE": value} for number, value in enumerate(("x", 1e300, -1e18, None))]  # fmt: skip
    (source,) = sources_of(apple, made(APPLE_NOTES, {"ZAEANNOTATION": dates}))
    assert {each.created for each in source.notes} == {""}


def test_a_database_that_takes_too_long_is_given_up() -> None:
    rows = [{"BookmarkID": str(each), "VolumeID": BOOK, "Text": "x"} for each in range(3000)]
    data = made("CREATE TABLE Bookmark (BookmarkID, VolumeID, Text)", {"Bookmark": rows})
    database = databases.Database("copy.sqlite", data)
    assert len([*databases.rows_of(database, "Bookmark", ["Text"])]) == 3000
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(databases, "_FREE_CHECKS", 0)
        patch.setattr(databases, "_BYTES_OF_CHECK", 10**9)
        with pytest.raises(SourceError, match="cannot be read"):
            list(databases.rows_of(database, "Bookmark", ["Text"]))


@pytest.mark.parametrize(
    "data",
    [
        *(KOBO[:4096], KOBO[:8000], KOBO[:100] + b"\0" * 9000),
        KOBO.replace(b"CREATE TABLE content (", b"CREATE TABLE content \xf6"),
    ],
)
def test_a_damaged_database_is_named(data: bytes) -> None:
    file = GivenFile(data, "copy.sqlite")
    with pytest.raises(SourceError, match=r"in copy\.sqlite cannot be read; copy the file again"):
        [*kobo.read(file)]


@pytest.mark.parametrize(
    "data",
    [b"", b"SQLite format 3\0", made("CREATE TABLE t (a)", {}), packed({"a.txt": b"x"}), b"PK\3\4"],
)
def test_other_files_are_none_of_these(data: bytes) -> None:
    for module in (kobo, apple):
        assert not module.recognises(GivenFile(data, "x"))


@given(st.sampled_from([KOBO, APPLE, LIBRARY, APPLE_ARCHIVE]), st.integers(0, 20_000),
       st.binary(max_size=40), st.integers(0, 3000))  # fmt: skip
def test_a_damaged_file_gives_notes_or_a_sentence(
    sample: bytes, place: int, piece: bytes, cut: int
) -> None:
    file = GivenFile(sample[:place] + piece + sample[place + cut :], "x")
    for module in (kobo, apple):
        if module.recognises(file):
            try:
                [*module.read(file)]
            except SourceError:
                continue


@given(st.binary(max_size=200), st.binary(max_size=9000))
def test_any_log_leaves_a_database(header: bytes, rest: bytes) -> None:
    archive = packed({"AEAnnotation.sqlite": APPLE, "AEAnnotation.sqlite-wal": header + rest})
    assert sources_of(apple, archive)


def test_databases_of_an_archive_are_bounded_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(databases, "_MAX_BYTES", 2 * len(KOBO) + 1)
    names = [f"{each}/KoboReader.sqlite" for each in "abc"]
    file = GivenFile(archive(dict.fromkeys(names[:2], KOBO)), "pack.zip")
    assert len(list(databases.databases_in(file))) == 2
    file = GivenFile(archive(dict.fromkeys(names, KOBO)), "pack.zip")
    with pytest.raises(SourceError, match=r"pack\.zip"):
        list(databases.databases_in(file))
