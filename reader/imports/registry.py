"""The files with notes that Margin imports: each kind is one file of this package, and one row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from reader.imports import (
    hypothesis,
    instapaper,
    kobo,
    margin_json,
    margin_markdown,
    omnivore,
    outlines,
    own_table,
    pocket,
    raindrop,
    readwise,
    wallabag,
    webannotation,
    zotero,
)
from reader.imports.apple_books import databases as apple_databases
from reader.imports.apple_books import mail as apple_mail
from reader.imports.highlight_notes.reader import read_note
from reader.imports.highlight_notes.recognising import is_highlight_note
from reader.imports.kindle import clippings, notebook, table, web_notebook
from reader.imports.koreader import html_export, json_export, markdown_export, sidecar, text_export
from reader.imports.model import GivenFile, ImportItem


class ImportFormat(NamedTuple):
    """A kind of file with notes, with everything that the rest of Margin needs to know about it."""

    name: str
    """The name on the command line, and in what a note remembers of its origin; never changes."""
    title: str
    """The name that is shown: ``Kindle's My Clippings.txt``."""
    recognises: Callable[[GivenFile], bool]
    """Tells by the content whether a file is of this kind."""
    read: Callable[[GivenFile], Iterator[ImportItem]]
    """Yields the sources of a file with their notes, what cannot be read, and remarks; raises
    ``SourceError`` for a file that is damaged as a whole. A source may come several times."""
    is_general: bool = False
    """Whether any text of a person may be of this kind: in a folder such a file counts only where
    it says more of its source than a title."""


_ROWS: tuple[ImportFormat, ...] = (
    # Databases are large, and the others ask for the text of a file.
    ImportFormat("kobo", "the database of a Kobo", kobo.recognises, kobo.read),
    ImportFormat(
        "apple-books",
        "the databases of Apple Books",
        apple_databases.recognises,
        apple_databases.read,
    ),
    ImportFormat("markdown", "Margin's Markdown", margin_markdown.recognises, margin_markdown.read),
    ImportFormat("org", "Margin's Org", outlines.is_org, outlines.read_org_file),
    ImportFormat("margin-csv", "Margin's CSV", own_table.recognises, own_table.read),
    ImportFormat("hypothesis", "Hypothesis", hypothesis.recognises, hypothesis.read),
    ImportFormat(
        "webannotation", "W3C Web Annotations", webannotation.recognises, webannotation.read
    ),
    ImportFormat("readwise", "Readwise", readwise.recognises, readwise.read),
    ImportFormat("raindrop", "Raindrop", raindrop.recognises, raindrop.read),
    ImportFormat("instapaper", "Instapaper", instapaper.recognises, instapaper.read),
    ImportFormat("omnivore", "Omnivore", omnivore.recognises, omnivore.read),
    ImportFormat("pocket", "Pocket", pocket.recognises, pocket.read),
    ImportFormat("wallabag", "Wallabag", wallabag.recognises, wallabag.read),
    ImportFormat("jsonl", "Margin's JSON Lines", margin_json.is_lines, margin_json.read_lines),
    ImportFormat("json", "the JSON of margin notes", margin_json.is_list, margin_json.read_list),
    ImportFormat(
        "kindle-clippings", "Kindle's My Clippings.txt", clippings.recognises, clippings.read
    ),
    ImportFormat("kindle-table", "the table that a Kindle sends", table.recognises, table.read),
    ImportFormat("kindle-notebook", "Kindle's notebook", notebook.recognises, notebook.read),
    ImportFormat(
        "kindle-web", "the notebook of read.amazon", web_notebook.recognises, web_notebook.read
    ),
    ImportFormat("koreader", "KOReader's file beside a book", sidecar.recognises, sidecar.read),
    ImportFormat("koreader-json", "KOReader's JSON", json_export.recognises, json_export.read),
    ImportFormat(
        "koreader-markdown",
        "KOReader's Markdown",
        markdown_export.recognises,
        markdown_export.read,
    ),
    ImportFormat("koreader-html", "KOReader's page", html_export.recognises, html_export.read),
    ImportFormat("koreader-text", "KOReader's text", text_export.recognises, text_export.read),
    ImportFormat(
        "apple-books-mail", "the mail of Apple Books", apple_mail.recognises, apple_mail.read
    ),
    ImportFormat("zotero", "Zotero's annotations", zotero.recognises, zotero.read),
    ImportFormat("logseq", "a page of Logseq", outlines.is_page, outlines.read_page),
    ImportFormat(
        "obsidian", "highlights in a note of Markdown", is_highlight_note, read_note, True
    ),
)

FORMATS = {each.name: each for each in _ROWS}
"""Every kind by its name."""


def recognise(file: GivenFile) -> ImportFormat | None:
    """Return the kind of a file, the first in order that knows it; None where none does."""
    return next((each for each in _ROWS if each.recognises(file)), None)
