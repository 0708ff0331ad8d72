"""Tells by their signs which notes in Markdown quote from sources, and by which program."""

from __future__ import annotations

import re

from reader.imports.model import GivenFile

_SOURCE = re.compile(
    r"\A---[ \t]*\r?$|^ {0,3}#{1,2}[ \t]+\S|^(?:- )?[A-Za-z][\w-]*::[ \t]", re.MULTILINE
)
_QUOTED = re.compile(
    r"^ {0,3}>[ \t]*\S|==(?!=)\S|<mark\b|\[View (?:Highlight|Tweet)\]\(|\]\(kindle://|\]\(https://hyp\.is/|"
    r"^#{1,6}[ \t]+(?:highlights|annotations)\b",
    re.MULTILINE | re.IGNORECASE,
)
_LOGSEQ = re.compile(
    r"^[ \t]+ls-type::[ \t]*annotation|^- highlights first synced by \[\[Readwise\]\]|"
    r"^[ \t]*- >[ \t]?\S",
    re.MULTILINE | re.IGNORECASE,
)
_PROPERTY = re.compile(r"\A\s*(?:- )?[A-Za-z][\w-]*::(?:[ \t]|\r?$)", re.MULTILINE)
_SIGNS = ("#", "-", ">", "*", "!", "[", "%", "“")
_OWN_FOOT = re.compile(r"^-- ?\r?\nExported by Margin\r?\nmargin-id: ", re.MULTILINE)
"""The last lines of plain text that Margin exported, which is not read back."""
_ZOTERO = re.compile(r"\]\(\s*zotero://(?:open-pdf|select)/")


def _is_note(file: GivenFile) -> bool:
    """Return whether a file may be Markdown at all."""
    return (
        not file.data.startswith((b"<", b"{", b"[{", b"PK\3\4", b"%PDF")) and "\0" not in file.text
    )


def is_of_zotero(file: GivenFile) -> bool:
    """Return whether a file is Markdown with highlights that link to Zotero."""
    return _is_note(file) and _ZOTERO.search(file.text) is not None


def is_of_logseq(file: GivenFile) -> bool:
    """Return whether a file is a page of Logseq with highlights."""
    if not _is_note(file) or is_of_zotero(file) or _LOGSEQ.search(file.text) is None:
        return False
    return _PROPERTY.match(file.text) is not None or "ls-type::" in file.text


def is_highlight_note(file: GivenFile) -> bool:
    """Return whether a file is any other Markdown that names its source and quotes from it."""
    if not _is_note(file) or _SOURCE.search(file.text) is None:
        return False
    if is_of_zotero(file) or is_of_logseq(file) or _OWN_FOOT.search(file.text):
        return False
    return _QUOTED.search(file.text) is not None
