"""DOCX, by mammoth: styles become headings, quotes, lists and code; notes can be jumped to.

mammoth gets a copy that holds the document's own XML and nothing else, after it was checked: no
picture is opened, no relation outside the file is followed, and no entity is expanded.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final
from xml.parsers.expat import ExpatError

from lxml import html as lxml_html

from reader.core.document import Document, Metadata
from reader.errors import SourceError
from reader.formats.archive import Archive
from reader.formats.builder import DocumentBuilder, title_from_name
from reader.formats.cleaning import clean_line
from reader.formats.source import slice_sizes
from reader.formats.tree_blocks import TreeReader
from reader.formats.tree_shape import local_name
from reader.formats.xml_tree import parse_xml

MAX_XML: Final = 16 << 20
"""Bytes of XML in a document; mammoth takes a second and 25 MB of memory for each million."""

FIRST_SLICE: Final = 16_384
"""Code points of text behind the first part."""

LARGEST_SLICE: Final = 262_144
"""Code points of text between two parts."""

_PARTS = re.compile(
    r"(?:\[Content_Types\]\.xml|_rels/\.rels|word/[^/]+\.xml|word/_rels/[^/]+\.rels)"
)
_FORBIDDEN = re.compile(rb"<!DOCTYPE|<!ENTITY|\0")
# In another encoding a document type would not be seen.
_ENCODED = re.compile(rb"""\s*<\?xml[^>]*encoding\s*=\s*["'](?!utf-8["'])""", re.IGNORECASE)
_CORE: Final = "docProps/core.xml"
_DATE = re.compile(r"\d{4}-\d\d-\d\d")

_QUOTES = ("Quote", "Intense Quote", "Block Text", "Quotations", "Block Quotation", "Zitat")
_CODE = ("Preformatted Text", "HTML Preformatted", "Source Code", "Code", "Plain Text")
STYLES: Final = "\n".join(
    (
        *(f"p[style-name='{name}'] => blockquote > p:fresh" for name in _QUOTES),
        *(f"p[style-name='{name}'] => pre:separator('\\n')" for name in _CODE),
        "p[style-name='Title'] => h1:fresh",
        "p[style-name='Subtitle'] => p > em:fresh",
        "p[style-name='List Paragraph'] => p:fresh",
        "r[style-name='Emphasis'] => em",
        "r[style-name='Intense Emphasis'] => em",
        "r[style-name='Verbatim Char'] => code",
        "r[style-name='Source Text'] => code",
        "highlight => mark",
    )
)
"""Which styles mean what, besides those that mammoth knows."""

# A damaged file shows in mammoth as any of these.
_FAULTS = (
    ExpatError,
    zipfile.BadZipFile,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    OSError,
    RecursionError,
)


def read_bytes(data: bytes, name: str, first_slice: int) -> Iterator[Document]:
    """Yield a document that grows; the last one is complete.

    Args:
        data: The bytes of a DOCX.
        name: Its name or path.
        first_slice: Code points of text behind the first part; 0 for what suits.

    Raises:
        SourceError: It is damaged, locked or too large, or mammoth is not installed.
    """
    try:
        import mammoth  # noqa: PLC0415  (an extra, and 60 ms)
    except ImportError as error:
        raise SourceError(
            "Not installed", "Reading DOCX needs one more package: pip install 'margin[docx]'."
        ) from error
    archive = Archive(data, name, "DOCX document")
    checked = _checked_copy(archive)
    try:
        result = mammoth.convert_to_html(
            BytesIO(checked),
            style_map=STYLES,
            convert_image=mammoth.images.img_element(_without_picture),
        )
    except _FAULTS as error:
        raise archive.fault("is damaged") from error
    builder = DocumentBuilder()
    reader = TreeReader(builder)
    metadata = _metadata(archive, name)
    sizes = slice_sizes(first_slice or FIRST_SLICE, LARGEST_SLICE)
    due = next(sizes)
    root = lxml_html.document_fromstring(f"<html><body>{result.value}</body></html>")
    for _ in reader.walk(root):
        if builder.text_length >= due:
            yield builder.document(metadata, is_complete=False)
            due = builder.text_length + next(sizes)
    if not len(builder):
        raise archive.fault("holds no text")
    if not _core(archive, "title") and reader.title:
        metadata = _metadata(archive, name, reader.title)
    yield builder.document(metadata, is_complete=True)


def _without_picture(_image: Any) -> dict[str, str]:
    """Stand in for a picture: mammoth adds its alternative text, and nothing is opened."""
    return {}


def _checked_copy(archive: Archive) -> bytes:
    """Return an archive of the document's XML, within bounds and without document types."""
    stream = BytesIO()
    total = 0
    with zipfile.ZipFile(stream, "w") as copy:
        for path in archive.paths:
            if not _PARTS.fullmatch(path):
                continue
            part = archive.read(path)
            if part is None:
                raise archive.fault("is damaged")
            total += len(part)
            if total > MAX_XML:
                raise archive.fault(f"holds more than {MAX_XML >> 20} MB of text and its layout")
            if _FORBIDDEN.search(part) or _ENCODED.match(part):
                raise archive.fault("holds a document type or an encoding that DOCX has not")
            copy.writestr(path, part)
    return stream.getvalue()


def _metadata(archive: Archive, name: str, heading: str = "") -> Metadata:
    creator = _core(archive, "creator")
    date = _DATE.match(_core(archive, "created"))
    return Metadata(
        title=_core(archive, "title") or heading or title_from_name(name),
        authors=tuple(part for one in creator.split(";") if (part := one.strip())),
        published=date[0] if date else "",
        language=_core(archive, "language")[:40],
    )


def _core(archive: Archive, wanted: str) -> str:
    """Return what the document says of itself under a name."""
    data = archive.read(_CORE)
    root = parse_xml(data) if data else None
    if root is None:
        return ""
    found = (one for one in root.iter("{*}*") if local_name(one) == wanted)
    element = next(found, None)
    return "" if element is None else clean_line("".join(element.itertext()))[:1000]
