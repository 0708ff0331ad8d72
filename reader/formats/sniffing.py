"""Recognises the format of a source by its content, since its name may be missing or wrong."""

from __future__ import annotations

import re
import zlib

from reader.formats.patterns import pattern

_LOOKED_AT = 32768

_MARKDOWN_LINES = pattern(
    r"^(?:#{1,6} +\S|(?:```|~~~)|[-*+] \[[ xX]\] |\|? *:?-{3,}:? *\||!\[|\[[^\]\n]+\]: *\S)",
    re.MULTILINE,
)
_MARKDOWN_INLINE = pattern(
    r"\[[^\]\n]{1,200}\]\([^)\s]{1,500}[^)\n]{0,200}\)|\*\*[^*\n ][^*\n]{0,200}\*\*|\[\^[^\]\s]+\]"
)
_FRONT_MATTER = pattern(r"(?:---[ \t]*\n(?:[^\n]*\n){0,60}?[\w-]+:[^\n]*\n|\+\+\+[ \t]*\n[^\n]*=)")

_PDF_SEARCH = 1024
_PDF = pattern(rb"^%PDF-\d\.\d", re.MULTILINE)
_MAIL_SEARCH = 16384
_MAIL_LINE = pattern(rb"(?:From |[!-9;-~]{1,76}:)[^\n]*\n(?:[ \t]+[^\n]*\n)*")
_MAIL_NAMES = pattern(
    rb"^(from|to|subject|date|message-id|mime-version|received|return-path|delivered-to|"
    rb"dkim-signature|content-type|x-mozilla-status):",
    re.IGNORECASE | re.MULTILINE,
)
_CERTAIN_MAIL = {b"message-id", b"received", b"return-path", b"delivered-to", b"x-mozilla-status"}
_SAVED_PAGE = pattern(rb"(?im)^(?:snapshot-content-location:|from: [\"<]saved by )")
_PAGE_PARTS = pattern(rb"(?im)^content-type:\s*multipart/related")
_BOUNDARY = pattern(rb"(?i)\bboundary\s*=\s*(?:\"([^\"\n]{1,200})\"|([^\s;\"]{1,200}))")
_PAGE_SEARCH = 4096
_PAGE = pattern(
    rb"(?i)(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*(?:<\?xml[^>]{0,200}>\s*)?"
    rb"(?:<!--(?:(?!-->).){0,2000}-->\s*){0,4}<(?:!doctype\s+html|html|head|body)\b",
    re.DOTALL,
)
_RICH_TEXT = pattern(rb"(?:\xef\xbb\xbf)?\s*\{\s*\\rtf[0-9\\\s{]")
_OPEN_TEXT = b"application/vnd.oasis.opendocument.text"
_FLAT_TEXT = pattern(rb"<office:document\s[^>]*" + re.escape(_OPEN_TEXT))
_ENTRY = pattern(rb"PK\x01\x02.{42}(META-INF/container\.xml|word/)", re.DOTALL)
_ZIP64 = 76  # bytes that a large archive has between its table of contents and its end
_GZIP = b"\x1f\x8b"
_WEB_ARCHIVE = b"WARC/1."
_ARCHIVED_PAGE = b"WebMainResource"


def kind_of_bytes(data: bytes) -> str:
    """Return the format that the bytes of a file show.

    Returns:
        ``epub``, ``pdf``, ``docx``, ``odt``, ``rtf``, ``mail``, ``html``, ``mhtml``,
        ``webarchive`` or ``warc``; empty for anything else.
    """
    if data.startswith(b"PK\x03\x04"):
        return _kind_of_archive(data)
    if kind := _kind_of_page(data):
        return kind
    if data.startswith(b"%PDF-") or (_PDF.search(data[:_PDF_SEARCH]) and b"endobj" in data):
        return "pdf"
    if _is_web_archive(data):
        return "warc"
    if _RICH_TEXT.match(data):
        return "rtf"
    if _FLAT_TEXT.search(data[:_LOOKED_AT]):
        return "odt"
    return "mail" if _looks_like_mail(data) else ""


