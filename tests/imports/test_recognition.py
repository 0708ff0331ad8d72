"""Every kind of file is recognised as what it is, and by no other kind before it."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import SourceError
from reader.imports.model import GivenFile
from reader.imports.registry import FORMATS, recognise
from tests.imports import (
    highlight_notes,
    test_hypothesis,
    test_instapaper,
    test_margin_outlines,
    test_omnivore,
    test_own_table,
    test_pocket,
    test_raindrop,
    test_readwise,
    test_wallabag,
    test_webannotation,
)
from tests.imports.reading import archive, read
from tests.imports.test_apple_mail import MESSAGE, PAGE
from tests.imports.test_databases import APPLE, APPLE_ARCHIVE, KOBO, LIBRARY
from tests.imports.test_kindle_clippings import TEXT as KINDLE_CLIPPINGS
from tests.imports.test_kindle_notebook import NOTEBOOK, WEB, mac
from tests.imports.test_kindle_notebook import TABLE as KINDLE_TABLE
from tests.imports.test_koreader import (
    BOOK,
    HTML,
    JSON_OF_ALL,
    JSON_OF_ONE,
    MARKDOWN,
    OLD_SIDECAR,
    SIDECAR,
    TEXT,
)
from tests.imports.test_margin_markdown import FIRST_FORM, FOUR, written
from tests.imports.test_zotero import API, BETTER_BIBTEX
from tests.session.importing.files import row

JSON_LINES = json.dumps(row()) + "\n" + json.dumps(row(2)) + "\n"

SAMPLES: list[tuple[str | bytes, str]] = [
    (written(*FOUR), "markdown"),
    (written(*FOUR, has_ids=True), "markdown"),
    (FIRST_FORM, "markdown"),
    (JSON_LINES, "jsonl"),
    ("\ufeff" + json.dumps(row()) + "\r\n", "jsonl"),
    (json.dumps([row(), row(2)], indent=2), "json"),
    *((each, "hypothesis") for each in test_hypothesis.SAMPLES),
    *((each, "webannotation") for each in test_webannotation.SAMPLES),
    (test_readwise.CSV, "readwise"),
    (test_readwise.BULK, "readwise"),
    (test_readwise.READER, "readwise"),
    (test_own_table.written("a", "b"), "margin-csv"),
    (test_raindrop.table(test_raindrop.ROW), "raindrop"),
    (test_instapaper.CSV, "instapaper"),
    (test_instapaper.SHARED, "instapaper"),
    (test_omnivore.packed(), "omnivore"),
    (json.dumps([test_omnivore.NODE]), "omnivore"),
    (json.dumps(test_pocket.HIGHLIGHTS), "pocket"),
    (json.dumps([test_wallabag.ENTRY]), "wallabag"),
    (archive({"part_000000.csv": test_pocket.TABLE}), "pocket"),
    (KINDLE_CLIPPINGS, "kindle-clippings"),
    (NOTEBOOK, "kindle-notebook"),
    (mac(NOTEBOOK), "kindle-notebook"),
    (WEB, "kindle-web"),
    (KINDLE_TABLE, "kindle-table"),
    (SIDECAR, "koreader"),
    (OLD_SIDECAR, "koreader"),
    (JSON_OF_ONE, "koreader-json"),
    (JSON_OF_ALL, "koreader-json"),
    (MARKDOWN, "koreader-markdown"),
    (TEXT, "koreader-text"),
    (HTML, "koreader-html"),
    (test_margin_outlines.written("org", *test_margin_outlines.THREE), "org"),
    (test_margin_outlines.written("logseq", *test_margin_outlines.THREE), "logseq"),
    (KOBO, "kobo"),
    (archive({".kobo/KoboReader.sqlite": KOBO}), "kobo"),
    (APPLE, "apple-books"),
    (LIBRARY, "apple-books"),
    (APPLE_ARCHIVE, "apple-books"),
    (PAGE, "apple-books-mail"),
    (MESSAGE, "apple-books-mail"),
    (json.dumps(BETTER_BIBTEX), "zotero"),
    (json.dumps(API), "zotero"),
    (highlight_notes.ZOTERO, "zotero"),
    (highlight_notes.ZOTERO_INTEGRATION, "zotero"),
    (highlight_notes.LOGSEQ, "logseq"),
    (highlight_notes.LOGSEQ_READWISE, "logseq"),
    (highlight_notes.READWISE, "obsidian"),
    (highlight_notes.KINDLE, "obsidian"),
    (highlight_notes.KINDLE_QUOTES, "obsidian"),
    (highlight_notes.KINDLE_HEADINGS, "obsidian"),
    (highlight_notes.READWISE_MIRROR, "obsidian"),
    (highlight_notes.HYPOTHESIS, "obsidian"),
    (highlight_notes.OMNIVORE, "obsidian"),
    (highlight_notes.BY_HAND, "obsidian"),
]

GENERAL = "obsidian"
"""The kind of any Markdown that quotes from a source, which comes after all others."""


@pytest.mark.parametrize(("text", "kind"), SAMPLES)
def test_a_file_is_recognised_by_its_content(text: str | bytes, kind: str) -> None:
    file = GivenFile(text.encode() if isinstance(text, str) else text, "file")
    known = [each.name for each in FORMATS.values() if each.recognises(file)]
    assert known in ([kind], [kind, GENERAL])
    found = recognise(file)
    assert found is not None
    assert found.name == kind


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[]", b"\0" * 64, b"a,b\n1,2\n", b"# Title\n\ntext\n"]
)
def test_other_files_are_of_no_kind(data: bytes) -> None:
    assert recognise(GivenFile(data, "file")) is None


OTHERS = (b"", b"{}", b"[]", b"[[]]", b"null", b"<", b"\xff\xfe", b"PK\x03\x04", b"\0")


@pytest.mark.parametrize("kind", FORMATS)
def test_a_kind_that_a_person_names_wrongly_is_read_or_refused(kind: str) -> None:
    for text in (*(text for text, _ in SAMPLES), *OTHERS):
        data = text.encode() if isinstance(text, str) else bytes(text)
        with contextlib.suppress(SourceError):
            list(FORMATS[kind].read(GivenFile(data, "file")))


@given(
    st.sampled_from(
        [b"", b"{", b"[{", b"<html>", b"PK\x03\x04", b"SQLite format 3\0", b"# ", b"a,b\n"]
    ),
    st.binary(),
)
def test_any_bytes_are_of_a_kind_or_of_none(start: bytes, rest: bytes) -> None:
    recognise(GivenFile(start + rest, "file"))


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (JSON_LINES, "jsonl"),
        (json.dumps(test_hypothesis.FULL) + "\n", "hypothesis"),
        (json.dumps(test_webannotation.ONE) + "\n", "webannotation"),
    ],
)
@pytest.mark.parametrize("damaged", ["{broken", "broken", "{}", "5"])
def test_a_damaged_line_at_the_beginning_is_told_and_the_rest_read(
    lines: str, kind: str, damaged: str
) -> None:
    whole, found = read(lines), read(f"{damaged}\n{lines}")
    assert (whole.kind, found.kind) == (kind, kind)
    assert [each.quote for each in found.notes] == [each.quote for each in whole.notes]
    assert len(found.bad_rows) == len(whole.bad_rows) + 1
    assert found.bad_rows[0].row == 1


@pytest.mark.parametrize("damaged", ["broken", None, {}, 5, []])
@pytest.mark.parametrize(
    ("entries", "wrap", "kind"),
    [
        (json.loads(test_hypothesis.answer(test_hypothesis.FULL))["rows"], lambda rows: rows, "hypothesis"),
        ([test_omnivore.LEDGER], lambda rows: rows, "omnivore"),
        (test_pocket.HIGHLIGHTS, lambda rows: rows, "pocket"),
        ([test_wallabag.ENTRY], lambda rows: {"_embedded": {"items": rows}}, "wallabag"),
        (BETTER_BIBTEX["items"], lambda rows: BETTER_BIBTEX | {"items": rows}, "zotero"),
        ([BOOK], lambda rows: {"documents": rows}, "koreader-json"),
    ],
)  # fmt: skip
def test_a_damaged_entry_at_the_beginning_is_told_and_the_rest_read(
    entries: list[Any], wrap: Callable[[list[Any]], Any], kind: str, damaged: object
) -> None:
    whole, found = (read(json.dumps(wrap(rows))) for rows in (entries, [damaged, *entries]))
    assert (whole.kind, found.kind) == (kind, kind)
    assert len(found.bad_rows) == len(whole.bad_rows) + 1
    assert found.bad_rows[0].where == "entry 1"
    assert [each.quote for each in found.notes] == [each.quote for each in whole.notes]