def _kind_of_page(data: bytes) -> str:
    """Return the format of a web page, alone or saved with its pictures; empty if it is none."""
    head = data[:_PAGE_SEARCH]
    # In UTF-16 every second byte at the start of a page is zero.
    if b"<" in head and _PAGE.match(head.replace(b"\0", b"")):
        return "html"
    if data.startswith(b"bplist00") or b"<plist" in head:
        return "webarchive" if _ARCHIVED_PAGE in data else ""
    if b":" in head and _PAGE_PARTS.search(head) and _has_parts(data):
        return "mhtml" if _SAVED_PAGE.search(head) or b"\nFrom:" not in b"\n" + head else ""
    return ""


def _has_parts(data: bytes) -> bool:
    """Return whether a file begins with the header of a saved page, or of parts that follow."""
    head = data[:_MAIL_SEARCH].lstrip().replace(b"\r\n", b"\n")
    position = 0
    while match := _MAIL_LINE.match(head, position):
        position = match.end()
    header = head[:position]
    if not _PAGE_PARTS.search(header):
        return False
    if _SAVED_PAGE.search(header):
        return True
    boundary = _BOUNDARY.search(header)
    return boundary is not None and b"\n--" + (boundary[1] or boundary[2]) in data


def _is_web_archive(data: bytes) -> bool:
    """Return whether a file is a WARC, with or without gzip."""
    head = data[:_LOOKED_AT]
    if head.startswith(_GZIP):
        try:
            head = zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(head, len(_WEB_ARCHIVE))
        except zlib.error:
            return False
    return head.startswith(_WEB_ARCHIVE)


def _kind_of_archive(data: bytes) -> str:
    """Return the format of a ZIP archive by its names, or by its first file if it is cut short."""
    if data[30:58] == b"mimetypeapplication/epub+zip":
        return "epub"
    if data.startswith(b"mimetype" + _OPEN_TEXT, 30):
        return "odt"
    # The table of contents is searched, not parsed: it may be of any length.
    start, end = directory_of_archive(data)
    names = {match[1] for match in _ENTRY.finditer(data, start, end)}
    if b"META-INF/container.xml" in names:
        return "epub"
    return "docx" if b"word/" in names else ""


def directory_of_archive(data: bytes) -> tuple[int, int]:
    """Return the start and the end of a ZIP archive's table of contents, by its last record."""
    end = max(data.rfind(b"PK\5\6"), 0)
    size = int.from_bytes(data[end + 12 : end + 16], "little")
    return max(end - size - _ZIP64, 0), end


def _looks_like_mail(data: bytes) -> bool:
    """Return whether a file begins with the header of a message."""
    if not data[:1].isalpha() or b":" not in data[:1000]:
        return False
    head = data[:_MAIL_SEARCH].replace(b"\r\n", b"\n")
    position = 0
    while match := _MAIL_LINE.match(head, position):
        position = match.end()
    head = head[:position]
    names = {name.lower() for name in _MAIL_NAMES.findall(head)}
    if b"from" not in names or _SAVED_PAGE.search(head):
        return False
    return len(names) >= 3 and (not names.isdisjoint(_CERTAIN_MAIL) or b"mime-version" in names)


def looks_like_markdown(text: str) -> bool:
    """Return whether a text is Markdown, when its name does not show it.

    In a short text one line that is a heading, a fence, a table or a definition is enough. A
    longer text needs more of them, since a plain text may hold one by chance.
    """
    head = text[:_LOOKED_AT]
    if _FRONT_MATTER.match(head):
        return True
    lines = len(_MARKDOWN_LINES.findall(head))
    inline = len(_MARKDOWN_INLINE.findall(head))
    return 4 * (lines + inline) >= 4 + len(head) // 2000
